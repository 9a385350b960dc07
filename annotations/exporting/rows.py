"""What the database holds of the marks of some articles, as records; one statement for the marks and all they own.

A mark is so read in one state of the database, whatever people do to it meanwhile.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection

from annotations.exporting.wanted import Wanted
from annotations.exports.records import (
    CONTENT,
    AttributionRecord,
    ChangeRecord,
    CommentRecord,
    EntityRecord,
    MarkRecord,
    PartRecord,
    PlaceRecord,
)

# Columns of a mark that are fields of its record by the same name, and those by another one.
_SAME = (
    "kind", "status", "quote_type", "stance", "channel", "occasion", "said_when", "said_on", "translated", "framing",
    "note", "version", "detector", "detector_version", "rule", "confidence", "created_at", "decided_at",
)  # fmt: skip
# Most parts stand in one text alone; to ask costs a fifth of an empty list.
_PLACES = """
    CASE WHEN EXISTS (SELECT FROM annotations_placement WHERE part_id = part.id) THEN
        (SELECT json_agg(json_build_array(text.number, place.state, place.start, place."end",
            substr(text.text, place.start + 1, place."end" - place.start), place.score, place.decided_by_name,
            place.decided_at) ORDER BY text.number)
        FROM annotations_placement AS place JOIN articles_revision AS text ON text.id = place.revision_id
        WHERE place.part_id = part.id) END
"""
_PARTS = f"""
    (SELECT json_agg(json_build_array(part.start, part."end", part.exact, part.role, part.prefix, part.suffix,
            {_PLACES}) ORDER BY part."order")
        FROM annotations_part AS part WHERE part.annotation_id = mark.id)
"""
# Who stands for an entity that was merged; the speaker's words for whoever has no other name.
_LINKS = """
    (SELECT json_agg(json_build_array(link.name, speaker.id, speaker.uuid,
            (SELECT string_agg(part.exact, ' … ' ORDER BY part."order") FROM annotations_part AS part
                WHERE part.annotation_id = speaker.id AND part.role = 'content'),
            entity.id, entity.kind, entity.name, entity.distinction, link.role, link.certainty) ORDER BY link."order")
        FROM annotations_attribution AS link
        LEFT JOIN annotations_annotation AS speaker ON speaker.id = link.speaker_id
        LEFT JOIN articles_entity AS named ON named.id = link.entity_id
        LEFT JOIN articles_entity AS entity ON entity.id = coalesce(named.merged_into_id, named.id)
        WHERE link.annotation_id = mark.id)
"""
_TAGS = """
    (SELECT json_agg(tag.name ORDER BY tagging.id)
        FROM annotations_tagging AS tagging JOIN annotations_tag AS tag ON tag.id = tagging.tag_id
        WHERE tagging.annotation_id = mark.id)
"""
_COMMENTS = """
    (SELECT json_agg(json_build_array(comment.id, comment.author_name, comment.text, comment.created_at,
            comment.edited_at, comment.deleted_at, comment.deleted_by_name, comment.reply_to_id,
            (SELECT json_agg(member.username ORDER BY mention.id)
                FROM annotations_commentmention AS mention JOIN {members} AS member ON member.id = mention.member_id
                WHERE mention.comment_id = comment.id)) ORDER BY comment.id)
        FROM annotations_comment AS comment WHERE comment.annotation_id = mark.id)
"""
_CHANGES = """
    (SELECT json_agg(json_build_array(change.uuid, change.act, change.at, change.by_name) ORDER BY change.id)
        FROM annotations_changedmark AS changed JOIN annotations_markchange AS change ON change.id = changed.change_id
        WHERE changed.mark = mark.uuid)
"""
_MARKS = """
    SELECT revision.article_id, revision.id, revision.number, mark.id, mark.uuid, quote.id, quote.uuid,
        mark.created_by_name, mark.decided_by_name, {same}, {parts}, {links}, {tags}, {comments}, {changes}
    FROM articles_revision AS revision JOIN annotations_annotation AS mark ON mark.revision_id = revision.id
    LEFT JOIN annotations_annotation AS quote ON quote.id = mark.quote_id
    WHERE revision.article_id = ANY(%(articles)s) AND mark.status = ANY(%(statuses)s) AND mark.kind = ANY(%(kinds)s)
        {chosen}
