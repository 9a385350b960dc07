"""What a table says of each mark, one row each."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.exports.dropped import count_dropped, dropped_words
from annotations.exports.format import About
from annotations.exports.records import ArticleRecord, Losses, MarkRecord
from annotations.exports.wording import (
    CHANNELS,
    CONFIRMED,
    KINDS,
    QUOTE_TYPES,
    STANCES,
    STANDINGS,
    STATUSES,
    called,
    named,
    speakers_in,
)
from articles.delivering.plain_text import printable, web_address

# Of the columns; a table that has others has another number.
SCHEMA = 1
MENTIONS = "place where an entity is named"
TEXTS = "text of an article"
PLACES = "place of a mark in another revision"
ENTITIES = "entity behind a name"
AROUND = "words around a mark"
COMMENTS = "time of a comment and what it answers"
# Of sheets alone.
CUT = "words beyond 32,767 characters of a cell"
_KEPT = {
    "url", "address", "source", "byline", "published_at", "published_precision", "uuid", "standing", "status",
    "quote_type", "stance", "channel", "occasion", "said_when", "said_on", "translated", "framing", "note", "quote",
    "attributions", "tags", "comments", "version", "detector", "detector_version", "rule", "confidence", "created_by",
    "created_at", "decided_by", "decided_at",
}  # fmt: skip
DROPS = (MENTIONS, TEXTS, PLACES, ENTITIES, AROUND, COMMENTS, *dropped_words(kept=_KEPT))


class Address(str):
    """An http(s) address, or nothing; a sheet may make it a link."""


Cell = str | int | float | datetime | date | None


class Row(NamedTuple):
    """Times are in the newsroom's zone; `spans` are all parts as [start, end) in code points of the revision's text."""

    title: str
    source: str
    published: datetime | date | str | None
    byline: str
    kind: str
    status: str
    words: str
    cue: str
    quote_type: str
    speakers: str
    unconfirmed: str
    stance: str
    channel: str
    occasion: str
    said_when: str
    said_on: date | None
    translated: str
    framing: str
    tags: str
    note: str
    comments: str
    original: Address
    link: Address
    uuid: str
    quote: str
    revision: int
    start: int | None
    end: int | None
    spans: str
    standing: str
    detector: str
    detector_version: str
    rule: str
    confidence: float | None
    created_by: str
    created_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    version: int
    made_with: str


def column_names() -> list[str]:
    """In the order of a row's cells."""
    names = (
        _("العنوان"), _("وسيلة الإعلام"), _("تاريخ النشر"), _("الكاتب"), _("النوع"), _("الحالة"), _("النص المعلَّم"),
        _("عبارة الإسناد"), _("نوع الاقتباس"), _("القائل"), _("قائل غير مؤكد"), _("نبرة الفعل"), _("قناة القول"),
        _("المناسبة"), _("وقت القول في النص"), _("تاريخ القول"), _("مترجم"), _("تحفّظ الناقل"), _("الوسوم"),
        _("ملاحظة"), _("التعليقات"), _("الرابط الأصلي"), _("الرابط في Newsdesk"), _("معرّف العلامة"),
        _("معرّف الاقتباس الذي يرد فيه"), _("الإصدار"), _("البداية"), _("النهاية"), _("المواضع"),
        _("ثبات الموضع"), _("أداة الرصد"), _("إصدار أداة الرصد"), _("القاعدة"), _("الثقة"), _("أنشأها"),
        _("تاريخ الإنشاء"), _("بتّ فيها"), _("بُتّ فيها في"), _("رقم نسخة العلامة"), _("أُعدّ ببرنامج"),
    )  # fmt: skip
    return [capfirst(name) for name in names]


