"""Numbers and dates are the same however they are written."""

import pytest

from annotations.variants.quantities import quantities
from annotations.variants.reading import read
from annotations.variants.values import is_same


def found(text):
    return quantities(text, read(text))


def values(text):
    return [quantity.value for quantity in found(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("25 عاماً", "خمسة وعشرون عاماً"),
        ("3.5 ملايين دينار", "ثلاثة ملايين ونصف المليون دينار"),
        ("1.2 مليار", "1200 مليون"),
        ("مليار ومئتا مليون", "1.2 مليار"),
        ("١٬٥٣٠ جندياً", "ألف وخمسمئة وثلاثون جندياً"),
        ("مئتا ألف زائر", "200 ألف زائر"),
        ("15%", "خمسة عشر في المئة"),
        ("٪١٥", "15 بالمائة"),
        ("نصف السكان", "50 في المئة من السكان"),
        ("ثلاثة أرباع الطلاب", "75% من الطلاب"),
        ("أحد عشر لاعباً", "11 لاعباً"),
        ("95.4%", "4ر95%"),
        ("نحو 5.\u200f3 مليون", "نحو 3.5 مليون"),
        ("1.391 ريالاً", "1,391 ريالاً"),
        ("الدورة الثالثة والعشرين", "الدورة الـ23"),
        ("في 12 تموز", "في 12 يوليو"),
        ("في 12 تموز 2015", "في 12 يوليو"),
        ("خمسة وعشرون أيلول", "25 سبتمبر"),
        ("الخامس من أيار", "5 مايو"),
        ("يوم الخميس 21 شوال 1436هـ", "21 شوال"),
    ],
)
def test_one_value_written_in_two_ways_is_the_same(one, other):
    (first,), (second,) = found(one), found(other)
    assert is_same(first, second)
    assert is_same(second, first)


@pytest.mark.parametrize(
    ("one", "other"),
    [("25 عاماً", "35 عاماً"), ("3 ملايين", "3 مليارات"), ("12 تموز", "13 تموز"), ("عام 2030", "عام 2031")],
)
def test_other_values_are_not(one, other):
    (first,), (second,) = found(one), found(other)
    assert not is_same(first, second)


@pytest.mark.parametrize("text", ["كمية كبيرة", "لست أدري", "يوم الاثنين", "أحد الحاضرين", "آلاف الناس", "وصل أمس"])
def test_words_that_only_look_like_numbers_are_none(text):
    assert not found(text)


def test_numbers_beside_each_other_stay_apart():
    assert values("قتل عشرة وأصيب عشرون") == [10, 20]
    assert values("من عشرة إلى عشرين") == [10, 20]
    assert values("أنفقنا 1200 مليون و1.2 مليار") == [1.2e9, 1.2e9]
    assert values("ألف جندي وثلاثة ضباط") == [1000, 3]


def test_spans_hold_the_whole_number_and_no_more():
    text = "خسرنا ثلاثة ملايين ونصف المليون دينار، أي 15 في المئة من الدخل"
    assert [text[one.start : one.end] for one in found(text)] == ["ثلاثة ملايين ونصف المليون", "15 في المئة"]
