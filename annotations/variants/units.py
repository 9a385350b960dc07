"""What is aligned of a statement: its words, a number of several words as one; and how two of them are the same."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from annotations.variants.reading import Term
from annotations.variants.statements import Read
from annotations.variants.values import Quantity, is_same
from articles.language.folding import fold

Sameness = Literal["same", "respelled", "attached", "inflected", "synonym", "number"]

# What a pair is worth by how the two are the same. Words that only join others are worth little: they must not pull
# together what else has nothing in common.
WORTH: dict[Sameness, float] = {
    "same": 3.0, "respelled": 2.8, "attached": 2.7, "inflected": 2.4, "synonym": 1.6, "number": 1.2,
}  # fmt: skip
JOINING_WORTH = 0.3
# Seats of the hamza, and letters by which newspapers write a foreign sound.
_HAMZA = str.maketrans("ؤئ", "ءء")
_SOUNDS = str.maketrans({"ج": "غ", "ق": "غ", "ك": "غ", "ط": "ت", "ص": "س", "ظ": "ز", "ذ": "ز", "ث": "س", "ض": "د"})
_VOWELS = re.compile("(?<!^)[اويه]")
# A word this rare is a name or a foreign word, of which vowels are written in many ways; so many letters must remain.
_RARE, _FEWEST_SOUNDS = 14.0, 3


class Unit(NamedTuple):
    """A word, or a number with all its words, at [start, end) in code points."""

    start: int
    end: int
    text: str
    term: Term
    quantity: Quantity | None = None

    @property
    def tells(self) -> bool:
        """Whether it says something by itself."""
        return self.quantity is not None or self.term.bits > 0


def units(read: Read) -> list[Unit]:
    found: list[Unit] = []
    waiting = iter(read.quantities)
    quantity = next(waiting, None)
    for token in read.tokens:
        while quantity and quantity.end <= token.start:
            quantity = next(waiting, None)
        if not quantity or token.end <= quantity.start:
            found.append(Unit(token.start, token.end, token.text, token.term))
        elif not found or found[-1].quantity is not quantity:
            text = read.statement.text[quantity.start : quantity.end]
            found.append(Unit(quantity.start, quantity.end, text, token.term, quantity))
    return found


def sameness(one: Unit, other: Unit) -> Sameness | None:
    """How two units are the same, the nearest way first; None where they are not."""
    if one.quantity or other.quantity:
        return _sameness_of_numbers(one, other)
    ours, theirs = one.term, other.term
    if one.text == other.text:
        return "same"
    if ours.folded == theirs.folded:
        return "respelled"
    if ours.base == theirs.base:
        return "attached"
    if _with_one_hamza(one.text) == _with_one_hamza(other.text):
        return "respelled"
    if ours.core == theirs.core:
        return "inflected"
    if _sounds_alike(ours, theirs):
        return "respelled"
    return "synonym" if ours.sense == theirs.sense else None


def _sameness_of_numbers(one: Unit, other: Unit) -> Sameness | None:
    if not (one.quantity and other.quantity):
        return None
    if not is_same(one.quantity, other.quantity):
        return "number"
    return "same" if one.text == other.text else "respelled"


def worth(one: Unit, other: Unit) -> float:
    found = sameness(one, other)
    if found is None:
        return 0.0
    return WORTH[found] * (1.0 if one.tells and other.tells else JOINING_WORTH)


@lru_cache(maxsize=1 << 14)
def _with_one_hamza(word: str) -> str:
    """Folded, with one letter for the seats of the hamza: مسئول and مسؤول."""
    return fold(word.translate(_HAMZA))


def _sounds_alike(one: Term, other: Term) -> bool:
    """Whether two words are one name in the spellings of two newspapers: نتنياهو and نتانياهو, بوينغ and بوينج."""
    return max(one.bits, other.bits) >= _RARE and _sounds(one.base) == _sounds(other.base) != ""


@lru_cache(maxsize=1 << 14)
def _sounds(base: str) -> str:
    sounds = _VOWELS.sub("", base.translate(_SOUNDS))
    return sounds if len(sounds) >= _FEWEST_SOUNDS else ""
