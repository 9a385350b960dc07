"""Bodies parted into groups of copies: pure."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import combinations, pairwise

from articles.provenance.signatures import Body, is_copy

# Of 12,000 pairs of real articles that shared one key one was a copy, of 3,500 that shared two eleven.
_FEWEST_SHARED = 2


def fewest_shared(keys: Collection[int]) -> int:
    """How many keys copies have in common; a text that is too short to resemble others has one alone."""
    return min(_FEWEST_SHARED, len(keys))


def groups_of(bodies: dict[int, Body]) -> list[set[int]]:
    """Ids of bodies that are copies of each other, directly or by way of others; each id is in one group."""
    group = {pk: {pk} for pk in bodies}
    compared: set[tuple[int, int]] = set()
    # Neighbours first: in a story of a thousand copies these join them all, and few of its pairs are looked at.
    for pairs in (pairwise, _all_pairs):
        for pair in _sharing(bodies, pairs):
            one, other = pair
            if len(group[one]) == len(bodies):
                break
            if group[one] is not group[other] and pair not in compared:
                compared.add(pair)
                if _are_copies(bodies[one], bodies[other]):
                    _unite(group, one, other)
    return list({id(members): members for members in group.values()}.values())


def _all_pairs(ids: list[int]) -> Iterable[tuple[int, int]]:
    return combinations(ids, 2)


def _sharing(
    bodies: dict[int, Body], pairs: Callable[[list[int]], Iterable[tuple[int, int]]]
) -> Iterator[tuple[int, int]]:
    """Pairs that share a key, those of each key as `pairs` makes them."""
    by_key: dict[int, list[int]] = {}
    for pk in sorted(bodies):
        for key in bodies[pk].keys:
            by_key.setdefault(key, []).append(pk)
    for sharing in by_key.values():
        yield from pairs(sharing)


def _are_copies(one: Body, other: Body) -> bool:
    return len(set(one.keys).intersection(other.keys)) >= fewest_shared(one.keys) and is_copy(one, other)


def _unite(group: dict[int, set[int]], one: int, other: int) -> None:
    """Make one group of two, by adding the smaller to the larger."""
    smaller, larger = sorted((group[one], group[other]), key=len)
    larger |= smaller
    group.update(dict.fromkeys(smaller, larger))
