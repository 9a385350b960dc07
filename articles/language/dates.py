"""Dates in Arabic news, each with its span, value and precision."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from articles.language import date_patterns as patterns
from articles.language.calendar_dates import (
    read_bare_year,
    read_latin_date,
    read_month_date,
    read_month_first_date,
    read_numeric_date,
    read_year,
)
from articles.language.date_mentions import DateMention
from articles.language.folding import fold_with_map
from articles.language.relative_dates import read_deictic_day, read_period, read_weekday

__all__ = ["DateMention", "find_dates"]

# A reader turns what a pattern matched into a date, or into nothing where the words only look like one.
Reader = Callable[[re.Match[str], date | None], DateMention | None]
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (patterns.MONTH_DATE, read_month_date),
    (patterns.MONTH_FIRST, read_month_first_date),
    (patterns.YEAR_FIRST, read_month_first_date),
    (patterns.LATIN_DATE, read_latin_date),
    (patterns.NUMERIC_DATE, read_numeric_date),
    (patterns.DEICTIC_DAY, read_deictic_day),
    (patterns.WEEKDAY, read_weekday),
    (patterns.YEAR, read_year),
    (patterns.FIRST_YEAR, read_year),
    (patterns.SECOND_YEAR, read_year),
    (patterns.BARE_YEAR, read_bare_year),
    (patterns.ANNOUNCED_YEAR, read_year),
    (patterns.PERIOD, read_period),
)
# A publication outside these years is a mistake in the data and no help.
_BELIEVABLE_YEARS = range(1500, 2200)


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """Dates in order, not overlapping.

    Days without a year and relative days are resolved against the day of publication, in the time zone of the newsroom;
    a day and month to the nearest year, a weekday to the latest one unless the sentence speaks of what is to come.
    Linear in the length of the text.
    """
    day = published.date() if isinstance(published, datetime) else published
    if day is not None and day.year not in _BELIEVABLE_YEARS:
        day = None
    folded = fold_with_map(text)
    found = [mention for pattern, read in _READERS for mention in _scan(pattern, read, folded.text, day)]
    mentions = []
    end = 0
    for mention in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if mention.start >= end:
            end = mention.end
            start, stop = folded.to_original(mention.start, mention.end)
            mentions.append(replace(mention, start=start, end=stop))
    return mentions


def _scan(pattern: re.Pattern[str], read: Reader, text: str, published: date | None) -> Iterator[DateMention]:
    position = 0
    while match := pattern.search(text, position):
        mention = read(match, published)
        if mention is not None:
            yield mention
        # A reader may use less than what matched: the rest is searched again.
        position = mention.end if mention else match.end()
