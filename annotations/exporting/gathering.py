"""Articles with their marks as records, one after another: a few queries a batch, and a batch in memory at a time."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce

from annotations.exporting.rows import MarkRow, content_starts, entity_record, mark_rows
from annotations.exporting.wanted import Wanted
from annotations.exports.records import (
    CONTENT,
    ArticleRecord,
    AttributionRecord,
    BlockRecord,
    Losses,
    MarkRecord,
    MentionRecord,
    PlaceRecord,
    SourceRecord,
    TextRecord,
)
from annotations.models import Annotation, Placement
from articles.models import Article, Mention, Revision, Source

# Articles whose marks are in memory at once, and those whose texts are.
BATCH = 250
_TEXTS = 50
INTERNAL_ARTICLES = "articles of internal sources"
INTERNAL_MARKS = "marks on articles of internal sources"
TEXTS_KEPT = "texts that their source's rights keep here"
UNDECIDED_MARKS = "marks that nobody accepted, on texts that stay here"
UNMARKED = "articles without marks"

State = Placement.State
_RANKS = {state: rank for rank, state in enumerate(State.values)}


def records_of(
    batches: Iterable[Sequence[int]],
    wanted: Wanted,
    losses: Losses,
    *,
    site: str = "",
    chosen: Collection[int] | None = None,
    progress: Callable[[int], None] = lambda number: None,
) -> Iterator[ArticleRecord]:
    """The articles of these keys, in their order, as far as they have something that is wanted and may leave.

    `chosen` are the keys of the only marks asked for. `progress` is told how many articles were gone through, and may
    raise to end it. What stays here for its source's rights is counted in `losses`.
    """
    for batch in batches:
        for first in range(0, len(batch), BATCH):
            ids = batch[first : first + BATCH]
            yield from _batch(ids, wanted, losses, site=site, chosen=chosen, progress=progress)


def _batch(
    ids: Sequence[int],
    wanted: Wanted,
    losses: Losses,
    *,
    site: str,
    chosen: Collection[int] | None,
    progress: Callable[[int], None],
) -> Iterator[ArticleRecord]:
    articles = Article.objects.select_related("source").defer("metadata", "as_read").in_bulk(ids)
    marks: dict[int, list[MarkRow]] = {}
    for row in mark_rows(ids, wanted, site=site, chosen=chosen):
        marks.setdefault(row.article, []).append(row)
    for first in range(0, len(ids), _TEXTS):
        few = [articles[pk] for pk in ids[first : first + _TEXTS] if pk in articles]
        leaving = [article for article in few if _may_leave(article, marks.get(article.pk, ()), losses)]
        for article in leaving:
            _keep_the_undecided(article, marks, losses)
        mentions = _mentions([article.current_revision_id for article in leaving], site) if wanted.mentions else {}
        told = [one for one in leaving if marks.get(one.pk) or mentions.get(one.current_revision_id)]
        losses.count(UNMARKED, len(leaving) - len(told))
        texts = _texts(told, marks)
        for article in told:
            if article.source.rights != Source.Rights.FULL:
                losses.count(TEXTS_KEPT)
            named = mentions.get(article.current_revision_id, ())
            yield _record(article, marks.pop(article.pk, []), texts[article.pk], named, site)
        progress(len(ids[first : first + _TEXTS]))


def _may_leave(article: Article, marks: Sequence[MarkRow], losses: Losses) -> bool:
    if article.source.rights != Source.Rights.INTERNAL:
        return True
    losses.count(INTERNAL_ARTICLES)
    losses.count(INTERNAL_MARKS, len(marks))
    return False


def _keep_the_undecided(article: Article, marks: dict[int, list[MarkRow]], losses: Losses) -> None:
    """Of a text that stays here only what people accepted leaves: suggestions together would be most of the text."""
    if article.source.rights == Source.Rights.FULL or article.pk not in marks:
        return
    accepted = [row for row in marks[article.pk] if row.record.status == Annotation.Status.ACCEPTED]
    losses.count(UNDECIDED_MARKS, len(marks[article.pk]) - len(accepted))
    marks[article.pk] = accepted


def _texts(articles: Sequence[Article], marks: dict[int, list[MarkRow]]) -> dict[int, list[Revision]]:
    """The text of each article that is current, and those that its marks were made on, in their order. One query."""
    needed = {article.current_revision_id for article in articles}
    needed |= {row.revision for article in articles for row in marks.get(article.pk, ())}
    found: dict[int, list[Revision]] = {article.pk: [] for article in articles}
    for revision in Revision.objects.filter(pk__in=needed).defer("evidence").order_by("article", "number"):
        found[revision.article_id].append(revision)
    return found


def _mentions(revisions: Sequence[int], site: str) -> dict[int, list[MentionRecord]]:
    """By the key of the revision, in the order of the text; a merged entity by the one that stands for it."""
    standing = {
        name: Coalesce(F(f"entity__merged_into__{name}"), F(f"entity__{name}"))
        for name in ("pk", "kind", "name", "distinction")
    }
    rows = (
        Mention.objects.filter(revision__in=revisions)
        .order_by("revision", "start")
        .values_list("revision", "start", "end", "surface", "recogniser", *standing.values())
    )
    found: dict[int, list[MentionRecord]] = {}
    for revision, start, end, surface, recogniser, *entity in rows:
        mention = MentionRecord(start, end, surface, entity_record(*entity, site), recogniser)
        found.setdefault(revision, []).append(mention)
    return found


def _record(
    article: Article, rows: list[MarkRow], texts: list[Revision], mentions: Sequence[MentionRecord], site: str
) -> ArticleRecord:
    current = next(text for text in texts if text.pk == article.current_revision_id)
    earlier = [text for text in texts if text is not current]
    leaves = article.source.rights == Source.Rights.FULL
    present = {row.pk for row in rows}
    marks = sorted((_mark(row, present, current.number) for row in rows), key=content_starts)
    return ArticleRecord(
        id=article.pk,
        title=article.title,
        revision=current.number,
        url=article.url or "",
        key=article.key,
        address=f"{site}{article.get_absolute_url()}" if site else "",
        source=SourceRecord(article.source.key, article.source.name, article.source.rights),
        byline=article.byline,
        published_at=article.published_at,
        published_precision=article.published_precision,
        language=article.language,
        texts=tuple(_text(text, leaves) for text in (*earlier, current)),
        marks=tuple(marks),
        mentions=tuple(mentions),
    )


def _text(revision: Revision, leaves: bool) -> TextRecord:
    blocks = tuple(BlockRecord(block["kind"], block["start"], block["end"]) for block in revision.blocks)
    if leaves:
        return TextRecord.of(revision.number, revision.text, blocks)
    return TextRecord(revision.number, sha256(revision.text.encode()).hexdigest(), None, blocks)


def _mark(row: MarkRow, present: Collection[int], current: int) -> MarkRecord:
    """With links to what goes along alone; who said it keeps a name."""
    changes: dict[str, Any] = {}
    if row.quote and row.quote not in present:
        changes["quote"] = None
    if any(speaker and speaker not in present for speaker in row.speakers):
        linked = zip(row.record.attributions, row.speakers, row.names, strict=True)
        changes["attributions"] = tuple(
            said if speaker in present else _without_mark(said, name) for said, speaker, name in linked
        )
    standing = _standing(row.record, current)
    return replace(row.record, standing=standing, **changes) if changes or standing != State.EXACT else row.record


def _without_mark(said: AttributionRecord, name: str) -> AttributionRecord:
    return replace(said, speaker=None, name=said.name or name[:300])


def _standing(mark: MarkRecord, current: int) -> str:
    """How sure its place in the current text is, as annotations.standing has it; lost where it has none there."""
    if mark.revision == current:
        return State.EXACT.value
    places = [
        place for part in mark.parts if part.role == CONTENT for place in part.places if place.revision == current
    ]
    if all(place.state == State.LOST for place in places):
        return State.LOST.value
    worst = max(_undecided(places), key=_RANKS.__getitem__, default=State.MOVED)
    return State.DOUBTFUL.value if worst == State.LOST else State(worst).value


def _undecided(places: Iterable[PlaceRecord]) -> Iterator[str]:
    return (place.state for place in places if place.decided_at is None)
