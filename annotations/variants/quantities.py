"""The numbers and dates of a statement, by value: خمسة وعشرون أيلول is 25/9."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from annotations.variants.numerals import numbers
from annotations.variants.reading import Token
from annotations.variants.values import Quantity, Value
from articles.language.calendars import GREGORIAN_MONTHS, HIJRI_MONTHS
from articles.language.dates import DateMention, find_dates
from articles.language.folding import fold

# Days without a year resolve alike in both texts when neither tells the day it was said on.
_ANY_DAY = date(2000, 7, 1)
_LONGEST_YEAR, _LONGEST_MONTH = 4, 31


def quantities(text: str, tokens: Sequence[Token], day: date | None = None) -> list[Quantity]:
    """In order, not overlapping; dates that only tell the distance from today (أمس) are left out."""
    # Only dates with digits or months count, and finding dates costs far more than finding these.
    has_dates = any(map(str.isdigit, text)) or any(token.term.base in _month_words() for token in tokens)
    mentions = find_dates(text, day or _ANY_DAY) if has_dates else []
    dates = [quantity for mention in mentions if (quantity := _date(text, mention))]
    others = numbers(text, tokens, [(mention.start, mention.end) for mention in mentions])
    return list(_with_days(text, sorted([*dates, *others])))


def _hijri_day(written: str, digits: list[str]) -> tuple[int | None, ...] | None:
    """As it is named, since days of that calendar begin and end a day apart; its months count from 101."""
    month = next((number for number, names in HIJRI_MONTHS.items() if any(name in written for name in names)), None)
    days = [int(run) for run in digits if len(run) < _LONGEST_YEAR]
    if month is None or not days:
        return None
    years = [int(run) for run in digits if len(run) == _LONGEST_YEAR]
    return (years[0] if years else None, 100 + month, days[0])


def _with_days(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Days in words joined to their month: خمسة وعشرون أيلول, الثالث من أيار."""
    waiting: Quantity | None = None
    for quantity in found:
        month = quantity.value if isinstance(quantity.value, tuple) and quantity.value[2] is None else (None, None)
        if waiting and month[1] and _is_day(waiting) and text[waiting.end : quantity.start].strip() in ("", "من"):
            value = (month[0], month[1], int(waiting.value))
            waiting = Quantity(waiting.start, quantity.end, value, "date")
            continue
        if waiting:
            yield waiting
        waiting = quantity
    if waiting:
        yield waiting


def _is_day(quantity: Quantity) -> bool:
    value = quantity.value
    return quantity.unit in ("number", "ordinal") and isinstance(value, float) and value in range(1, _LONGEST_MONTH + 1)


@cache
def _month_words() -> frozenset[str]:
    months = (*GREGORIAN_MONTHS.values(), *HIJRI_MONTHS.values())
    return frozenset(word for names in months for name in names for word in name.split())


def _date(text: str, mention: DateMention) -> Quantity | None:
    written = fold(text[mention.start : mention.end])
    digits = re.findall(r"\d+", written)
    if mention.value is None or not (digits or _month_words().intersection(written.split())):
        return None
    value = mention.value
    with_year = any(len(run) == _LONGEST_YEAR for run in digits) or len(digits) > 2
    if mention.calendar == "hijri" and (named := _hijri_day(written, digits)):
        parts: Value = named
    elif isinstance(value, date):
        parts = (value.year if with_year else None, value.month, value.day)
    elif isinstance(value, tuple):
        parts = (value[0] if with_year else None, value[1], None)
    else:
        parts = (value, None, None)
    return Quantity(mention.start, mention.end, parts, "date")
