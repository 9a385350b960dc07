"""Dates of Arabic news: their spans, values and precision."""

import time
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.language.calendars import gregorian_from_hijri, hijri_year_of
from articles.language.dates import DateMention, find_dates

WEDNESDAY = date(2024, 3, 27)


def named(text: str, published: date | None = WEDNESDAY) -> list[tuple[str, object]]:
    return [(text[found.start : found.end], found.value) for found in find_dates(text, published)]


def only(text: str, published: date | None = WEDNESDAY) -> DateMention:
    (found,) = find_dates(text, published)
    return found


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("في 3 أغسطس 2013 وقع", "3 أغسطس 2013", date(2013, 8, 3)),
        ("يوم ٣ آب ٢٠١٣م", "٣ آب ٢٠١٣م", date(2013, 8, 3)),
        ("منذ 18 جانفي 2017", "18 جانفي 2017", date(2017, 1, 18)),
        ("في 5 فيفري 2016", "5 فيفري 2016", date(2016, 2, 5)),
        ("في 25 أفريل 2017", "25 أفريل 2017", date(2017, 4, 25)),
        ("في 5 ماي 2016", "5 ماي 2016", date(2016, 5, 5)),
        ("في 2 جوان 2016", "2 جوان 2016", date(2016, 6, 2)),
        ("في 14 جويلية 2016", "14 جويلية 2016", date(2016, 7, 14)),
        ("في 30 أوت 2016", "30 أوت 2016", date(2016, 8, 30)),
        ("في 21 كانون الثاني 2015", "21 كانون الثاني 2015", date(2015, 1, 21)),
        ("في 7 تشرين الأول/أكتوبر 2023", "7 تشرين الأول/أكتوبر 2023", date(2023, 10, 7)),
        ("في 2 مارس (آذار) 2024", "2 مارس (آذار) 2024", date(2024, 3, 2)),
        ("في 18 مارس آذار 2015", "18 مارس آذار 2015", date(2015, 3, 18)),
        ("صدر في 3 من أغسطس عام 2013", "3 من أغسطس عام 2013", date(2013, 8, 3)),
        ("الثالث من أغسطس 2013", "الثالث من أغسطس 2013", date(2013, 8, 3)),
        ("في الحادي والعشرين من شهر مايو 2015", "الحادي والعشرين من شهر مايو 2015", date(2015, 5, 21)),
        ("قال الثلاثاء 26 مارس 2024 إن", "الثلاثاء 26 مارس 2024", date(2024, 3, 26)),
        ("اليوم الأربعاء 8 جوان 2016", "اليوم الأربعاء 8 جوان 2016", date(2016, 6, 8)),
        ("صدر في 2013 آب 3 عن", "2013 آب 3", date(2013, 8, 3)),
        ("صدر 2013/آب (أغسطس)/3", "2013/آب (أغسطس)/3", date(2013, 8, 3)),
        ("صدر السبت 2013، أغسطس 3", "السبت 2013، أغسطس 3", date(2013, 8, 3)),
        ("بتاريخ أغسطس 3 2013", "أغسطس 3 2013", date(2013, 8, 3)),
        ("بتاريخ 3/8/2013", "3/8/2013", date(2013, 8, 3)),
        ("بتاريخ 2013-08-03", "2013-08-03", date(2013, 8, 3)),
        ("بتاريخ 03-08-2013", "03-08-2013", date(2013, 8, 3)),
        ("بتاريخ ٣ / ٨ / ٢٠١٣", "٣ / ٨ / ٢٠١٣", date(2013, 8, 3)),
        ("بتاريخ 8/23/2013", "8/23/2013", date(2013, 8, 23)),
        ("بتاريخ 3.8.2013.", "3.8.2013", date(2013, 8, 3)),
    ],
)
def test_a_day_is_found_in_every_family_of_months(text: str, span: str, value: date) -> None:
    assert named(text, None) == [(span, value)]
    found = only(text, None)
    assert (found.precision, found.calendar, found.kind) == ("day", "gregorian", "absolute")


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("في مارس (آذار) 2024", "مارس (آذار) 2024", (2024, 3)),
        ("في آذار/مارس 2023", "آذار/مارس 2023", (2023, 3)),
        ("خلال ديسمبر من سنة 2015", "ديسمبر من سنة 2015", (2015, 12)),
        ("أغسطس الماضي", "أغسطس الماضي", (2023, 8)),
        ("في مارس/آذار المقبل", "مارس/آذار المقبل", (2025, 3)),
        ("سبتمبر من العام الماضي", "سبتمبر من العام الماضي", (2023, 9)),
        ("في فبراير", "فبراير", (2024, 2)),
        ("نهاية أكتوبر", "أكتوبر", (2023, 10)),
        ("الشهر الماضي", "الشهر الماضي", (2024, 2)),
        ("هذا الشهر", "هذا الشهر", (2024, 3)),
    ],
)
def test_a_month_is_known_to_the_month(text: str, span: str, value: tuple[int, int]) -> None:
    assert named(text) == [(span, value)]
    assert only(text).precision == "month"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("عام 2016", [("2016", 2016)]),
        ("وللعام 2013م", [("2013م", 2013)]),
        ("بين عامي 1981 و2005", [("1981", 1981), ("2005", 2005)]),
        ("منذ 2011", [("2011", 2011)]),
        ("العام الماضي", [("العام الماضي", 2023)]),
        ("هذا العام", [("هذا العام", 2024)]),
        ("على ارتفاع 2000م", []),
        ("الأمين العام الحالي", []),
        ("قتل 2013 شخصاً", []),
    ],
)
def test_a_year_is_known_to_the_year(text: str, expected: list[tuple[str, int]]) -> None:
    assert named(text) == expected
    assert all(found.precision == "year" for found in find_dates(text, WEDNESDAY))


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("في 15 رمضان 1436هـ", "15 رمضان 1436هـ", date(2015, 7, 2)),
        ("غرة المحرم 1436 هـ", "المحرم 1436 هـ", (1436, 1)),
        ("في ١ ذي الحجة ١٤٣٦", "١ ذي الحجة ١٤٣٦", date(2015, 9, 15)),
        ("حتى 1436/10/30هـ", "1436/10/30هـ", date(2015, 8, 16)),
        ("شهر رمضان", "رمضان", (1445, 9)),
        ("عام 1435هـ", "1435هـ", 1435),
        ("يوم الأحد 10 شوال 1436هـ", "الأحد 10 شوال 1436هـ", date(2015, 7, 26)),
        # The weekday is right where the arithmetic calendar is up to two days off.
        ("السبت 15 رمضان 1436هـ", "السبت 15 رمضان 1436هـ", date(2015, 7, 4)),
        ("الثلاثاء 15 رمضان 1436هـ", "الثلاثاء 15 رمضان 1436هـ", date(2015, 6, 30)),
    ],
)
def test_hijri_dates_are_converted_and_say_so(text: str, span: str, value: object) -> None:
    assert named(text) == [(span, value)]
    assert only(text).calendar == "hijri"


