"""From articles in the database to documents of the index: a few queries however many articles there are."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tantivy
from django.db import connection

from articles.search.analysing.fields import text_fields
from articles.search.facts import Facts, facts_of
from articles.search.index import schema

# Field → its value or values.
Fields = dict[str, Any]

_ROWS = """
    SELECT article.id, article.changed::text, floor(extract(epoch FROM article.appeared_at))::bigint,
           article.source_id, article.language, article.status, revision.id, revision.text
    FROM articles_article AS article JOIN articles_revision AS revision ON revision.id = article.current_revision_id
    WHERE article.id = ANY (%s) ORDER BY article.id
"""
_NAMED = """
    SELECT DISTINCT mention.revision_id, entity.kind, entity.id
    FROM articles_mention AS mention JOIN articles_entity AS entity ON entity.id = mention.entity_id
    WHERE mention.revision_id = ANY (%s)
"""
_IDS = """
    SELECT id FROM articles_article WHERE id > %s AND current_revision_id IS NOT NULL ORDER BY id LIMIT %s
"""
_NOTHING = Facts()


def documents_of(articles: Sequence[int]) -> list[tantivy.Document]:
    """The documents of these articles (by primary key); none for what is not there any more."""
    return [document(fields) for fields in fields_of(articles)]


def document(fields: Fields) -> tantivy.Document:
    return tantivy.Document(**fields)


def fields_of(articles: Sequence[int]) -> list[Fields]:
    """As documents_of, in a form that goes from one process to another.

    Facts and names are read after the rows: what changed between is newer in the document than its `changed` says, and
    is replayed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [list(articles)])
        rows = cursor.fetchall()
        revisions = [row[6] for row in rows]
        cursor.execute(_NAMED, [revisions])
        named = _by_revision(cursor.fetchall())
    facts = facts_of([row[0] for row in rows])
    return [_fields(row, named.get(row[6], {}), facts.get(row[0], _NOTHING)) for row in rows]


def ids_after(last: int, limit: int) -> list[int]:
    """The next articles in the order of their keys."""
    with connection.cursor() as cursor:
        cursor.execute(_IDS, [last, limit])
        return [pk for (pk,) in cursor.fetchall()]


def batches_of_ids(size: int) -> Iterator[list[int]]:
    last = 0
    while ids := ids_after(last, size):
        yield ids
        last = ids[-1]


def _by_revision(rows: Iterable[tuple[int, str, int]]) -> dict[int, dict[str, list[int]]]:
    named: dict[int, dict[str, list[int]]] = {}
    for revision, kind, entity in rows:
        named.setdefault(revision, {}).setdefault(schema.ENTITY_FIELDS[kind], []).append(entity)
    return named


def _fields(row: tuple, named: dict[str, list[int]], facts: Facts) -> Fields:
    pk, changed, appeared, source, language, status, _revision, text = row
    # A block is a line of the text, and the headline is the first.
    headline, _, body = text.partition("\n")
    return {
        **text_fields(headline, body),
        **named,
        schema.ID: pk,
        schema.CHANGED: int(changed),
        schema.APPEARED: appeared,
        schema.SOURCE: source,
        schema.LANGUAGE: language,
        schema.STATUS: status,
        schema.BUCKET: schema.bucket_of(pk),
        schema.HAS: sorted(facts.has),
        schema.HAS_SUGGESTED: sorted(facts.has_suggested),
        schema.SPEAKER: sorted(facts.speakers),
        schema.SPEAKER_SUGGESTED: sorted(facts.speakers_suggested),
    }
