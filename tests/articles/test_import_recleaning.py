"""Pages that an older cleaner read are read again: a revision where the text comes out another, nothing where not."""

import gzip
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.importing.cleaning import CLEANER_VERSION
from articles.importing.composing import compose_lines
from articles.importing.pages import Block
from articles.importing.running import import_inputs
from articles.importing.storing import fingerprint
from articles.models import Article, Original, Revision
from tests.articles.factories import make_source
from tests.articles.test_import_evidence import FIRST, SECOND, THIRD, TITLE

pytestmark = pytest.mark.django_db
URL = "https://marsa.example/news/77"
CAPTION = "صيادون في السوق القديم"
DATA = (
    f"<html lang='ar'><head><title>{TITLE}</title><link rel='canonical' href='{URL}'></head><body><article>"
    f"<h1>{TITLE}</h1><p>{FIRST}</p><figure><img src='/media/market.jpg'><figcaption>{CAPTION}</figcaption></figure>"
    f"<p>{SECOND}</p><p>{THIRD}</p></article></body></html>"
).encode()


@pytest.fixture(autouse=True)
def _one_step(settings):
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]


def stored_by_an_older_cleaner(*lines: str) -> Article:
    """The page's article, as if these lines had been read from the page long ago."""
    article = Article.objects.create(source=make_source("المرسى", key="marsa.example"), url=URL, title=TITLE)
    original = Original.objects.create(
        article=article, media_type="text/html", sha256=fingerprint(DATA), compressed=gzip.compress(DATA)
    )
    composed = compose_lines([Block("heading", TITLE), *(Block("paragraph", line) for line in lines)])
    article.current_revision = Revision.objects.create(
        article=article,
        number=1,
        text=composed.text,
        blocks=composed.blocks,
        content_hash=composed.content_hash,
        cleaner_version="1",
        original=original,
    )
    article.save()
    return article


def imported_again(article: Article, folder: Path) -> Revision:
    (folder / "page.html").write_bytes(DATA)
    import_inputs([folder])
    article.refresh_from_db()
    return article.current_revision


def test_a_text_that_comes_out_another_is_a_revision_with_its_evidence(tmp_path):
    article = stored_by_an_older_cleaner(FIRST, CAPTION, SECOND, THIRD)
    revision = imported_again(article, tmp_path)
    assert (revision.number, revision.cleaner_version) == (2, CLEANER_VERSION)
    assert revision.text.split("\n") == [TITLE, FIRST, SECOND, THIRD]
    assert [(piece["caption"], piece["after"]) for piece in revision.evidence] == [(CAPTION, 1)]


def test_a_text_that_comes_out_the_same_is_no_revision(tmp_path):
    article = stored_by_an_older_cleaner(FIRST, SECOND, THIRD)
    assert imported_again(article, tmp_path).number == 1
    assert article.revisions.count() == 1


def stored_rows() -> list[tuple]:
    return [row for model in (Article, Original, Revision) for row in model.objects.order_by("pk").values_list()]


def test_a_page_that_an_older_cleaner_read_is_read_again_once(tmp_path):
    article = stored_by_an_older_cleaner(FIRST, SECOND, THIRD)
    imported_again(article, tmp_path)
    article.as_read.pop("cleaner_version")
    article.save()
    assert import_inputs([tmp_path]).unchanged == 1
    article.refresh_from_db()
    assert article.as_read["cleaner_version"] == CLEANER_VERSION
    assert article.current_revision.cleaner_version == "1"
    rows = stored_rows()
    with CaptureQueriesContext(connection) as asked:
        assert import_inputs([tmp_path]).unchanged == 1
    assert not any("pg_advisory_xact_lock" in query["sql"] for query in asked), "the page was read again"
    assert stored_rows() == rows


def test_an_older_copy_notes_nothing_of_the_current_text(tmp_path):
    article = stored_by_an_older_cleaner(FIRST, SECOND, THIRD)
    imported_again(article, tmp_path)
    composed = compose_lines([Block("heading", TITLE), Block("paragraph", FIRST)])
    article.current_revision = Revision.objects.create(
        article=article, number=2, text=composed.text, blocks=composed.blocks, content_hash=composed.content_hash,
        cleaner_version="1",
    )  # fmt: skip
    article.as_read.pop("cleaner_version")
    article.save()
    assert import_inputs([tmp_path]).unchanged == 1
    article.refresh_from_db()
    assert "cleaner_version" not in article.as_read
