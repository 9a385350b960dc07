"""Pages as bad as they come: each is imported or refused with one line, and none costs the others anything."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from lxml.etree import tostring
from lxml.html import document_fromstring

from articles.importing.decoding.encoding import decode
from articles.importing.pages import Page, Refused
from articles.importing.readers.html import read_html
from articles.importing.readers.html_nesting import flatten_link_farms
from articles.importing.running import import_inputs
from articles.models import Article, ImportItem, Revision
from tests.articles.mangling import mangled
from tests.articles.pages import FIRST, SECOND, TITLE

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures" / "pages").glob("*.html"))
MUTATIONS_OF_EACH = 15
GOOD = 12
# Calls of functions for each byte of a page, and for any page at all: twice what the worst page here takes.
CALLS_PER_BYTE, CALLS = 40, 1_000_000
NESTED = {
    "table": ("<table><tr><td>", "</td></tr></table>"),
    "open table": ("<table>", ""),
    "div": ("<div>", "</div>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "list": ("<ul><li>", "</li></ul>"),
    "bold": ("<b>", "</b>"),
    "link": ("<a href='/x'>", "</a>"),
    "paragraph": ("<p>", "</p>"),
    "figure": ("<figure>", "</figure>"),
    "section": ("<section><article>", "</article></section>"),
}
DEPTH = 10_000


@pytest.fixture(scope="module")
def bad_pages() -> dict[str, bytes]:
    """By file name; each is of a site of its own, so that none is a new state of another."""
    pages = [decode(file.read_bytes()) for file in FIXTURES]
    return {
        f"bad-{seed:03}.html": mangled(pages[seed % len(pages)].replace(".example", f"-{seed}.example"), seed)
        for seed in range(len(pages) * MUTATIONS_OF_EACH)
    }


def good_page(number: int) -> str:
    return (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{TITLE} {number}</title>"
        f"<link rel='canonical' href='https://village.example/{number}'></head><body><article>"
        f"<h1>{TITLE} {number}</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    )


def nested(opening: str, closing: str, inside: str) -> bytes:
    head = (
        f"<html><head><meta charset='utf-8'><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{FIRST}</p>"
    )
    return f"{head}{opening * DEPTH}<p>{inside}</p>{closing * DEPTH}</article></body></html>".encode()


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """How many functions are called, written into the one number of the list: the same on every machine."""
    calls = [0]

    def count(frame, event, argument):
        calls[0] += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def read(data: bytes) -> Page | Refused:
    try:
        return read_html(data, key="bad.html")
    except Refused as refusal:
        return refusal


@pytest.mark.django_db
def test_two_hundred_and_forty_bad_pages_are_each_imported_or_refused_and_good_ones_among_them_stay_whole(
    bad_pages, tmp_path
):
    assert len(bad_pages) >= 200
    for name, data in bad_pages.items():
        (tmp_path / name).write_bytes(data)
    for number in range(GOOD):
        (tmp_path / f"bad-{number * 20:03}-good.html").write_text(good_page(number), encoding="utf-8")
    report = import_inputs([tmp_path])
    assert report.created + report.updated + report.unchanged + report.refused == len(bad_pages) + GOOD
    reasons = [item.reason for item in ImportItem.objects.filter(outcome="refused")]
    assert len(reasons) == report.refused
    assert all(reason.strip() and "\n" not in reason and "غير متوقع" not in reason for reason in reasons)
    # The mutations are not so kind that all is read, nor so cruel that nothing is.
    assert len(bad_pages) * 0.2 < report.created < len(bad_pages)
    for number in range(GOOD):
        good = Article.objects.get(url=f"https://village.example/{number}").current_revision
        assert good.text.split("\n") == [f"{TITLE} {number}", FIRST, SECOND]
    for revision in Revision.objects.all():
        lines = [revision.text[block["start"] : block["end"]] for block in revision.blocks]
        assert "\n".join(lines) == revision.text


def test_no_bad_page_takes_long_for_its_size(bad_pages):
    for name, data in bad_pages.items():
        with counted_calls() as calls:
            read(data)
        assert calls[0] < CALLS + CALLS_PER_BYTE * len(data), name


@pytest.mark.parametrize("name", NESTED)
def test_what_is_nested_ten_thousand_deep_costs_its_own_page_at_most(name):
    data = nested(*NESTED[name], SECOND)
    with counted_calls() as calls:
        page = read(data)
    assert calls[0] < CALLS + CALLS_PER_BYTE * len(data)
    if isinstance(page, Page):
        assert page.title == TITLE
        assert FIRST in [block.text for block in page.blocks]
    else:
        assert "\n" not in str(page)


def link_farm(depth: int, text: str = "") -> bytes:
    links = "".join(f"<p><a href='/{number}'>خبر قصير رقم {number} عن السوق</a></p>" for number in range(4000))
    head = f"<html lang='ar'><head><meta charset='utf-8'><title>{TITLE}</title></head><body><h1>{TITLE}</h1>"
    return f"{head}{'<div>' * depth}{text}{links}{'</div>' * depth}</body></html>".encode()


def test_thousands_of_links_cost_little_more_where_they_are_nested_deep():
    with counted_calls() as flat:
        read(link_farm(2))
    with counted_calls() as deep:
        refusal = read(link_farm(240))
    assert deep[0] < 4 * flat[0]
    assert "قائمة روابط" in str(refusal)


def test_an_article_among_thousands_of_links_that_are_nested_deep_is_found():
    text = "".join(f"<p>{line}</p>" for line in (FIRST, SECOND, FIRST + " وأكثر", SECOND + " وأكثر"))
    page = read(link_farm(200, text))
    assert {FIRST, SECOND} <= {block.text for block in page.blocks}


def test_flattening_a_link_farm_keeps_its_words_and_links_and_leaves_other_pages_alone():
    tree, plain = (document_fromstring(link_farm(depth)) for depth in (240, 6))
    farm = tree.text_content()
    flatten_link_farms(tree)
    assert len(tree.findall(".//div")) < 20
    assert (tree.text_content(), len(tree.findall(".//a"))) == (farm, 4000)
    before = tostring(plain)
    flatten_link_farms(plain)
    assert tostring(plain) == before


@pytest.mark.django_db
def test_pages_nested_ten_thousand_deep_are_imported_beside_others(tmp_path):
    for name, tags in NESTED.items():
        (tmp_path / f"{name}.html").write_bytes(nested(*tags, SECOND))
    (tmp_path / "good.html").write_text(good_page(1), encoding="utf-8")
    report = import_inputs([tmp_path])
    assert report.created + report.updated + report.unchanged + report.refused == len(NESTED) + 1
    assert not ImportItem.objects.filter(reason__contains="غير متوقع").exists()
    assert Article.objects.filter(url="https://village.example/1").exists()
