"""Names of months, weekdays and days of the month in Arabic news (folded), and the Hijri calendar."""

from collections.abc import Iterable
from datetime import date

# Egypt and the Gulf; the Levant and Iraq; Tunisia and Algeria; Morocco. Spaces stand for any white space.
GREGORIAN_MONTHS = {
    1: ("يناير", "كانون الثاني", "كانون ثاني", "كانون ثان", "جانفي"),
    2: ("فبراير", "شباط", "فيفري"),
    3: ("مارس", "اذار"),
    4: ("ابريل", "نيسان", "افريل"),
    5: ("مايو", "ايار", "مايس", "ماي"),
    6: ("يونيو", "يونيه", "حزيران", "جوان"),
    7: ("يوليو", "يوليه", "تموز", "جويليه", "يوليوز"),
    8: ("اغسطس", "اوغسطس", "اب", "اوت", "غشت"),
    9: ("سبتمبر", "ايلول", "شتنبر"),
    10: ("اكتوبر", "اوكتوبر", "تشرين الاول", "تشرين اول"),
    11: ("نوفمبر", "تشرين الثاني", "تشرين ثاني", "تشرين ثان", "نونبر"),
    12: ("ديسمبر", "كانون الاول", "كانون اول", "دجنبر"),
}
HIJRI_MONTHS = {
    1: ("محرم", "المحرم"),
    2: ("صفر",),
    3: ("ربيع الاول", "ربيع اول"),
    4: ("ربيع الثاني", "ربيع الاخر", "ربيع ثاني"),
    5: ("جمادي الاولي", "جمادي الاول"),
    6: ("جمادي الاخره", "جمادي الثانيه", "جمادي الاخر", "جمادي الثاني"),
    7: ("رجب",),
    8: ("شعبان",),
    9: ("رمضان",),
    10: ("شوال",),
    11: ("ذو القعده", "ذي القعده", "ذا القعده"),
    12: ("ذو الحجه", "ذي الحجه", "ذا الحجه"),
}
# English and French, as pages made with foreign templates print them; folded, so without accents.
LATIN_MONTHS = {
    1: ("january", "jan", "janvier"),
    2: ("february", "feb", "fevrier"),
    3: ("march", "mar", "mars"),
    4: ("april", "apr", "avril"),
    5: ("may", "mai"),
    6: ("june", "jun", "juin"),
    7: ("july", "jul", "juillet"),
    8: ("august", "aug", "aout"),
    9: ("september", "sept", "sep", "septembre"),
    10: ("october", "oct", "octobre"),
    11: ("november", "nov", "novembre"),
    12: ("december", "dec", "decembre"),
}
# Months whose names are words or names too (he practised, a father, Theresa May, Joan, a car; forbidden, people's
# names): only a number beside them, or a word that announces a month, makes them months.
AMBIGUOUS_MONTHS = frozenset({"مارس", "ماي", "جوان", "اوت", "اب", "نيسان", "محرم", "المحرم", "رجب", "شعبان", "رمضان"})
# صفر is nought as well, and stands beside numbers in every football result.
NUMBER_LIKE_MONTHS = frozenset({"صفر"})

WEEKDAYS = {  # as date.weekday() counts
    "الاثنين": 0,
    "الثلاثاء": 1,
    "الثلثاء": 1,
    "الاربعاء": 2,
    "الخميس": 3,
    "الجمعه": 4,
    "السبت": 5,
    "الاحد": 6,
}

_UNITS = ("الحادي", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع")


def _ordinals() -> Iterable[tuple[str, int]]:
    yield from ((unit, number) for number, unit in enumerate(("الاول", *_UNITS[1:], "العاشر"), start=1))
    yield from ((f"{unit} عشر", number) for number, unit in enumerate(_UNITS, start=11))
    for tens, endings in ((20, ("العشرين", "العشرون")), (30, ("الثلاثين", "الثلاثون"))):
        for ending in endings:
            yield ending, tens
            units = _UNITS if tens == 20 else _UNITS[:1]
            yield from ((f"{unit} و{ending}", tens + number) for number, unit in enumerate(units, start=1))


ORDINAL_DAYS = dict(_ordinals())

# Day number (as date.toordinal counts) of the day before 1 Muharram of the year 1.
_HIJRI_EPOCH = date(622, 7, 19).toordinal() - 1


def gregorian_from_hijri(year: int, month: int, day: int) -> date:
    """The Gregorian date by the tabular (arithmetic) calendar, within two days of what a country announces.

    Eleven leap years in thirty: a year y is followed by (11y + 3) // 30 leap days since the epoch. Raises ValueError
    for a day or month that the calendar lacks.
    """
    if not (1 <= month <= 12 and 1 <= day <= 30 and year >= 1):
        raise ValueError(f"no Hijri date {year}-{month}-{day}")
    before_month = 29 * (month - 1) + month // 2
    before_year = 354 * (year - 1) + (11 * year + 3) // 30
    return date.fromordinal(_HIJRI_EPOCH + before_year + before_month + day)


def hijri_year_of(day: date) -> int:
    """The Hijri year that this day falls in, by the same calendar."""
    year = int((day.toordinal() - _HIJRI_EPOCH) / 354.367) + 1
    while gregorian_from_hijri(year + 1, 1, 1) <= day:
        year += 1
    while gregorian_from_hijri(year, 1, 1) > day:
        year -= 1
    return year
