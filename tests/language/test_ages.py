"""How long ago pages say that something was."""

import pytest

from articles.language.ages import find_age


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("منذ ساعتين", 2, "hour"),
        ("نُشر منذ ساعة واحدة", 1, "hour"),
        ("منذ ٣ ساعات", 3, "hour"),
        ("منذ 11 ساعة", 11, "hour"),
        ("قبل 5 دقائق", 5, "minute"),
        ("قبل دقيقتين", 2, "minute"),
        ("منذ حوالي ٤٥ دقيقة", 45, "minute"),
        ("منذ ثلاثة أيام", 3, "day"),
        ("منذ ثلاث ساعات", 3, "hour"),
        ("منذ يومين", 2, "day"),
        ("قبل أسبوع", 1, "week"),
        ("منذ 11 شهراً", 11, "month"),
        ("منذ سنتين", 2, "year"),
        ("منذ 12 عاماً", 12, "year"),
        ("منذ لحظات", 0, "minute"),
        ("قبل قليل", 0, "minute"),
        ("منذ 30 ثانية", 0, "minute"),
    ],
)
def test_an_age_is_an_amount_of_a_unit(text, amount, unit):
    found = find_age(text)
    assert (found.amount, found.unit) == (amount, unit)


def test_an_age_has_its_place_in_the_text_as_written():
    text = "كتب سامر | مُنذُ ٣ أيّام | سياسة"
    found = find_age(text)
    assert text[found.start : found.end] == "مُنذُ ٣ أيّام"


@pytest.mark.parametrize("text", ["", "منذ الصباح", "قبل الحرب", "ساعتين", "منذ 2011", "منذ سنتيمتر", "من يومك"])
def test_other_words_are_no_age(text):
    assert find_age(text) is None
