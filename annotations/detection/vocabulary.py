"""Closed classes of words and the nouns that name speakers, in `data/`."""

from functools import lru_cache
from pathlib import Path

from articles.language.folding import fold

_DATA = Path(__file__).parent / "data"
# The words of a thousand articles: with fewer, most of what comes up again has been forgotten.
_CACHED = 1 << 15
# With the article such a word is a noun of its own (الوسط in «خط الوسط»).
_NEVER_DEFINITE = frozenset({"aside", "around"})


def _rows(name: str) -> list[tuple[str, str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [(row[0], fold(row[1])) for line in lines if line and line[0] != "#" for row in [line.split("\t")]]


@lru_cache(maxsize=1)
def _particles() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for name, word in _rows("particles.tsv"):
        classes.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in classes.items()}


@lru_cache(maxsize=64)
def particles(name: str) -> frozenset[str]:
    """The folded words, or phrases with single spaces, of one class. Raises KeyError for a class not in the file."""
    return _particles()[name]


@lru_cache(maxsize=1)
def _noun_classes() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for name, word in _rows("speakers.tsv"):
        classes.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in classes.items()}


@lru_cache(maxsize=_CACHED)
def classes_of(form: str) -> frozenset[str]:
    """The classes of a folded noun, with or without its article."""
    known = _noun_classes()
    base = form[2:] if form.startswith(("ال", "لل")) and len(form) > 4 else form
    return known.get(form) or known.get(base, frozenset()) - (_NEVER_DEFINITE if base != form else frozenset())


def in_class(form: str, name: str) -> bool:
    return name in classes_of(form)


@lru_cache(maxsize=1)
def _claim_words() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for name, word in _rows("claims.tsv"):
        classes.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in classes.items()}


def claim_classes(form: str) -> frozenset[str]:
    """What a folded word tells about a sentence's being checkable; an attached و or ف is looked through."""
    known = _claim_words()
    base = form[1:] if form[:1] in "وف" else form
    return known.get(form) or known.get(base) or known.get(without_article(base)) or frozenset()


def without_article(form: str) -> str:
    return form[2:] if form.startswith("ال") and len(form) > 4 else form
