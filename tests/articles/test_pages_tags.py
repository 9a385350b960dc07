"""How dates, numbers and addresses are written."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from lxml import html

from articles.templatetags.reading import dated, direction, grouped, readable_address

MOMENT = datetime(2015, 7, 20, 23, 51, tzinfo=UTC)  # the 21st in the newsroom


@pytest.mark.parametrize(
    ("precision", "arabic", "machine"),
    [
        ("minute", "21 يوليو 2015، 02:51", "2015-07-21T02:51+03:00"),
        ("day", "21 يوليو 2015", "2015-07-21"),
        ("month", "يوليو 2015", "2015-07"),
    ],
)
def test_a_date_is_told_no_more_precisely_than_it_is_known(precision, arabic, machine):
    with translation.override("ar"):
        time = html.fromstring(dated(MOMENT, precision))
    assert time.text == arabic
    assert time.get("datetime") == machine


def test_a_date_in_english_names_the_month_in_english():
    with translation.override("en"):
        assert "21 July 2015" in dated(MOMENT, "day")


def test_no_date_is_nothing():
    assert dated(None, "") == ""


def test_numbers_are_grouped_in_european_digits():
    with translation.override("ar"):
        assert [grouped(number) for number in (7, 1234, 30654)] == ["7", "1,234", "30,654"]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.example.org/", "example.org"),
        ("https://example.org/%D8%AE%D8%A8%D8%B1/2024/", "example.org/خبر/2024"),
        ("http://example.org/story?id=12&lang=%D8%B9", "example.org/story?id=12&lang=ع"),
        ("https://example.org/<b>", "example.org/<b>"),
    ],
)
def test_an_address_is_shown_as_people_read_it(url, shown):
    assert html.fromstring(f"<p>{readable_address(url)}</p>").text_content() == shown


@pytest.mark.parametrize(
    ("language", "runs"), [("ar", "rtl"), ("ar-SA", "rtl"), ("he", "rtl"), ("en", "ltr"), ("fr-FR", "ltr"), ("", "rtl")]
)
def test_a_language_has_its_direction(language, runs):
    assert direction(language) == runs
