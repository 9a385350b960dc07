"""From what a pattern matched to a date, or to nothing where the words only look like one. Offsets are folded ones."""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from articles.language import date_patterns as patterns
from articles.language.calendars import (
    AMBIGUOUS_MONTHS,
    GREGORIAN_MONTHS,
    HIJRI_MONTHS,
    NUMBER_LIKE_MONTHS,
    ORDINAL_DAYS,
    WEEKDAYS,
)
from articles.language.date_mentions import Calendar, DateMention, Precision
from articles.language.date_resolution import day_of, nearest_weekday, weekday_meant, year_meant, year_named

Reader = Callable[[re.Match[str], date | None], DateMention | None]

_MONTHS: dict[str, tuple[Calendar, int]] = {
    **{name: ("gregorian", number) for number, names in GREGORIAN_MONTHS.items() for name in names},
    **{name: ("hijri", number) for number, names in HIJRI_MONTHS.items() for name in names},
}
_YEARS: dict[Calendar, range] = {"gregorian": range(1500, 2200), "hijri": range(1, 1600)}

# A month follows these, a verb or a person does not; and مارس, which nobody is named, follows في and منذ as well.
_MONTH_ANNOUNCED = frozenset({"شهر", "شهري", "مطلع", "اوايل", "بدايه", "منتصف", "اواخر", "نهايه"})
_MARCH_ANNOUNCED = _MONTH_ANNOUNCED | {"في", "منذ", "خلال", "حتي"}
# الأسبوع الثاني من أغسطس is no second day.
_PARTS_OF_MONTH = frozenset({"الاسبوع", "النصف", "الثلث", "الربع", "العقد", "الفصل", "الشطر"})

# صلاة الجمعة, سوق الخميس, عبد الرحمن بن سعد الخميس: weekdays that name something else.
_NOT_BEFORE_WEEKDAY = frozenset(
    {"صلاه", "صلاتي", "خطبه", "خطب", "سوق", "مسجد", "جامع", "ال", "بن", "بنت", "ابن", "ابو", "كلا", "هذين", "صحيفه"}
)
_NOT_BEFORE_TODAY = frozenset(
    [
        *(
            "هذا",
            "ذلك",
            "ذاك",
            "نفس",
            "ذات",
            "طوال",
            "طيله",
            "مدار",
            "اخبار",
            "المصري",
            "عين",
            "بوابه",
            "صحيفه",
            "موقع",
        ),
        *("تلك", "هذه", "منتصف", "نهايه", "بدايه", "دار", "حزب", "جريده"),
    ]
)
_NOT_AFTER_TODAY = frozenset(
    [
        *(
            "الوطني",
            "العالمي",
            "الدولي",
            "العربي",
            "التالي",
            "السابق",
            "الاخير",
            "الواحد",
            "نفسه",
            "ذاته",
            "الذي",
            "القريب",
        ),
        *("المفتوح", "الدراسي", "التاريخي", "الموعود", "السابع", "التي", "التاليه", "نفسها", "ذاتها", "الاولي", "عينه"),
        *(name for name in ORDINAL_DAYS if " " not in name),
    ]
)
# Metres, not years of the Gregorian era.
_NOT_BEFORE_ERA = frozenset(
    {"سباق", "ارتفاع", "مسافه", "طول", "بطول", "عمق", "بعمق", "مساحه", "بمساحه", "بارتفاع", "بعد"}
)
_AFTERNOON = frozenset({"ظهرا", "عصرا", "مساء", "ليلا", "م"})
_ATTACHED = frozenset("وفبلك")
_DEFINITE = re.compile("[وفب]?(?:ال|لل)")
_LEAP_YEARS: dict[Calendar, int] = {"gregorian": 2000, "hijri": 1442}
# How far back, in folded characters, a sentence is read for signs of the future.
_LOOK_BACK = 80


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
        value = None if year is None else day_of(year, month, day, calendar)
    return _with_time(DateMention(start, end, value, "day", calendar, kind), match.string)


def _month_date(match: re.Match[str]) -> _MonthDate:
    name = _normal(match["month"])
    calendar, month = _MONTHS[name]
    end, has_tail = match.end("month"), True
    if match["dual"]:
        second = _normal(match["slashed"] or match["bracketed"])
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
        return year is not None or is_qualified or _follows(match, {"شهر"})
    if name not in AMBIGUOUS_MONTHS or day or year or is_qualified:
        return True
    return _follows(match, _MARCH_ANNOUNCED if name == "مارس" else _MONTH_ANNOUNCED)


def _day_number(match: re.Match[str], day_in_month: Callable[[int], date]) -> int | None:
    """None where no day is named, or one that the month lacks."""
    if match["ordinal"] and _follows(match, _PARTS_OF_MONTH):
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
        value = day_of(year, month, day, calendar)
    except ValueError:
        return None
    return _with_time(DateMention(*match.span("core"), value, "day", calendar), match.string)


