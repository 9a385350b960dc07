"""When an article was published, as machines and pages write it, with its precision and checked for sense."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import NamedTuple

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
    r"(?<!\d)(?P<y1>(?:19|20)\d{2})(?P<by>[-/_])(?P<m1>\d{1,2})(?P=by)(?P<d1>\d{1,2})(?!\d)"
    r"|/(?P<y2>(?:19|20)\d{2})(?P<m2>\d{2})(?P<d2>\d{2})(?=[/_.-])"
    # arabic.cnn.com: the section stands between year and month.
    r"|/(?P<y3>(?:19|20)\d{2})/[a-z_-]+/(?P<m3>\d{1,2})/(?P<d3>\d{1,2})/"
)
# The names of each month, folded: of the Gulf and Egypt, of the Levant and Iraq, of the Maghreb.
_MONTH_NAMES = (
    "يناير|كانون (?:ال)?ثاني|جانفي",
    "فبراير|شباط|فيفري",
    "مارس|اذار",
    "ابريل|نيسان|افريل",
    "مايو|ايار|ماي",
    "يونيو|يونيه|حزيران|جوان",
    "يوليو|يوليه|تموز|جويليه",
    "اغسطس|اب|اوت|غشت",
    "سبتمبر|ايلول|شتنبر",
    "اكتوبر|تشرين (?:ال)?اول",
    "نوفمبر|تشرين (?:ال)?ثاني|نونبر",
    "ديسمبر|كانون (?:ال)?اول|دجنبر",
)
_MONTH_NAME = "|".join(_MONTH_NAMES)
# 24 نيسان / أبريل 2020 · 3 ديسمبر (كانون الأول) 2024 · 31 مايو 2025 · أغسطس 3، 2013
_WRITTEN_DAY = re.compile(
    rf"(?<!\d)(?P<d1>\d{{1,2}})\s*(?:من )?[-–/]?\s*(?P<m1>{_MONTH_NAME})(?:\s*[/(–-]\s*(?:{_MONTH_NAME})\s*\)?)?"
    r"\s*[،,/-]?\s*(?:من )?(?:عام |سنه )?(?P<y1>(?:19|20)\d{2})(?!\d)"
    rf"|(?<!\w)(?P<m2>{_MONTH_NAME})\s*(?P<d2>\d{{1,2}})\s*[،,]\s*(?P<y2>(?:19|20)\d{{2}})(?!\d)"
)


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
    """What a page shows its readers: «الجمعة 24 نيسان / أبريل 2020 09:22 مساءً». None where there is no full date."""
    text = fold(line)
    match = _WRITTEN_DAY.search(text)
    if not match:
        numeric = _NUMERIC.search(text)
        return read_stamp(text[numeric.start() :]) if numeric else None
    year, month, day = _numbered(match, ("y", "m", "d"))
    number = next(n for n, names in enumerate(_MONTH_NAMES, 1) if re.fullmatch(names, month))
    found = _day(int(year), number, int(day))
    clock = _CLOCK.search(text, match.end()) or _CLOCK.search(text[: match.start()])
    found = _with_clock(found, clock) if found and clock else found
    return found if found and is_sensible(found) else None


def date_in_url(url: str) -> Published | None:
    """The day that an outlet wrote into the address: /2020/8/24/, 2020-06-03-…, /20200603/"""
    for match in _URL_DAY.finditer(url):
        found = _day(*map(int, _numbered(match, ("y", "m", "d"))))
        if found and is_sensible(found):
            return found
    return None


def _numbered(match: re.Match[str], names: tuple[str, ...]) -> list[str]:
    """The groups y1, m1, d1 or y2, m2, d2 …: whichever alternative matched."""
    groups = match.groupdict()
    number = next(name[1:] for name, value in groups.items() if name[0] == "y" and value)
    return [groups[name + number] for name in names]


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
