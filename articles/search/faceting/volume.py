"""How many of the articles found appeared when: the numbers of the plot."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from articles.search.faceting.hits import Hits
from articles.search.faceting.values import Bar, Histogram
from articles.search.index.schema import APPEARED
from articles.search.query import SearchQuery
from articles.timelines import beginning, unit_for

# Beside chosen days as many before and after them are shown, and a week at least: where they stand in time.
_BESIDE = timedelta(days=7)
# One article with the date of another century makes no bars for every year since: the earliest go together.
MOST_BARS = 100
# There is a day after it that a bar may end before, whatever date an article has.
_LAST = date(9000, 12, 31)


def shown_around(query: SearchQuery) -> SearchQuery:
    """The query whose volume is shown: chosen days with what is beside them."""
    if not (query.since or query.until):
        return query
    length = query.until - query.since if query.since and query.until else timedelta(0)
    beside = max(length, _BESIDE)
    return replace(query, since=_moved(query.since, -beside), until=_moved(query.until, beside))


def in_whole_bars(around: SearchQuery, hits: Hits, query: SearchQuery) -> SearchQuery:
    """`around` so that it begins and ends with a bar of its hits: none is counted in part."""
    ends = _ends(hits, query)
    if ends is None:
        return around
    unit = unit_for(*ends)
    since = around.since and beginning(around.since, unit)
    until = around.until and _next(beginning(around.until, unit), unit) - timedelta(days=1)
    return replace(around, since=since, until=until)


def volume(hits: Hits, query: SearchQuery) -> Histogram:
    """From the first to the last of the hits, and of the days that the query asks for."""
    ends = _ends(hits, query)
    if ends is None:
        return Histogram("day")
    (first, last), unit = ends, unit_for(*ends)
    begins = list(_beginnings(first, last, unit))
    # What begins a bar is where the one before it ends; the last ends with the unit that the last article is in.
    counts = hits.ranges(APPEARED, map(_midnight, [*begins, _next(begins[-1], unit)]))
    lasts = [following - timedelta(days=1) for following in [*begins[1:], _next(begins[-1], unit)]]
    return Histogram(unit, [Bar(*bar) for bar in zip(begins, lasts, counts, strict=True)])


def _ends(hits: Hits, query: SearchQuery) -> tuple[date, date] | None:
    """The first and the last day that bars are drawn for; none where there are no hits."""
    ends = hits.ends(APPEARED)
    if ends is None:
        return None
    days = [*map(_day, ends), *(day for day in (query.since, query.until) if day)]
    return min(days), max(days)


def _beginnings(first: date, last: date, unit: str) -> Iterator[date]:
    """The first day of each bar; of too many bars the earliest are one."""
    begins, begin = [], beginning(first, unit)
    while begin <= last:
        begins.append(begin)
        begin = _next(begin, unit)
    beyond = len(begins) - MOST_BARS
    yield begins[0]
    yield from begins[max(beyond, 0) + 1 :]


def _next(begin: date, unit: str) -> date:
    if unit == "day":
        return begin + timedelta(days=1)
    return beginning(begin + timedelta(days=32 if unit == "month" else 366), unit)


def _moved(day: date | None, by: timedelta) -> date | None:
    try:
        return day and day + by
    except OverflowError:
        return None


def _day(seconds: int) -> date:
    return min(datetime.fromtimestamp(seconds, timezone.get_default_timezone()).date(), _LAST)


def _midnight(day: date) -> int:
    """Seconds since 1970."""
    return int(timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone()).timestamp())
