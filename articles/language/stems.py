"""What a word is searched by: as it is written, without the letters attached to it, and as a stem.

    surface  وللوزراء     folded, for phrases and exact words
    base     وزراء        without conjunctions, prepositions, the article and pronouns, cut off by evidence
    stem     وزير         without the endings of gender, number and relation; one for a plural and its singular and for
                          the spellings of a name

The base keeps what tells words apart; the stem finds more and is ranked below it. Broken plurals come from a list and
from patterns of which the singular must be known to the lexicon. The order of the endings follows Larkey's light10.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from articles.language.clitics import STEMS_FILE, clitic_splits
from articles.language.folding import fold, fold_with_map
from articles.language.lexicon import rows

WORD_LISTS = ("broken_plurals.tsv", "same_words.tsv")
# Longer "words" are addresses or noise; cut, so that an index never sees a term of unbounded length.
LONGEST_TERM = 100
# Forms remembered: nine in ten words of running text; some 33 MB when full.
_REMEMBERED = 1 << 16
_SHORTEST_STEM = 3
# A word that ends like a dual or plural is none when what is left is so much rarer.
_DOUBTFUL = frozenset(("ان", "ون", "ين", "ات"))
_RARER = 10.0
_ENDINGS = ("تان", "تين", "ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
# For words that the lexicon does not know: a conjunction or preposition, the article, at least three letters after it.
_ATTACHED = re.compile(r"(?:[وف]?(?:لل|[بكل]?ال)|[وف][بل]?|[بل])(?=[\u0621-\u064a]{3})")
_ARTICLE = re.compile(r"(?:ال|لل)(?=[\u0621-\u064a]{2})")
_ARABIC = re.compile("[\u0621-\u064a]+")
_GROUPED_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_INNER_SIGNS = re.compile(r"[.&'’+-]")
# Before a pronoun ة is written ت, ى as ا, and the hamza of وزراء takes the seat of its vowel.
_BEFORE_PRONOUN = {"ت": "ه", "ا": "ي", "و": "ء", "ي": "ء"}
# A singular must be expected this often in open text for a pattern to be believed.
_KNOWN = 4.0
# Plural → what its singular may be; \1 … are the root's letters. Patterns that verbal nouns and
# participles share with plurals (تعاون، مقابل، إعلان) are left to the list.
_BROKEN = tuple(
    (re.compile(plural), singulars)
    for plural, singulars in (
        (r"([^ا])(.)(.)اء", (r"\1\2ي\3",)),  # وزراء: وزير
        (r"(.)وا(.)([^ي])", (r"\1ا\2\3ه", r"\1ا\2\3")),  # عواصم: عاصمة, شوارع: شارع
        (r"(.)(.)اي([^اهي])", (r"\1\2ي\3ه", r"\1\2ا\3ه")),  # جرائم: جريمة, رسائل: رسالة
        (r"(.)وا(.)ي(.)", (r"\1ا\2و\3",)),  # قوانين: قانون
        (r"(.)(.)ا(.)ي([^اهين])", (r"\1\2\3و\4", r"\1\2\3ي\4", r"\1\2\3ا\4")),  # مشاريع: مشروع, تقارير: تقرير
        (r"([^متايسن])(.)ا([^اوي])([^اهي])", (r"\1\2\3\4ه", r"\1\2\3\4")),  # قنابل: قنبلة, عناصر: عنصر
        (r"ا(.)([^اوي])([^ي])ه", (r"\1\2ا\3",)),  # أسلحة: سلاح
    )
)


class Forms(NamedTuple):
    """One reading of a word, folded."""

    surface: str
    base: str
    stem: str


@lru_cache(maxsize=_REMEMBERED)
def stemmed_forms(word: str) -> tuple[Forms, ...]:
    """The readings of a word as written, likeliest first; empty for a word of marks only.

    There are two where the word is unknown and begins with what may be attached to it: وغالانت is also غالانت.
    """
    surface = _term(word)
    if not surface:
        return ()
    if not _ARABIC.fullmatch(surface):
        plain = _plain(surface)
        return (Forms(surface, plain, plain),)
    base = _likeliest_base(word)
    readings = [Forms(surface, base, stem(base))]
    attached = _attached_letters(base) if base == surface else 0
    if attached:
        readings.append(Forms(surface, base[attached:], stem(base[attached:])))
    return tuple(readings)


def core_span(word: str, reading: int) -> tuple[int, int]:
    """The code points of a word that a reading of it leaves when the attached letters are cut off; ال stays."""
    if reading:
        folded = fold_with_map(word)
        return folded.to_original(_attached_letters(folded.text), len(folded.text))
    split = clitic_splits(word)[0]
    return len(split.prefix), len(word) - len(split.suffix)


def stem(base: str) -> str:
    """The stem of a folded word that nothing is attached to."""
    singular = _standing_words().get(base) or _pattern_singular(base) or base
    bare = without_endings(singular)
    return _spellings().get(bare, bare)


def without_endings(word: str) -> str:
    """A folded word without its endings, as long as three letters remain."""
    for ending in _ENDINGS:
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= _SHORTEST_STEM and not (ending in _DOUBTFUL and _is_part(word, rest)):
            word = rest
    return word


def _is_part(word: str, rest: str) -> bool:
    """Whether the ending belongs to the word: لبنان is no dual of لبن, which is far rarer."""
    return expected(word) > _RARER * (expected(rest) + expected(rest + "ه") + expected(rest + "ي"))


def _term(text: str) -> str:
    """Folded, without the spaces that ligatures of whole phrases (ﷺ) fold to."""
    return "".join(fold(text).split())[:LONGEST_TERM]


def _attached_letters(base: str) -> int:
    """How many letters may be attached to a word that the lexicon does not know."""
    found = _ATTACHED.match(base) if not expected(base) else None
    return found.end() if found else 0


def _plain(surface: str) -> str:
    """Latin words and numbers without the signs that writers leave out: F-16 is f16, 1,250 is 1250."""
    if _GROUPED_DIGITS.fullmatch(surface):
        return surface.replace(",", "")
    return surface if any(sign in surface for sign in "/@:,") else _INNER_SIGNS.sub("", surface) or surface


def _likeliest_base(word: str) -> str:
    split = clitic_splits(word)[0]
    base = _term(split.stem)
    base = _ARTICLE.sub("", base, count=1) if _ARTICLE.match(base) else base
    if split.suffix and base[-1:] in _BEFORE_PRONOUN:
        full = base[:-1] + _BEFORE_PRONOUN[base[-1]]
        return full if expected(full) > expected(base) else base
    return base


def _pattern_singular(base: str) -> str | None:
    for pattern, singulars in _BROKEN:
        match = pattern.fullmatch(base)
        if match:
            likeliest = max(map(match.expand, singulars), key=expected)
            return likeliest if expected(likeliest) >= _KNOWN else None
    return None


def expected(base: str) -> float:
    """How often a folded word is expected in open text, without what may be attached to it."""
    return _counts().get(base, 0.0)


@cache
def _counts() -> dict[str, float]:
    counts: dict[str, float] = {}
    for key, number in rows(STEMS_FILE.name):
        counts[fold(key)] = counts.get(fold(key), 0.0) + float(number)
    return counts


@cache
def _standing_words() -> dict[str, str]:
    """Folded word → the one it is searched by; a plural that is written alike for two words belongs to the first."""
    listed: dict[str, str] = {}
    for word, others in listed_words():
        for other in others:
            listed.setdefault(other, word)
    return listed


def listed_words() -> Iterator[tuple[str, list[str]]]:
    """A folded word, and those that are searched by it as they stand: its broken plurals, mostly."""
    for name in WORD_LISTS:
        for word, others in rows(name):
            yield fold(word), fold(others).split()


@cache
def _spellings() -> dict[str, str]:
    """Stem of a spelling → the stem that stands for all spellings of its word."""
    found: dict[str, str] = {}
    for standard, others in rows("spelling_variants.tsv"):
        for other in fold(others).split():
            found.setdefault(without_endings(other), without_endings(fold(standard)))
    return found
