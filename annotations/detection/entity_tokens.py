"""An article's entities, found by the tokens that they cover."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from annotations.detection.name_edges import name_edges
from annotations.detection.reading import Reading
from annotations.detection.vocabulary import in_class
from articles.language.entities import NamedEntity
from articles.language.folding import fold


class Named(NamedTuple):
    """An entity with the tokens it covers."""

    first: int
    stop: int
    entity: NamedEntity


class EntityTokens:
    """Entities by the token at which they start. `outside`: words right after a name that are no more of it."""

    def __init__(self, reading: Reading, entities: Sequence[NamedEntity]) -> None:
        self.all: list[Named] = []
        for entity in entities:
            first = bisect_left(reading.ends, entity.start + 1)
            stop = bisect_left(reading.starts, entity.end)
            if first < stop and not _is_title(reading, first, stop, entity):
                self.all.append(Named(first, stop, entity))
        taken = self.all
        self.all = _with_own_words(reading, taken)
        self.outside = frozenset(
            own.stop
            for own, whole in zip(self.all, taken, strict=True)
            if own.stop < whole.stop and not in_class(reading.forms[own.stop], "person")
        )
        self._firsts = [named.first for named in self.all]
        self.by_first = {named.first: named for named in self.all}

    def within(self, first: int, stop: int) -> list[Named]:
        begin = bisect_left(self._firsts, first)
        return [named for named in self.all[begin : bisect_left(self._firsts, stop)] if named.stop <= stop]

    def before(self, token: int, most: int) -> list[Named]:
        """The last `most` entities that start before the token, nearest first."""
        end = bisect_left(self._firsts, token)
        return self.all[max(0, end - most) : end][::-1]


def _with_own_words(reading: Reading, found: list[Named]) -> list[Named]:
    """People without the words of the sentence that were taken into their names; so are their names elsewhere."""
    people = [named for named in found if named.entity.kind == "person"]
    words = {word for named in people for word in fold(named.entity.name).split()}
    names: dict[str, str] = {}
    trimmed = [_trimmed(reading, named, words, names) if named.stop > named.first + 1 else named for named in found]
    if not names:
        return found
    return [
        named._replace(entity=named.entity._replace(name=names.get(named.entity.name, named.entity.name)))
        for named in trimmed
    ]


def _trimmed(reading: Reading, named: Named, words: Collection[str], names: dict[str, str]) -> Named:
    """Adds to `names` what the person is called instead."""
    if named.entity.kind != "person":
        return named
    first, stop = name_edges(reading, named.first, named.stop, words)
    if (first, stop) == (named.first, named.stop):
        return named
    start = max(named.entity.start, reading.starts[first])
    end = reading.ends[stop - 1]
    if fold(named.entity.name) == fold(reading.text[named.entity.start : named.entity.end]):
        names[named.entity.name] = reading.text[start:end]
    return Named(first, stop, named.entity._replace(start=start, end=end))


def _is_title(reading: Reading, first: int, stop: int, entity: NamedEntity) -> bool:
    """Titles that are also names, before what they are the titles of (أمين العاصمة، معالي أمين العاصمة)."""
    if entity.kind != "person" or stop >= len(reading) or not reading.forms[stop].startswith("ال"):
        return False
    return all(in_class(form, "person") for form in reading.forms[first:stop])
