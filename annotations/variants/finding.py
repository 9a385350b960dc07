"""Which of many quotes are the same statement: looked up by their signatures, then compared word by word."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from heapq import nlargest
from typing import NamedTuple

from annotations.variants.likeness import Likeness, likeness
from annotations.variants.statements import Read, Statement

# A key that so many statements share is a formula's or a name's, and leads to nobody.
_COMMONPLACE = 60
# Statements of so many keys must share two others, and this share of the keys of the one that has fewer.
_MANY_KEYS, _SHARED = 8, 0.15
# So many candidates are compared, those with most and rarest keys in common first.
_COMPARED = 40
# Statements of one speaker on one day are candidates without a key in common, the last so many: translated twice, they
# may share no two words in a row.
_OF_ONE_DAY = 24


class Match(NamedTuple):
    """Another statement that says the same."""

    id: Hashable
    likeness: Likeness


class StatementIndex:
    """Statements by their keys, in memory: some 3 KB each. One lookup costs about a millisecond among 20,000."""

    def __init__(self) -> None:
        self._read: dict[Hashable, Read] = {}
        self._by_key: defaultdict[int, list[Hashable]] = defaultdict(list)
        self._by_occasion: defaultdict[tuple[Hashable, int], list[Hashable]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._read)

    def add(self, id: Hashable, statement: Statement) -> None:
        """Raises ValueError for an id that is there already."""
        if id in self._read:
            raise ValueError(f"{id!r} is in the index already")
        read = self._read[id] = Read(statement)
        for key in read.signature:
            self._by_key[key].append(id)
        for occasion in _occasions(statement)[:1]:
            self._by_occasion[occasion].append(id)

    def matches(self, statement: Statement) -> list[Match]:
        """Those that say the same, the likest first; the statement need not be in the index itself."""
        read = Read(statement)
        found = [Match(id, likeness(read, self._read[id])) for id in self._candidates(read)]
        return sorted((match for match in found if match.likeness.is_same), key=lambda match: -match.likeness.share)

    def _candidates(self, read: Read) -> list[Hashable]:
        weights: Counter[Hashable] = Counter()
        shared: Counter[Hashable] = Counter()
        for key in read.signature:
            sharing = self._by_key.get(key, ())
            if len(sharing) <= _COMMONPLACE:
                weight = 1 / (1 + len(sharing).bit_length())
                for id in sharing:
                    weights[id] += weight
                    shared[id] += 1
        enough = [id for id, number in shared.items() if number >= fewest_shared(read, self._read[id])]
        best = nlargest(_COMPARED, enough, key=weights.__getitem__)
        if not read.statement.translated:
            return best
        same_day = [id for occasion in _occasions(read.statement) for id in self._by_occasion.get(occasion, ())]
        return list(dict.fromkeys([*best, *same_day[-_OF_ONE_DAY:]]))


def find_groups(statements: Mapping[Hashable, Statement]) -> list[list[Hashable]]:
    """The ids of those that are the same statement, groups of two and more.

    The fullest comes first in its group, and each of the others is the same as it: two excerpts of one speech are in
    one group though they may have no word in common.
    """
    index = StatementIndex()
    group_of: dict[Hashable, list[Hashable]] = {}
    fullest_first = sorted(statements, key=lambda id: -len(statements[id].text))
    for id in fullest_first:
        best = next(iter(index.matches(statements[id])), None)
        if best is None:
            index.add(id, statements[id])
            group_of[id] = [id]
        else:
            group_of[best.id].append(id)
    return [group for group in group_of.values() if len(group) > 1]


def fewest_shared(one: Read, other: Read) -> float:
    """How many keys that are no formula's two statements must share to be compared."""
    fewer = min(len(one.signature), len(other.signature))
    return max(1 if fewer < _MANY_KEYS else 2, _SHARED * fewer)


def _occasions(statement: Statement) -> list[tuple[Hashable, int]]:
    """The speaker on the day itself, then on the days beside it; none where either is unknown."""
    if statement.speaker is None or statement.day is None:
        return []
    day = statement.day.toordinal()
    return [(statement.speaker, near) for near in (day, day - 1, day + 1)]
