"""Regular expressions for dates, over folded text.

Attached letters (و ف ب ل ك) and class words (يوم، شهر، عام) stay outside the group `core`. Every repetition is bounded,
so that a search stays linear.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

from articles.language.calendars import GREGORIAN_MONTHS, HIJRI_MONTHS, LATIN_MONTHS, ORDINAL_DAYS, WEEKDAYS

PAST = frozenset({"الماضي", "الماضيه", "الفايت", "الفايته", "المنصرم", "المنصرمه"})
COMING = frozenset({"المقبل", "المقبله", "القادم", "القادمه"})
RUNNING = frozenset({"الجاري", "الجاريه", "الحالي", "الحاليه"})
# Days from the day of publication.
DEICTIC_DAYS = {
    **{"اليوم": 0, "الليله": 0, "امس": -1, "الامس": -1, "البارحه": -1, "الليله الماضيه": -1},
    **{"امس الاول": -2, "اول امس": -2, "اول من امس": -2, "غدا": 1, "غد": 1, "الغد": 1, "بعد غد": 2},
}


_GAP = r"[ \t]{1,3}"


def _any(names: Iterable[str]) -> str:
    """An alternation, longest first, factored by letter: several times faster than one that lists the names."""
    by_letter: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        by_letter[name[:1]].add(name[1:])
    is_end = by_letter.pop("", None) is not None
    branches = [(_GAP if letter == " " else letter) + _any(rests) for letter, rests in by_letter.items()]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and not is_end else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if is_end else joined


_SPACE = r"[ \t]{0,3}"
_ATTACHED = r"(?<!\w)(?<!\d[./-])(?:[وف]?[بلك]?)"
_END = r"(?!\w)"
_GREGORIAN = _any(name for names in GREGORIAN_MONTHS.values() for name in names)
_MONTH = f"{_GREGORIAN}|{_any(name for names in HIJRI_MONTHS.values() for name in names)}"
_WEEKDAY = _any(WEEKDAYS)
_WHICH = _any(PAST | COMING | RUNNING)
_YEAR_WORD = "(?:ال)?(?:عام|سنه)"
_YEAR = rf"\d{{4}}(?!\d)(?!{_SPACE}[/.,]\d)"
_ERA = rf"(?:{_SPACE}(?P<era>م|ه){_END})?"

_DAY_PART = rf"(?:{_any(('صباح', 'فجر', 'ضحي', 'ظهر', 'عصر', 'مساء', 'ليل', 'ليله', 'نهار'))}{_GAP}(?:يوم{_GAP})?)?"
_DEICTIC = _any(DEICTIC_DAYS)
# What may stand before the number of a day: مساء الخميس 3 أغسطس، اليوم (الثلاثاء) 3/8/2013
_LEAD = (
    rf"(?:{_DAY_PART}(?:{_DEICTIC}{_GAP})?"
    rf"(?:\(?(?P<weekday>{_WEEKDAY})\)?[،,]?{_GAP}(?:الموافق{_GAP}(?:ل(?=\d))?)?)?)"
)

# 3 أغسطس 2013، الثلاثاء 3 آب/أغسطس، الثالث من شهر مارس (آذار) الماضي، 15 رمضان 1436هـ، يناير
MONTH_DATE = re.compile(
    rf"{_ATTACHED}(?P<core>"
    rf"(?:{_LEAD}(?:(?P<day>\d{{1,2}})(?:{_SPACE}[-/]?{_SPACE}|{_GAP}من{_GAP})(?:شهر{_GAP})?"
    rf"|(?P<ordinal>{_any(ORDINAL_DAYS)}){_GAP}من{_GAP}(?:شهر{_GAP})?))?"
    rf"(?P<month>{_MONTH}){_END}"
    rf"(?P<dual>(?:{_SPACE}[/-]{_SPACE}|{_GAP})(?P<second>{_GREGORIAN}){_END}"
    rf"|{_SPACE}\({_SPACE}(?P<bracketed>{_GREGORIAN}){_SPACE}\))?"
    rf"(?P<tail>[ \t،,/-]{{1,3}}(?:من{_GAP})?(?:{_YEAR_WORD}{_GAP})?(?P<year>{_YEAR}){_ERA}"
    rf"|{_GAP}(?:من{_GAP})?(?P<yearly>{_YEAR_WORD}{_GAP})?(?P<which>{_WHICH}){_END})?"
    r")"
)
# أغسطس 3، 2013: the order of English, which WordPress keeps in Arabic.
MONTH_FIRST = re.compile(
    rf"{_ATTACHED}(?P<core>(?:{_WEEKDAY}[،,]?{_GAP})?(?P<month>{_GREGORIAN})"
    rf"(?:{_SPACE}[/(]{_SPACE}(?:{_GREGORIAN}){_SPACE}\)?)?{_GAP}(?P<day>\d{{1,2}})(?:{_SPACE}[،,]{_SPACE}|{_GAP})(?P<year>{_YEAR}))"
)
# 2025 أيلول 17، 2025/أيلول/17: the order of East Asia and of programs.
YEAR_FIRST = re.compile(
    rf"{_ATTACHED}(?P<core>(?:{_WEEKDAY}[،,]?{_GAP})?(?P<year>\d{{4}})(?:{_SPACE}[،,/-]{_SPACE}|{_GAP})"
    rf"(?P<month>{_GREGORIAN}){_END}(?:{_SPACE}[/(]{_SPACE}(?:{_GREGORIAN}){_SPACE}\)?)?"
    rf"(?:{_SPACE}[،,/-]{_SPACE}|{_GAP})(?P<day>\d{{1,2}})(?!\d|{_SPACE}[%٪]|[.,]\d))"
)
_LATIN_MONTH = _any(name for names in LATIN_MONTHS.values() for name in names)
_LATIN_GAP = r"[ \t.,/-]{1,3}"
# 24 Aug 2020, Monday, August 24th, 2020, 1er août 2020
LATIN_DATE = re.compile(
    r"(?<!\w)(?P<core>(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er)?(?: of)?"
    rf"{_LATIN_GAP}(?P<month>{_LATIN_MONTH}){_LATIN_GAP}"
    rf"|(?P<first_month>{_LATIN_MONTH}){_LATIN_GAP}(?P<second_day>\d{{1,2}})(?:st|nd|rd|th)?{_LATIN_GAP})"
    rf"(?P<year>{_YEAR}))"
)
# 3/8/2013، 2013-08-03، 28 / 11 / 1436هـ
NUMERIC_DATE = re.compile(
    rf"{_ATTACHED}(?<![/.-])(?<![/.-] )(?P<core>{_LEAD}"
    r"(?:(?P<year>\d{4}) ?(?P<mark>[/.-]) ?(?P<month>\d{1,2}) ?(?P=mark) ?(?P<day>\d{1,2})"
    r"|(?P<first>\d{1,2}) ?(?P<mark2>[/.-]) ?(?P<second>\d{1,2}) ?(?P=mark2) ?(?P<last>\d{4}))"
    rf"(?!\d|[/-]\d){_ERA})"
)
# What may follow a day: الساعة 10:30 مساءً، T10:30
TIME = re.compile(
    rf"(?:t|[ \t،,-]{{1,3}}(?:(?:في|عند){_GAP})?(?:تمام{_GAP})?(?P<announced>الساعه{_GAP})?)"
    r"(?P<hour>[0-2]?\d)(?(announced)[:.]|:)(?P<minute>[0-5]\d)(?::[0-5]\d)?(?!\d)"
    rf"(?:{_SPACE}(?P<half>صباحا|فجرا|ظهرا|عصرا|مساء|ليلا|ص|م|[ap]\.?m){_END})?"
)
# الثلاثاء، مساء الخميس، الأحد المقبل
WEEKDAY = re.compile(
    rf"{_ATTACHED}(?P<core>{_DAY_PART}"
    rf"(?P<weekday>{_WEEKDAY}){_END}(?:{_GAP}(?P<beyond>قبل{_GAP}|بعد{_GAP})?(?P<which>{_WHICH}){_END})?)"
)
# أمس، أول من أمس، صباح غدٍ الأربعاء، اليوم (الثلاثاء)
DEICTIC_DAY = re.compile(
    rf"{_ATTACHED}(?P<core>{_DAY_PART}"
    rf"(?P<deictic>{_DEICTIC}){_END}"
    rf"(?:{_GAP}(?P<weekday>{_WEEKDAY}){_END}|{_GAP}\((?P<bracketed>{_WEEKDAY})\))?)"
)
# عام 2013، العام 2013م، سنة 1435هـ
YEAR = re.compile(rf"(?<!\w)(?:[وف]?[بلك]?(?:ال)?|[وف]?لل)(?:عام|سنه){_GAP}(?P<core>(?P<year>{_YEAR}){_ERA})")
# عامي 1981 و2005
SECOND_YEAR = re.compile(
    rf"(?:عامي|العامين|عامين|سنتي){_GAP}\d{{4}}م?(?:{_GAP}و|{_SPACE}-{_SPACE})(?P<core>(?P<year>{_YEAR}){_ERA})"
)
FIRST_YEAR = re.compile(rf"(?:عامي|العامين|عامين|سنتي){_GAP}(?P<core>(?P<year>{_YEAR}){_ERA})")
# 2013م، منذ 2011، مطلع 2013
BARE_YEAR = re.compile(rf"{_ATTACHED}(?<![/.-])(?P<core>(?P<year>\d{{4}}){_SPACE}(?P<era>م|ه){_END})")
ANNOUNCED_YEAR = re.compile(
    rf"(?:منذ|مطلع|اوايل|بدايه|منتصف|اواخر|نهايه|صيف|خريف|شتاء|ربيع){_GAP}(?P<core>(?P<year>{_YEAR}){_END})"
)
# العام الماضي، هذا الشهر
PERIOD = re.compile(
    rf"(?<!\w)(?:[وف]?[بلك]?)(?P<core>(?P<this>(?:هذا|هذه){_GAP})?(?:ال|لل)(?P<unit>عام|سنه|شهر)"
    rf"(?:{_GAP}(?P<which>{_WHICH}))?){_END}"
)
# Signs that the sentence speaks of what is to come; س only where it is the verb's future.
COMING_WORDS = re.compile(
    r"(?<!\w)و?(?:سوف|المقرر|المزمع|المرتقب|المنتظر|المتوقع|يتوقع|يرتقب|ينتظر|يعتزم|تعتزم"
    rf"|(?:ابتداء|بدايه|بدءا|اعتبارا|انطلاقا){_GAP}من)(?!\w)"
)
PERHAPS_FUTURE_VERB = re.compile(r"(?<!\w)[وف]?س[يتنا]\w{2,}")
WORD_BEFORE = re.compile(r"(\w+)[ \t]+$")
WORD_AFTER = re.compile(r"[ \t]+(\w+)")
