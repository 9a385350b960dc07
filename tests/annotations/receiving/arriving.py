"""Files of marks as they arrive, and the articles that they are of."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from annotations.exporting.gathering import records_of
from annotations.exporting.wanted import Wanted
from annotations.exports.format import About
from annotations.exports.formats import FORMATS
from annotations.exports.records import ArticleRecord, Losses
from annotations.models import Annotation
from annotations.receiving.report import Report
from annotations.receiving.running import Asked, receive_file
from articles.importing.canonical import canonical_url
from articles.models import Article, Source
from tests.annotations.exports.samples import EARLIER, LINES, MORNING, TEXT
from tests.articles.factories import add_revision, make_article, make_source

ABOUT = About("Newsdesk", "0.1.0", datetime(2026, 4, 2, 9, 30, tzinfo=UTC), "ليلى", "", "https://elsewhere.example")
EVERYTHING = Wanted(statuses=tuple(Annotation.Status.values))


def stored_sample(*, earlier: bool = True) -> Article:
    """The article of tests.annotations.exports.samples.whole, with the rights to leave."""
    source = make_source("صحيفة الزعفران", key="zafaran.example")
    Source.objects.filter(pk=source.pk).update(rights=Source.Rights.FULL)
    title, *lines = (EARLIER if earlier else TEXT).split("\n")
    kinds = [kind for kind, _ in LINES[1:]]
    article = make_article(
        title=title,
        paragraphs=list(zip(kinds, lines, strict=True)),
        source=source,
        url=canonical_url("https://zafaran.example/2026/03/24/سد"),
        published_at=MORNING,
        byline="كتب: ليث النجار",
        language="ar-SY",
    )
    if earlier:
        add_revision(article, title=title, paragraphs=list(zip(kinds, TEXT.split("\n")[1:], strict=True)))
    return article


def written(path: Path, *records: ArticleRecord, form: str = "jsonl") -> Path:
    with path.open("wb") as file:
        FORMATS[form].write(iter(records), file, ABOUT, Losses())
    return path


def received(path: Path, *records: ArticleRecord, by: User, form: str = "jsonl", **how: Any) -> Report:
    """What comes of a file of these articles."""
    return receive_file(Asked(written(path, *records, form=form), form, by, **how))


def exported(*articles: Article, wanted: Wanted = EVERYTHING) -> list[ArticleRecord]:
    return list(records_of([[article.pk for article in articles]], wanted, Losses()))


def told(report: Report) -> dict[str, int]:
    """The fates that any mark met."""
    return {fate: number for fate, number in report.counts.items() if number}
