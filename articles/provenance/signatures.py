"""What a text is known by when it stands on another site: pure, no database.

A text's body is its words without the headline, folded, so that spelling, tashkeel, punctuation and a new headline do
not count. Near copies share most of their shingles, runs of a few words each. A sample of them, the lowest by hash
(a bottom-k sketch, Broder 1997), finds candidates in an index; the shingles themselves decide.
"""

import re
from collections import Counter
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from articles.language.folding import fold

Hashes = NDArray[np.uint64]

# Shingles that are compared, and longer ones that are looked up: six words of a formula stand in fewer articles.
_COMPARED, _LOOKED_UP = 3, 6
# Two texts of which a third is common share none of so many in one case of 650.
_SAMPLE = 16
# So many words say the same by chance (a caption, a cartoon's title); below the other, one word changes too much.
_FEWEST_ALIKE, _FEWEST_NEAR = 12, 25

# What counts as a copy, in shares of common shingles. Drawn from pairs of saudinewsnet that were read by hand.
_RESEMBLES = 0.5
_CONTAINED, _RESEMBLES_IF_CONTAINED = 0.85, 0.35
# A series repeats its frame about something else: other numbers, or other names that the text keeps repeating.
_OTHER_NUMBERS, _OTHER_NUMBERS_SHARE = 3, 0.5
_OTHER_SUBJECTS, _OTHER_SUBJECTS_SHARE = 3, 0.12

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SEPARATOR = re.compile(r"[.,]")
_DIGIT = re.compile(r"\d")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class Resemblance(NamedTuple):
    """Shares of common shingles: of both texts' together (Jaccard), and of the shorter one's."""

    jaccard: float
    contained: float


class Body:
    """An article's body, ready to be compared. `text` is a revision's: its first line, the headline, is left out."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text.partition("\n")[2])
        self.words = _WORD.findall(self.folded)

    @cached_property
    def _codes(self) -> Hashes:
        encoded = " ".join(self.words).encode().split()
        return np.fromiter(map(crc32, encoded), dtype=np.uint64, count=len(encoded))

    @cached_property
    def shingles(self) -> Hashes:
        return _shingles(self._codes, _COMPARED)

    @cached_property
    def fingerprint(self) -> int:
        """The same for texts of the same words in the same order; as PostgreSQL's bigint."""
        return int.from_bytes(blake2b(" ".join(self.words).encode(), digest_size=8).digest(), signed=True)

    @cached_property
    def keys(self) -> list[int]:
        """By which this body is found in an index: its fingerprint, then a sample of its shingles, as bigints.

        None for a body too short to be recognised, the fingerprint alone for one too short to resemble another.
        """
        if len(self.words) < _FEWEST_ALIKE:
            return []
        if len(self.words) < _FEWEST_NEAR:
            return [self.fingerprint]
        sample = _shingles(self._codes, _LOOKED_UP)[:_SAMPLE]
        return [self.fingerprint, *sample.view(np.int64).tolist()]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Its numbers, however their digits are grouped: 209,020 and 209020, 43.1 and 43,1 are the same."""
        bare = (_SEPARATOR.sub("", number) for number in _NUMBER.findall(self.folded))
        return frozenset(number.rstrip("0") or number for number in bare)

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.words)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Words that it repeats, numbers and short ones apart: whom and what it is about, and its frame's words."""
        return frozenset(
            word for word, count in self.counts.items() if count > 1 and len(word) > 2 and not _DIGIT.search(word)
        )


def resemblance(one: Body, other: Body) -> Resemblance:
    if not one.shingles.size or not other.shingles.size:
        return Resemblance(0.0, 0.0)
    common = np.intersect1d(one.shingles, other.shingles, assume_unique=True).size
    shorter = min(one.shingles.size, other.shingles.size)
    return Resemblance(common / (one.shingles.size + other.shingles.size - common), common / shorter)


def is_copy(one: Body, other: Body) -> bool:
    """Whether two bodies are one text, cut, rearranged or edited at most; the same whichever comes first."""
    shortest = min(len(one.words), len(other.words))
    if shortest >= _FEWEST_ALIKE and one.fingerprint == other.fingerprint:
        return True
    if shortest < _FEWEST_NEAR:
        return False
    jaccard, contained = resemblance(one, other)
    if jaccard < _RESEMBLES and not (contained >= _CONTAINED and jaccard >= _RESEMBLES_IF_CONTAINED):
        return False
    return not _is_series(one, other)


def _is_series(one: Body, other: Body) -> bool:
    """Whether both fill one frame (a telegram, a forecast, a market report) with something else.

    What stands in one text alone is a cut or an addition; what each has in place of the other's tells them apart.
    """
    exchanged = min(len(one.numbers - other.numbers), len(other.numbers - one.numbers))
    numbers = min(len(one.numbers), len(other.numbers))
    if exchanged >= _OTHER_NUMBERS and exchanged >= _OTHER_NUMBERS_SHARE * numbers:
        return True
    exchanged = min(_missing(one.subjects, other), _missing(other.subjects, one))
    subjects = min(len(one.subjects), len(other.subjects))
    return exchanged >= _OTHER_SUBJECTS and exchanged >= _OTHER_SUBJECTS_SHARE * subjects


def _missing(subjects: frozenset[str], body: Body) -> int:
    return sum(word not in body.counts for word in subjects)


def _shingles(codes: Hashes, length: int) -> Hashes:
    """The hashes of all runs of so many words, in ascending order, each once."""
    number = len(codes) - length + 1
    if number < 1:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(number, dtype=np.uint64)
    for place in range(length):
        hashes = hashes * _MULTIPLIER + codes[place : place + number]
    return np.unique(_mixed(hashes))


def _mixed(hashes: Hashes) -> Hashes:
    """Spread evenly over 64 bits (the finaliser of splitmix64), or the lowest would favour certain words."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
