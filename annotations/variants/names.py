"""Names that one variant has in the place of another name."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from annotations.variants.comparing import Side
from annotations.variants.differences import Difference
from annotations.variants.lexicon import rows, single_words
from annotations.variants.reading import term
from articles.language.entities import NamedEntity, recognise
from articles.language.folding import fold
from articles.language.spans import Span

_NAME = 0.8
# Bodies have so many names that another one may well be the same; people and places are told apart.
_CERTAIN_KINDS = frozenset(("person", "place"))
# More exchanged names tell no reader anything.
_MOST_NAMES = 100


def name_differences(left: Side, right: Side) -> Iterator[Difference]:
    """Names of one kind in the same place of both texts that have no word in common and stand for no common thing."""
    ours, theirs = recognise(left.text), recognise(right.text)
    yours = [(_place(right, name.start), name) for name in _alone(right, theirs, ours)]
    for name in _alone(left, ours, theirs):
        place = _place(left, name.start)
        if place is None or place in left.partner:
            continue
        first, last = left.image(place)
        for there, other in yours:
            if there is not None and first < there < last and other.kind == name.kind:
                is_certain = name.kind in _CERTAIN_KINDS
                yield Difference("name", "changed", _span(left, name), _span(right, other), _NAME, not is_certain)
                break


def _alone(side: Side, names: Sequence[NamedEntity], others: Sequence[NamedEntity]) -> list[NamedEntity]:
    """Those that the other text does not name, not even in part or by what stands for them, nor by a common noun."""
    words = {sense for other in others for sense in _senses(other.name)}
    alone = (name for name in names if words.isdisjoint(_senses(name.name)))
    named = (name for name in alone if fold(side.text[name.start : name.end]) not in single_words("generic"))
    return list(islice(named, _MOST_NAMES))


def _senses(name: str) -> set[str]:
    """The cores of a name's words, of all written as one (فيس بوك), and the thing that the whole stands for."""
    bare = fold(name).removeprefix("ال")
    found = {term(word).core for word in (*name.split(), "".join(name.split()))}
    return found | ({_metonyms()[bare]} if bare in _metonyms() else set())


@cache
def _metonyms() -> dict[str, str]:
    """Folded name without its article → a key for what it stands for."""
    return {
        fold(name).removeprefix("ال"): f"={number}"
        for number, listed in enumerate(rows("metonyms.tsv"))
        for name in listed
    }


def _place(side: Side, offset: int) -> int | None:
    """The word at a code point."""
    place = bisect_right(side.units, offset, key=lambda unit: unit.start) - 1
    return place if place >= 0 and offset < side.units[place].end else None


def _span(side: Side, name: NamedEntity) -> Span:
    """Of the words of a name, whole."""
    first, last = _place(side, name.start), _place(side, name.end - 1)
    return side.span(first, first if last is None else last)
