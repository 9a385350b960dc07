"""Two aligned variants, asked what became of a word of one of them in the other."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from annotations.variants.aligning import Aligned, Pair
from annotations.variants.lexicon import phrases
from annotations.variants.units import Unit
from articles.language.spans import Span

# Words so near the place that a word would have in the other text stand for it there.
NEAR = 4
_LONGEST_PHRASE = 3
_CONJUNCTIONS = ("و", "ف")
_NOT_TO = re.compile("أ[\u064b-\u0652]*ل")


class Side:
    """One of two aligned variants, looked at from its own words; `other` is the same from the other one's."""

    other: "Side"

    def __init__(
        self, units: Sequence[Unit], pairs: Sequence[tuple[int, int]], moved: Sequence[tuple[int, int]]
    ) -> None:
        self.units = units
        self.in_order = dict(pairs)
        self.partner = self.in_order | dict(moved)
        self._places = [place for place, _ in pairs]
        self._others = [place for _, place in pairs]

    def image(self, place: int) -> tuple[int, int]:
        """Between which words of the other side this word stands or would stand, both ends included."""
        if place in self.partner:
            return self.partner[place], self.partner[place]
        at = bisect_left(self._places, place)
        before = self._others[at - 1] if at else -1
        after = self._others[at] if at < len(self._others) else len(self.other.units)
        return before, after

    def near(self, place: int) -> range:
        """The places of the other side that may stand for this word."""
        first, last = self.image(place)
        return range(max(0, first - NEAR), min(len(self.other.units), last + NEAR + 1))

    def is_kept(self, place: int) -> bool:
        """Whether a word stands in the other text, in the same order and beside one of its neighbours."""
        if place not in self.in_order:
            return False
        there = self.in_order[place]
        beside = [self.in_order.get(near) for near in (place - 2, place - 1, place + 1, place + 2)]
        return any(near is not None and abs(near - there) <= NEAR for near in beside)

    def span(self, first: int, last: int) -> Span:
        """Of the words [first, last], in code points."""
        return Span(self.units[first].start, self.units[last].end)

    def begins(self, place: int, name: str) -> int:
        """How many words of a phrase of this class of particles.tsv begin here, the longest; 0 for none."""
        listed = phrases(name)
        for length in range(_LONGEST_PHRASE, 0, -1):
            forms = tuple(map(_form, self.units[place : place + length]))
            bare = (forms[0].removeprefix(_CONJUNCTIONS[0]), *forms[1:]) if forms else ()
            if len(forms) == length and (forms in listed or bare in listed or self._without_feh(forms) in listed):
                return length
        return 0

    @staticmethod
    def _without_feh(forms: tuple[str, ...]) -> tuple[str, ...]:
        return (forms[0].removeprefix(_CONJUNCTIONS[1]), *forms[1:])

    def next_telling(self, place: int, most: int = 4) -> int | None:
        """The first word from a place on that says something."""
        return next((at for at in range(place, min(place + most, len(self.units))) if self.units[at].tells), None)

    @cached_property
    def telling_bits(self) -> float:
        return sum(unit.term.bits for unit in self.units if unit.tells)

    @cached_property
    def kept_bits(self) -> float:
        """Of the words that stand in the other text in the same order, in any form of the word."""
        return sum(self.units[place].term.bits for place in self.in_order if self.units[place].tells)


def _form(unit: Unit) -> str:
    """The folded word; «ألا» (أن لا) is kept apart from «إلا», which folds alike."""
    is_not = unit.term.folded.removeprefix("و") == "الا" and _NOT_TO.search(unit.text)
    return "لا" if is_not else unit.term.folded


def sides(found: Aligned) -> tuple[Side, Side]:
    """The left and the right one. Synonyms and changed numbers count as the places of each other."""
    left = Side(found.left, [(pair.left, pair.right) for pair in found.pairs], _turned(found.moved, turn=False))
    right = Side(found.right, [(pair.right, pair.left) for pair in found.pairs], _turned(found.moved, turn=True))
    left.other, right.other = right, left
    return left, right


def _turned(pairs: Sequence[Pair], *, turn: bool) -> list[tuple[int, int]]:
    return [(pair.right, pair.left) if turn else (pair.left, pair.right) for pair in pairs]
