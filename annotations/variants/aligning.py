"""Two variants of a statement word by word: what is the same, spelled otherwise, cut, put in, exchanged or moved."""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from annotations.variants.statements import Read, Statement
from annotations.variants.units import Sameness, Unit, sameness, units, worth
from articles.language.alignment import Alignment
from articles.language.spans import Span

Kind = Literal["same", "respelled", "attached", "inflected", "replaced", "inserted", "dropped", "moved"]

# So many pairs of words are aligned exactly; longer texts are anchored by their common passages first.
_EXACT = 40_000
# Between anchors so many pairs in all are aligned exactly, then the rest counts as exchanged.
_PATIENCE = 400_000
# A lone word that stands elsewhere has moved only if it tells so many bits; two in a row always have.
_RARE = 11.0
# Of a word that stands in many other places so many are tried.
_TRIED = 8
_KIND_OF: dict[Sameness, Kind] = {
    "same": "same", "respelled": "respelled", "attached": "attached", "inflected": "inflected",
    "synonym": "replaced", "number": "replaced",
}  # fmt: skip


class Change(NamedTuple):
    """What becomes of the words at `left` of one text in the other, where they stand at `right`.

    Spans are code points of either text; `left` is None for what is inserted, `right` for what is dropped. Kinds:
    same (letter for letter), respelled (also a number in words or digits), attached (only letters written onto the
    word differ), inflected (another form of the word: the person changes in reported speech), replaced, moved.
    """

    kind: Kind
    left: Span | None
    right: Span | None


class Pair(NamedTuple):
    """The places of two units that stand for each other."""

    left: int
    right: int
    sameness: Sameness


class Aligned(NamedTuple):
    """Two texts in units; `pairs` ascend on both sides, `moved` stand in another order. No unit is in two pairs."""

    left: list[Unit]
    right: list[Unit]
    pairs: list[Pair]
    moved: list[Pair]


def align(left: Statement, right: Statement) -> list[Change]:
    """Changes in the order of the left text, insertions where they stand in the right one.

    Every word of either text is in one change, and in one only.
    """
    return changes(aligned(Read(left), Read(right)))


def aligned(left: Read, right: Read) -> Aligned:
    ours, theirs = units(left), units(right)
    is_short = len(ours) * len(theirs) <= _EXACT
    places = _best(ours, theirs, 0, 0) if is_short else _anchored(left, right, ours, theirs)
    pairs = [Pair(one, other, sameness(ours[one], theirs[other]) or "synonym") for one, other in places]
    pairs = list(_without_chance(pairs, ours, theirs))
    return Aligned(ours, theirs, pairs, _moved(ours, theirs, pairs))


def _best(left: Sequence[Unit], right: Sequence[Unit], first: int, second: int) -> list[tuple[int, int]]:
    """Pairs of places with the greatest worth (Needleman–Wunsch); those of the parts begin at `first` and `second`."""
    worths = [[worth(one, other) for other in right] for one in left]
    rows = [[0.0] * (len(right) + 1)]
    for ours in worths:
        row, above = [0.0], rows[-1]
        for place, value in enumerate(ours):
            diagonal = above[place] + value if value else 0.0
            row.append(max(diagonal, above[place + 1], row[place]))
        rows.append(row)
    found = []
    one, other = len(left), len(right)
    while one and other:
        value = rows[one][other]
        if value == rows[one - 1][other]:
            one -= 1
        elif value == rows[one][other - 1]:
            other -= 1
        else:
            one, other = one - 1, other - 1
            found.append((first + one, second + other))
    return found[::-1]


def _anchored(left: Read, right: Read, ours: Sequence[Unit], theirs: Sequence[Unit]) -> list[tuple[int, int]]:
    """Long texts: what articles.language.alignment matches, then exactly what is left between, where that is short."""
    anchors = list(_anchors(left, right, ours, theirs))
    found, patience = [], _PATIENCE
    for before, after in pairwise([(-1, -1), *anchors, (len(ours), len(theirs))]):
        gap = ours[before[0] + 1 : after[0]], theirs[before[1] + 1 : after[1]]
        cost = len(gap[0]) * len(gap[1])
        if 0 < cost <= min(_EXACT, patience):
            found += _best(*gap, before[0] + 1, before[1] + 1)
            patience -= cost
        if after[0] < len(ours):
            found.append(after)
    return found


