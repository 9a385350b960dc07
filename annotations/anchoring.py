"""Find a marked span again in a changed text: pure, offsets in code points.

`TextChange(old, new)` compares two texts once; `find` then says for each span of the old one where it stands in the new
one, how sure that is, and how much of it is the same. Nothing that only looks like the span is taken silently: the
words must stand between the words that stood beside them, and one word that came, went or changed asks for a person.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from annotations.sense import numbers_in, same_words
from articles.language.alignment import Alignment, Block
from articles.language.letters import Letters
from articles.language.spans import Span

# How many letters on either side of a span are its surroundings: about a dozen words.
AROUND = 60
# So many letters put in or cut between them do not part a span from its surroundings: about two sentences.
APART = 200
# Of a span with its surroundings this share must stand in the new text for the place to be sure.
SURE_PLACE = 0.5
# From this similarity on respelled words are still the same passage.
SURE_WORDS = 0.9
# Below this one there is nothing of it left.
LEAST_WORDS = 0.4
# The same words at a place that nothing else speaks for are proposed from this length on, in letters.
LONG_ENOUGH = 12
# A short span says little by itself: on both sides so many letters, of those around it, must have stayed.
LEAST_BESIDE = 15
# Of the places that hold the same words so many are compared.
MOST_ALIKE = 50

_QUOTATION = "«»“”„\"‹›'’‘"
_STOPS = ".،,؛;:؟!?…"


class State(StrEnum):
    """Where a span stands in another text; from DOUBTFUL on a person decides."""

    EXACT = "exact"
    MOVED = "moved"
    DOUBTFUL = "doubtful"
    LOST = "lost"

    @property
    def is_sure(self) -> bool:
        return self in (State.EXACT, State.MOVED)


class Anchored(NamedTuple):
    """A span found again: `span` is None when it is lost; `score` (0 to 1) is how much of its letters is the same."""

    state: State
    span: Span | None
    score: float


LOST = Anchored(State.LOST, None, 0.0)


class TextChange:
    """Two states of a text, compared once; takes about 0.15 s for 20,000 words."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self._letters = Alignment(old, new)

    def find(self, start: int, end: int) -> Anchored:
        """Where the old text's [start, end) stands in the new one."""
        first, last = self._letters.old.within(start, end)
        if first == last:
            return self._without_letters(start, end)
        same = self._letters.over(first, last)
        if len(same) == 1 and same[0].length == last - first:
            return self._with_the_same_letters(Span(start, end), same[0])
        return self._with_other_letters(Span(start, end), same)

    def find_parts(self, spans: Sequence[Span]) -> list[Anchored]:
        """Where the parts of one mark stand, in their order: no two change places, none lies over another.

        A part that would is lost; the surest parts and the longest decide.
        """
        found = [self.find(*span) for span in spans]
        kept: list[int] = []
        ranks = list(State)
        for number in sorted(
            range(len(spans)),
            key=lambda number: (ranks.index(found[number].state), spans[number].start - spans[number].end),
        ):
            if all(
                _keep_order((spans[number], found[number].span), (spans[other], found[other].span)) for other in kept
            ):
                kept.append(number)
            else:
                found[number] = LOST
        return found

    def _without_letters(self, start: int, end: int) -> Anchored:
        """Marks alone stand where they stood, or nowhere that can be told."""
        same = self.new[max(0, start - AROUND) : end + AROUND] == self.old[max(0, start - AROUND) : end + AROUND]
        return Anchored(State.EXACT, Span(start, end), 1.0) if same else LOST

    def _with_the_same_letters(self, old: Span, same: Block) -> Anchored:
        new = self._with_edges(old, same.new, same.new + same.length)
        is_same = self.new[slice(*new)] == self.old[slice(*old)]
        score = 1.0 if is_same else 0.99
        stays = is_same and new == old
        if not self._is_sure_of(same.old, same.old + same.length, same.new, same.new + same.length):
            return Anchored(State.DOUBTFUL, new, score)
        if self._has_rival(same, stays=stays) or numbers_in(self.old[slice(*old)]) != numbers_in(self.new[slice(*new)]):
            return Anchored(State.DOUBTFUL, new, score)
        return Anchored(State.EXACT if stays else State.MOVED, new, score)

    def _with_other_letters(self, old: Span, same: Sequence[Block]) -> Anchored:
        first, last = self._letters.old.within(*old)
        near = _together(same, last - first)
        if near:
            left, right = self._reach(near, first, last)
            score = 2 * sum(block.length for block in near) / (last - first + right - left)
            if score >= LEAST_WORDS:
                new = self._with_edges(old, left, right)
                sure = score >= SURE_WORDS and self._is_sure_of(first, last, left, right)
                sure = sure and self._says_the_same(near, Span(first, last), Span(left, right))
                return Anchored(State.MOVED if sure else State.DOUBTFUL, new, round(score, 3))
        return self._alike_elsewhere(old, first, last)

    def _says_the_same(self, near: Sequence[Block], old: Span, new: Span) -> bool:
        """Whether what stands between blocks, in the old letters and in the new ones, are the same words."""
        edges = [Block(old.start, new.start, 0), *near, Block(old.end, new.end, 0)]
        return all(
            same_words(
                _text_of(self._letters.old, left.old + left.length, right.old),
                _text_of(self._letters.new, left.new + left.length, right.new),
            )
            for left, right in pairwise(edges)
        )

    def _alike_elsewhere(self, old: Span, first: int, last: int) -> Anchored:
        """The same words in a passage that is new: proposed, never taken."""
        if last - first < LONG_ENOUGH:
            return LOST
        places = _alike(self._letters.old.letters[first:last], self._letters.new.letters, self._letters.only_new)
        if not places:
            return LOST
        best = max(places, key=lambda place: sum(self._shared_around(first, last, place)))
        return Anchored(State.DOUBTFUL, self._with_edges(old, best, best + last - first), 0.99)

    def _is_sure_of(self, first: int, last: int, left: int, right: int) -> bool:
        """Whether the letters beside the old [first, last) stand beside the new [left, right), or all that stands there
        stood on the same side before: what was between may have been cut."""
        return (
            self._share_that_stayed(first, last, left, right) >= SURE_PLACE
            or self._share_that_was_there(first, last, left, right) >= SURE_PLACE
        )

    def _share_that_stayed(self, first: int, last: int, left: int, right: int) -> float:
        """Of the old letters around; a short span alone says little, both sides must speak for it."""
        floor, ceiling = max(0, first - AROUND), min(len(self._letters.old.letters), last + AROUND)
        before, after = self._letters.under(max(0, left - APART), left), self._letters.under(right, right + APART)
        # What stood on the other side before ends the surroundings: the span or they have moved.
        lowest = max((block.new + block.length for block in before if block.old >= last), default=left - APART)
        highest = min((block.new for block in after if block.old < first), default=right + APART)
        near = [
            block
            for block in self._letters.over(floor, ceiling)
            if _keep_side(block, first, left) and lowest <= block.new and block.new + block.length <= highest
        ]
        if last - first < LONG_ENOUGH:
            stayed_before = sum(min(first, block.old + block.length) - block.old for block in near if block.old < first)
            stayed_after = sum(
                block.old + block.length - max(last, block.old) for block in near if block.old + block.length > last
            )
            if stayed_before < min(LEAST_BESIDE, first - floor) or stayed_after < min(LEAST_BESIDE, ceiling - last):
                return 0
        return sum(block.length for block in near) / (ceiling - floor)

    def _share_that_was_there(self, first: int, last: int, left: int, right: int) -> float:
        before = self._letters.under(max(0, left - AROUND), left)
        after = self._letters.under(right, right + AROUND)
        stayed_before = sum(block.length for block in before if block.old + block.length <= first)
        stayed_after = sum(block.length for block in after if block.old >= last)
        room_before, room_after = min(AROUND, left), min(AROUND, len(self._letters.new.letters) - right)
        return min(stayed_before / room_before if room_before else 1, stayed_after / room_after if room_after else 1)

    def _has_rival(self, same: Block, *, stays: bool) -> bool:
        """Whether the same words that have no like of their own, in either text, fit the other side no worse."""
        first, last = same.old, same.old + same.length
        shared = self._shared_around(first, last, same.new)
        if stays and sum(shared) == min(AROUND, first) + min(AROUND, len(self._letters.old.letters) - last):
            return False
        around = self._letters.old.letters[first - shared[0] : last + shared[1]]
        return bool(
            _alike(around, self._letters.new.letters, self._letters.only_new, shared)
            or _alike(around, self._letters.old.letters, self._letters.only_old, shared)
        )

    def _shared_around(self, first: int, last: int, place: int) -> tuple[int, int]:
        """How many letters before and after are the same, up to the first that is not."""
        old, new, end = self._letters.old.letters, self._letters.new.letters, place + last - first
        before = _in_common(old[max(0, first - AROUND) : first][::-1], new[max(0, place - AROUND) : place][::-1])
        return before, _in_common(old[last : last + AROUND], new[end : end + AROUND])

    def _reach(self, near: Sequence[Block], first: int, last: int) -> tuple[int, int]:
        """The new letters of a changed span: up to what stands beside it, where that is not far."""
        left, right = near[0].new, near[-1].new + near[-1].length
        missing_before, missing_after = near[0].old - first, last - near[-1].old - near[-1].length
        if missing_before:
            outside = self._letters.over(max(0, first - AROUND), first)
            edge = outside[-1].new + outside[-1].length if outside else 0
            left = edge if 0 <= left - edge <= 2 * missing_before + 8 else self._word_at(left - missing_before)
        if missing_after:
            outside = self._letters.over(last, last + AROUND)
            edge = outside[0].new if outside else len(self._letters.new.letters)
            right = edge if 0 <= edge - right <= 2 * missing_after + 8 else self._word_at(right + missing_after)
        return max(0, min(left, near[0].new)), max(right, near[-1].new + near[-1].length)

    def _word_at(self, letter: int) -> int:
        """The first letter of the word that holds a new letter."""
        starts = self._letters.new.starts
        return starts[max(0, bisect_right(starts, max(0, letter)) - 1)]

    def _with_edges(self, old: Span, left: int, right: int) -> Span:
        """The code points of the new letters [left, right), with marks at the edges like those of the old span."""
        start, end = self._letters.new.span(left, right)
        core_start, core_end = self._letters.old.span(*self._letters.old.within(*old))
        opening, closing = self.old[old.start : core_start], self.old[core_end : old.end]
        return Span(start - _opening_before(self.new, start, opening), end + _closing_after(self.new, end, closing))


