"""What an incomplete date means, seen from the day of publication, and the time of day beside it."""

from calendar import monthrange
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from articles.language.calendars import gregorian_from_hijri, hijri_year_of
from articles.language.date_mentions import Calendar, DateMention
from articles.language.date_patterns import COMING, PAST, TIME

_AFTERNOON = frozenset({"ظهرا", "عصرا", "مساء", "ليلا", "م", "pm", "p.m"})


def day_of(year: int, month: int, day: int, calendar: Calendar) -> date:
    """Raises ValueError for a day that the calendar lacks."""
    return gregorian_from_hijri(year, month, day) if calendar == "hijri" else date(year, month, day)


def year_of(published: date, calendar: Calendar) -> int:
    return hijri_year_of(published) if calendar == "hijri" else published.year


def year_named(published: date, which: str, calendar: Calendar) -> int:
    """العام الماضي، العام الجاري، العام المقبل"""
    return year_of(published, calendar) + (which in COMING) - (which in PAST)


def year_meant(published: date, month: int, day: int | None, which: str | None, calendar: Calendar) -> int | None:
    """The year of a month or a day without one: the last for «الماضي», the next for «المقبل», else the nearest."""
    running = year_of(published, calendar)
    spans: list[tuple[int, date, date]] = []
    for year in (running - 1, running, running + 1):
        with suppress(ValueError):
            spans.append((year, *_first_and_last(year, month, day, calendar)))
    if which in PAST:
        return max((year for year, _, last in spans if last < published), default=None)
    if which in COMING:
        return min((year for year, first, _ in spans if first > published), default=None)
    return min(spans, key=lambda span: _distance(published, *span[1:]), default=(None,))[0]


def _first_and_last(year: int, month: int, day: int | None, calendar: Calendar) -> tuple[date, date]:
    if day is not None:
        only = day_of(year, month, day, calendar)
        return only, only
    length = 29 if calendar == "hijri" else monthrange(year, month)[1]
    return day_of(year, month, 1, calendar), day_of(year, month, length, calendar)


def _distance(published: date, first: date, last: date) -> int:
    """Days from the day of publication; 0 inside the span."""
    return max((first - published).days, (published - last).days, 0)


def weekday_meant(published: date, weekday: int, which: str | None, beyond: str | None, coming: bool) -> date:
    """The day of a weekday; `beyond` is قبل or بعد (of «قبل الماضي»), `coming` says that the sentence looks ahead."""
    since = (published.weekday() - weekday) % 7
    until = (weekday - published.weekday()) % 7
    if which in PAST:
        return published - timedelta(days=(since or 7) + 7 * (beyond == "قبل"))
    if which in COMING:
        return published + timedelta(days=(until or 7) + 7 * (beyond == "بعد"))
    return published + timedelta(days=until) if coming else published - timedelta(days=since)


def nearest_weekday(day: date, weekday: int) -> date:
    """«أمس الثلاثاء»: the weekday decides where it and the day of publication disagree."""
    return day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)


def with_time(mention: DateMention, text: str) -> DateMention:
    """Takes in a time of day that follows: «الساعة 10:30 مساء»."""
    match = TIME.match(text, mention.end)
    if match is None or int(match["hour"]) > 23:
        return mention
    hour, half = int(match["hour"]), match["half"]
    if half in _AFTERNOON and hour < 12 and not (half == "ليلا" and hour < 6):
        hour += 12
    elif hour == 12 and half and half not in _AFTERNOON - {"ليلا"}:
        hour = 0
    day = mention.value
    value = datetime.combine(day, time(hour, int(match["minute"]))) if isinstance(day, date) else None
    return replace(mention, end=match.end(), value=value, precision="minute")
