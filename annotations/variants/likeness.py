"""Whether two quotes are one statement: what of the shorter one's telling words stands in the other, in runs.

A word that both have counts for what it tells (rare words for more), in full where its neighbours are common too. How
much must be common depends on what else is known: the same speaker within a month needs less, different speakers or
days further apart need more, and nothing joins what has no words in common. Limits are drawn from pairs of quotes of
saudinewsnet that were read by hand; see tests/benchmarks/variants.py.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from annotations.variants.statements import Read, Statement
from annotations.variants.values import Quantity, Values

# Shorter ones match only when equal.
FEWEST_WORDS = 5
# Days further apart are another occasion: the same words are a formula, unless nearly all are the same and the person
# too. Other numbers a few days later are a series.
_OCCASION, _MONTH, _UPDATED = 3, 30, 1
# What a common word counts for by the length of the run it stands in.
_LONE, _PAIR = 0.4, 0.7
# Shares of the shorter statement that must be common: the same speaker, one or both unknown, different ones.
_SAME, _UNKNOWN, _OTHER = 0.6, 0.66, 0.72
_LATER, _MUCH_LATER, _MORE_IF_LITTLE, _MOST = 0.95, 0.97, 0.4, 0.97
# Bits in common that say enough; with fewer a larger share must be common, and below the other they say nothing.
_ENOUGH, _ENOUGH_LATER, _FEWEST = 80.0, 100.0, 28.0
_SHORTEST_RUN = 3
# A series repeats its words about something else: so many of the numbers that both have are others.
_OTHER_NUMBERS, _SHARE_IF_NUMBER_CHANGED, _SHARE_IF_UPDATED = 0.5, 0.8, 0.9
# Two translations have less in common: in any order and in runs, or in any order where all numbers are common too.
_TRANSLATED, _TRANSLATED_IN_RUNS, _FEWEST_TRANSLATED = 0.5, 0.4, 60.0
_TRANSLATED_WITH_NUMBERS, _FEWEST_WITH_NUMBERS = 0.35, 40.0
# Of longer ones only runs are looked for, in any order, which keeps the cost linear.
_LONG = 600


class Likeness(NamedTuple):
    """`common` and `share` weigh words by what they tell: in bits, and of the shorter statement's bits (0 to 1).

    `run` is the longest run of telling words, `any_order` the share in any order. `exchanged` says how many numbers of
    either have none of the same value in the other, beside one that has none either; 0 where too little is common.
    """

    is_same: bool
    share: float
    common: float
    run: int
    any_order: float
    exchanged: int


UNLIKE = Likeness(False, 0.0, 0.0, 0, 0.0, 0)


def same_statement(one: Statement, other: Statement) -> Likeness:
    """The exact check of two statements that share keys, or a speaker and a day; the same whichever comes first."""
    return likeness(Read(one), Read(other))


def likeness(one: Read, other: Read) -> Likeness:
    if (len(other.tokens), other.statement.text) < (len(one.tokens), one.statement.text):
        one, other = other, one
    if len(one.tokens) < FEWEST_WORDS:
        return _likeness_of_short_ones(one, other)
    any_order = _in_any_order(one, other)
    if any_order < _TRANSLATED_WITH_NUMBERS:
        return UNLIKE._replace(any_order=any_order)
    common, run = _in_runs(one, other)
    found = Likeness(True, common / min(one.bits, other.bits), common, run, any_order, 0)
    if not _has_enough_in_common(one, other, found):
        return found._replace(is_same=False)
    found = found._replace(exchanged=exchanged(one.numbers, other.numbers))
    return found._replace(is_same=not _is_series(one, other, found))


def _likeness_of_short_ones(one: Read, other: Read) -> Likeness:
    """Few words are the same only when equal and said by one person or on one occasion: «صباح الخير» is everybody's."""
    equal = [token.term.folded for token in one.tokens] == [token.term.folded for token in other.tokens]
    apart = _days_apart(one.statement, other.statement)
    speaks = _speakers_agree(one.statement, other.statement)
    is_one_occasion = speaks is True or (speaks is None and apart is not None and apart <= _UPDATED)
    return Likeness(is_one_occasion, 1.0, one.bits, len(one.telling), 1.0, 0) if equal and one.tokens else UNLIKE