def _alike(around: str, text: str, stretches: Sequence[tuple[int, int]], beside: tuple[int, int] = (0, 0)) -> list[int]:
    """Where these letters stand, what is between so many `beside` them mostly within the stretches of a text.

    No more than MOST_ALIKE places.
    """
    before, after = beside
    margin = (len(around) - before - after) // 2
    places: list[int] = []
    for left, right in stretches:
        floor, ceiling = max(0, left - margin - before), right + margin + after
        place = text.find(around, floor, ceiling)
        while place >= 0 and len(places) < MOST_ALIKE:
            places.append(place + before)
            place = text.find(around, place + 1, ceiling)
    return places


def _together(blocks: Sequence[Block], length: int) -> list[Block]:
    """Those around the longest that stand near it and in the same order in the new text."""
    if not blocks:
        return []
    seed = max(range(len(blocks)), key=lambda number: blocks[number].length)
    near = [blocks[seed]]
    for block in blocks[seed + 1 :]:
        if 0 <= block.new - near[-1].new - near[-1].length <= length:
            near.append(block)
    for block in reversed(blocks[:seed]):
        if 0 <= near[0].new - block.new - block.length <= length:
            near.insert(0, block)
    return near


def _text_of(letters: Letters, first: int, last: int) -> str:
    """The text over the letters [first, last), which may be none."""
    return letters.text[slice(*letters.span(first, last))] if first < last else ""


