"""Lines of a page that are its outlet's words and not the article's, by the rules of data/boilerplate.tsv."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

from articles.language.folding import FoldedText, fold

_RULES = Path(__file__).parent / "data" / "boilerplate.tsv"
# How many lines count as a page's opening and closing.
_OPENING_LINES = 6
_CLOSING_LINES = 14
# No rule matches a longer line (in characters), so longer ones are not even folded.
_LONGEST = 800
# The title of another article: short and, unlike a paragraph, without a full stop.
_LINK_LENGTH = 160
_SENTENCE_END = re.compile(r"[.!؟?…:][»”\"')\]]*$")
_PASSAGE_LENGTH = 110
_SENTENCE_LENGTH = 45
_NAMED_LIST = re.compile(r"\{([a-z]+)\}")
# A rule that drops what follows is trusted with so much of the text.
_REST_SHARE = 0.4


@dataclass(slots=True)
class Found:
    """Numbers of the lines to drop, those of them that credit an outlet, what a republisher's sentence named."""

    lines: set[int] = field(default_factory=set)
    credits: list[int] = field(default_factory=list)
    title: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class _Rules:
    place: str
    effect: str
    pattern: re.Pattern[str]


def find_boilerplate(lines: Sequence[str], outlet: str = "") -> Found:
    """`outlet` is the host or the key of the source; without one only the general rules hold."""
    found = Found()
    rules = _rules_for(outlet if outlet in _outlets_with_rules() else "*")
    for number, line in enumerate(lines):
        if number not in found.lines and len(line) <= _LONGEST:
            _apply(rules, lines, number, found, ending=len(lines))
    ending = _ending_of(lines, found.lines)
    for number in range(ending, len(lines)):
        if number not in found.lines and len(lines[number]) <= _LONGEST:
            _apply(rules, lines, number, found, ending=ending)
    # A page that is boilerplate from end to end is taken as it is: better too much than nothing.
    if len(found.lines) == len(lines):
        found.lines.clear()
        found.credits.clear()
    return found


def _ending_of(lines: Sequence[str], dropped: set[int]) -> int:
    """The number of the line after the last one of running text."""
    running = (number for number in reversed(range(len(lines))) if number not in dropped and is_running(lines[number]))
    return next(running, max(0, len(lines) - 2)) + 1


def is_running(line: str) -> bool:
    """Whether a line is running text by its look: long, or a sentence that is closed."""
    return len(line) >= _PASSAGE_LENGTH or (len(line) >= _SENTENCE_LENGTH and bool(_SENTENCE_END.search(line)))


def _apply(rules: Sequence[_Rules], lines: Sequence[str], number: int, found: Found, *, ending: int) -> None:
    folded = fold(lines[number])
    for rule in rules:
        if not _is_in_place(rule.place, number, len(lines), ending):
            continue
        match = rule.pattern.fullmatch(folded)
        if not match:
            continue
        if rule.effect == "rest" and not _is_small_rest(lines, number):
            continue
        found.lines.add(number)
        if rule.effect == "credit":
            found.credits.append(number)
        if rule.effect == "rest":
            found.lines.update(range(number, len(lines)))
        elif rule.effect == "links":
            found.lines.update(_titles_below(lines, number))
        elif rule.effect == "wrapping":
            _read_wrapping(lines[number], rule.pattern, found)
        return


def _is_in_place(place: str, number: int, count: int, ending: int) -> bool:
    if place == "opening":
        return number < _OPENING_LINES
    if place == "closing":
        return number >= max(count - _CLOSING_LINES, count // 3)
    return place != "ending" or number >= ending


def _is_small_rest(lines: Sequence[str], number: int) -> bool:
    rest = sum(map(len, lines[number:]))
    return rest <= _REST_SHARE * (rest + sum(map(len, lines[:number])))


def _titles_below(lines: Sequence[str], number: int) -> Iterator[int]:
    """The titles of other articles that a line such as «اقرأ أيضاً» stands over."""
    for below in range(number + 1, len(lines)):
        if len(lines[below]) > _LINK_LENGTH or _SENTENCE_END.search(lines[below]):
            return
        yield below


def _read_wrapping(line: str, pattern: re.Pattern[str], found: Found) -> None:
    folded = FoldedText(line)
    match = pattern.fullmatch(folded.text)
    if match and not found.title:
        found.title, found.site = (
            line[slice(*folded.to_original(*match.span(group)))].strip() for group in ("title", "site")
        )


@cache
def _rules_for(outlet: str) -> Sequence[_Rules]:
    """The rules that hold for an outlet, those of one place and effect joined into one pattern."""
    own = [rule for rule in _all_rules() if rule[0] in ("*", outlet)]
    own.sort(key=_joined_with)
    return [
        _Rules(place, effect, re.compile("|".join(f"(?:{pattern})" for *_, pattern in group)))
        for (place, effect, _), group in groupby(own, key=_joined_with)
    ]


def _joined_with(rule: tuple[str, str, str, str]) -> tuple[str, str, str]:
    """Rules with the same answer are tried as one; those whose groups are read stay by themselves."""
    _, place, effect, pattern = rule
    return place, effect, pattern if effect == "wrapping" else ""


@cache
def _outlets_with_rules() -> frozenset[str]:
    return frozenset(outlet for outlet, *_ in _all_rules())


@cache
def _all_rules() -> Sequence[tuple[str, str, str, str]]:
    """(outlet, place, effect, pattern) for each rule of the file, named lists of words written out"""
    named: dict[str, str] = {}
    rules = []
    for line in _RULES.read_text("utf-8").splitlines():
        if line.startswith("="):
            name, words = line[1:].split("\t")
            named[name] = _written_out(words, named)
        elif line and not line.startswith("#"):
            outlet, place, effect, pattern, _seen = line.split("\t")
            rules.append((outlet, place, effect, _written_out(pattern, named)))
    return rules


def _written_out(pattern: str, named: Mapping[str, str]) -> str:
    return _NAMED_LIST.sub(lambda match: named[match[1]], pattern)