def _with_time(mention: DateMention, text: str) -> DateMention:
    """Takes in a time of day that follows: «الساعة 10:30 مساء»."""
    match = patterns.TIME.match(text, mention.end)
    if match is None or int(match["hour"]) > 23:
        return mention
    hour, half = int(match["hour"]), match["half"]
    if half in _AFTERNOON and hour < 12 and not (half == "ليلا" and hour < 6):
        hour += 12
    elif hour == 12 and half and half not in ("ظهرا", "م", "مساء", "عصرا"):
        hour = 0
    day = mention.value
    value = datetime.combine(day, time(hour, int(match["minute"]))) if isinstance(day, date) else None
    return replace(mention, end=match.end(), value=value, precision="minute")


def read_weekday(match: re.Match[str], published: date | None) -> DateMention | None:
    name, which = match["weekday"], match["which"]
    if not which and _follows(match, _NOT_BEFORE_WEEKDAY):
        return None
    if name == "الاثنين" and not which and (_follows(match, {"بين"}) or _word_after(match) == "معا"):
        return None  # the two of them
    value = None
    if published is not None:
        coming = patterns.FUTURE.search(_sentence_before(match)) is not None
        value = weekday_meant(published, WEEKDAYS[name], which, (match["beyond"] or "").strip(), coming)
    return _with_time(DateMention(*match.span("core"), value, "day", kind="relative"), match.string)


def read_deictic_day(match: re.Match[str], published: date | None) -> DateMention | None:
    name, weekday = _normal(match["deictic"]), match["weekday"] or match["bracketed"]
    if not weekday and not _is_deictic(match, name):
        return None
    value = None
    if published is not None:
        value = published + timedelta(days=patterns.DEICTIC_DAYS[name])
        value = nearest_weekday(value, WEEKDAYS[weekday]) if weekday else value
    return _with_time(DateMention(*match.span("core"), value, "day", kind="relative"), match.string)


def _is_deictic(match: re.Match[str], name: str) -> bool:
    """Not اليوم الوطني, ذلك اليوم, حزب الغد, غدا واضحا (became clear)."""
    after = _word_after(match)
    if name in ("اليوم", "الليله"):
        return not _follows(match, _NOT_BEFORE_TODAY) and after not in _NOT_AFTER_TODAY
    if name in ("الغد", "غد"):
        return _follows(match, {"يوم"}) or match["core"] != match["deictic"]
    if name == "غدا":
        return _follows(match, {"يوم"}) or after is None or not after.endswith("ا")
    return after != "القريب"


def read_year(match: re.Match[str], published: date | None) -> DateMention | None:
    year, era = int(match["year"]), match.groupdict().get("era")
    calendar: Calendar = "hijri" if era == "ه" or (1300 <= year < 1500 and era is None) else "gregorian"
    return DateMention(*match.span("core"), year, "year", calendar) if year in _YEARS[calendar] else None


def read_bare_year(match: re.Match[str], published: date | None) -> DateMention | None:
    is_length = match["era"] == "م" and (int(match["year"]) < 1800 or _follows(match, _NOT_BEFORE_ERA))
    return None if is_length else read_year(match, published)


def read_period(match: re.Match[str], published: date | None) -> DateMention | None:
    which = match["which"]
    if not which and not match["this"]:
        return None
    # الأمين العام الحالي is a secretary general in office.
    if match["unit"] == "عام" and which in patterns.RUNNING and _DEFINITE.match(_word_before(match)):
        return None
    value: tuple[int, int] | int | None = None
    if published is not None:
        is_month = match["unit"] == "شهر"
        value = _month_named(published, which) if is_month else year_named(published, which or "", "gregorian")
    precision: Precision = "month" if match["unit"] == "شهر" else "year"
    return DateMention(*match.span("core"), value, precision, kind="relative")


def _month_named(published: date, which: str | None) -> tuple[int, int]:
    months = published.year * 12 + published.month - 1 + (which in patterns.COMING) - (which in patterns.PAST)
    return months // 12, months % 12 + 1


def _normal(name: str) -> str:
    return " ".join(name.split())


def _word_before(match: re.Match[str]) -> str:
    start = match.start()
    before = patterns.WORD_BEFORE.search(match.string[max(0, start - 24) : start])
    return before[1] if before else ""


def _follows(match: re.Match[str], words: Collection[str]) -> bool:
    """Whether one of the words stands right before, with a letter attached or without (وذلك اليوم)."""
    before = _word_before(match)
    return before in words or (before[:1] in _ATTACHED and before[1:] in words)


def _word_after(match: re.Match[str]) -> str | None:
    after = patterns.WORD_AFTER.match(match.string, match.end())
    return after[1] if after else None


def _sentence_before(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
    return re.split(r"[.\n؟!]", before)[-1]


READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (patterns.MONTH_DATE, read_month_date),
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
