"""The Word digest, read again by python-docx and looked at as XML where Word is particular."""

import io

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from articles.delivering import digest
from articles.models import Article
from tests.accounts import make_user
from tests.articles.delivering.found import BRIDGE, FILLER, article_in_index
from tests.articles.factories import make_article, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def newsroom(settings):
    settings.TIME_ZONE = "Asia/Riyadh"


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def digest_of(client, query: str = "q=الجسر"):
    response = client.get(f"{reverse('export')}?format=docx&{query}")
    assert response.status_code == 200
    return Document(io.BytesIO(b"".join(response.streaming_content)))


def lines(document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def headings(document, level: int) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == f"Heading {level}"]


def test_a_digest_says_what_was_asked_and_when_it_was_made(reader):
    source = article_in_index(source=make_source("قناة الأفق")).source_id
    make_article(source=make_source("الميناء"))
    told = lines(digest_of(reader, f"q=الجسر&source={source}&since=2024-01-01"))
    assert told[0] == "تقرير رصد"
    assert told[1:4] == ["كلمات البحث: الجسر", "وسيلة الإعلام: قناة الأفق", "من يوم: 1 يناير 2024"]
    assert told[4].startswith("مادة واحدة. أُعدّ هذا التقرير في ")


def test_each_article_has_its_headline_as_a_link_its_source_date_and_passages(reader):
    article = article_in_index(
        title="جسر الوادي", paragraphs=[*FILLER, BRIDGE], byline="سلمى الهادي", source=make_source("قناة الأفق")
    )
    document = digest_of(reader)
    headline = next(paragraph for paragraph in document.paragraphs if paragraph.style.name == "Heading 2")
    (link,) = headline.hyperlinks
    assert (link.text, link.address) == ("جسر الوادي", article.url)
    assert "قناة الأفق · 27 مارس 2024، 12:30 · سلمى الهادي" in lines(document)
    passages = [paragraph for paragraph in document.paragraphs if "سلمى الهادي إن" in paragraph.text]
    assert [run.text for passage in passages for run in passage.runs if run.font.bold] == ["الجسر"]
    assert any("سلمى الهادي إن الجسر الجديد" in line for line in lines(document))
    assert all(FILLER[20] not in line for line in lines(document))


def test_an_article_without_an_address_of_its_own_leads_to_its_page_here(reader):
    article = article_in_index()
    Article.objects.filter(pk=article.pk).update(url=None, key="k")
    (link,) = [link for paragraph in digest_of(reader).paragraphs for link in paragraph.hyperlinks]
    assert link.address == f"http://testserver/articles/{article.pk}/"


def test_arabic_runs_from_right_to_left_in_every_paragraph_and_run(reader):
    article_in_index(paragraphs=[*FILLER, BRIDGE])
    document = digest_of(reader)
    arabic = [
        paragraph
        for paragraph in document.paragraphs
        if any("\u0600" <= letter <= "\u06ff" for letter in paragraph.text)
    ]
    assert len(arabic) >= 6
    for paragraph in arabic:
        assert paragraph._p.pPr.find(qn("w:bidi")) is not None, paragraph.text
        runs = [*paragraph.runs, *(run for link in paragraph.hyperlinks for run in link.runs)]
        for run in runs:
            if any("\u0600" <= letter <= "\u06ff" for letter in run.text):
                assert run.font.rtl, run.text
            if run.font.bold:
                assert run.font.cs_bold
    assert document.sections[0]._sectPr.find(qn("w:bidi")) is not None


def test_elements_stand_in_the_order_that_word_demands(reader):
    article_in_index(paragraphs=[*FILLER, BRIDGE])
    document = digest_of(reader)
    order = [
        "pStyle",
        "keepNext",
        "keepLines",
        "pBdr",
        "tabs",
        "bidi",
        "spacing",
        "ind",
        "contextualSpacing",
        "jc",
        "outlineLvl",
    ]
    found = [[child.tag.partition("}")[2] for child in paragraph._p.pPr] for paragraph in document.paragraphs]
    assert all(tags == sorted(tags, key=order.index) for tags in found)
    section = [child.tag.partition("}")[2] for child in document.sections[0]._sectPr]
    assert section.index("cols") < section.index("bidi") < section.index("docGrid")


def test_an_english_article_keeps_its_direction_in_an_arabic_digest(reader):
    article_in_index(title="Bridge opens", paragraphs=["The new bridge opens on Monday."], language="en")
    document = digest_of(reader, "q=bridge")
    headline = next(paragraph for paragraph in document.paragraphs if paragraph.text == "Bridge opens")
    assert headline._p.pPr.find(qn("w:bidi")) is None
    assert not headline.hyperlinks[0].runs[0].font.rtl


def test_articles_stand_under_their_days_the_newest_first(reader):
    day = make_article(title="جسر أ").published_at
    make_article(title="جسر ب", published_at=day.replace(day=28, hour=22))  # The 29th in Riyadh.
    make_article(title="جسر ج", published_at=None)
    index_everything()
    document = digest_of(reader, "q=جسر&sort=oldest")
    assert headings(document, 1) == ["الجمعة 29 مارس 2024", "الأربعاء 27 مارس 2024", "بلا تاريخ"]
    assert headings(document, 2) == ["جسر ب", "جسر أ", "جسر ج"]


def test_articles_stand_under_their_sources_where_that_is_asked_for(reader):
    for source in ("أ", "ب", "ب"):
        make_article(source=make_source(source))
    index_everything()
    assert headings(digest_of(reader, "q=الجسر&group=source"), 1) == ["ب", "أ"]
    assert len(headings(digest_of(reader, "q=الجسر&group=nonsense"), 1)) == 1


def test_a_digest_of_too_many_says_how_many_there_are(reader, monkeypatch):
    monkeypatch.setattr(digest, "MOST_ARTICLES", 2)
    for _ in range(5):
        make_article()
    index_everything()
    document = digest_of(reader)
    assert len(headings(document, 2)) == 2
    assert "عدد النتائج 5، وفي هذا التقرير 2 منها. ضيّق البحث ليضمّها التقرير كلها." in lines(document)


def test_pages_are_numbered(reader):
    article_in_index()
    footer = digest_of(reader).sections[0].footer.paragraphs[0]
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert footer.text.split() == ["الصفحة", "من"]


def test_what_is_not_published_says_so(client):
    client.force_login(make_user("editor"))
    article_in_index(status="pending")
    assert any(line.endswith("قيد المراجعة") for line in lines(digest_of(client)))


def test_characters_that_word_does_not_know_break_no_digest(reader):
    article_in_index(title="جسر \x0bالوادي\ufffe", byline="سلمى\x01", source=make_source("قناة \x02الأفق"))
    assert headings(digest_of(reader), 2) == ["جسر الوادي"]


def test_a_digest_of_what_holds_some_of_the_words_says_so(reader):
    article_in_index()
    line = "لا مادة تحوي الكلمات كلها، وهذه مواد تحوي بعضها."
    document = digest_of(reader, "q=الجسر والطائرة")
    assert len(headings(document, 2)) == 1
    assert line in lines(document)
    assert line not in lines(digest_of(reader))


def test_a_digest_of_nothing_is_a_digest(reader):
    article_in_index()
    assert headings(digest_of(reader, "q=طائرة"), 2) == []