def _keep_side(block: Block, first: int, left: int) -> bool:
    """Whether letters before an old place stand before the new one, and letters after it after it."""
    return (block.old < first) == (block.new < left)


def _keep_order(one: tuple[Span, Span | None], other: tuple[Span, Span | None]) -> bool:
    """Whether two parts, each (old, new), stand to each other as they stood before."""
    (old, new), (old_other, new_other) = sorted((one, other), key=lambda pair: pair[0])
    if new is None or new_other is None or old.end > old_other.start:
        return True
    return new.end <= new_other.start


def _in_common(one: str, other: str) -> int:
    """The length of the common beginning."""
    if one.startswith(other) or other.startswith(one):
        return min(len(one), len(other))
    return next(number for number, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])


def _opening_before(text: str, start: int, opening: str) -> int:
    """How many characters before `start` belong to a span that used to begin with these marks."""
    if opening and text.endswith(opening, 0, start):
        return len(opening)
    if not any(mark in _QUOTATION for mark in opening):
        return 0
    taken = 0
    while taken <= len(opening) and start > taken and text[start - taken - 1] in _QUOTATION:
        taken += 1
    return taken


def _closing_after(text: str, end: int, closing: str) -> int:
    """How many characters from `end` on belong to a span that used to close with these marks."""
    if closing and text.startswith(closing, end):
        return len(closing)
    wanted = "".join(marks for marks in (_QUOTATION, _STOPS) if any(mark in marks for mark in closing))
    taken = 0
    while taken <= len(closing) and text[end + taken : end + taken + 1] and text[end + taken] in wanted:
        taken += 1
    return taken