@pytest.mark.parametrize(
    ("text", "span", "value"),
    [
        ("التقى، الثلاثاء، نظيره", "الثلاثاء", date(2024, 3, 26)),
        ("قال الأربعاء إن", "الأربعاء", date(2024, 3, 27)),
        ("مساء الخميس", "مساء الخميس", date(2024, 3, 21)),
        ("يوم الأربعاء الماضي", "الأربعاء الماضي", date(2024, 3, 20)),
        ("الأحد المقبل", "الأحد المقبل", date(2024, 3, 31)),
        ("الأحد بعد المقبل", "الأحد بعد المقبل", date(2024, 4, 7)),
        ("سيعقد الاجتماع الخميس في الرياض", "الخميس", date(2024, 3, 28)),
        ("ابتداء من السبت", "السبت", date(2024, 3, 30)),
        ("في سيناء السبت", "السبت", date(2024, 3, 23)),
        ("أعلن أمس أن", "أمس", date(2024, 3, 26)),
        ("وأمس الأول", "أمس الأول", date(2024, 3, 25)),
        ("أول من أمس", "أول من أمس", date(2024, 3, 25)),
        ("أعلن اليوم (الأربعاء)", "اليوم (الأربعاء)", date(2024, 3, 27)),
        ("صباح أمس الثلاثاء", "صباح أمس الثلاثاء", date(2024, 3, 26)),
        ("يلتقيان غداً في", "غداً", date(2024, 3, 28)),
        ("بعد غدٍ", "بعد غدٍ", date(2024, 3, 29)),
        ("الليلة الماضية", "الليلة الماضية", date(2024, 3, 26)),
        ("في 25 ديسمبر", "25 ديسمبر", date(2023, 12, 25)),
        ("في 2 مايو المقبل", "2 مايو المقبل", date(2024, 5, 2)),
        ("الثالث من أغسطس الماضي", "الثالث من أغسطس الماضي", date(2023, 8, 3)),
    ],
)
def test_relative_days_are_resolved_against_the_day_of_publication(text: str, span: str, value: date) -> None:
    assert named(text) == [(span, value)]
    assert only(text).kind == "relative"
    assert named(text, None) == [(span, None)]


def test_a_weekday_named_beside_today_wins_over_the_date_of_a_late_copy() -> None:
    assert only("قال اليوم (الاثنين) إن").value == date(2024, 3, 25)


