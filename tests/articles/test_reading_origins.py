"""What a page's head says of where its text comes from reaches the article's credit."""

import json

import pytest

from articles.importing.readers.html import read_html
from articles.provenance.credits import credit_of
from tests.articles.copies import FLOOD

PARAGRAPHS = "".join(f"<p>{line}</p>" for line in FLOOD)
URL = "https://village.example/news/7"


def page_with(head, *, address=URL):
    document = (
        f"<html lang=ar><head><title>النهر يغلق الجسر</title>{head}</head><body><article><h1>النهر يغلق الجسر</h1>"
    )
    return read_html(f"{document}{PARAGRAPHS}</article></body></html>".encode(), address=address)


def ld(**fields):
    data = {"@type": "NewsArticle", "headline": "النهر يغلق الجسر", **fields}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@pytest.mark.parametrize(
    ("head", "name", "rule"),
    [
        ('<link rel="canonical" href="https://www.aawsat.com/home/article/1">', "الشرق الأوسط", "canonical"),
        ('<link rel="canonical" href="https://harbour.example/1">', "harbour.example", "canonical"),
        (ld(isBasedOn="https://ara.reuters.com/article/1"), "رويترز", "based_on"),
        (ld(isBasedOn={"@type": "NewsArticle", "url": "https://spa.gov.sa/1"}), "وكالة الأنباء السعودية", "based_on"),
        (ld(isBasedOn=[{"publisher": {"name": "الأناضول"}}]), "الأناضول", "based_on"),
        (ld(author={"@type": "Organization", "name": "رويترز"}), "رويترز", "byline"),
    ],
)
def test_the_head_names_an_origin(head, name, rule):
    credit = credit_of(page_with(head))
    assert (credit.name, credit.rule) == (name, rule)


@pytest.mark.parametrize(
    "head",
    [
        "",
        f'<link rel="canonical" href="{URL}">',
        '<link rel="canonical" href="https://amp.village.example/news/7">',
        '<link rel="canonical" href="javascript:alert(1)">',
        ld(isBasedOn=7, author=[None, 3], publisher="x"),
        ld(publisher={"@type": "Organization", "name": "بوابة القرية"}),
    ],
)
def test_what_names_nobody_else_is_no_credit(head):
    assert credit_of(page_with(head)) is None
