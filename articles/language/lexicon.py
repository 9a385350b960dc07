"""The lexicon of well-known names and the word lists of `data/`, read on first use and kept."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from articles.language.folding import fold

DATA = Path(__file__).parent / "data"
_CURATED = ("people.tsv", "organisations.tsv", "places.tsv", "other.tsv")
_NEEDS_CONTEXT = "~"


class Form(NamedTuple):
    """One way to write a name: its folded words after the first, and the names it may stand for.

    `certain` forms are that name wherever they stand; the others (سبق، الأسد) need a class word, a title or quotation
    marks beside them, or a certain form elsewhere in the text.
    """

    rest: tuple[str, ...]
    kind: str
    names: tuple[str, ...]
    certain: bool


class NameCounts(NamedTuple):
    """How often a folded word was seen as a given name, as a family name, and as an ordinary word."""

    given: int
    family: int
    outside: int


class Head(NamedTuple):
    """A class word (وزارة، محافظة، صحيفة) and how the name after it is written; see data/heads.tsv."""

    kind: str
    inside: bool
    needs: str


def rows(name: str) -> Iterator[list[str]]:
    """The tab-separated rows of a data file without its comments."""
    with (DATA / name).open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#") and line.strip():
                yield line.rstrip("\n").split("\t")


@cache
def known_forms() -> dict[str, tuple[Form, ...]]:
    """Folded first word → the forms that begin with it, longest first."""
    merged: dict[tuple[str, ...], dict[str, list[tuple[str, bool]]]] = {}
    for kind, name, form, certain in _written_forms():
        for written in _spellings(form):
            merged.setdefault(tuple(fold(written).split()), {}).setdefault(kind, []).append((name, certain))
    by_first: dict[str, list[Form]] = {}
    for (first, *rest), kinds in merged.items():
        for kind, found in kinds.items():
            sure = [name for name, certain in found if certain]
            names = tuple(dict.fromkeys(sure or [name for name, _ in found]))
            by_first.setdefault(first, []).append(Form(tuple(rest), kind, names, bool(sure)))
    return {first: tuple(sorted(forms, key=lambda form: -len(form.rest))) for first, forms in by_first.items()}


def _written_forms() -> Iterator[tuple[str, str, str, bool]]:
    """(kind, canonical name, form, certain); curated files first, so that their canonical names win."""
    taken: set[str] = set()
    for file in _CURATED:
        for kind, name, others, _note in rows(file):
            forms = [form for form in others.split("|") if form]
            if _NEEDS_CONTEXT + name not in forms:
                forms.insert(0, name)
            for form in forms:
                taken.add(fold(form.lstrip(_NEEDS_CONTEXT)))
                yield kind, name, form.lstrip(_NEEDS_CONTEXT), not form.startswith(_NEEDS_CONTEXT)
    for file in ("countries.tsv", "cities.tsv"):
        for name, *others in rows(file):
            for form in (name, *"|".join(others).split("|")):
                if form and fold(form) not in taken:
                    yield "place", name, form, True


def _spellings(form: str) -> Iterable[str]:
    """The form, and with عبد and أبو written together with the next word."""
    yield form
    for particle in ("عبد ", "أبو "):
        if particle in form:
            yield form.replace(particle, particle.strip())


@cache
def known_names() -> dict[tuple[str, str], str]:
    """(kind, folded form) → the lexicon's canonical name, for forms that are certain and stand for one name only."""
    return {
        (form.kind, " ".join((first, *form.rest))): form.names[0]
        for first, forms in known_forms().items()
        for form in forms
        if form.certain and len(form.names) == 1
    }


@cache
def place_words() -> frozenset[str]:
    """Folded single words that are places wherever they stand."""
    return frozenset(
        first
        for first, forms in known_forms().items()
        if any(form.kind == "place" and form.certain and not form.rest for form in forms)
    )


@cache
def name_counts() -> dict[str, NameCounts]:
    return {word: NameCounts(*map(int, counts)) for word, *counts in rows("person_names.tsv")}


@cache
def foreign_given_names() -> frozenset[str]:
    """Folded given names of other languages, as Arabic newspapers write them."""
    return frozenset(fold(word) for (line,) in rows("given_names.tsv") for word in line.split())


@cache
def glued_names() -> frozenset[str]:
    """Folded names that begin with a letter which may look attached, and lose nothing: واتسون، بلينكن."""
    return frozenset(word for _letter, names in rows("foreign_names.tsv") for word in fold(names).split())


@cache
def ordinary_words() -> frozenset[str]:
    return frozenset(word for (word,) in rows("ordinary_words.tsv")) | {"على", "وعلى", "فعلى"}


@cache
def titles() -> dict[str, frozenset[str]]:
    """Folded title → {"personal", "office"}: whether a name or an office phrase may follow it."""
    found: dict[str, frozenset[str]] = {}
    for word, uses in rows("titles.tsv"):
        found[fold(word)] = found.get(fold(word), frozenset()) | frozenset(uses.split("|"))
    return found


@cache
def nationalities() -> frozenset[str]:
    """Folded adjectives of countries, peoples and regions in all genders, numbers and cases, with and without ال."""
    endings = ("", "ة", "ين", "ون", "ان", "تين", "تان", "ات")
    bare = {fold(word + ending) for (word,) in rows("nationalities.tsv") for ending in endings}
    return frozenset(bare | {"ال" + word for word in bare} | {"لل" + word for word in bare})


@cache
def heads() -> dict[str, Head]:
    """Folded class word → how its names are written; the first row of a word counts."""
    found: dict[str, Head] = {}
    for word, kind, where, needs in rows("heads.tsv"):
        found.setdefault(fold(word), Head(kind, where == "inside", needs))
    return found


@cache
def word_set(name: str) -> frozenset[str]:
    """A closed list of folded words from data/word_sets.tsv. Raises KeyError for a name that is not there."""
    return _word_sets()[name]


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    return {name: frozenset(fold(words).split()) for name, words in rows("word_sets.tsv")}
