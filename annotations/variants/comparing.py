"""Two aligned variants, asked what became of a word of one of them in the other."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from annotations.variants.aligning import Aligned, Pair
from annotations.variants.lexicon import first_words, phrases
from annotations.variants.units import Unit
from articles.language.spans import Span
from articles.language.tokens import sentences

# Words so near the place that a word would have in the other text stand for it there.
NEAR = 4
_LONGEST_PHRASE = 3
_CONJUNCTIONS = ("و", "ف")
_NOT_TO = re.compile("أ[\u064b-\u0652]*ل")


class Side:
    """One of two aligned variants, looked at from its own words; `other` is the same from the other one's."""

    other: "Side"

    def __init__(
        self, text: str, units: Sequence[Unit], pairs: Sequence[tuple[int, int]], moved: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.units = text, units
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

    def between(self, place: int, other: int) -> str:
        """The text from the end of one word to the beginning of a later one."""
        return self.text[self.units[place].end : self.units[other].start]

    def begins(self, place: int, name: str) -> int:
        """How many words of a phrase of this class of particles.tsv begin here, the longest; 0 for none."""
        first = _form(self.units[place])
        spelled = [first, *(first[1:] for letter in _CONJUNCTIONS if first.startswith(letter))]
        if first_words(name).isdisjoint(spelled):
            return 0
        following = tuple(map(_form, self.units[place + 1 : place + _LONGEST_PHRASE]))
        listed = phrases(name)
        for length in range(len(following) + 1, 0, -1):
            if any((word, *following[: length - 1]) in listed for word in spelled):
                return length
        return 0

    def next_telling(self, place: int, most: int = 4) -> int | None:
        """The first word from a place on that says something."""
        return next((at for at in range(place, min(place + most, len(self.units))) if self.units[at].tells), None)

    def sentence_start(self, place: int) -> int:
        """The first word of the sentence that a word stands in."""
        return self._sentences[bisect_right(self._sentences, place) - 1]

    def sentence_end(self, place: int) -> int:
        """The word after the last of that sentence."""
        return [*self._sentences, len(self.units)][bisect_right(self._sentences, place)]

    @cached_property
    def _sentences(self) -> list[int]:
        """The first word of each sentence."""
        starts = [bisect_left(self.units, span.start, key=lambda unit: unit.start) for span in sentences(self.text)]
        return sorted({0, *starts})

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


def sides(left_text: str, right_text: str, found: Aligned) -> tuple[Side, Side]:
    """The left and the right one. Synonyms and changed numbers count as the places of each other."""
    pairs, moved = found.pairs, found.moved
    left = Side(left_text, found.left, _turned(pairs, turn=False), _turned(moved, turn=False))
    right = Side(right_text, found.right, _turned(pairs, turn=True), _turned(moved, turn=True))
    left.other, right.other = right, left
    return left, right


def _turned(pairs: Sequence[Pair], *, turn: bool) -> list[tuple[int, int]]:
    return [(pair.right, pair.left) if turn else (pair.left, pair.right) for pair in pairs]
