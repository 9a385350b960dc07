"""An article's entities, found by the tokens that they cover."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from annotations.detection.reading import Reading
from annotations.detection.vocabulary import in_class
from articles.language.entities import NamedEntity


class Named(NamedTuple):
    """An entity with the tokens it covers."""

    first: int
    stop: int
    entity: NamedEntity


class EntityTokens:
    """Entities by the token at which they start."""

    def __init__(self, reading: Reading, entities: Sequence[NamedEntity]) -> None:
        self.all: list[Named] = []
        for entity in entities:
            first = bisect_left(reading.ends, entity.start + 1)
            stop = bisect_left(reading.starts, entity.end)
            if first < stop and not _is_title(reading, first, stop, entity):
                self.all.append(Named(first, stop, entity))
        self._firsts = [named.first for named in self.all]
        self.by_first = {named.first: named for named in self.all}

    def within(self, first: int, stop: int) -> list[Named]:
        begin = bisect_left(self._firsts, first)
        return [named for named in self.all[begin : bisect_left(self._firsts, stop)] if named.stop <= stop]

    def before(self, token: int, most: int) -> list[Named]:
        """The last `most` entities that start before the token, nearest first."""
        end = bisect_left(self._firsts, token)
        return self.all[max(0, end - most) : end][::-1]


def _is_title(reading: Reading, first: int, stop: int, entity: NamedEntity) -> bool:
    """Titles that are also names, before what they are the titles of (أمين العاصمة، معالي أمين العاصمة)."""
    if entity.kind != "person" or stop >= len(reading) or not reading.forms[stop].startswith("ال"):
        return False
    return all(in_class(form, "person") for form in reading.forms[first:stop])
