"""What a source's rights let out, by every way: pages for visitors, feeds, mails, files of searches and of marks."""

import io
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from annotations.exports.formats import FORMATS
from articles.delivering.mailing import mail_search
from articles.models import Article, Source
from articles.naming.counting import settle_all_counts
from tests.accounts import make_user
from tests.annotations.marks import make_mark
from tests.annotations.requests import signed_in
from tests.articles.delivering.found import FILLER, keep
from tests.articles.delivering.mailed import mailed_search, settled_article
from tests.articles.factories import make_article, make_mention, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mail_is_offered")]
FULL, EXCERPT, INTERNAL = Source.Rights.FULL, Source.Rights.EXCERPT, Source.Rights.INTERNAL
# Words that stand nowhere else: a name in the headline, the outlet, words that are marked, a sentence far from them.
TITLE, OUTLET, QUOTE, FAR = "زهرنبات تفتتح مرصدها", "صحيفة الخزامى", "لن يغلق المرصد أبوابه", "قِنطارياءُ المرصد"
NAME = "كيوان الراصد"
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
PARAGRAPHS = [f"قال {NAME}: «{QUOTE}».", *FILLER, f"وبقيت {FAR} في مكانها."]


def told(words: str) -> str:
    """Which of the words are there, a letter each: h(eadline), o(utlet), q(uote), f(ar from it)."""
    known = {"h": TITLE, "o": OUTLET, "q": QUOTE, "f": FAR}
    return "".join(letter for letter, one in known.items() if one in words)


@pytest.fixture
def mail_is_offered(settings) -> None:
    settings.MAIL_SEARCHES, settings.BASE_URL = True, "https://desk.example"


@pytest.fixture
def article(settings) -> Article:
    settings.PUBLIC_READING = True
    # Of an outlet whose rights are others.
    make_article(title="لقاء", paragraphs=[f"حضر {NAME} اللقاء."], source=make_source("صحيفة أخرى"))
    article = settled_article(title=TITLE, paragraphs=PARAGRAPHS, source=make_source(OUTLET))
    annotator = make_user("annotator")
    for kind in ("quote", "claim"):
        make_mark(article, QUOTE, by=annotator, kind=kind)
    make_mention(article, NAME)
    return article


def content(response: HttpResponseBase) -> str:
    if response.status_code != 200:
        return ""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    return unpacked(raw)


def unpacked(raw: bytes) -> str:
    """What stands in a file, also in the files that are packed in it, with letters as letters."""
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        return ESCAPED.sub(lambda code: chr(int(code[1], 16)), unescape(raw.decode(errors="replace")))
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        return "\n".join(unpacked(packed.read(name)) for name in packed.namelist())


def visited(address: Callable[[Article], str]) -> Callable[[Article], str]:
    return lambda article: content(Client().get(address(article)))


def downloaded(ending: str) -> Callable[[Article], str]:
    return lambda article: content(
        signed_in(make_user("reader")).get(reverse("export"), {"format": ending, "q": "كيوان"})
    )


def mailed(article: Article) -> str:
    mail_search(mailed_search("q=كيوان").pk)
    return "\n".join(sent.body + str(sent.alternatives[0][0]) for sent in mail.outbox)


def saved_feed(article: Article) -> str:
    return content(Client().get(reverse("search_feed", args=[keep("q=كيوان").token])))


def marks_downloaded(article: Article) -> str:
    choices = {"format": "jsonl", "kinds": ["quote", "speaker", "claim"], "mentions": "on"}
    return content(signed_in(make_user("reader")).post(f"/exports/new/?article={article.pk}", choices))


