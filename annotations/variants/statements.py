"""A statement as one outlet quotes it, with what is known of it; and the same, read once, to be compared often."""

from collections.abc import Hashable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from annotations.variants.numerals import numbers
from annotations.variants.quantities import quantities
from annotations.variants.reading import Token, read
from annotations.variants.signatures import signature_of
from annotations.variants.values import Quantity


class Statement(NamedTuple):
    """Quoted words. `day`: when they were said, else published; `speaker`: any key, the same for the same person.

    `translated` is None where nobody knows whether they were said in Arabic. `stance` is that of the verb that brings
    them, a key of annotations/detection/data/cues.tsv.
    """

    text: str
    day: date | None = None
    speaker: Hashable | None = None
    translated: bool | None = None
    stance: str = ""


class Read:
    """A statement's words and numbers, read when first asked for."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    @cached_property
    def tokens(self) -> list[Token]:
        return read(self.statement.text)

    @cached_property
    def signature(self) -> tuple[int, ...]:
        return signature_of(self.tokens)

    @cached_property
    def telling(self) -> list[Token]:
        """The words that tell something: without those that join others, negations and numbers."""
        return [token for token in self.tokens if token.term.bits]

    @cached_property
    def senses(self) -> list[str]:
        return [token.term.sense for token in self.telling]

    @cached_property
    def weights(self) -> dict[str, list[float]]:
        """Of each sense the bits of its words, one for each time it stands there."""
        found: dict[str, list[float]] = {}
        for token in self.telling:
            found.setdefault(token.term.sense, []).append(token.term.bits)
        return found

    @cached_property
    def bits(self) -> float:
        return sum(token.term.bits for token in self.telling)

    @cached_property
    def numbers(self) -> list[Quantity]:
        return numbers(self.statement.text, self.tokens)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Numbers with the dates read as such, which costs ten times as much."""
        return quantities(self.statement.text, self.tokens, self.statement.day)
