"""Verbs by one form, and words without the ending of the indefinite accusative.

A headline says يستقبل of what its text says استقبلت or استقبلوا, and names a sum as مليارا: of three words of a
headline one in twelve was not found in its own article for this alone. What is cut off must leave a word that is as
well known as the whole: بيت is no بي with an ending, تاريخ no اريخ of her. Verbal nouns and participles stay.
"""

import re
from functools import cache, lru_cache

from articles.language.folding import fold
from articles.language.lexicon import rows
from articles.language.stems import Forms, expected, stem, stemmed_forms

# Words remembered that are cut down, or only look like it: some 10 MB when full.
_REMEMBERED = 1 << 15
_SHORTEST = 3
# A word must be expected this often in open text to be cut down to, and so many times as often as the whole.
_KNOWN = 4.0
_ACCUSATIVE, _IMPERFECT, _WITH_ALIF, _PAST = 2.0, 0.5, 1.0, 0.3
_PERSONS = ("ي", "ت")
_PAST_ENDINGS = ("ت", "وا")
# What else than a noun's may stand after a verb's stem, where the stem was told by cutting it off.
_IMPERFECT_ENDINGS = frozenset(("", "ون", "ين", "ان"))
_ARTICLES = ("ال", "لل")
# تعزيز is no verb's form of عزيز.
_VERBAL_NOUN = re.compile("ت..ي.")


def word_forms(word: str) -> tuple[Forms, ...]:
    """The readings of a word as articles.language.stems has them, with these endings and persons cut off as well."""
    readings = stemmed_forms(word)
    for reading in readings:
        if reading.stem.startswith(_PERSONS) or reading.stem.endswith(_PAST_ENDINGS) or reading.base.endswith("ا"):
            return tuple(_inflected(reading) for reading in readings)
    return readings


@lru_cache(maxsize=_REMEMBERED)
def _inflected(reading: Forms) -> Forms:
    surface, base, stemmed = reading
    if base in _places():
        return reading
    if base.endswith("ا") and surface.endswith(base) and not surface[: -len(base)].endswith(_ARTICLES):
        bare = _nominative(base)
        if bare != base:
            return Forms(surface, bare, stem(bare))
    is_verb = base.startswith(stemmed) and base[len(stemmed) :] in _IMPERFECT_ENDINGS
    return Forms(surface, base, verb(stemmed) if is_verb else stemmed)


def verb(word: str) -> str:
    """A folded stem as the verb's past without an ending, where it is a verb's form: يستقبل and استقبلت are استقبل."""
    for ending in _PAST_ENDINGS:
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _SHORTEST and _stands_for(rest, word, _PAST):
            word = rest
            break
    if not word.startswith(_PERSONS) or len(word) <= _SHORTEST or _VERBAL_NOUN.fullmatch(word):
        return word
    plain, derived = word[1:], "ا" + word[1:]
    if _count(derived) > _count(plain):
        return derived if _stands_for(derived, word, _WITH_ALIF) else word
    return plain if _stands_for(plain, word, _IMPERFECT) else word


def _nominative(base: str) -> str:
    """مليارا without its ending, which no word has after the article; رضا and دنيا are words themselves."""
    rest = base[:-1]
    known = _count(rest) + _count(rest + "ه")
    return rest if len(rest) >= _SHORTEST and known >= max(_KNOWN, _ACCUSATIVE * _count(base)) else base


def _stands_for(rest: str, word: str, share: float) -> bool:
    return _count(rest) >= max(_KNOWN, share * _count(word))


def _count(word: str) -> float:
    """How often a folded word is expected in open text, or nothing for rare ones."""
    count = expected(word)
    return count if count >= _KNOWN else 0.0


@cache
def _places() -> frozenset[str]:
    """Folded names of one word, without the article: تشاد is no verb, and درعا nothing in the accusative."""
    names = [name for (name, *_) in rows("countries.tsv")] + [name for (_, name, *_) in rows("places.tsv")]
    return frozenset(fold(name).removeprefix("ال") for name in names if " " not in name)
