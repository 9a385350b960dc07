"""When an article was published, as machines and pages write it, with its precision and checked for sense."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from articles.language.dates import DateMention, find_dates
from articles.language.folding import fold


class Published(NamedTuple):
    """Naive where the stamp names no time zone. Precision: minute, day or month."""

    at: datetime
    precision: str


# Digital archives of Arabic newspapers begin in the 1990s; digitised ones reach back much further.
_EARLIEST = date(1850, 1, 1)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d])")
_CLOCK = re.compile(
    r"(?<![\d:+])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*(am|pm|ص|م|صباحا|مساء)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?(?![\d:])"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})(?:[-.]|\s*/\s*)(\d{1,2})(?:[-.]|\s*/\s*)(\d{4}))(?!\d)"
)
_EPOCH = re.compile(r"\d{10}(\d{3})?")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([-/_])(\d{1,2})\2(\d{1,2})(?!\d)"
    r"|/((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.-])"
    # arabic.cnn.com: the section stands between year and month.
    r"|/((?:19|20)\d{2})/[a-z_-]+/(\d{1,2})/(\d{1,2})/"
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
# أغسطس 3، 2013: the order of English, which WordPress keeps in Arabic.
_MONTH_FIRST = re.compile(r"(\w+(?: \w+)?)\s+(\d{1,2})\s*[,،]\s*(\d{4})(?!\d)")


def read_stamp(stamp: object) -> Published | None:
    """What a program wrote: ISO 8601 and its relatives, RFC 2822, seconds since 1970, 3/8/2013.

    None for what is no date, no possible one, or one that has not come yet.
    """
    if isinstance(stamp, bool) or not isinstance(stamp, str | int | float):
        return None
    text = fold(str(stamp)).strip()
    found = _from_epoch(text) or _from_day_and_clock(text) or _from_mail_header(text) or _from_month(text)
    return found if found and is_sensible(found) else None


def read_dateline(line: str) -> Published | None:
    """What a page shows its readers: «الجمعة 24 نيسان / أبريل 2020 09:22 مساءً».

    None where there is no full Gregorian date; a Hijri one alone may be a day off.
    """
    if not _YEAR.search(line):
        return None
    line = _MONTH_FIRST.sub(r"\2 \1 \3", line)
    for mention in find_dates(line):
        if mention.kind == "absolute" and mention.calendar == "gregorian" and isinstance(mention.value, date):
            found = _from_mention(mention, fold(line[mention.end :]), fold(line[: mention.start]))
            return found if is_sensible(found) else None
    return None


def _from_mention(mention: DateMention, after: str, before: str) -> Published:
    """The clock may stand apart from its day, after it or before it."""
    if isinstance(mention.value, datetime):
        return Published(mention.value, "minute")
    found = Published(datetime.combine(mention.value, time()), "day")
    clock = _CLOCK.search(after) or _CLOCK.search(before)
    return _with_clock(found, clock) if clock else found


def date_in_url(url: str) -> Published | None:
    """The day that an outlet wrote into the address: /2020/8/24/, 2020-06-03-…, /20200603/"""
    for match in _URL_DAY.finditer(url):
        year, month, day = [number for number in match.groups() if number and number.isdigit()]
        found = _day(int(year), int(month), int(day))
        if found and is_sensible(found):
            return found
    return None


def is_sensible(published: Published) -> bool:
    """Neither before there were newspapers nor after tomorrow (clocks and time zones differ by a day at most)."""
    limit = datetime.now(UTC).date() + timedelta(days=1)
    return _EARLIEST <= published.at.date() <= limit


def _from_epoch(text: str) -> Published | None:
    match = _EPOCH.fullmatch(text.removesuffix(".0"))
    if not match:
        return None
    seconds = int(match[0]) / (1000 if match[1] else 1)
    return Published(datetime.fromtimestamp(seconds, UTC), "minute")


def _from_day_and_clock(text: str) -> Published | None:
    match = _ISO_DAY.match(text) or _NUMERIC.search(text)
    if not match:
        return None
    numbers = [int(group) for group in match.groups() if group]
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    found = _day(year, month, day)
    clock = _CLOCK.search(text, match.end()) or _CLOCK.search(text[: match.start()])
    return _with_clock(found, clock) if found and clock else found


def _with_clock(found: Published, clock: re.Match[str]) -> Published:
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4] in ("pm", "م", "مساء") and hour < 12:
        hour += 12
    elif clock[4] in ("am", "ص", "صباحا") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return found
    return Published(datetime.combine(found.at, time(hour, minute, second), _zone(clock[5])), "minute")


def _zone(written: str | None) -> timezone | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    hours, minutes = int(written[1:3]), int(written[-2:])
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset) if offset < timedelta(hours=24) else None


def _from_mail_header(text: str) -> Published | None:
    try:
        return Published(parsedate_to_datetime(text), "minute")
    except (ValueError, TypeError, IndexError):
        return None


def _from_month(text: str) -> Published | None:
    match = _MONTH.fullmatch(text)
    day = _day(int(match[1]), int(match[2]), 1) if match else None
    return day and Published(day.at, "month")


def _day(year: int, month: int, day: int) -> Published | None:
    try:
        return Published(datetime(year, month, day), "day")
    except ValueError:
        return None
