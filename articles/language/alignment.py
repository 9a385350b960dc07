"""Which letters of a text stand where in a changed version of it.

Spelling, tashkeel, spaces and punctuation are no part of the comparison: it goes over the folded letters and digits of
the words. Words in the same order are matched first, by runs that occur once on both sides; then what was moved as a
whole; then what is left between two matches. What cannot be told is left unmatched rather than guessed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from articles.language.letters import Letters

# So many words in a row, once on either side, are the same passage wherever it stands.
_RUN = 5
# Between two matches fewer are enough, in the same order.
_SHORT_RUNS = (3, 2, 1)
# Lone words in common say something only where they are at least this share of the shorter side.
_FEWEST_LONE = 0.2
# So many letters beside a word make its place in the other text the same place: two words or three.
_BESIDE = 10
# How many words are looked at for each word of the texts; texts made to be hard to compare are given up after that.
_PATIENCE = 80


class Block(NamedTuple):
    """`length` letters that are the same in both texts; offsets are letters, not code points."""

    old: int
    new: int
    length: int


class _Gap(NamedTuple):
    """Words [old, old_end) of one text against [new, new_end) of the other."""

    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def shorter(self) -> int:
        return min(self.old_end - self.old, self.new_end - self.new)


class Alignment:
    """The letters of `old` beside those of `new`: `blocks` in the order of the old text, never overlapping."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Letters(old), Letters(new)
        self.blocks = _joined(_Aligner(self.old, self.new).runs())

    def over(self, start: int, end: int) -> list[Block]:
        """What of the old letters [start, end) has its like in the new text, cut to them."""
        first = max(0, bisect_right(self._olds, start) - 1)
        cut = []
        for block in self.blocks[first : bisect_left(self._olds, end)]:
            left, right = max(start, block.old), min(end, block.old + block.length)
            if left < right:
                cut.append(Block(left, block.new + left - block.old, right - left))
        return cut

    def under(self, start: int, end: int) -> list[Block]:
        """What of the new letters [start, end) has its like in the old text, cut to them, in the new order."""
        first = max(0, bisect_right(self._news, start) - 1)
        cut = []
        for block in self._by_new[first : bisect_left(self._news, end)]:
            left, right = max(start, block.new), min(end, block.new + block.length)
            if left < right:
                cut.append(Block(block.old + left - block.new, left, right - left))
        return cut

    def same_place(self, start: int, end: int) -> tuple[int, int] | None:
        """Where the words at the old code points [start, end) stand, with some of those beside them, or None."""
        first, last = self.old.within(start, end)
        number = bisect_right(self._olds, first) - 1
        if first == last or number < 0:
            return None
        block = self.blocks[number]
        if block.old + block.length < last or block.length < min(last - first + _BESIDE, len(self.old.letters)):
            return None
        return self.new.span(block.new + first - block.old, block.new + last - block.old)

    @cached_property
    def only_new(self) -> list[tuple[int, int]]:
        """The stretches of new letters that have nothing like them in the old text."""
        return _free(((block.new, block.length) for block in self.blocks), len(self.new.letters))

    @cached_property
    def only_old(self) -> list[tuple[int, int]]:
        """The stretches of old letters that have nothing like them in the new text."""
        return _free(((block.old, block.length) for block in self.blocks), len(self.old.letters))

    @cached_property
    def _olds(self) -> list[int]:
        return [block.old for block in self.blocks]

    @cached_property
    def _by_new(self) -> list[Block]:
        return sorted(self.blocks, key=lambda block: block.new)

    @cached_property
    def _news(self) -> list[int]:
        return [block.new for block in self._by_new]


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """In the order of the old text, with what adjoins in both texts made one."""
    joined: list[Block] = []
    for block in sorted(blocks):
        last = joined[-1] if joined else None
        if last and (last.old + last.length, last.new + last.length) == block[:2]:
            joined[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            joined.append(block)
    return joined


class _Aligner:
    """Finds runs of words that are the same in both texts; `_found` holds them as (old word, new word, words)."""

    def __init__(self, old: Letters, new: Letters) -> None:
        self.old, self.new = old, new
        self._found: list[tuple[int, int, int]] = []
        self._repaired: list[Block] = []
        self._patience = _PATIENCE * (len(old.keys) + len(new.keys) + 10)

    def runs(self) -> list[Block]:
        whole = _Gap(0, len(self.old.keys), 0, len(self.new.keys))
        self._match(whole, (_RUN,))
        self._match_moved()
        for gap in list(self._gaps(whole)):
            self._match(gap, _SHORT_RUNS)
        self._found = self._settled(sorted(self._found))
        found = [
            Block(self.old.starts[old], self.new.starts[new], self.old.starts[old + length] - self.old.starts[old])
            for old, new, length in self._found
        ]
        return found + self._repaired

    def _match(self, whole: _Gap, sizes: Sequence[int]) -> None:
        """Match what stands in the same order on both sides of a gap, and then what is left between the matches."""
        waiting = [whole]
        while waiting:
            gap = self._without_ends(waiting.pop())
            if not gap.shorter or self._patience < 0:
                continue
            runs = next(filter(None, (self._runs_within(gap, size) for size in sizes)), [])
            self._found += runs
            if runs:
                waiting += _between(gap, runs)
            elif sizes is _SHORT_RUNS:
                self._match_spaced_otherwise(gap)

    def _without_ends(self, gap: _Gap) -> _Gap:
        """Match the same words at the beginning and at the end of a gap; what is left of it."""
        old, new = self.old.keys, self.new.keys
        length = gap.shorter
        head = 0
        while head < length and old[gap.old + head] == new[gap.new + head]:
            head += 1
        tail = 0
        while tail < length - head and old[gap.old_end - 1 - tail] == new[gap.new_end - 1 - tail]:
            tail += 1
        self._patience -= head + tail + 1
        if head:
            self._found.append((gap.old, gap.new, head))
        if tail:
            self._found.append((gap.old_end - tail, gap.new_end - tail, tail))
        return _Gap(gap.old + head, gap.old_end - tail, gap.new + head, gap.new_end - tail)

    def _runs_within(self, gap: _Gap, size: int) -> list[tuple[int, int, int]]:
        """Runs that grow from `size` words in common, in the same order on both sides."""
        self._patience -= gap.old_end - gap.old + gap.new_end - gap.new
        common = _common(
            self._grams([(gap.old, gap.old_end)], self.old.keys, size),
            self._grams([(gap.new, gap.new_end)], self.new.keys, size),
        )
        if size == 1 and len(common) < _FEWEST_LONE * gap.shorter:
            return []
        runs: list[tuple[int, int, int]] = []
        old_floor, new_floor = gap.old, gap.new
        for old, new in _increasing(common):
            if old >= old_floor and new >= new_floor:
                runs.append(self._grown(old, new, _Gap(old_floor, gap.old_end, new_floor, gap.new_end)))
                old_floor, new_floor = runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]
        return runs

    def _match_moved(self) -> None:
        """Match long runs among what is left, in whatever order."""
        free_old = _free(((old, length) for old, _, length in self._found), len(self.old.keys))
        free_new = _free(((new, length) for _, new, length in self._found), len(self.new.keys))
        common = _common(self._grams(free_old, self.old.keys, _RUN), self._grams(free_new, self.new.keys, _RUN))
        taken_old, taken_new = bytearray(len(self.old.keys)), bytearray(len(self.new.keys))
        for old, new in common:
            if taken_old[old] or taken_new[new]:
                continue
            bounds = _Gap(*_around(free_old, old), *_around(free_new, new))
            run = self._grown(old, new, bounds)
            span_old, span_new = slice(run[0], run[0] + run[2]), slice(run[1], run[1] + run[2])
            if not (any(taken_old[span_old]) or any(taken_new[span_new])):
                taken_old[span_old] = taken_new[span_new] = b"\1" * run[2]
                self._found.append(run)

    def _gaps(self, whole: _Gap) -> Iterator[_Gap]:
        """What is left between two matches that follow each other in both texts."""
        by_new = sorted(run[1] for run in self._found)
        edges = [(0, 0, 0), *sorted(self._found), (whole.old_end, whole.new_end, 0)]
        for left, right in pairwise(edges):
            gap = _Gap(left[0] + left[2], right[0], left[1] + left[2], right[1])
            if gap.new_end < gap.new or not gap.shorter:
                continue
            if bisect_left(by_new, gap.new_end) == bisect_left(by_new, gap.new):
                yield gap

    def _settled(self, found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """Let what was cut or put in begin with a sentence, where the words leave that open.

        Of «قال س. قال ع.» without its first sentence either «قال» may be the one that is left.
        """
        for number, (left, right) in enumerate(pairwise(found)):
            old, new, length = left
            cut, put = right[0] - old - length, right[1] - new - length
            if not (cut == 0 < put or put == 0 < cut):
                continue
            side, end, other = (self.old, old + length, right[0]) if cut else (self.new, new + length, right[1])
            back = side.best_beginning(end, other, most=length - 1)
            found[number] = (old, new, length - back)
            found[number + 1] = (right[0] - back, right[1] - back, right[2] + back)
        return found

    def _grown(self, old: int, new: int, bounds: _Gap) -> tuple[int, int, int]:
        """The longest run of the same words through this place."""
        ours, theirs = self.old.keys, self.new.keys
        start = 0
        while (
            old - start > bounds.old and new - start > bounds.new and ours[old - start - 1] == theirs[new - start - 1]
        ):
            start += 1
        length = 0
        while (
            old + length < bounds.old_end
            and new + length < bounds.new_end
            and ours[old + length] == theirs[new + length]
        ):
            length += 1
        return old - start, new - start, start + length

    def _match_spaced_otherwise(self, gap: _Gap) -> None:
        """Match the same letters that are divided into other words: «ان شاءالله», «إن شاء الله»."""
        old, new = self.old.part(gap.old, gap.old_end), self.new.part(gap.new, gap.new_end)
        if old == new:
            self._repaired.append(Block(self.old.starts[gap.old], self.new.starts[gap.new], len(old)))

    @staticmethod
    def _grams(stretches: Iterable[tuple[int, int]], keys: Sequence[str], size: int) -> dict[tuple[str, ...], int]:
        """Where each sequence of `size` words begins, for those that occur once."""
        places: dict[tuple[str, ...], int] = {}
        for start, end in stretches:
            for place in range(start, end - size + 1):
                gram = tuple(keys[place : place + size])
                places[gram] = -1 if gram in places else place
        return {gram: place for gram, place in places.items() if place >= 0}


def _common(old: dict[tuple[str, ...], int], new: dict[tuple[str, ...], int]) -> list[tuple[int, int]]:
    return sorted((place, new[gram]) for gram, place in old.items() if gram in new)


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that grow on both sides; `pairs` grow in the first."""
    ends: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for number, (_, new) in enumerate(pairs):
        at = bisect_left(ends, new)
        before.append(places[at - 1] if at else -1)
        ends[at : at + 1] = [new]
        places[at : at + 1] = [number]
    chain, number = [], places[-1] if places else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _between(gap: _Gap, runs: Sequence[tuple[int, int, int]]) -> list[_Gap]:
    edges = [(gap.old, gap.new, 0), *runs, (gap.old_end, gap.new_end, 0)]
    return [_Gap(left[0] + left[2], right[0], left[1] + left[2], right[1]) for left, right in pairwise(edges)]


def _free(taken: Iterable[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """What is left of [0, end) beside stretches of (start, length)."""
    free, floor = [], 0
    for start, length in [*sorted(taken), (end, 0)]:
        if floor < start:
            free.append((floor, start))
        floor = max(floor, start + length)
    return free


def _around(stretches: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    """The stretch that holds a place."""
    return stretches[bisect_right(stretches, (place, float("inf"))) - 1]