SEARCHED = "?q=كيوان"
# What is told of an article of a source with the rights full, excerpt, internal; see `told`.
WAYS: dict[str, tuple[Callable[[Article], str], str, str, str]] = {
    "the list for visitors": (visited(lambda article: reverse("article_list")), "hoq", "hoq", ""),
    "a search of visitors": (visited(lambda article: reverse("article_list") + SEARCHED), "hoq", "hoq", ""),
    "facets for visitors": (visited(lambda article: reverse("article_facets") + SEARCHED), "o", "o", ""),
    "the article for visitors": (visited(Article.get_absolute_url), "hoqf", "hoqf", ""),
    "the ledger for visitors": (visited(lambda article: reverse("ledger", args=[article.pk])), "oq", "oq", ""),
    "marks by the API for visitors": (
        visited(lambda article: reverse("api_article_marks", args=[article.pk])), "q", "q", "",
    ),
    "a comparison for visitors": (
        visited(lambda article: reverse("compare", args=[article.pk, article.pk])), "hoqf", "hoqf", "",
    ),
    "a name's page for visitors": (
        visited(lambda article: article.current_revision.mentions.get().entity.get_absolute_url()), "hoq", "hoq", "",
    ),
    "the public feed": (visited(lambda article: reverse("public_feed") + SEARCHED), "hoq", "hoq", ""),
    "the feed of a saved search": (saved_feed, "hoq", "hoq", ""),
    "the mail of a saved search": (mailed, "hoq", "hoq", ""),
    "a Word digest for members": (downloaded("docx"), "hoq", "hoq", "ho"),
    "an Excel sheet for members": (downloaded("xlsx"), "hoq", "hoq", "ho"),
    "a CSV for members": (downloaded("csv"), "hoq", "hoq", "ho"),
    "marks that a member exports": (marks_downloaded, "hoqf", "hoq", ""),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("rights", [FULL, EXCERPT, INTERNAL])
def test_no_way_out_tells_more_than_the_rights_of_the_source_let_out(article, way, rights):
    Source.objects.filter(name=OUTLET).update(rights=rights)
    tell, *expected = WAYS[way]
    found = told(tell(article))
    assert found == expected[[FULL, EXCERPT, INTERNAL].index(rights)]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("rights", [FULL, EXCERPT, INTERNAL])
def test_no_format_tells_more_than_the_rights_of_the_source_let_out(article, tmp_path: Path, form, rights):
    Source.objects.filter(name=OUTLET).update(rights=rights)
    path = tmp_path / "file"
    call_command("export_annotations", "--format", form, "--output", str(path), "--mentions")
    found = told(unpacked(path.read_bytes()))
    if rights == INTERNAL:
        assert found == ""
    elif rights == EXCERPT:
        assert "f" not in found
    # Tools for corpora take words apart.
    elif form != "conll":
        assert "q" in found


@pytest.mark.parametrize("rights", [FULL, EXCERPT, INTERNAL])
def test_members_read_all_of_every_source_here(article, rights):
    Source.objects.filter(name=OUTLET).update(rights=rights)
    client = signed_in(make_user("reader"))
    assert told(content(client.get(article.get_absolute_url()))) == "hoqf"
    assert told(content(client.get(reverse("article_list"), {"q": "كيوان"}))) == "hoq"


def test_a_source_begins_with_excerpts():
    assert make_source("وسيلة جديدة").rights == EXCERPT


def test_the_desk_sets_the_rights_of_many_sources_at_once(article):
    moderator = make_user("moderator")
    moderator.is_staff = True
    moderator.save()
    chosen = {"action": "keep_inside", "_selected_action": [article.source_id]}
    signed_in(moderator).post(reverse("admin:articles_source_changelist"), chosen)
    assert Source.objects.get(name=OUTLET).rights == INTERNAL


def test_who_may_not_find_a_source_does_not_learn_of_it_by_asking_for_its_name(article):
    Source.objects.filter(name=OUTLET).update(rights=INTERNAL)
    page = content(Client().get(reverse("article_list"), {"q": f'وسيلة:"{OUTLET}"'}))
    assert "لا وسيلة إعلام باسم" in page


@pytest.mark.parametrize("rights", [FULL, EXCERPT, INTERNAL])
def test_whoever_is_named_in_internal_articles_alone_is_not_known_to_visitors(article, rights):
    Source.objects.filter(name=OUTLET).update(rights=rights)
    mention = make_mention(article, "المرصد")
    settle_all_counts()
    listed = content(Client().get(reverse("people")))
    page = content(Client().get(mention.entity.get_absolute_url()))
    assert ("المرصد" in listed, "المرصد" in page) == (rights != INTERNAL, rights != INTERNAL)
