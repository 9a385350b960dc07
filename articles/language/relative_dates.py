"""Days and periods named by where they stand from today. Offsets are those of the folded text."""

import re
from datetime import date, timedelta

from articles.language.calendars import WEEKDAYS
from articles.language.date_context import is_deictic_day, is_weekday, looks_ahead, word_before
from articles.language.date_mentions import DateMention, Precision
from articles.language.date_patterns import COMING, DEICTIC_DAYS, PAST, RUNNING
from articles.language.date_resolution import nearest_weekday, weekday_meant, with_time, year_named

_DEFINITE = re.compile("[وفب]?(?:ال|لل)")


def read_weekday(match: re.Match[str], published: date | None) -> DateMention | None:
    name, which = match["weekday"], match["which"]
    if not which and not is_weekday(match, name):
        return None
    value = None
    if published is not None:
        coming = looks_ahead(match)
        value = weekday_meant(published, WEEKDAYS[name], which, (match["beyond"] or "").strip(), coming)
    return with_time(DateMention(*match.span("core"), value, "day", kind="relative"), match.string)


def read_deictic_day(match: re.Match[str], published: date | None) -> DateMention | None:
    name, weekday = " ".join(match["deictic"].split()), match["weekday"] or match["bracketed"]
    if not weekday and not is_deictic_day(match, name):
        return None
    value = None
    if published is not None:
        value = published + timedelta(days=DEICTIC_DAYS[name])
        value = nearest_weekday(value, WEEKDAYS[weekday]) if weekday else value
    return with_time(DateMention(*match.span("core"), value, "day", kind="relative"), match.string)


def read_period(match: re.Match[str], published: date | None) -> DateMention | None:
    which = match["which"]
    if not which and not match["this"]:
        return None
    # الأمين العام الحالي is a secretary general in office.
    if match["unit"] == "عام" and which in RUNNING and _DEFINITE.match(word_before(match)):
        return None
    value: tuple[int, int] | int | None = None
    if published is not None:
        is_month = match["unit"] == "شهر"
        value = _month_named(published, which) if is_month else year_named(published, which or "", "gregorian")
    precision: Precision = "month" if match["unit"] == "شهر" else "year"
    return DateMention(*match.span("core"), value, precision, kind="relative")


def _month_named(published: date, which: str | None) -> tuple[int, int]:
    months = published.year * 12 + published.month - 1 + (which in COMING) - (which in PAST)
    return months // 12, months % 12 + 1
