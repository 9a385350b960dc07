"""What a part of a byline can be: an agency, an outlet, a place, a person, or nobody."""

import re
from functools import cache, lru_cache
from pathlib import Path

from articles.language.folding import fold
from articles.language.lexicon import foreign_given_names, known_forms, name_counts, rows, titles, word_set
from articles.language.name_words import is_given

_WORDS = Path(__file__).parent / "bylines.tsv"
_APART = re.compile(r"[\W_]+")
# Notes of the lexicon's rows that are newspapers, broadcasters and agencies.
_MEDIA = ("صحيفة", "قناة", "موقع", "إذاعة", "وكالة أنباء", "مجلة")
_NEEDS_CONTEXT = "~"
# A family name that is a place too (العلا) is seen as one at least so often.
_COMMON_FAMILY = 5
_PARTICLES = ("بن", "ابن", "بنت", "ال", "عبد", "ابو", "ابي", "ام")


def is_agency(words: str) -> bool:
    """Of one name; `words` may be written with dots and spaces or without."""
    return _compact(words) in _agencies() or plain(words) in words_of("generic_agency")


def is_outlet(words: str) -> bool:
    """Whether this is the name of a newspaper, a site or a broadcaster, with or without its class word."""
    key = plain(words)
    first, _, rest = key.partition(" ")
    if not key:
        return False
    bare = without_ending(key)
    return (
        key in _outlets()
        or key in words_of("outlet")
        or (bare != key and bool(bare))
        or (first in words_of("organisation") and bool(rest))
    )


def without_ending(name: str) -> str:
    """«الشرق الأوسط أونلاين» is الشرق الأوسط; the key of the name."""
    key = plain(name)
    for ending in sorted(words_of("outlet_ending"), key=len, reverse=True):
        if key.endswith(" " + ending):
            return key.removesuffix(ending).strip()
    return key


@lru_cache(1 << 12)
def is_place(words: str) -> bool:
    """Whether the lexicon knows the words as a place, or they stand for several places."""
    key = plain(words)
    if key in words_of("places"):
        return True
    first, *rest = key.split() or [""]
    return any(form.kind == "place" and form.rest == tuple(rest) for form in known_forms().get(first, ()))


@cache
def _towns() -> frozenset[str]:
    cities = {plain(form) for name, *others in rows("cities.tsv") for form in (name, *"|".join(others).split("|"))}
    noted = {
        plain(form)
        for _kind, name, others, note in rows("places.tsv")
        for form in (name, *others.split("|"))
        if note.startswith(("مدينة", "عاصمة"))
    }
    return frozenset((cities | noted) - {""})


def is_town(words: str) -> bool:
    """Whether reports are dated from there: no country and no region."""
    return plain(words) in _towns()


def is_nobody(words: str) -> bool:
    key = plain(words)
    return key in words_of("nobody") or key.split(" ", 1)[0] in words_of("desk")


def is_label(words: str) -> bool:
    return any(plain(words) in words_of(name) for name in ("signing", "photographing", "nobody"))


def is_job(words: str) -> bool:
    """«أستاذ العلوم السياسية في الجامعة الأهلية»، «كاتب صحافي»: a job, and no name in it."""
    first, *rest = plain(words).split() or [""]
    jobs = words_of("job")
    return (first in jobs or first.removeprefix("ال") in jobs) and not any(is_given(word) for word in rest[:2])


@lru_cache(1 << 12)
def is_person(words: str) -> bool:
    """Whether the words begin like a person's name: a title, a known given name, عبد, أبو or بن inside."""
    parts = plain(words).split()
    while parts and (len(parts[0]) == 1 or "personal" in titles().get(parts[0], ())):
        parts = parts[1:]
    if not parts or len(parts) > 7:
        return False
    if any(part in ("بن", "ابن", "بنت", "ال") for part in parts[1:]) or parts[0] in _PARTICLES:
        return True
    if all(part.isascii() and part.isalpha() for part in parts):
        return 2 <= len(parts) <= 4 and not any(is_agency(part) for part in parts)
    counts = name_counts().get(parts[0])
    known = is_given(parts[0]) or parts[0] in foreign_given_names()
    return len(parts) > 1 and (known or (counts is not None and counts.given > 2 * counts.outside))


def is_particle(word: str) -> bool:
    """أبو، بن، آل: the next word belongs to the name."""
    return plain(word) in _PARTICLES


def is_given_name(word: str) -> bool:
    key = plain(word)
    return is_given(key) or key in ("ابو", "عبد") or key in word_set("names_in_alef_maksura")


def is_family_name(word: str) -> bool:
    """Of a word that is a place too."""
    counts = name_counts().get(plain(word))
    return counts is not None and counts.family >= _COMMON_FAMILY


def words_of(name: str) -> frozenset[str]:
    """A set of folded words. Raises KeyError for one that the file lacks."""
    return _sets()[name]


@cache
def _sets() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _WORDS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, words = line.split("\t")
            found.setdefault(name, set()).update(map(plain, words.split("|")))
    return {name: frozenset(words) for name, words in found.items()}


@cache
def _agencies() -> frozenset[str]:
    return frozenset(_compact(words) for words in words_of("agency"))


@cache
def _outlets() -> frozenset[str]:
    """The media among the lexicon's organisations: here the place where the words stand is context enough."""
    return frozenset(
        plain(form.lstrip(_NEEDS_CONTEXT))
        for _kind, name, others, note in rows("organisations.tsv")
        for form in (name, *others.split("|"))
        if form and note.startswith(_MEDIA)
    )


def plain(words: str) -> str:
    """Folded words without marks: the form in which everything here is compared."""
    return _APART.sub(" ", fold(words)).strip()


def _compact(words: str) -> str:
    return _APART.sub("", fold(words))
