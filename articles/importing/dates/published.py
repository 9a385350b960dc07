"""When an article was published, as machines and pages write it, with its precision and checked for sense."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from django.utils.timezone import is_aware, localtime

from articles.importing.dates.clocks import Clock, find_clock, find_zone
from articles.language.ages import Age, find_age
from articles.language.calendars import WEEKDAYS
from articles.language.dates import DateMention, find_dates
from articles.language.folding import fold


class Published(NamedTuple):
    """Naive where the stamp names no time zone. Precision: minute, day or month. `origin` as Article.DateFrom."""

    at: datetime
    precision: str
    origin: str = ""


# Digital archives of Arabic newspapers begin in the 1990s; digitised ones reach back much further.
_EARLIEST = date(1850, 1, 1)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?![\d])")
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
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})/(?!\d{1,2}(?:[/_.-]|$))")
_MAY_BE_DATE = re.compile(r"\d{4}")
_MAY_BE_RELATIVE = re.compile(r"\d|امس|اليوم|البارحه|منذ|قبل")
# Of a line that dates by a relative day, how many letters may be other words: «نُشر»، «آخر تحديث»، a name.
_OTHER_LETTERS = 30
_LETTERS_BESIDE_MONTH = 10
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# A longer one is a sentence that some program put into the wrong place.
_LONGEST_STAMP = 60
_MOST_DAYS, _MOST_WEEKS, _MOST_MONTHS = 31, 8, 11


def read_stamp(stamp: object) -> Published | None:
    """What a program wrote: ISO 8601 and its relatives, RFC 2822, seconds since 1970, 3/8/2013, a date in words.

    None for what is no date, no possible one, or one that has not come yet. Midnight to the second is no time of day:
    programs write it where they know the day alone.
    """
    if isinstance(stamp, bool) or not isinstance(stamp, str | int | float):
        return None
    text = fold(str(stamp)).strip()
    found = _from_epoch(text) or _from_day_and_clock(text) or _from_mail_header(text) or _from_month(text)
    if found is None and len(text) <= _LONGEST_STAMP and _LETTER.search(text):
        # Some templates put into their machine-readable dates what people see: «17 أيلول 2025».
        found = read_dateline(str(stamp))
    return found if found and is_sensible(found) else None


def read_dateline(line: str, *, seen_at: datetime | None = None) -> Published | None:
    """What a page shows its readers: «الجمعة 24 نيسان / أبريل 2020 09:22 مساءً».

    A Gregorian date goes before a Hijri one. That may be two days off: without a weekday it is exact to the month.
    Days without year, «أمس» and «منذ ساعتين» are seen from `seen_at` (aware, the moment when the page was fetched) and
    are none without it.
    """
    folded = fold(line)
    if not _MAY_BE_DATE.search(folded) and not (seen_at and _MAY_BE_RELATIVE.search(folded)):
        return None
    today = localtime(seen_at).date() if seen_at else None
    mentions = [mention for mention in find_dates(line, today) if isinstance(mention.value, date)]
    for mention in sorted(mentions, key=_rank):
        found = _from_mention(mention, line)
        if is_sensible(found) and (mention.kind == "absolute" or _is_most_of(line, mention)):
            return found
    age = find_age(line) if seen_at else None
    return _from_age(age, seen_at) if age and seen_at and _is_most_of(line, age) else None


def read_month(line: str) -> Published | None:
    """A line that names a month of a year and hardly anything else: «عدد مارس 2024»."""
    for mention in find_dates(line) if _MAY_BE_DATE.search(fold(line)) else ():
        is_month = mention.precision == "month" and mention.calendar == "gregorian" and mention.kind == "absolute"
        if is_month and isinstance(mention.value, tuple) and _letters_beside(line, mention) <= _LETTERS_BESIDE_MONTH:
            found = Published(datetime(*mention.value, 1), "month")
            return found if is_sensible(found) else None
    return None


def with_dates_replaced(line: str, stand_in: str) -> str:
    """The line with this in place of each date that it names."""
    for mention in reversed(find_dates(line)):
        line = line[: mention.start] + stand_in + line[mention.end :]
    return line


def _rank(mention: DateMention) -> tuple[bool, bool]:
    return mention.kind == "relative", mention.calendar == "hijri"


def _is_most_of(line: str, found: DateMention | Age) -> bool:
    return _letters_beside(line, found) <= _OTHER_LETTERS


def _letters_beside(line: str, found: DateMention | Age) -> int:
    return len(_LETTER.findall(line[: found.start] + line[found.end :]))


def _from_mention(mention: DateMention, line: str) -> Published:
    """The clock may stand apart from its day, after it or before it."""
    # «10.30 من مساء الثلاثاء 12 مارس»: the half of the day belongs to both.
    before, after = fold(line[: mention.end]), fold(line[mention.end :])
    if mention.calendar == "hijri" and isinstance(mention.value, date) and not _has_its_weekday(mention, line):
        return Published(datetime(mention.value.year, mention.value.month, 1), "month")
    if isinstance(mention.value, datetime):
        return Published(mention.value.replace(tzinfo=find_zone(after)), "minute")
    assert isinstance(mention.value, date)
    found = Published(datetime.combine(mention.value, time()), "day")
    return _with_clock(found, find_clock(after) or find_clock(before))


def _has_its_weekday(mention: DateMention, line: str) -> bool:
    """Whether the day that was found is the weekday that the date names."""
    named = {WEEKDAYS[word] for word in _WORD.findall(fold(line[: mention.end])) if word in WEEKDAYS}
    return isinstance(mention.value, date) and named == {mention.value.weekday()}


def _from_age(age: Age, seen_at: datetime) -> Published | None:
    """As exact as the unit is; years ago is not exact enough."""
    day = timedelta(days=1)
    if age.unit == "minute":
        return Published(seen_at - timedelta(minutes=age.amount), "minute" if age.amount else "day")
    if age.unit == "hour":
        return Published(seen_at - timedelta(hours=age.amount), "day")
    if age.unit == "day" and age.amount <= _MOST_DAYS:
        return Published(_midnight(seen_at - age.amount * day), "day")
    if age.unit == "week" and age.amount <= _MOST_WEEKS:
        return Published(_midnight(seen_at - 7 * age.amount * day).replace(day=1), "month")
    if age.unit == "month" and age.amount <= _MOST_MONTHS:
        months = seen_at.year * 12 + seen_at.month - 1 - age.amount
        return Published(datetime(months // 12, months % 12 + 1, 1), "month")
    return None


def _midnight(moment: datetime) -> datetime:
    return datetime.combine(localtime(moment).date(), time())


def date_in_url(url: str) -> Published | None:
    """The day that an outlet wrote into the address: /2020/8/24/, 2020-06-03-…, /20200603/, or its month: /2020/08/"""
    for match in _URL_DAY.finditer(url):
        year, month, day = [number for number in match.groups() if number and number.isdigit()]
        found = _day(int(year), int(month), int(day))
        if found and is_sensible(found):
            return found
    for match in _URL_MONTH.finditer(url):
        found = _day(int(match[1]), int(match[2]), 1)
        if found and is_sensible(found):
            return found._replace(precision="month")
    return None


def first_sensible(stamps: Iterable[object]) -> Published | None:
    return next((found for found in map(read_stamp, stamps) if found), None)


def is_sensible(published: Published) -> bool:
    """Neither before there were newspapers nor after tomorrow (clocks and time zones differ by a day at most)."""
    limit = datetime.now(UTC).date() + timedelta(days=1)
    return _EARLIEST <= published.at.date() <= limit


def day_of(published: Published) -> date:
    """The day in the newsroom's time zone."""
    return localtime(published.at).date() if is_aware(published.at) else published.at.date()


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
    return found and _with_clock(found, find_clock(text[match.end() :]) or find_clock(text[: match.start()]))


def _with_clock(found: Published, clock: Clock | None) -> Published:
    if clock is None or clock.time == time():
        return found
    return Published(datetime.combine(found.at, clock.time, clock.zone), "minute")


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