def test_a_time_of_day_makes_it_a_minute() -> None:
    assert only("3 أغسطس 2013 الساعة 10:30 مساءً").value == datetime(2013, 8, 3, 22, 30)
    assert only("2013-08-03T10:20:00").value == datetime(2013, 8, 3, 10, 20)
    assert only("غداً الساعة 1.30 ظهراً").value == datetime(2024, 3, 28, 13, 30)
    assert only("غداً الساعة 9:05", None).precision == "minute"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وأغسطس ولأغسطس وبـ3 آب", ["أغسطس", "أغسطس", "3 آب"]),
        ("ولـ25 يناير فالخميس", ["25 يناير", "الخميس"]),
        ("يناير/فبراير 2015", ["يناير", "فبراير 2015"]),
        ("في 10 رجب 1436هـ الموافق 29 أبريل 2015م", ["10 رجب 1436هـ", "29 أبريل 2015م"]),
        ("ليل الاثنين - الثلاثاء", ["ليل الاثنين", "الثلاثاء"]),
        ("في الأسبوع الثاني من أغسطس", ["أغسطس"]),
        ("30 فبراير 2013", ["فبراير 2013"]),
        ("99 مايو", ["مايو"]),
        ("في أغسطس 2500 شخص", ["أغسطس"]),
    ],
)
def test_spans_leave_attached_letters_and_what_does_not_belong_outside(text: str, expected: list[str]) -> None:
    assert [span for span, _ in named(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        *("مارس ضغوطاً", "تيريزا ماي قالت", "جوان وأوت", "هذا أب رحيم", "سيارة نيسان", "فاز 2 صفر", "رمضان صبحي"),
        *("اليوم الوطني", "في ذلك اليوم", "صحيفة عين اليوم", "حزب الغد", "غدا واضحا", "بالأمس القريب"),
        *("صلاة الجمعة", "محمد بن سعد الخميس", "عبدالعزيز السبت", "بين الاثنين"),
        *("موسم 2012/2013", "رقم 1/2/3456", "45/45/2013", "192.168.1.2013", "الإصدار 1.2.3", "هاتف 0501234567"),
        *("", "   ", "no Arabic at all", "\ud800\udfff", "\u202e\u202c\u200f"),
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert find_dates(text, WEDNESDAY) == []


def test_tashkeel_and_invisible_controls_do_not_hide_a_date() -> None:
    text = "في \u200f٣ أُغسطُس ٢٠١٣\u200f تم"
    assert named(text) == [("٣ أُغسطُس ٢٠١٣", date(2013, 8, 3))]


def test_the_tabular_calendar_agrees_with_announced_days() -> None:
    # First of Muharram 1436, first of Ramadan 1445 and the epoch.
    assert gregorian_from_hijri(1436, 1, 1) == date(2014, 10, 25)
    assert gregorian_from_hijri(1445, 9, 1) == date(2024, 3, 11)
    assert gregorian_from_hijri(1, 1, 1) == date(622, 7, 19)
    assert [hijri_year_of(date(2014, 10, day)) for day in (24, 25)] == [1435, 1436]
    lengths = [(gregorian_from_hijri(year + 1, 1, 1) - gregorian_from_hijri(year, 1, 1)).days for year in range(1, 31)]
    assert [year for year, length in enumerate(lengths, start=1) if length == 355] == [
        *(2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29)
    ]
    with pytest.raises(ValueError, match="no Hijri date"):
        gregorian_from_hijri(1436, 13, 1)


words = st.sampled_from(
    [
        *("الثلاثاء", "أمس", "اليوم", "غداً", "مساء", "مارس", "آذار", "فبراير", "رمضان", "الحادي", "والثلاثين"),
        *("من", "شهر", "عام", "العام", "هذا", "يوم", "الماضي", "المقبل", "بعد", "قبل", "سيعقد", "الساعة"),
        *("3", "31", "29", "2013", "1436هـ", "م", "10:30", "3/8/2013"),
        *("/", "(", ")", "-", "،", ".", "\n", "\ud800", "بـ", "وَ", "ﻻ"),
    ]
)


@settings(deadline=None)
@given(st.lists(words).map(" ".join) | st.text(), st.none() | st.dates())
def test_any_text_and_any_day_of_publication_give_dates_in_order(text: str, published: date | None) -> None:
    end = 0
    for found in find_dates(text, published):
        assert end <= found.start < found.end <= len(text)
        assert found.value is not None or found.kind == "relative"
        end = found.end


@pytest.mark.parametrize("unit", ["3", "3/", " ", "ال", "و", "اليوم ", "3 مارس (", "عام 2013 و"])
def test_one_very_long_line_takes_linear_time(unit: str) -> None:
    length = 1_000_000 if len(unit) < 3 else 200_000
    text = unit * (length // len(unit))
    begun = time.perf_counter()
    find_dates(text, WEDNESDAY)
    assert time.perf_counter() - begun < 10
