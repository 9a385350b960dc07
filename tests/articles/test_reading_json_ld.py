"""Whose JSON-LD a page carries, and which addresses are of one site."""

import json

import pytest

from articles.importing.pages import Page
from articles.importing.readers.html import read_html
from articles.importing.readers.html_sites import are_one_site
from tests.articles.test_reading_dates_of_pages import TITLE, address, page_of

OTHER = {
    "@type": "NewsArticle",
    "headline": "إغلاق سوق السمك ثلاثة أيام",
    "url": "https://bridge.example/news/777",
    "datePublished": "2022-05-05T08:00:00Z",
    "author": {"@type": "Person", "name": "هالة النجار"},
}
OWN = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-03-12T10:20:00Z"}


def script(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def listed(article: dict[str, object]) -> dict[str, object]:
    return {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": article}]}


def read(head: str, under: str = "") -> Page:
    return read_html(page_of(head, under).encode())


@pytest.mark.parametrize(
    "data",
    [
        listed(OTHER),
        {"@context": "https://schema.org", "@graph": [listed(OTHER)]},
        {"@type": "WebPage", "mentions": [OTHER]},
        {"@type": "WebPage", "relatedArticles": [OTHER]},
        {"@type": "CollectionPage", "hasPart": [OTHER]},
        listed({**OTHER, "headline": TITLE}),
        # In no list, but with the headline of another article.
        OTHER,
        {key: value for key, value in OTHER.items() if key != "url"},
    ],
)
def test_another_articles_json_ld_neither_dates_nor_signs_nor_addresses_the_page(data):
    page = read(script(data))
    assert (page.url, page.published_at, page.byline) == (None, None, "")
    page = read(script(data) + address("news/5"), "<div>12 مارس 2024</div>")
    assert page.url == "https://bridge.example/news/5"
    assert (page.published_at.date().isoformat(), page.published_from) == ("2024-03-12", "text")


@pytest.mark.parametrize(
    ("data", "canonical"),
    [
        ([listed(OTHER), OWN], ""),
        ({"@graph": [listed(OTHER), {"@type": "WebPage", "mainEntity": OWN}]}, ""),
        # The page's address, under a headline for search engines.
        ({**OWN, "headline": "افتتاح معبر", "url": "https://bridge.example/news/5/"}, "news/5"),
        (
            {**OWN, "headline": "افتتاح معبر", "mainEntityOfPage": {"@id": "https://www.bridge.example/news/5"}},
            "news/5",
        ),
        # The page's headline, at the number that the outlet's system gives the page.
        ({**OWN, "url": "https://bridge.example/?p=915"}, "news/5"),
        ({**OWN, "headline": f"{TITLE} - بوابة النهر"}, "news/5"),
        ({**OWN, "headline": "جسر المشاة الجديد في المدينة القديمة يربط الضفتين"}, ""),
        ({key: value for key, value in OWN.items() if key != "headline"}, "news/5"),
        ({**OWN, "headline": "", "url": "https://bridge.example/"}, "news/5"),
    ],
)
def test_the_pages_own_json_ld_is_found_beside_others(data, canonical):
    page = read(script(data) + (address(canonical) if canonical else ""))
    assert (page.published_at.isoformat(), page.published_from) == ("2024-03-12T10:20:00+00:00", "json-ld")


@pytest.mark.parametrize(
    ("one", "other", "are_one"),
    [
        ("https://www.okaz.com.sa/a", "https://amp.okaz.com.sa/b", True),
        ("https://okaz.com.sa/a", "https://alyaum.com.sa/a", False),
        ("https://a.com.eg/", "https://b.com.eg/", False),
        ("https://a.org.sa/", "https://b.org.sa/", False),
        ("https://news.moi.gov.sa/", "https://moi.gov.sa/", True),
        ("https://moi.gov.sa/", "https://moh.gov.sa/", False),
        ("https://a.co.uk/", "https://b.co.uk/", False),
        ("https://one.blogspot.com/", "https://two.blogspot.com/", False),
        ("https://m.river.example/", "https://river.example/", True),
        ("https://a.gov.xx/", "https://b.gov.xx/", False),
        ("http://192.0.2.1/", "http://192.0.2.1/a", True),
        ("http://192.0.2.1/", "http://198.51.2.1/a", False),
    ],
)
def test_a_site_is_what_is_registered_under_a_public_suffix(one, other, are_one):
    assert are_one_site(one, other) is are_one


def test_a_canonical_link_to_another_site_under_the_same_suffix_names_an_origin():
    head = '<link rel="canonical" href="https://www.alyaum.com.sa/news/5">'
    head += '<meta property="og:url" content="https://www.okaz.com.sa/news/9">'
    page = read(head)
    assert page.url == "https://www.okaz.com.sa/news/9"
    assert page.metadata["canonical_elsewhere"] == "https://www.alyaum.com.sa/news/5"
