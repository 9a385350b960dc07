"""What a person pastes becomes an article."""

import pytest
from django.contrib.auth import get_user_model

from articles.importing.pages import Refused
from articles.importing.pasting import import_pasted
from articles.models import Article, Source
from tests.articles.pages import FIRST, SECOND, TITLE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_step(settings):
    """The steps that follow a revision have tests of their own; one is enough here."""
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("salwa")


def html(link: str = "") -> str:
    return (
        f"<!DOCTYPE html><html lang='ar'><head><title>{TITLE}</title>{link}</head><body>"
        f"<nav><a href='/'>الرئيسية</a></nav><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p>"
        "</article></body></html>"
    )


def test_a_pasted_text_is_an_article_of_its_own_source(editor):
    article = import_pasted(f"{TITLE}\r\n\r\n{FIRST}\r\n{SECOND}", by=editor)
    assert article.current_revision.text == f"{TITLE}\n{FIRST}\n{SECOND}"
    assert (article.source.key, article.source.name) == ("pasted", "مواد ملصقة")


def test_the_same_paste_twice_is_the_same_article(editor):
    first = import_pasted(f"{TITLE}\n{FIRST}", by=editor)
    assert import_pasted(f"  {TITLE}\r\n\r\n {FIRST}\r\n", by=editor) == first
    assert import_pasted(f"{TITLE}\n{SECOND}", by=editor) != first
    assert Article.objects.count() == 2


def test_a_pasted_page_is_read_as_one(editor):
    article = import_pasted(html(), by=editor)
    assert article.title == TITLE
    assert "الرئيسية" not in article.current_revision.text
    assert article.source.key == "pasted"


def test_a_pasted_page_that_names_its_url_is_that_pages_article(editor):
    link = '<link rel="canonical" href="https://village.example/7">'
    article = import_pasted(html(link), by=editor)
    assert (article.url, article.source.key) == ("https://village.example/7", "village.example")
    assert import_pasted(html(link), by=editor) == article


def test_a_pasted_page_that_names_only_its_site_belongs_to_that_site(editor):
    tag = '<meta property="og:site_name" content="بوابة القرية">'
    article = import_pasted(html(tag), by=editor)
    assert (article.url, article.source.name) == (None, "بوابة القرية")
    assert import_pasted(html(tag), by=editor) == article


def test_a_text_that_mentions_a_tag_is_still_a_text(editor):
    text = f"{TITLE}\n{FIRST}\nوكُتب على اللوحة <المدخل> بخط كبير."
    assert "<المدخل>" in import_pasted(text, by=editor).current_revision.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "ألصق"),
        (" \n ", "ألصق"),
        ("خبر عاجل", "أقصر"),
        ("!!!", "لا نص"),
        ("<html><body></body></html>", "لا نص|نص مادة|ليست صفحة"),
    ],
)
def test_what_is_no_article_is_refused_with_a_line_for_the_person(editor, text, reason):
    with pytest.raises(Refused, match=reason):
        import_pasted(text, by=editor)
    assert not Source.objects.exists()


def test_a_paste_over_the_limit_is_refused(editor, settings):
    settings.IMPORT_MAX_BYTES = 1000
    with pytest.raises(Refused, match="أكبر من الحد"):
        import_pasted(FIRST * 20, by=editor)


def test_half_a_surrogate_pair_or_a_nul_in_a_paste_is_no_trouble(editor):
    assert import_pasted(f"{TITLE}\n{FIRST}\ud83d\x00", by=editor).current_revision.text == f"{TITLE}\n{FIRST}"
