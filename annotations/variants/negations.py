"""Negations: what is denied in a statement, and which of them the other variant lacks."""

from collections.abc import Iterator
from typing import NamedTuple

from annotations.variants.comparing import Side
from annotations.variants.lexicon import single_words

# ما denies before a verb of the first person or كان, unless «هو» comes within so many words: ما أردنا قوله هو …
_NO = frozenset(("ما", "وما", "فما"))
_FIRST_PERSON, _SHORTEST_VERB = ("نا", "ت"), 4
_WAS = ("كان", "كنا", "كنت")
_EQUATED_WITHIN = 8
# «لا … إلا» and «ليس … فحسب» restrict and do not deny, within so many words.
_RESTRICTED_WITHIN = 7
_ONLY = frozenset(("فحسب", "فقط"))
# So near a negation may stand to the word that the other text denies with another one.
_REPHRASED_WITHIN = 6


class Negation(NamedTuple):
    """A negation from word `place` to word `end`, and the word that it denies, if there is one."""

    place: int
    end: int
    head: int | None
    restricts: bool = False


def negations(side: Side) -> list[Negation]:
    found, place = [], 0
    while place < len(side.units):
        length = side.begins(place, "no_negation")
        if length:
            place += length
            continue
        if _is_negation(side, place):
            head = side.next_telling(place + 1)
            found.append(Negation(place, place, head, _restricts(side, place)))
        elif side.begins(place, "denial"):
            found.append(Negation(place, place, side.next_telling(place + 1)))
        place += 1
    return found


def _is_negation(side: Side, place: int) -> bool:
    if side.units[place].term.folded in _NO:
        return _denies_with_ma(side, place)
    return bool(side.begins(place, "negation") or side.begins(place, "negated_noun"))


def _denies_with_ma(side: Side, place: int) -> bool:
    """ما is "what" far more often than "not": it must open its clause, before a verb that is mostly denied by it."""
    if place + 1 >= len(side.units):
        return False
    following = side.units[place + 1].term.folded
    is_first_person = following.endswith(_FIRST_PERSON) and len(following) >= _SHORTEST_VERB
    opens = place == 0 or side.units[place].term.folded != "ما" or _opens(side, place - 1)
    within = side.units[place + 2 : place + 2 + _EQUATED_WITHIN]
    is_equation = any(unit.term.folded in single_words("equation") for unit in within)
    return opens and not is_equation and (is_first_person or following.startswith(_WAS))


def _opens(side: Side, place: int) -> bool:
    return side.units[place].term.folded in single_words("opening")


def _restricts(side: Side, place: int) -> bool:
    within = range(place + 1, min(place + 1 + _RESTRICTED_WITHIN, len(side.units)))
    return any(side.begins(at, "exception") or side.units[at].term.folded in _ONLY for at in within)


def lost(side: Side, mine: list[Negation], theirs: list[Negation]) -> Iterator[tuple[Negation, int]]:
    """Negations of words that the other text has too and does not deny, each with the place of the word there."""
    heads = {negation.head for negation in theirs}
    places = [negation.place for negation in theirs]
    paired = set(side.other.partner) & set(places)
    for negation in mine:
        if negation.restricts or negation.head is None or side.partner.get(negation.place) in places:
            continue
        if negation.place in side.partner and not _is_joining(side, negation.place):
            continue  # a denying verb that the other text has as another word
        if not side.is_kept(negation.head):
            continue
        there = side.in_order[negation.head]
        if side.other.units[there].term.folded.startswith("لا") and not side.units[
            negation.head
        ].term.folded.startswith("لا"):
            continue  # written onto the word: لادين
        rephrased = any(abs(place - there) <= _REPHRASED_WITHIN for place in places if place not in paired)
        if there not in heads and not rephrased:
            yield negation, there


def _is_joining(side: Side, place: int) -> bool:
    return side.units[place].term.bits == 0
