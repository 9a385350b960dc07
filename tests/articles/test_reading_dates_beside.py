"""Dates on a page that are not its article's: those of cards, comments, lists and the header bar."""

import pytest

from articles.importing.readers.html import read_html
from tests.articles.test_reading_dates_of_pages import BODY, TITLE, dated, page_of

STAMP = "2022-05-05T08:00:00+03:00"
CARD = f"<a href='/9'>إغلاق سوق السمك</a> <time datetime='{STAMP}'>5 مايو 2022</time>"
SHOWN = "<div class='info'>12 مارس 2024</div>"


def page(after: str = "", under: str = "", before: str = "", head: str = "") -> bytes:
    """`after` is inside <article>, behind the text."""
    document = page_of(head, under, above=before)
    return document.replace("</article>", f"{after}</article>").encode()


@pytest.mark.parametrize(
    "beside",
    [
        {"after": f"<div>{CARD}</div>"},
        {"after": f"<ul><li>{CARD}</li></ul>"},
        {"after": f"<div class='comments'><p>رائع</p><time itemprop='datePublished' datetime='{STAMP}'></time></div>"},
        {"after": f"<div class='comment'><meta itemprop='datePublished' content='{STAMP}'>رائع</div>"},
        {"after": "<section class='related'><span class='date'>5 مايو 2022</span></section>"},
        {"after": "<div class='box'><h3>الأكثر قراءة</h3><span class='date'>5 مايو 2022</span></div>"},
        {"under": f"<div class='related-news sidebar'>{CARD}</div>"},
        {"under": f"<aside>{CARD}</aside>"},
        {"before": f"<div class='sidebar'>{CARD}</div>"},
        {"before": f"<div><h4>الأكثر قراءة</h4>{CARD}</div>"},
        {"before": f"<div>{CARD}</div>" + "<a href='/x'>قسم</a>" * 8},
    ],
)
def test_a_date_beside_the_article_is_not_its_own(beside):
    assert dated(read_html(page(**beside))) == (None, "", "")
    beside = {**beside, "under": SHOWN + beside.get("under", "")}
    assert dated(read_html(page(**beside))) == ("2024-03-12T00:00", "day", "text")


def test_the_date_that_people_see_goes_before_a_stamp_that_says_something_else():
    under = f"<time datetime='{STAMP}'>12 مارس 2024</time>"
    assert dated(read_html(page(under=under))) == ("2024-03-12T00:00", "day", "text")


@pytest.mark.parametrize("place", [f"<h1>{TITLE}</h1>{{}}", f"{{}}<h1>{TITLE}</h1>"])
def test_a_stamp_near_the_headline_dates_the_article(place):
    near = place.format("<time datetime='2024-03-12T10:20'>12 مارس 2024</time>")
    document = page(f"<div>{CARD}</div>").decode().replace(f"<h1>{TITLE}</h1>", near)
    assert dated(read_html(document.encode())) == ("2024-03-12T10:20", "minute", "meta")


def test_a_time_within_the_text_stays_text():
    document = page().decode().replace(BODY[1], BODY[1] + f" بدأ ذلك <time datetime='{STAMP}'>في 5 مايو 2022</time>.")
    found = read_html(document.encode())
    assert found.title == TITLE
    assert any("في 5 مايو 2022" in block.text for block in found.blocks)
    assert found.published_at is None


@pytest.mark.parametrize(
    "bar",
    [
        "<span>الأحد 17 مارس 2024</span>",
        "<span class='date'>17 مارس 2024</span>",
        "<time datetime='2024-03-17'>الأحد 17 مارس 2024</time>",
        "</header><div class='top-bar'><span>الأحد 17 مارس 2024</span></div><header>",
        "</header><div id='today'>الأحد 17 مارس 2024</div><header>",
        "</header><div>اليوم: الأحد 17 مارس 2024</div><header>",
    ],
)
def test_todays_date_in_the_header_bar_is_no_publication_date(bar):
    assert dated(read_html(page(before=bar))) == (None, "", "")
    assert dated(read_html(page(before=bar, under=SHOWN))) == ("2024-03-12T00:00", "day", "text")


def test_a_date_above_the_headline_of_its_article_still_dates_it():
    document = page().decode().replace("<h1>", "<header class='entry-header'><span>12 مارس 2024</span></header><h1>")
    assert dated(read_html(document.encode())) == ("2024-03-12T00:00", "day", "text")