def rows_of(articles: Iterable[ArticleRecord], about: About, losses: Losses) -> Iterator[Row]:
    """In the language of the one who asks when they are read; counts what no column holds."""
    made_with = _("%(program)s %(version)s، جدول العلامات %(schema)s") % {
        "program": about.program,
        "version": about.version,
        "schema": SCHEMA,
    }
    for article in articles:
        _count(article, losses)
        speakers = speakers_in(article)
        for mark in article.marks:
            yield _row(mark, article, speakers, made_with)


def _count(article: ArticleRecord, losses: Losses) -> None:
    count_dropped(article, losses, kept=_KEPT)
    losses.count(MENTIONS, len(article.mentions))
    losses.count(TEXTS, sum(text.text is not None for text in article.texts))
    for mark in article.marks:
        losses.count(PLACES, sum(len(part.places) for part in mark.parts))
        losses.count(AROUND, sum(bool(part.prefix or part.suffix) for part in mark.parts))
        losses.count(ENTITIES, sum(link.entity is not None for link in mark.attributions))
        losses.count(COMMENTS, len(mark.comments))


def _row(mark: MarkRecord, article: ArticleRecord, speakers: Mapping[str, str], made_with: str) -> Row:
    content = mark.content
    sure = [link for link in mark.attributions if link.certainty == CONFIRMED]
    unsure = [link for link in mark.attributions if link.certainty != CONFIRMED]
    page = web_address(article.address)
    return Row(
        title=printable(article.title),
        source=printable(article.source.name or article.source.key) if article.source else "",
        published=_published(article),
        byline=printable(article.byline),
        kind=called(KINDS, mark.kind),
        status=called(STATUSES, mark.status),
        words=printable(mark.exact),
        cue=printable(" … ".join(part.exact for part in mark.cues)),
        quote_type=called(QUOTE_TYPES, mark.quote_type),
        speakers=_listed(named(link, speakers) for link in sure),
        unconfirmed=_listed(named(link, speakers) for link in unsure),
        stance=called(STANCES, mark.stance),
        channel=called(CHANNELS, mark.channel),
        occasion=printable(mark.occasion),
        said_when=printable(mark.said_when),
        said_on=mark.said_on,
        translated=_("نعم") if mark.translated else "",
        framing=printable(mark.framing),
        tags=_listed(mark.tags),
        note=printable(mark.note),
        comments="\n".join(_comments(mark)),
        original=Address(web_address(article.url)),
        link=Address(f"{page}#mark-{mark.uuid}" if page else ""),
        uuid=mark.uuid,
        quote=mark.quote or "",
        revision=mark.revision,
        start=content[0].start if content else None,
        end=content[-1].end if content else None,
        spans=_spans(mark),
        standing=called(STANDINGS, mark.standing),
        detector=mark.detector,
        detector_version=mark.detector_version,
        rule=mark.rule,
        confidence=mark.confidence,
        created_by=printable(mark.created_by),
        created_at=_here(mark.created_at),
        decided_by=printable(mark.decided_by),
        decided_at=_here(mark.decided_at),
        version=mark.version,
        made_with=made_with,
    )


def _listed(names: Iterable[str]) -> str:
    return printable(_("؛ ").join(names))


def _published(article: ArticleRecord) -> datetime | date | str | None:
    """As precisely as it is known: a moment, a day, or a month as text."""
    moment = _here(article.published_at)
    if moment is None or article.published_precision not in ("day", "month"):
        return moment
    return moment.date() if article.published_precision == "day" else f"{moment:%Y-%m}"


def _here(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _comments(mark: MarkRecord) -> Iterator[str]:
    for comment in mark.comments:
        said = _("تعليق محذوف") if comment.deleted_at else printable(comment.text)
        yield f"{printable(comment.author)}: {said}"


def _spans(mark: MarkRecord) -> str:
    """«12-30; 41-55» for the content, the cue after it as «(31-35)»."""
    content = "; ".join(f"{part.start}-{part.end}" for part in mark.content)
    cues = "; ".join(f"{part.start}-{part.end}" for part in mark.cues)
    return f"{content} ({cues})" if cues else content
