"""What is known of a date named in a text."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["minute", "day", "month", "year"]
Calendar = Literal["gregorian", "hijri"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date named in a text, [start, end) in code points.

    `value` by precision: a naive datetime (minute), a date (day), (year, month), or a year; None while it cannot be
    known. Days and minutes are Gregorian whatever the calendar named (Hijri ones by the tabular calendar, ±1 day);
    months and years are those of `calendar`. `kind` is relative where the value needs the day of publication.
    """

    start: int
    end: int
    value: date | tuple[int, int] | int | None
    precision: Precision
    calendar: Calendar = "gregorian"
    kind: Literal["absolute", "relative"] = "absolute"
