"""What a reader should be told of two variants, each with the words that show it."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from annotations.variants.comparing import Side
from annotations.variants.negations import lost, negations
from annotations.variants.values import Quantity, Values
from articles.language.spans import Span

Kind = Literal["negation", "number", "name", "context", "certainty", "attribution"]
Direction = Literal["dropped", "added", "changed", "strengthened", "weakened"]

# What turns the sense comes first.
_NEGATION, _NUMBER, _NAME, _CONTEXT, _CERTAINTY, _NUMBER_CUT = 1.0, 0.9, 0.8, 0.6, 0.5, 0.3
_ATTRIBUTION, _MILD_ATTRIBUTION = 0.4, 0.2
# Verbs that take sides: the others only tell that something was said.
_LOADED = frozenset(("doubting", "accusing", "denying", "admitting"))
_CLAUSE_END = re.compile("[.،,؛;:؟!?]")
# Of verbs in ت those are left out that may be in the perfect: تراجع، تمكن.
_IMPERFECT = re.compile("[ين]...+|ت(?:كون|.[^ا]..+)")
_LIMITS = ("condition", "exception", "contrast")
# A number that is said to be rounded may be so far from the exact one.
_ROUNDED = 0.1
# More changed numbers tell no reader anything.
_MOST_NUMBERS = 100


class Difference(NamedTuple):
    """`direction` goes from the left text to the right one. Heavier ones matter more (0 to 1).

    `to_check`: it may have an innocent reason (a rounded or a later number, another translation) and accuses nobody.
    An attribution has no spans: its cues stand outside the statements.
    """

    kind: Kind
    direction: Direction
    left: Span | None
    right: Span | None
    weight: float
    to_check: bool = False


def negation_differences(left: Side, right: Side) -> Iterator[Difference]:
    ours, theirs = negations(left), negations(right)
    for negation, there in lost(left, ours, theirs):
        yield Difference(
            "negation", "dropped", left.span(negation.place, negation.head), right.span(there, there), _NEGATION
        )
    for negation, there in lost(right, theirs, ours):
        yield Difference(
            "negation", "added", left.span(there, there), right.span(negation.place, negation.head), _NEGATION
        )


def number_differences(left: Side, right: Side, *, is_free: bool) -> Iterator[Difference]:
    """Numbers that stand in place of others; of texts that may be in other words any two that are alone."""
    ours, theirs = _numbers_alone(left, right), _numbers_alone(right, left)
    for place in list(ours):
        other = _exchanged_for(left, place, theirs, anywhere=is_free)
        if other is not None:
            ours.remove(place)
            theirs.remove(other)
            to_check = _is_rounded(left, place, right, other)
            yield Difference("number", "changed", left.span(place, place), right.span(other, other), _NUMBER, to_check)
    for place in ours:
        if left.is_kept(place - 1) and left.is_kept(place + 1):
            yield Difference("number", "dropped", left.span(place, place), None, _NUMBER_CUT, to_check=True)
    for place in theirs:
        if right.is_kept(place - 1) and right.is_kept(place + 1):
            yield Difference("number", "added", None, right.span(place, place), _NUMBER_CUT, to_check=True)


def _numbers_alone(side: Side, other: Side) -> list[int]:
    """The places of numbers that the other text does not have anywhere."""
    there = Values(unit.quantity for unit in other.units if unit.quantity)
    alone = (place for place, unit in enumerate(side.units) if unit.quantity and unit.quantity not in there)
    return list(islice(alone, _MOST_NUMBERS))


def _exchanged_for(side: Side, place: int, candidates: Sequence[int], *, anywhere: bool) -> int | None:
    """The number of the other text that stands in this one's place: in the same gap, or before the same thing."""
    partner = side.partner.get(place)
    if partner in candidates:
        return partner
    first, last = side.image(place)
    counted = side.partner.get(place + 1)
    for candidate in candidates:
        if _is_date(side.units[place].quantity) != _is_date(side.other.units[candidate].quantity):
            continue
        if first < candidate < last or (counted is not None and counted == candidate + 1):
            return candidate
    return next(iter(candidates), None) if anywhere else None


