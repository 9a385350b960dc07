"""The word lists of `data/`, read on first use and kept: folded classes of words, synonyms and numerals."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from articles.language.folding import fold

_DATA = Path(__file__).parent / "data"


def rows(name: str) -> Iterator[list[str]]:
    """The tab-separated rows of a data file without its comments."""
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def phrases(name: str) -> frozenset[tuple[str, ...]]:
    """The folded words of each phrase of one class of particles.tsv. Raises KeyError for a class not in the file."""
    return _classes()[name]


@cache
def first_words(name: str) -> frozenset[str]:
    """The folded words that phrases of a class begin with."""
    return frozenset(phrase[0] for phrase in phrases(name))


@cache
def single_words(name: str) -> frozenset[str]:
    """Those phrases of a class that are one word."""
    return frozenset(phrase[0] for phrase in phrases(name) if len(phrase) == 1)


@cache
def _classes() -> dict[str, frozenset[tuple[str, ...]]]:
    found: dict[str, set[tuple[str, ...]]] = {}
    for name, listed in rows("particles.tsv"):
        found.setdefault(name, set()).update(tuple(fold(phrase).split()) for phrase in listed.split("|"))
    return {name: frozenset(listed) for name, listed in found.items()}


@cache
def numerals() -> dict[str, tuple[str, float]]:
    """Folded word → its kind in numerals.tsv (unit, ten, hundred, scale, share, ordinal) and its value."""
    return {fold(word): (kind, float(value)) for kind, value, listed in rows("numerals.tsv") for word in listed.split()}


@cache
def synonyms() -> list[list[str]]:
    """Words of one sense, folded; the first of each list stands for all."""
    return [fold(" ".join(words)).split() for words in rows("synonyms.tsv")]
