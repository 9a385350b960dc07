"""What two variants of a statement are to each other, and what of them a reader should be told.

A variant is called altered only where the words around the change are the same: who retells or translates chooses other
words, and a negation or a limit may then stand in another word. Speech that was translated is never called altered.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from annotations.variants.aligning import Aligned, Change, aligned, changes
from annotations.variants.comparing import Side, sides
from annotations.variants.differences import (
    Difference,
    attribution_difference,
    certainty_differences,
    context_differences,
    negation_differences,
    number_differences,
)
from annotations.variants.names import name_differences
from annotations.variants.statements import Read, Statement

Verdict = Literal["same", "shortened", "reworded", "altered", "translation"]

_ALTERING = frozenset(("negation", "number", "name"))
_TURNING = ("negation", "negated_noun", "doubt", "certainty", "condition", "exception", "contrast")
# Less of the shorter text than this in the same words and order: it was retold, and nothing is sure of single words.
_RETOLD = 0.5
# So much of either text may be other words where the rest was cut.
_CUT = 0.08


class Judgement(NamedTuple):
    """`differences` are ordered by weight; `changes` are those of annotations.variants.align."""

    verdict: Verdict
    differences: list[Difference]
    changes: list[Change]


def judge(left: Statement, right: Statement) -> Judgement:
    """What became of the left statement in the right one."""
    found = aligned(Read(left), Read(right))
    one, other = sides(left.text, right.text, found)
    is_literal = _share_kept(one, other) >= _RETOLD
    is_translation = _is_translation(left, right, is_literal)
    is_free = is_translation or not is_literal
    told = list(_differences(left, right, one, other, is_literal=is_literal, is_free=is_free))
    if is_free:
        told = [difference._replace(to_check=True) for difference in told]
    elif _are_days_apart(left, right):  # a number of another day may be a later one
        told = [
            difference._replace(to_check=True) if difference.kind == "number" else difference for difference in told
        ]
    told.sort(key=lambda difference: (-difference.weight, difference.left or difference.right or (0, 0)))
    return Judgement(_verdict(found, one, other, told, is_translation), told, changes(found))


def _differences(
    left: Statement, right: Statement, one: Side, other: Side, *, is_literal: bool, is_free: bool
) -> Iterator[Difference]:
    yield from negation_differences(one, other)
    yield from number_differences(one, other, is_free=is_free)
    if _other_words(one) and _other_words(other):
        yield from name_differences(one, other)
    if is_literal:
        yield from context_differences(one, other)
        yield from certainty_differences(one, other)
    if difference := attribution_difference(left.stance, right.stance):
        yield difference


def _share_kept(one: Side, other: Side) -> float:
    shorter = min(one.telling_bits, other.telling_bits)
    return min(one.kept_bits, other.kept_bits) / shorter if shorter else 1.0


def _is_translation(left: Statement, right: Statement, is_literal: bool) -> bool:
    """Flagged on either, or, where nobody has said so, told by the same speaker on the same day in other words."""
    if left.translated or right.translated:
        return True
    if left.translated is False and right.translated is False:
        return False
    is_one_occasion = left.speaker is not None and left.speaker == right.speaker and left.day == right.day is not None
    return is_one_occasion and not is_literal


def _are_days_apart(left: Statement, right: Statement) -> bool:
    return left.day is not None and right.day is not None and left.day != right.day


def _verdict(found: Aligned, one: Side, other: Side, told: list[Difference], is_translation: bool) -> Verdict:
    if any(difference.kind in _ALTERING and not difference.to_check for difference in told):
        return "altered"
    mine, yours = _other_words(one), _other_words(other)
    is_exchanged = any(pair.sameness in ("synonym", "number") for pair in found.pairs)
    is_turned = any(difference.kind in (*_ALTERING, "certainty") for difference in told)
    if not (mine or yours or is_exchanged or is_turned or _turns(one) or _turns(other)):
        return "same"
    is_cut = mine or yours or not (_turns(one) and _turns(other))
    if is_cut and not (is_exchanged or is_turned) and min(mine, yours) <= _CUT:
        return "shortened"
    return "translation" if is_translation else "reworded"


def _turns(side: Side) -> bool:
    """Whether a word that turns or limits the sense stands in this text alone, though nothing came of it."""
    return any(
        side.begins(place, name) for place in range(len(side.units)) if place not in side.partner for name in _TURNING
    )


def _other_words(side: Side) -> float:
    """The share of its bits that the other text does not have, in any place."""
    alone = sum(unit.term.bits for place, unit in enumerate(side.units) if place not in side.partner)
    return alone / side.telling_bits if side.telling_bits else float(bool(alone))