"""
_CHOSEN = "AND mark.id = ANY(%(marks)s)"


class MarkRow(NamedTuple):
    """A mark with the keys of those that it is linked to, which may be no part of the same file."""

    article: int
    revision: int
    pk: int
    quote: int | None
    speakers: tuple[int | None, ...]
    names: tuple[str, ...]
    record: MarkRecord


def mark_rows(
    articles: Sequence[int], wanted: Wanted, *, site: str, chosen: Collection[int] | None = None
) -> Iterator[MarkRow]:
    """The marks on any text of these articles, in no order; `chosen`: keys of the only ones that are asked for."""
    sql = _MARKS.format(
        same=", ".join(f"mark.{name}" for name in _SAME),
        parts=_PARTS,
        links=_LINKS,
        tags=_TAGS,
        comments=_COMMENTS.format(members=get_user_model()._meta.db_table) if wanted.comments else "NULL",
        changes=_CHANGES if wanted.history else "NULL",
        chosen="" if chosen is None else _CHOSEN,
    )
    asked = {"articles": list(articles), "statuses": list(wanted.statuses), "kinds": list(wanted.kinds)}
    with connection.cursor() as cursor:
        cursor.execute(sql, asked | {"marks": list(chosen or ())})
        for row in cursor.fetchall():
            yield _mark_row(row, site)


def _mark_row(row: Sequence[Any], site: str) -> MarkRow:
    article, revision, number, pk, uuid, quote, quote_uuid, created_by, decided_by, *rest = row
    same, owned = rest[: len(_SAME)], rest[len(_SAME) :]
    parts, links, tags, comments, changes = (json.loads(one) if isinstance(one, str) else one or () for one in owned)
    record = MarkRecord(
        uuid=str(uuid),
        revision=number,
        parts=tuple(_part(*part) for part in parts),
        quote=str(quote_uuid) if quote_uuid else None,
        attributions=tuple(_attribution(link, site) for link in links),
        tags=tuple(tags),
        comments=_comments(comments),
        changes=tuple(ChangeRecord(uuid, act, datetime.fromisoformat(at), by) for uuid, act, at, by in changes),
        created_by=created_by,
        decided_by=decided_by,
        **dict(zip(_SAME, same, strict=True)),
    )
    speakers = tuple(link[1] for link in links)
    # What an attribution is called where its speaker's mark does not go along.
    names = tuple(link[0] or (link[6] if link[4] else link[3]) or "" for link in links)
    return MarkRow(article, revision, pk, quote, speakers, names, record)


def _part(
    start: int, end: int, exact: str, role: str, prefix: str, suffix: str, places: list[list[Any]] | None
) -> PartRecord:
    found = tuple(
        PlaceRecord(number, state, first, last, words or "", score, by, _moment(at))
        for number, state, first, last, words, score, by, at in places or ()
    )
    return PartRecord(start, end, exact, role, prefix, suffix, found)


def _attribution(link: list[Any], site: str) -> AttributionRecord:
    name, _, speaker, _, entity, kind, entity_name, distinction, role, certainty = link
    named = entity_record(entity, kind, entity_name, distinction, site) if entity else None
    return AttributionRecord(name, speaker, named, role, certainty)


def entity_record(pk: int, kind: str, name: str, distinction: str, site: str) -> EntityRecord:
    return EntityRecord(kind, name, distinction, pk, f"{site}/entities/{pk}/" if site else "")


def _comments(rows: Sequence[list[Any]]) -> tuple[CommentRecord, ...]:
    positions = {row[0]: position for position, row in enumerate(rows)}
    return tuple(
        CommentRecord(
            author,
            text,
            _moment(at),
            _moment(edited),
            _moment(deleted),
            deleted_by,
            positions.get(reply),
            tuple(names or ()),
        )
        for _, author, text, at, edited, deleted, deleted_by, reply, names in rows
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def content_starts(mark: MarkRecord) -> tuple[int, int]:
    """By which marks are in the order of their text."""
    first = next((part for part in mark.parts if part.role == CONTENT), None)
    return (first.start, -first.end) if first else (0, 0)