def _anchors(left: Read, right: Read, ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Units that begin at the same letter of a passage in common, ascending on both sides."""
    alignment = Alignment(left.statement.text, right.statement.text)
    begins = {unit.start: place for place, unit in enumerate(theirs)}
    last = -1
    blocks = iter(alignment.blocks)
    block = next(blocks, None)
    for place, unit in enumerate(ours):
        letter = alignment.old.within(unit.start, unit.end)[0]
        while block and block.old + block.length <= letter:
            block = next(blocks, None)
        if not block or letter < block.old:
            continue
        other = begins.get(alignment.new.places[block.new + letter - block.old])
        if other is not None and other > last and sameness(unit, theirs[other]):
            last = other
            yield place, other


def _without_chance(pairs: Sequence[Pair], left: Sequence[Unit], right: Sequence[Unit]) -> Iterator[Pair]:
    """Without words that only join others and stand alone between what was exchanged."""
    edged = [Pair(-1, -1, "same"), *pairs, Pair(len(left), len(right), "same")]
    for before, pair, after in zip(edged, edged[1:], edged[2:], strict=False):
        touches = any(abs(pair.left - near.left) == 1 or abs(pair.right - near.right) == 1 for near in (before, after))
        if touches or left[pair.left].tells:
            yield pair


def _moved(left: Sequence[Unit], right: Sequence[Unit], pairs: Sequence[Pair]) -> list[Pair]:
    """Of what is not paired, the runs that stand elsewhere, each place once."""
    free = set(range(len(right))) - {pair.right for pair in pairs}
    taken = {pair.left for pair in pairs}
    places: dict[str, deque[int]] = {}
    for place in sorted(free):
        if right[place].tells:
            places.setdefault(_key(right[place]), deque()).append(place)
    found: list[Pair] = []
    for place, unit in enumerate(left):
        if place in taken or not unit.tells:
            continue
        starts = places.get(_key(unit), deque())
        while starts and starts[0] not in free:
            starts.popleft()
        tried = islice(starts, _TRIED)
        runs = [_run(left, right, place, start, taken, free) for start in tried if start in free]
        best = max(runs, key=len, default=[])
        if len(best) > 1 or (best and (unit.quantity or unit.term.bits >= _RARE)):
            found += best
            taken |= {pair.left for pair in best}
            free -= {pair.right for pair in best}
    return found


def _key(unit: Unit) -> str:
    return str(unit.quantity.value) if unit.quantity else unit.term.core


def _run(
    left: Sequence[Unit], right: Sequence[Unit], one: int, other: int, taken: set[int], free: set[int]
) -> list[Pair]:
    """What is the same from two places on, with what only joins before it and without what only joins after it."""
    found = []
    while one and one - 1 not in taken and other - 1 in free and sameness(left[one - 1], right[other - 1]) == "same":
        one, other = one - 1, other - 1
    while one < len(left) and other < len(right) and one not in taken and other in free:
        same = sameness(left[one], right[other])
        if same is None or same in ("synonym", "number"):
            break
        found.append(Pair(one, other, same))
        one, other = one + 1, other + 1
    while found and not left[found[-1].left].tells:
        found.pop()
    return found


def changes(found: Aligned) -> list[Change]:
    moved = {pair.left: pair for pair in found.moved}
    moved_to = {pair.right for pair in found.moved}
    listed: list[Change] = []
    before = Pair(-1, -1, "same")
    for pair in [*found.pairs, Pair(len(found.left), len(found.right), "same")]:
        listed += _exchanged(found, (before.left + 1, pair.left), (before.right + 1, pair.right), moved, moved_to)
        if pair.left < len(found.left):
            one, other = found.left[pair.left], found.right[pair.right]
            listed.append(Change(_KIND_OF[pair.sameness], Span(one.start, one.end), Span(other.start, other.end)))
        before = pair
    return list(_joined(listed, found))


def _exchanged(
    found: Aligned, lefts: tuple[int, int], rights: tuple[int, int], moved: dict[int, Pair], moved_to: set[int]
) -> Iterator[Change]:
    """What stands between two pairs: exchanged as a whole, unless some of it has moved."""
    dropped = list(_stretches(range(*lefts), moved))
    inserted = list(_stretches(range(*rights), moved_to))
    if len(dropped) == len(inserted) == 1:
        yield Change("replaced", _span(found.left, dropped.pop()), _span(found.right, inserted.pop()))
    yield from (Change("dropped", _span(found.left, stretch), None) for stretch in dropped)
    for place in range(*lefts):
        if place in moved:
            one, other = found.left[place], found.right[moved[place].right]
            yield Change("moved", Span(one.start, one.end), Span(other.start, other.end))
    yield from (Change("inserted", None, _span(found.right, stretch)) for stretch in inserted)


def _stretches(places: range, without: Collection[int]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each run of places that are not among some."""
    start = places.start
    for place in [*(place for place in places if place in without), places.stop]:
        if start < place:
            yield start, place - 1
        start = place + 1


def _span(units_: Sequence[Unit], stretch: tuple[int, int]) -> Span:
    return Span(units_[stretch[0]].start, units_[stretch[1]].end)


def _joined(listed: Sequence[Change], found: Aligned) -> Iterator[Change]:
    """Neighbours that are the same, or moved together, as one."""
    after_left = {one.start: before.end for before, one in pairwise(found.left)}
    after_right = {one.start: before.end for before, one in pairwise(found.right)}
    waiting: Change | None = None
    for change in listed:
        joins = (
            waiting is not None
            and change.kind == waiting.kind
            and change.kind in ("same", "moved")
            and after_left.get(change.left.start) == waiting.left.end
            and after_right.get(change.right.start) == waiting.right.end
        )
        if joins:
            waiting = Change(
                change.kind, Span(waiting.left.start, change.left.end), Span(waiting.right.start, change.right.end)
            )
            continue
        if waiting:
            yield waiting
        waiting = change
    if waiting:
        yield waiting