def _is_date(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.unit == "date"


def _is_rounded(left: Side, place: int, right: Side, other: int) -> bool:
    one, two = left.units[place].quantity.value, right.units[other].quantity.value
    if isinstance(one, tuple) or isinstance(two, tuple):
        return False
    said = any(
        side.begins(at, "approximate") for side, number in ((left, place), (right, other)) for at in _before(number)
    )
    return said and abs(one - two) <= _ROUNDED * max(abs(one), abs(two))


def _before(place: int) -> range:
    return range(max(0, place - 3), place)


def context_differences(left: Side, right: Side) -> Iterator[Difference]:
    """A condition, an exception or a contrast that one text has and the other leaves out of the sentence it limits."""
    for place, end in _limits_alone(left):
        yield Difference("context", "dropped", left.span(place, end), None, _CONTEXT)
    for place, end in _limits_alone(right):
        yield Difference("context", "added", None, right.span(place, end), _CONTEXT)


def _limits_alone(side: Side) -> Iterator[tuple[int, int]]:
    """From the word that limits to the end of its sentence or of what the other text has not."""
    place = 0
    while place < len(side.units):
        length = 0 if side.begins(place, "no_limit") else max(side.begins(place, name) for name in _LIMITS)
        if not length or place in side.partner or _has_limit_near(side, place):
            place += max(1, length, side.begins(place, "no_limit"))
            continue
        end = place + length - 1
        while end + 1 < side.sentence_end(place) and end + 1 not in side.partner:
            end += 1
        if _limits_what_is_kept(side, place, end):
            yield place, end
        place = end + 1


def _limits_what_is_kept(side: Side, place: int, end: int) -> bool:
    """Whether what it limits stands in the other text: what precedes it, or what follows a condition in front."""
    first = side.sentence_start(place)
    if any(before in side.partner for before in range(max(first, place - 2), place)):
        return True
    is_contrast = side.begins(place, "contrast") > 0
    return place == first and not is_contrast and end + 1 < side.sentence_end(place) and end + 1 in side.partner


def _has_limit_near(side: Side, place: int) -> bool:
    return any(side.other.begins(at, name) for at in side.near(place) for name in _LIMITS)


def certainty_differences(left: Side, right: Side) -> Iterator[Difference]:
    for name, when_dropped, when_added in (
        ("doubt", "strengthened", "weakened"),
        ("certainty", "weakened", "strengthened"),
    ):
        for place, there in _hedges_alone(left, name):
            yield Difference("certainty", when_dropped, left.span(place, place), right.span(there, there), _CERTAINTY)
        for place, there in _hedges_alone(right, name):
            yield Difference("certainty", when_added, left.span(there, there), right.span(place, place), _CERTAINTY)


def _hedges_alone(side: Side, name: str) -> Iterator[tuple[int, int]]:
    """Words of doubt or certainty that the other text lacks, with the place there of the word they are said of."""
    for place in range(len(side.units)):
        if place in side.partner or not _hedges(side, place, name):
            continue
        head = side.next_telling(place + 1)
        if head is None or not side.is_kept(head) or _CLAUSE_END.search(side.between(place, head)):
            continue
        if not any(_hedges(side.other, at, name) for at in side.near(place)):
            yield place, side.in_order[head]


def _hedges(side: Side, place: int, name: str) -> bool:
    """قد doubts before the imperfect only; «لا يمكن» is no doubt."""
    folded = side.units[place].term.folded
    if name == "doubt" and folded in ("قد", "وقد", "فقد"):
        return place + 1 < len(side.units) and bool(_IMPERFECT.fullmatch(side.units[place + 1].term.folded))
    if place and side.begins(place - 1, "negation"):
        return False
    return bool(side.begins(place, name))


def attribution_difference(left: str, right: str) -> Difference | None:
    """Of the stances of the verbs that bring the statements; none where one is not known."""
    if not left or not right or left == right:
        return None
    weight = _ATTRIBUTION if _LOADED & {left, right} else _MILD_ATTRIBUTION
    return Difference("attribution", "changed", None, None, weight)
