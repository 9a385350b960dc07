"""The rules of data/credit_rules.tsv: pure."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from articles.language.folding import fold

_RULES = Path(__file__).parent / "data" / "credit_rules.tsv"


class LineRule(NamedTuple):
    """A pattern that a whole folded line must match; `known_only`: only a known outlet's name makes it a credit."""

    pattern: re.Pattern[str]
    known_only: bool


@cache
def line_rules() -> Sequence[LineRule]:
    words = {"{text}": _of("text")[0], "{class}": "|".join(_of("class"))}
    return [
        LineRule(re.compile(_filled(pattern, words)), kind == "known")
        for kind, pattern in _rows()
        if kind in ("line", "known")
    ]


@cache
def class_word() -> re.Pattern[str]:
    """A class word with the space after it, at the beginning of folded words."""
    return re.compile(rf"(?:{'|'.join(_of('class'))}) +(?=\S)")


def names_nobody(words: str) -> bool:
    """Whether this stands in place of a name, as «here» does."""
    return any(re.fullmatch(pattern, fold(words).strip()) for pattern in _of("nobody"))


def leaves_unnamed(words: str) -> bool:
    """Whether this says that the text is others' without naming them, as «agencies» does."""
    return any(re.fullmatch(pattern, fold(words).strip()) for pattern in _of("unnamed"))


def _filled(pattern: str, words: dict[str, str]) -> str:
    for placeholder, stands_for in words.items():
        pattern = pattern.replace(placeholder, stands_for)
    return pattern


@cache
def _of(wanted: str) -> Sequence[str]:
    return [words for kind, words in _rows() if kind == wanted]


@cache
def _rows() -> Sequence[tuple[str, str]]:
    lines = _RULES.read_text("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
