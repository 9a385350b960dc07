"""What a statement is looked up by: a few small integers, the same in any text that holds the same run of words.

Pairs of neighbouring words that tell something are hashed, over what stays of a word when it is spelled, inflected or
exchanged for its synonym: joining words, negations and numbers do not count. Of long statements those are kept that
are the lowest of a window (winnowing, Schleimer 2003): what is kept with a wide window is kept with a narrow one, so a
short excerpt, all of whose pairs are kept, is found by the whole speech.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

from annotations.variants.reading import Token, read

# So many keys at most are wanted of a statement: those of a page of a newspaper.
_MOST = 192
# Statements of so few words have no keys but one of the whole: they match only when equal.
_FEWEST_WORDS = 5


def signature(text: str) -> tuple[int, ...]:
    """Distinct keys in ascending order, each below 2³¹; one key for four words or fewer, none for a text without any.

    Statements that share a key may be variants of each other; more shared keys make it likelier.
    """
    return signature_of(read(text))


def signature_of(tokens: Sequence[Token]) -> tuple[int, ...]:
    if not tokens:
        return ()
    if len(tokens) < _FEWEST_WORDS:
        return (_key(["=", *(token.term.folded for token in tokens)]),)
    senses = [token.term.sense for token in tokens if token.term.bits]
    pairs = [_key(pair) for pair in pairwise(senses)]
    return tuple(sorted(set(_lowest(pairs, max(1, 2 * len(pairs) // _MOST)))))


def _key(words: Iterable[str]) -> int:
    return crc32(" ".join(words).encode("utf-8", "replace")) >> 1


def _lowest(hashes: Sequence[int], window: int) -> Iterable[int]:
    """The lowest of every so many in a row; all of them for windows of one."""
    if window >= len(hashes):
        return [min(hashes)] if hashes else []
    waiting: deque[int] = deque()
    found = []
    for place, value in enumerate(hashes):
        while waiting and hashes[waiting[-1]] > value:
            waiting.pop()
        waiting.append(place)
        if waiting[0] <= place - window:
            waiting.popleft()
        if place >= window - 1:
            found.append(hashes[waiting[0]])
    return found
