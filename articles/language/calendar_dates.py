"""Dates that name a month or a year, written out or in numbers. Offsets are those of the folded text."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Literal, NamedTuple

from articles.language.calendars import (
    AMBIGUOUS_MONTHS,
    GREGORIAN_MONTHS,
    HIJRI_MONTHS,
    LATIN_MONTHS,
    NUMBER_LIKE_MONTHS,
    ORDINAL_DAYS,
    WEEKDAYS,
)
from articles.language.date_context import BEFORE_A_LENGTH, MARCH_ANNOUNCED, MONTH_ANNOUNCED, PARTS_OF_MONTH, follows
from articles.language.date_mentions import Calendar, DateMention
from articles.language.date_resolution import day_of, nearest_weekday, with_time, year_meant, year_named

_MONTHS: dict[str, tuple[Calendar, int]] = {
    **{name: ("gregorian", number) for number, names in GREGORIAN_MONTHS.items() for name in names},
    **{name: ("hijri", number) for number, names in HIJRI_MONTHS.items() for name in names},
}
_LATIN_MONTHS = {name: number for number, names in LATIN_MONTHS.items() for name in names}
_YEARS: dict[Calendar, range] = {"gregorian": range(1500, 2200), "hijri": range(1, 1600)}

_LEAP_YEARS: dict[Calendar, int] = {"gregorian": 2000, "hijri": 1442}


class _MonthDate(NamedTuple):
    """The parts of a date with a month's name, those that do not fit left out; [start, end) covers the rest."""

    start: int
    end: int
    calendar: Calendar
    month: int
    day: int | None
    year: int | None
    which: str | None
    yearly: bool
    is_certain: bool


def read_month_date(match: re.Match[str], published: date | None) -> DateMention | None:
    parts = _month_date(match)
    if not parts.is_certain:
        return None
    start, end, calendar, month, day, year, *_ = parts
    kind: Literal["absolute", "relative"] = "absolute" if year is not None else "relative"
    if year is None and published is not None:
        year = _year_meant(parts, published)
    if day is None:
        return DateMention(start, end, None if year is None else (year, month), "month", calendar, kind)
    value = None
    # 29 فبراير of a year that was found, not written, may not exist.
    with suppress(ValueError):
        value = None if year is None else _corrected(day_of(year, month, day, calendar), match["weekday"], calendar)
    return with_time(DateMention(start, end, value, "day", calendar, kind), match.string)


def _month_date(match: re.Match[str]) -> _MonthDate:
    name = _normal(match["month"])
    calendar, month = _MONTHS[name]
    end, has_tail = match.end("month"), True
    if match["dual"]:
        second = _normal(match["second"] or match["bracketed"])
        is_dual = _MONTHS[second] == (calendar, month)
        end, has_tail = (match.end("dual"), True) if is_dual else (end, False)
    year = int(match["year"]) if has_tail and match["year"] else None
    if year is not None and year not in _YEARS[calendar]:
        year, has_tail = None, False
    which = _normal(match["which"]) if has_tail and match["which"] else None
    day = _day_number(match, lambda day: day_of(year or _LEAP_YEARS[calendar], month, day, calendar))
    return _MonthDate(
        start=match.start("core") if day else match.start("month"),
        end=match.end("tail") if has_tail and match["tail"] else end,
        calendar=calendar,
        month=month,
        day=day,
        year=year,
        which=which,
        yearly=bool(which and match["yearly"]),
        is_certain=_is_month(match, name, day, year, bool(which or (has_tail and match["dual"]))),
    )


def _is_month(match: re.Match[str], name: str, day: int | None, year: int | None, is_qualified: bool) -> bool:
    """Whether a name that is a word as well (مارس) is the month here."""
    if name in NUMBER_LIKE_MONTHS:
        return year is not None or is_qualified or follows(match, {"شهر"})
    if name not in AMBIGUOUS_MONTHS or day or year or is_qualified:
        return True
    return follows(match, MARCH_ANNOUNCED if name == "مارس" else MONTH_ANNOUNCED)


def _day_number(match: re.Match[str], day_in_month: Callable[[int], date]) -> int | None:
    """None where no day is named, or one that the month lacks."""
    if match["ordinal"] and follows(match, PARTS_OF_MONTH):
        return None
    day = ORDINAL_DAYS[_normal(match["ordinal"])] if match["ordinal"] else int(match["day"] or 0)
    try:
        day_in_month(day)
    except ValueError:
        return None
    return day


def _year_meant(parts: _MonthDate, published: date) -> int | None:
    if parts.yearly and parts.which:
        return year_named(published, parts.which, parts.calendar)
    return year_meant(published, parts.month, parts.day, parts.which, parts.calendar)


def read_numeric_date(match: re.Match[str], published: date | None) -> DateMention | None:
    if match["year"]:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        year, month, day = int(match["last"]), int(match["second"]), int(match["first"])
    if month > 12 >= day:
        month, day = day, month
    calendar: Calendar = "hijri" if match["era"] == "ه" or 1300 <= year < 1500 else "gregorian"
    if year not in _YEARS[calendar]:
        return None
    try:
        value = _corrected(day_of(year, month, day, calendar), match["weekday"], calendar)
    except ValueError:
        return None
    return with_time(DateMention(*match.span("core"), value, "day", calendar), match.string)


def read_month_first_date(match: re.Match[str], published: date | None) -> DateMention | None:
    return _complete(match, match["year"], _MONTHS[_normal(match["month"])][1], match["day"])


def read_latin_date(match: re.Match[str], published: date | None) -> DateMention | None:
    month = _LATIN_MONTHS[match["month"] or match["first_month"]]
    return _complete(match, match["year"], month, match["day"] or match["second_day"])


def _complete(match: re.Match[str], year: str, month: int, day: str) -> DateMention | None:
    """A Gregorian day of which every part is written."""
    if int(year) not in _YEARS["gregorian"]:
        return None
    try:
        value = date(int(year), month, int(day))
    except ValueError:
        return None
    return with_time(DateMention(*match.span("core"), value, "day"), match.string)


def _corrected(day: date, weekday: str | None, calendar: Calendar) -> date:
    """Months begin up to two days earlier or later than the tabular Hijri calendar has it; a named weekday tells."""
    if calendar == "gregorian" or weekday is None:
        return day
    named = nearest_weekday(day, WEEKDAYS[weekday])
    return named if abs((named - day).days) <= 2 else day


def read_year(match: re.Match[str], published: date | None) -> DateMention | None:
    year, era = int(match["year"]), match.groupdict().get("era")
    calendar: Calendar = "hijri" if era == "ه" or (1300 <= year < 1500 and era is None) else "gregorian"
    return DateMention(*match.span("core"), year, "year", calendar) if year in _YEARS[calendar] else None


def read_bare_year(match: re.Match[str], published: date | None) -> DateMention | None:
    is_length = match["era"] == "م" and (int(match["year"]) < 1800 or follows(match, BEFORE_A_LENGTH))
    return None if is_length else read_year(match, published)


def _normal(name: str) -> str:
    return " ".join(name.split())
