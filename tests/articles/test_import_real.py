"""Sample pages and real inputs, through the whole import with every step that follows a new revision."""

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest
from django.utils import timezone

from articles.importing.canonical import canonical_url
from articles.importing.running import import_inputs
from articles.models import Article, Original, Revision

pytestmark = pytest.mark.django_db
REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared" / "data"
EXPECTED = json.loads((REPOSITORY / "tests" / "data" / "fixtures_expected.json").read_text("utf-8"))
SAMPLES = [*EXPECTED["pages"], *EXPECTED["texts"], *EXPECTED["jsonl"]]
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared real inputs are not here")


def texts_of(article: Article, *kinds: str) -> list[str]:
    """The body's blocks of these kinds, or all."""
    revision = article.current_revision
    blocks = [block for block in revision.blocks[1:] if not kinds or block["kind"] in kinds]
    return [revision.text[block["start"] : block["end"]] for block in blocks]


def day_of(article: Article) -> str | None:
    return timezone.localtime(article.published_at).date().isoformat() if article.published_at else None


def counts(paths: list[Path]) -> tuple[int, int, int, int]:
    report = import_inputs(paths)
    return report.created, report.updated, report.unchanged, report.refused


def as_imported(sample: dict) -> dict:
    """The article of a sample in the terms of what is expected of it."""
    known = {"url": canonical_url(sample["url"])} if sample["url"] else {"url": None, "title": sample["title"]}
    article = Article.objects.select_related("source", "current_revision").get(**known)
    body = texts_of(article)
    return {
        "source": article.source.name if sample["source"] else None,
        "title": article.title,
        "byline": article.byline or None,
        "date": day_of(article),
        "first_sentence": body[0][: len(sample["first_sentence"])],
        "last_paragraph": body[-1],
        "headings": texts_of(article, "heading"),
        "paragraphs": len(texts_of(article, "paragraph")),
        "quotations": len(texts_of(article, "quotation")),
        "list_items": len(texts_of(article, "list_item")),
        "of the page around it": [words for words in sample["not_in_text"] if words in article.current_revision.text],
    }


def expected_of(sample: dict) -> dict:
    named = ("source", "title", "byline", "date", "first_sentence", "last_paragraph", "headings", "paragraphs")
    rest = {"quotations": sample.get("quotations", 0), "list_items": sample.get("list_items", 0)}
    return {name: sample[name] for name in named} | rest | {"of the page around it": []}


def test_every_sample_has_its_url_headline_date_and_nothing_of_the_page_around_it():
    assert counts([REPOSITORY / "fixtures"]) == (len(SAMPLES), 0, 0, 0)
    for sample in SAMPLES:
        assert as_imported(sample) == expected_of(sample), sample["path"]
    assert counts([REPOSITORY / "fixtures"]) == (0, 0, len(SAMPLES), 0)


@needs_shared
def test_the_republished_article_is_the_republishers_with_its_headline_first():
    assert counts([SHARED / "articles" / "000_a9a89ce97942bf35.txt"]) == (1, 0, 0, 0)
    article = Article.objects.get()
    text = article.current_revision.text
    assert (article.source.name, article.source.kind) == ("موقع كتاكيت", "republisher")
    assert text.startswith("جهود مكثفة في واشنطن لرأب التصدعات المتزايدة مع إسرائيل\nتكثفت ضغوط مجلس الأمن")
    assert "كتاكيت" not in text
    assert text.endswith("إصلاحاً حقيقياً للسلطة الفلسطينية».")
    assert len(texts_of(article, "heading")) == 4


@needs_shared
def test_the_real_pages_are_imported_under_their_urls_and_days():
    assert counts([SHARED / "html"]) == (7, 0, 0, 0)
    for name, gold in json.loads((SHARED / "html" / "gold.json").read_text("utf-8")).items():
        article = Article.objects.get(url=canonical_url(gold["url"]))
        assert day_of(article) == gold["date"], name


@needs_shared
def test_a_thousand_real_records_are_imported_once(tmp_path, settings):
    with gzip.open(SHARED / "articles" / "saudinewsnet.jsonl.gz", "rb") as file:
        (tmp_path / "records.jsonl").write_bytes(b"".join(islice(file, 1000)))
    # The other inputs of this module go through every step; a thousand of them would take half a minute.
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]
    assert counts([tmp_path]) == (1000, 0, 0, 0)
    rows = [model.objects.count() for model in (Article, Revision, Original)]
    assert counts([tmp_path]) == (0, 0, 1000, 0)
    assert [model.objects.count() for model in (Article, Revision, Original)] == rows == [1000] * 3
