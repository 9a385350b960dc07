"""What a table says of each article, one row each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.delivering.excerpts import Excerpt, Excerpts, plain
from articles.delivering.plain_text import printable, web_address
from articles.models import Article


@dataclass(frozen=True)
class Row:
    """`published` is in the newsroom's time zone, to its `precision`; `original` and `link` are addresses or empty."""

    title: str
    source: str
    published: datetime | None
    precision: str
    byline: str
    passage: str
    original: str
    link: str
    status: str


def column_names() -> list[str]:
    """In the order of a row's cells."""
    names = [
        _("العنوان"),
        _("وسيلة الإعلام"),
        _("تاريخ النشر"),
        _("الكاتب"),
        _("مقطع من النص"),
        _("الرابط الأصلي"),
        _("الرابط في Newsdesk"),
        _("الحالة"),
    ]
    return [capfirst(name) for name in names]


def rows_of(articles: Iterable[Article], *, excerpts: Excerpts, site: str) -> Iterator[Row]:
    """`site` is the address of this Newsdesk, without a slash at its end."""
    # In the language of the one who asks: rows may be read when the request is over.
    statuses = {value: str(label) for value, label in Article.Status.choices}
    return (_row(article, excerpts.leaving(article), site, statuses[article.status]) for article in articles)


def _row(article: Article, passages: list[Excerpt], site: str, status: str) -> Row:
    return Row(
        title=printable(article.title),
        source=printable(article.source.name),
        published=timezone.localtime(article.published_at) if article.published_at else None,
        precision=article.published_precision,
        byline=printable(article.byline),
        passage=printable(plain(passages)),
        original=web_address(article.url),
        link=site + article.get_absolute_url(),
        status=status,
    )