def exchanged(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> int:
    """How many numbers of one stand in place of other numbers of the other, at most."""
    mine, yours = Values(ours), Values(theirs)
    return min(sum(one not in yours for one in ours), sum(other not in mine for other in theirs))


def _likeness_of_short_ones(one: Read, other: Read) -> Likeness:
    """Few words are the same only when equal and said by one person or on one occasion: «صباح الخير» is everybody's."""
    equal = [token.term.folded for token in one.tokens] == [token.term.folded for token in other.tokens]
    apart = _days_apart(one.statement, other.statement)
    speaks = _speakers_agree(one.statement, other.statement)
    is_one_occasion = speaks is True or (speaks is None and apart is not None and apart <= _UPDATED)
    return Likeness(is_one_occasion, 1.0, one.bits, len(one.telling), 1.0, 0) if equal and one.tokens else UNLIKE


def _in_any_order(one: Read, other: Read) -> float:
    ours, theirs = one.weights, other.weights
    common = sum(sum(map(min, ours[sense], theirs[sense])) for sense in ours.keys() & theirs.keys())
    return common / (min(one.bits, other.bits) or 1.0)


def _in_runs(one: Read, other: Read) -> tuple[float, int]:
    """Bits in common and the longest run, in the same order or in longer runs wherever they stand; `one` is shorter."""
    anywhere = _in_longer_runs(one, other)
    return anywhere if len(other.senses) > _LONG else max(anywhere, _in_order(one, other))


def _in_order(one: Read, other: Read) -> tuple[float, int]:
    """Each word weighed by the run it stands in."""
    common, longest = 0.0, 0
    matcher = SequenceMatcher(None, other.senses, one.senses, autojunk=False)
    for theirs, ours, size in matcher.get_matching_blocks():
        weight = {1: _LONE, 2: _PAIR}.get(size, 1.0)
        for place in range(size):
            common += weight * min(one.telling[ours + place].term.bits, other.telling[theirs + place].term.bits)
        longest = max(longest, size)
    return common, longest


def _in_longer_runs(one: Read, other: Read) -> tuple[float, int]:
    """Only words in runs that stand anywhere in the other text, at linear cost."""
    known = set(_runs(other.senses))
    covered = bytearray(len(one.senses))
    for place, run in enumerate(_runs(one.senses)):
        if run in known:
            covered[place : place + _SHORTEST_RUN] = b"\1" * _SHORTEST_RUN
    common = sum(token.term.bits for token, is_common in zip(one.telling, covered, strict=True) if is_common)
    return common, max(map(len, bytes(covered).split(b"\0")), default=0)


def _runs(senses: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(senses[place:] for place in range(_SHORTEST_RUN)), strict=False)


def _has_enough_in_common(one: Read, other: Read, found: Likeness) -> bool:
    apart = _days_apart(one.statement, other.statement)
    speaks = _speakers_agree(one.statement, other.statement)
    if speaks and (apart or 0) <= _UPDATED and _are_two_translations(one, other, found):
        return True
    is_firm = found.common >= _FEWEST and found.run >= _SHORTEST_RUN
    return is_firm and found.share >= _needed(speaks, apart or 0, found.common)


def _needed(speaks: bool | None, apart: int, common: float) -> float:
    """The share that must be common; above 1 where nothing is enough."""
    if apart > _OCCASION:
        if speaks is False:
            return 2.0
        needed = _MUCH_LATER if apart > _MONTH else _LATER
        return needed + _MORE_IF_LITTLE * max(0.0, 1 - common / _ENOUGH_LATER)
    needed = {True: _SAME, None: _UNKNOWN, False: _OTHER}[speaks]
    return min(needed + _MORE_IF_LITTLE * max(0.0, 1 - common / _ENOUGH), _MOST)


def _is_series(one: Read, other: Read, found: Likeness) -> bool:
    """Whether both fill one frame with other numbers; one changed number of several is a variant.

    Two sources that give two numbers have not said the same.
    """
    if not found.exchanged:
        return False
    fewest = min(len(one.numbers), len(other.numbers))
    if found.exchanged > 1 and found.exchanged > _OTHER_NUMBERS * fewest:
        return True
    if _speakers_agree(one.statement, other.statement) is False:
        return True
    apart = _days_apart(one.statement, other.statement) or 0
    if apart > _UPDATED and (fewest == 1 or apart > _OCCASION):
        return True
    return found.share < (_SHARE_IF_UPDATED if apart > _UPDATED else _SHARE_IF_NUMBER_CHANGED)


def _days_apart(one: Statement, other: Statement) -> int | None:
    return abs((one.day - other.day).days) if one.day and other.day else None


def _speakers_agree(one: Statement, other: Statement) -> bool | None:
    """None where one is not known."""
    return None if one.speaker is None or other.speaker is None else one.speaker == other.speaker


def _are_two_translations(one: Read, other: Read, found: Likeness) -> bool:
    if not (one.statement.translated or other.statement.translated):
        return False
    common = found.any_order * min(one.bits, other.bits)
    if _have_numbers_in_common(one.numbers, other.numbers):
        return found.any_order >= _TRANSLATED_WITH_NUMBERS and common >= _FEWEST_WITH_NUMBERS
    return found.any_order >= _TRANSLATED and found.share >= _TRANSLATED_IN_RUNS and common >= _FEWEST_TRANSLATED


def _have_numbers_in_common(ours: Sequence[Quantity], theirs: Sequence[Quantity]) -> bool:
    """Whether one has numbers, all of which the other has too."""
    mine, yours = Values(ours), Values(theirs)
    return bool(ours and theirs) and (all(one in yours for one in ours) or all(other in mine for other in theirs))
