"""What a text is known by when it stands on another site: pure, no database.

A text's body is its words without the headline, folded, so that spelling, tashkeel, punctuation and a new headline do
not count. Near copies share most of their shingles, runs of a few words each. A sample of them, the lowest by hash
(a bottom-k sketch, Broder 1997), finds candidates in an index; the shingles themselves decide.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from hashlib import blake2b
from itertools import accumulate
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

from articles.language.folding import fold

if TYPE_CHECKING:
    from articles.provenance.shingling import Hashes

# Shingles that are compared, and longer ones that are looked up: six words of a formula stand in fewer articles.
_COMPARED, _LOOKED_UP = 3, 6
# Two texts of which two fifths are common share fewer than two of so many in one case of 300.
_SAMPLE = 16
# So many words say the same by chance (a caption, a cartoon's title); below the other, one word changes too much.
_FEWEST_ALIKE, _FEWEST_NEAR = 12, 25

# What counts as a copy, in shares of common shingles. Drawn from pairs of saudinewsnet that were read by hand.
_RESEMBLES = 0.5
_CONTAINED, _RESEMBLES_IF_CONTAINED = 0.85, 0.35
# So many words, and so much of a text, may be its site's lines before and after what it has in common with the other.
_LONGEST_FRAME, _LARGEST_FRAME = 60, 0.6
# A series repeats its frame about something else: other numbers, or other names that the text keeps repeating.
_OTHER_NUMBERS, _OTHER_NUMBERS_SHARE = 3, 0.5
_OTHER_SUBJECTS, _OTHER_SUBJECTS_SHARE = 3, 0.12

# A number is one word however its digits are grouped: 209,020 and 209020 are the same, and so are 43.1 and 43,1.
_SEPARATOR = re.compile(r"(?<=\d)[.,](?=\d)")
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


@cache
def _shingling() -> ModuleType:
    """numpy takes its time and memory: a process that serves pages loads it when it first compares two texts."""
    from articles.provenance import shingling  # noqa: PLC0415 - numpy comes with it

    return shingling


class Resemblance(NamedTuple):
    """Shares of common shingles: of both texts' together (Jaccard), and of the shorter one's."""

    jaccard: float
    contained: float


class Body:
    """An article's body, ready to be compared. `text` is a revision's: its first line, the headline, is left out."""

    def __init__(self, text: str) -> None:
        self.folded = _SEPARATOR.sub("", fold(text.partition("\n")[2]))
        self.words = _WORD.findall(self.folded)

    @cached_property
    def line_ends(self) -> list[int]:
        """After how many words each of its lines ends."""
        return list(accumulate(len(_WORD.findall(line)) for line in self.folded.split("\n")))

    @cached_property
    def _codes(self) -> "Hashes":
        return _shingling().codes_of(self.words)

    @cached_property
    def runs(self) -> "Hashes":
        """The hash of the run that begins with each word, as far as there is one."""
        return _shingling().runs_of(self._codes, _COMPARED)

    @cached_property
    def shingles(self) -> "Hashes":
        return _shingling().distinct(self.runs)

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
        sample = _shingling().lowest(_shingling().runs_of(self._codes, _LOOKED_UP), _SAMPLE)
        return [self.fingerprint, *sample]

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.words)


def resemblance(one: Body, other: Body) -> Resemblance:
    return _resemblance(one.shingles, other.shingles)


def is_copy(one: Body, other: Body) -> bool:
    """Whether two bodies are one text, cut, rearranged or edited at most; the same whichever comes first."""
    shortest = min(len(one.words), len(other.words))
    if shortest >= _FEWEST_ALIKE and one.fingerprint == other.fingerprint:
        return True
    if shortest < _FEWEST_NEAR:
        return False
    return _is_near(one, other) and not _is_series(one, other)


def _is_near(one: Body, other: Body) -> bool:
    found = resemblance(one, other)
    if _suffices(found):
        return True
    # Without its frame a text resembles the other more, at most by as much as it is shorter.
    if found.jaccard < _RESEMBLES_IF_CONTAINED * (1 - _LARGEST_FRAME):
        return False
    return _suffices(_resemblance(_core_shingles(one, other), other.shingles)) or _suffices(
        _resemblance(one.shingles, _core_shingles(other, one))
    )


def _suffices(found: Resemblance) -> bool:
    return found.jaccard >= _RESEMBLES or (found.contained >= _CONTAINED and found.jaccard >= _RESEMBLES_IF_CONTAINED)


def _resemblance(one: "Hashes", other: "Hashes") -> Resemblance:
    if not one.size or not other.size:
        return Resemblance(0.0, 0.0)
    common = _shingling().number_in_common(one, other)
    return Resemblance(common / (one.size + other.size - common), common / min(one.size, other.size))


def _core(body: Body, other: Body) -> slice:
    """Its words without the lines before and after all that it has in common with the other, if these are few."""
    whole = slice(0, len(body.words))
    shared = _shingling().first_and_last_of(other.shingles, body.runs)
    if shared is None:
        return whole
    first, last = shared[0], shared[1] + _COMPARED
    start = max((end for end in body.line_ends if end <= first), default=0)
    stop = min((end for end in body.line_ends if end >= last), default=whole.stop)
    frame = start + whole.stop - stop
    is_frame = frame <= min(_LONGEST_FRAME, _LARGEST_FRAME * whole.stop) and stop - start >= _FEWEST_NEAR
    return slice(start, stop) if is_frame else whole


def _core_shingles(body: Body, other: Body) -> "Hashes":
    core = _core(body, other)
    return _shingling().distinct(body.runs[core.start : core.stop - _COMPARED + 1])


def _is_series(one: Body, other: Body) -> bool:
    """Whether both fill one frame (a telegram, a forecast, a market report) with something else.

    What stands in one text alone is a cut or an addition; what each has in place of the other's tells them apart.
    """
    words, others = one.words[_core(one, other)], other.words[_core(other, one)]
    first, second = _numbers(words), _numbers(others)
    exchanged = min(len(first - _numbers(other.words)), len(second - _numbers(one.words)))
    if exchanged >= _OTHER_NUMBERS and exchanged >= _OTHER_NUMBERS_SHARE * min(len(first), len(second)):
        return True
    first, second = _subjects(words), _subjects(others)
    exchanged = min(len(first - other.counts.keys()), len(second - one.counts.keys()))
    return exchanged >= _OTHER_SUBJECTS and exchanged >= _OTHER_SUBJECTS_SHARE * min(len(first), len(second))


def _numbers(words: Iterable[str]) -> set[str]:
    """Numbers without the zeros at their ends, which are written or not."""
    return {digits.rstrip("0") or digits for word in words for digits in _DIGITS.findall(word)}


def _subjects(words: Iterable[str]) -> set[str]:
    """Words that are repeated, numbers and short ones apart: whom and what it is about, and the frame's words."""
    return {word for word, count in Counter(words).items() if count > 1 and len(word) > 2 and not _DIGITS.search(word)}
