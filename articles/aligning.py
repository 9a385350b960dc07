"""Which words of one sequence stand in another, in order or moved: pure, for long texts.

Runs that both sequences hold once anchor the rest (patience diff); short gaps between them are aligned exactly. The
cost is near linear unless two long passages have no run in common, which then count as exchanged.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Lengths of the runs that anchor, tried one after the other.
_ANCHORS = (6, 3, 1)
# Gaps of up to so many pairs of words are aligned exactly.
_EXACT = 16_000
# So many changed words on either side make a run of so many words in common a coincidence.
_CHANCE = {1: 2, 2: 4}
# Fewer words that stand elsewhere are not said to have moved.
_SHORTEST_MOVE = 4


class Run(NamedTuple):
    """`size` words from `old` of the first sequence on stand from `new` of the second on."""

    old: int
    new: int
    size: int


def aligned(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """What both have in the same order, ascending; neighbouring runs are joined."""
    runs = _joined(_aligned(old, new, Run(0, 0, 0), (len(old), len(new)), _ANCHORS))
    return list(_without_chance(runs, len(old), len(new)))


def moved(old: Sequence[str], new: Sequence[str], kept: Sequence[Run]) -> list[Run]:
    """What stands elsewhere: of what is not kept, the longest runs that both have, each place once; by `old`."""
    gaps = list(_gaps(kept, len(old), len(new)))
    free_new = [place for _, (start, end) in gaps for place in range(start, end)]
    starts: dict[tuple[str, ...], list[int]] = {}
    taken: set[int] = set(range(len(new))) - set(free_new)
    for place in free_new:
        window = tuple(new[place : place + _SHORTEST_MOVE])
        if taken.isdisjoint(range(place, place + _SHORTEST_MOVE)) and len(window) == _SHORTEST_MOVE:
            starts.setdefault(window, []).append(place)
    found = []
    for (start, end), _ in gaps:
        place = start
        while place + _SHORTEST_MOVE <= end:
            run = _longest(old, new, place, end, starts.get(tuple(old[place : place + _SHORTEST_MOVE]), ()), taken)
            if run:
                found.append(run)
                taken.update(range(run.new, run.new + run.size))
            place += run.size if run else 1
    return found


def _longest(
    old: Sequence[str], new: Sequence[str], place: int, end: int, starts: Sequence[int], taken: set[int]
) -> Run | None:
    runs = []
    for start in starts:
        size = 0
        while (
            place + size < end
            and start + size < len(new)
            and start + size not in taken
            and old[place + size] == new[start + size]
        ):
            size += 1
        if size >= _SHORTEST_MOVE:
            runs.append(Run(place, start, size))
    return max(runs, key=lambda run: run.size, default=None)


def _gaps(kept: Sequence[Run], old: int, new: int) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The stretches of both sequences between the kept runs."""
    before = Run(0, 0, 0)
    for run in [*kept, Run(old, new, 0)]:
        yield (before.old + before.size, run.old), (before.new + before.size, run.new)
        before = run


def _aligned(
    old: Sequence[str], new: Sequence[str], start: Run, end: tuple[int, int], lengths: Sequence[int]
) -> Iterator[Run]:
    """The runs between two places, by anchors of these lengths."""
    first, second = start.old, start.new
    last, final = end
    size = _common(old, new, first, second, min(last - first, final - second), 1)
    yield Run(first, second, size)
    first, second = first + size, second + size
    tail = _common(old, new, last - 1, final - 1, min(last - first, final - second), -1)
    last, final = last - tail, final - tail
    if last > first and final > second:
        yield from _between(old, new, (first, last), (second, final), lengths)
    yield Run(last, final, tail)


def _between(
    old: Sequence[str], new: Sequence[str], olds: tuple[int, int], news: tuple[int, int], lengths: Sequence[int]
) -> Iterator[Run]:
    if (olds[1] - olds[0]) * (news[1] - news[0]) <= _EXACT:
        matcher = SequenceMatcher(None, old[slice(*olds)], new[slice(*news)], autojunk=False)
        yield from (Run(olds[0] + block.a, news[0] + block.b, block.size) for block in matcher.get_matching_blocks())
        return
    if not lengths:
        return
    before = Run(olds[0], news[0], 0)
    anchors = _anchors(old, new, olds, news, lengths[0])
    for run in anchors:
        yield from _aligned(old, new, before, (run.old, run.new), lengths[1:])
        yield run
        before = Run(run.old + run.size, run.new + run.size, 0)
    yield from _aligned(old, new, before, (olds[1], news[1]), lengths[1:])


def _anchors(
    old: Sequence[str], new: Sequence[str], olds: tuple[int, int], news: tuple[int, int], length: int
) -> list[Run]:
    """Runs of this length that stand once in each stretch, the longest series of them that is in order in both."""
    in_old, in_new = _once(old, olds, length), _once(new, news, length)
    pairs = sorted((place, in_new[run]) for run, place in in_old.items() if run in in_new)
    ends: list[int] = []
    before: list[int] = []  # of each pair, the pair that the series has before it
    tops: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(tops[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            tops.append(number)
        else:
            ends[at], tops[at] = place, number
    kept, number = [], tops[-1] if tops else -1
    while number >= 0:
        kept.append(Run(*pairs[number], length))
        number = before[number]
    return list(_apart(reversed(kept)))


def _apart(runs: Iterator[Run]) -> Iterator[Run]:
    """Runs that overlap cut so that each begins where the one before ends; those that overlap unevenly left out."""
    before = Run(0, 0, 0)
    for run in runs:
        overlap = max(before.old + before.size - run.old, before.new + before.size - run.new, 0)
        if overlap < run.size:
            before = Run(run.old + overlap, run.new + overlap, run.size - overlap)
            yield before


def _once(words: Sequence[str], stretch: tuple[int, int], length: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for place in range(stretch[0], stretch[1] - length + 1):
        run = tuple(words[place : place + length])
        places[run] = -1 if run in places else place
    return {run: place for run, place in places.items() if place >= 0}


def _common(old: Sequence[str], new: Sequence[str], first: int, second: int, most: int, step: int) -> int:
    size = 0
    while size < most and old[first + size * step] == new[second + size * step]:
        size += 1
    return size


def _joined(runs: Iterator[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if not run.size:
            continue
        last = joined[-1] if joined else None
        if last and last.old + last.size == run.old and last.new + last.size == run.new:
            joined[-1] = Run(last.old, last.new, last.size + run.size)
        else:
            joined.append(run)
    return joined


def _without_chance(runs: list[Run], old: int, new: int) -> Iterator[Run]:
    """Without words in common that happen to stand between passages that were exchanged."""
    gaps = [max(olds[1] - olds[0], news[1] - news[0]) for olds, news in _gaps(runs, old, new)]
    for number, run in enumerate(runs):
        if run.size not in _CHANCE or min(gaps[number], gaps[number + 1]) < _CHANCE[run.size]:
            yield run
