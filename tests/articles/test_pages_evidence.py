"""What stands beside the text, as readers see it on the article's page."""

import pytest

from articles.importing.evidence.posts import PLATFORMS
from articles.models import Revision
from articles.templatetags.evidence import PLATFORM_NAMES
from tests.accounts import make_user
from tests.articles.factories import make_article
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db

FIGURE = {
    "kind": "figure",
    "after": 0,
    "address": "https://pictures.example/market.jpg",
    "alt": "سوق",
    "caption": "صيادون في السوق",
    "credit": "رويترز",
}
TABLE = {
    "kind": "table",
    "after": 1,
    "caption": "الدكاكين بالأرقام",
    "heads": 1,
    "rows": [["العام", "العدد"], ["2020", "22"], ["2024", "<b>40</b>"]],
    "cut": True,
}
POST = {
    "kind": "post",
    "after": 1,
    "platform": "telegram",
    "address": "https://t.me/marsa/5",
    "handle": "@marsa",
    "author": "المرسى",
    "text": "السوق مفتوح\nأهلاً بكم",
}


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def page_with(client, *evidence: dict, **article):
    """The page of an article of two paragraphs with this evidence."""
    found = make_article(paragraphs=["فقرة أولى عن السوق.", "فقرة ثانية عنه."], **article)
    before = found.current_revision
    found.current_revision = Revision.objects.create(
        article=found,
        number=2,
        text=before.text,
        blocks=before.blocks,
        evidence=list(evidence),
        content_hash=before.content_hash,
        cleaner_version="test",
    )
    found.save()
    response = client.get(found.get_absolute_url())
    assert response.status_code == 200
    return page_in(response)


def test_evidence_stands_between_the_lines_in_its_order_and_is_no_part_of_them(reader):
    page = page_with(reader, FIGURE, TABLE, POST, {**POST, "after": 9})
    (text,) = with_class(page, "article-text")
    kinds = [child.get("class", "").removeprefix("evidence evidence-") or child.tag for child in text]
    assert kinds == ["figure", "p", "table", "post", "p", "post"]
    assert not page.xpath("//*[@data-start]//figure | //figure//*[@data-start]")


def test_a_picture_is_a_link_and_is_never_loaded(reader):
    page = page_with(reader, FIGURE)
    (figure,) = with_class(page, "evidence-figure")
    assert page.xpath("//article//img | //article//iframe") == []
    assert figure.xpath(".//a/@href") == [FIGURE["address"]]
    assert figure.xpath(".//a/@rel") == ["nofollow noopener noreferrer"]
    assert words(figure) == "صيادون في السوق الصورة: رويترز افتحها في pictures.example"


def test_a_picture_without_caption_shows_its_description_unless_it_is_the_headline(reader):
    bare = {**FIGURE, "caption": "", "credit": ""}
    (figure,) = with_class(page_with(reader, bare), "evidence-figure")
    assert words(figure.find(".//figcaption")) == "سوق"
    (figure,) = with_class(page_with(reader, {**bare, "alt": "افتتاح السوق"}, title="افتتاح السوق"), "evidence-figure")
    assert figure.find(".//figcaption") is None


def test_a_table_is_a_table_with_its_heads_and_what_it_holds_is_text(reader):
    (figure,) = with_class(page_with(reader, TABLE), "evidence-table")
    assert [words(cell) for cell in figure.xpath(".//thead//th")] == ["العام", "العدد"]
    assert [words(cell) for cell in figure.xpath(".//td")] == ["2020", "22", "2024", "<b>40</b>"]
    assert figure.xpath(".//td/b") == []
    assert words(figure.find(".//figcaption")) == "الدكاكين بالأرقام"
    assert "للجدول بقية في الصفحة الأصلية." in words(figure)


def test_cells_over_several_places_are_shown_over_these_and_leave_no_blanks(reader):
    table = {**TABLE, "heads": 2, "spans": [[0, 0, 3, 1], [0, 1, 1, 2], [2, 0, 2, 1], [3, 1, 1, 2]]}
    table["rows"] = [["العام", "العدد", ""], ["", "مؤجرة", "خالية"], ["2020", "18", "4"], ["", "40", ""]]
    (figure,) = with_class(page_with(reader, table), "evidence-table")
    shown = [(words(cell), cell.get("rowspan"), cell.get("colspan")) for cell in figure.xpath(".//th | .//td")]
    assert shown == [
        *[("العام", "2", None), ("العدد", None, "2"), ("مؤجرة", None, None), ("خالية", None, None)],
        *[("2020", "2", None), ("18", None, None), ("4", None, None), ("40", None, "2")],
    ]


def test_a_post_says_where_it_was_and_whose_it_is(reader):
    (figure,) = with_class(page_with(reader, POST), "evidence-post")
    assert words(figure.find(".//figcaption")) == "منشور على تيليغرام المرسى @marsa"
    quoted = figure.find(".//blockquote")
    assert [part.strip() for part in quoted.itertext()] == ["السوق مفتوح", "أهلاً بكم"]
    assert figure.xpath(".//a/@href") == [POST["address"]]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", ""])
def test_an_address_that_is_none_is_no_link(reader, address):
    page = page_with(reader, {**FIGURE, "address": address}, {**POST, "address": address})
    assert [figure.xpath(".//a") for figure in with_class(page, "evidence")] == [[], []]


def test_markup_in_a_piece_stays_text(reader):
    hostile = '<script>x</script>" onclick="x'
    page = page_with(
        reader,
        {**FIGURE, "caption": hostile, "credit": hostile},
        {**POST, "author": hostile, "handle": hostile, "text": hostile, "platform": hostile},
        {**TABLE, "caption": hostile},
    )
    assert page.xpath("//article//script | //article//@onclick") == []
    assert words(with_class(page, "evidence-figure")[0]).count("<script>") == 2


def test_every_platform_has_a_name():
    assert set(PLATFORM_NAMES) == set(PLATFORMS)
