"""What a number or a date amounts to, and whether another text has the same."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Unit = Literal["number", "percent", "ordinal", "date"]
Value = float | tuple[int | None, ...]

# More different dates stand in no statement, and comparing them all with all would cost too much.
_MOST_DATES = 200


class Quantity(NamedTuple):
    """What [start, end) amounts to. A date is (year, month, day), each None where it is not told.

    `digits` are those written, by which 1.391 is also 1,391.
    """

    start: int
    end: int
    value: Value
    unit: Unit
    digits: str = ""


def is_same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities are one, as far as both are told: 12 تموز is 12/7/2015, and half is 50 %."""
    return one in Values([other])


class Values:
    """The values of a text's quantities, to ask whether another quantity is among them."""

    def __init__(self, found: Iterable[Quantity]) -> None:
        self._numbers: set[str] = set()
        self._digits: set[str] = set()
        dates: dict[tuple[int | None, ...], None] = {}
        for quantity in found:
            if isinstance(quantity.value, tuple):
                dates[quantity.value] = None
            else:
                self._numbers.add(_key(quantity.value))
                self._digits |= {quantity.digits} - {""}
        self._dates = list(dates)[:_MOST_DATES]

    def __contains__(self, quantity: Quantity) -> bool:
        """A year alone may be taken for a number in one of the texts."""
        if isinstance(quantity.value, tuple):
            year, *rest = quantity.value
            is_year = year is not None and rest == [None, None] and _key(year) in self._numbers
            return is_year or any(_is_same_date(quantity.value, date) for date in self._dates)
        if _key(quantity.value) in self._numbers or quantity.digits in self._digits:
            return True
        return any(year == quantity.value for year, *rest in self._dates if rest == [None, None])


def _key(value: float) -> str:
    """What is left of a value when the last digits, which arithmetic leaves, are rounded away."""
    return f"{value:.6g}"


def _is_same_date(one: tuple[int | None, ...], other: tuple[int | None, ...]) -> bool:
    told = [pair for pair in zip(one, other, strict=True) if None not in pair]
    return bool(told) and all(left == right for left, right in told)
