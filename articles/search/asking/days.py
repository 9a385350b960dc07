"""Days, months and years as people type them after before: and after:."""

import calendar
import re
from datetime import date

from articles.language.dates import find_dates
from articles.language.folding import fold

# Newspapers are no older, and what is beyond was meant for something else (the year 1436 is of another calendar).
YEARS = range(1700, 2201)
_SEPARATOR = r"\s*[-/.،,\s]\s*"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_SEPARATOR}(\d{{1,2}}))?(?:{_SEPARATOR}(\d{{1,2}}))?")
_YEAR_LAST = re.compile(rf"(?:(\d{{1,2}}){_SEPARATOR})?(\d{{1,2}}){_SEPARATOR}(\d{{4}})")
_BETWEEN_WORDS = re.compile(r"[-_/،,\s]+")
# Nothing longer is a date.
_LONGEST = 40


def period(text: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of what a text names: a day, a month or a year of the Gregorian calendar.

    Numbers are year-month-day or day-month-year. Months may have names (آب، أغسطس), and words as أمس are understood.
    """
    folded = fold(text).strip()
    if len(folded) > _LONGEST:
        return None
    if match := _YEAR_FIRST.fullmatch(folded):
        year, month, day = match.groups()
    elif match := _YEAR_LAST.fullmatch(folded):
        day, month, year = match.groups()
    else:
        return _named(_BETWEEN_WORDS.sub(" ", text.strip()), today)
    return _of(*(int(number) if number else None for number in (year, month, day)))


def _of(year: int, month: int | None, day: int | None) -> tuple[date, date] | None:
    if year not in YEARS:
        return None
    try:
        if day is not None:
            return date(year, month, day), date(year, month, day)
        last = calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, 1), date(year, month or 12, last)
    except ValueError:  # calendar.IllegalMonthError is one
        return None


def _named(text: str, today: date) -> tuple[date, date] | None:
    mentions = find_dates(text, today)
    if len(mentions) != 1 or text[: mentions[0].start] + text[mentions[0].end :]:
        return None
    value, gregorian = mentions[0].value, mentions[0].calendar == "gregorian"
    if isinstance(value, date):  # a day of another calendar is told in ours; so is the day of a moment
        return _of(value.year, value.month, value.day)
    if isinstance(value, tuple) and gregorian:
        return _of(*value, None)
    return _of(value, None, None) if isinstance(value, int) and gregorian else None
