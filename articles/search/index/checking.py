"""Proving that index and database are equal, while both may go on changing."""

from dataclasses import dataclass, field

import tantivy
from django.db import connection
from tantivy import FieldType, Query

from articles.search.index.database import horizon, identity
from articles.search.index.folder import search_folder
from articles.search.index.reading import SearchUnavailable, searcher
from articles.search.index.schema import CHANGED, ID, schema
from articles.search.index.writing import IndexDamaged, check_files, reading_engine

# Article numbers that are compared at a time.
_RANGE = 20_000
# Of each kind of difference so many numbers are told.
_TOLD = 5
_ROWS = """
    SELECT id, changed::text FROM articles_article
    WHERE id >= %(first)s AND id < %(next)s AND current_revision_id IS NOT NULL
"""
_LAST = "SELECT coalesce(max(id), 0) FROM articles_article"
_GONE_SINCE = "SELECT article_id FROM articles_articlechange WHERE changed >= %s::xid8 AND article_id = ANY (%s)"


@dataclass
class Differences:
    """Articles by number: without a document, documents without an article, older than the article, found twice.

    `broken` says in a line why there is nothing to compare.
    """

    articles: int = 0
    missing: list[int] = field(default_factory=list)
    surplus: list[int] = field(default_factory=list)
    stale: list[int] = field(default_factory=list)
    double: list[int] = field(default_factory=list)
    broken: str = ""

    def lines(self) -> list[str]:
        """One for each kind of difference; none where index and database are equal."""
        kinds = {
            "articles without a document": self.missing,
            "documents without an article": self.surplus,
            "documents older than their article": self.stale,
            "articles with several documents": self.double,
        }
        told = [f"{len(found)} {kind}: {_some(found)}" for kind, found in kinds.items() if found]
        return [self.broken, *told] if self.broken else told


def differences() -> Differences:
    """Compare every document with its article, and every file with its checksum.

    What was changed since the index came to its cursor is not due yet, and no difference.
    """
    generation = search_folder().current()
    state = generation and generation.state()
    if state is None:
        return Differences(broken="there is no index" if generation is None else "the index has no state")
    if not state.is_followable(identity()):
        return Differences(broken="the index is of another database, or of another analysis")
    if state.cursor > horizon().target:
        return Differences(broken="the index is ahead of the database")
    try:
        check_files(generation)
        with reading_engine():
            return _compared(searcher(), state.cursor)
    except (IndexDamaged, SearchUnavailable, OSError) as damage:
        return Differences(broken=f"the index cannot be read: {damage}")


def _compared(engine: tantivy.Searcher, cursor: int) -> Differences:
    """The documents are read before the rows, which are as new or newer."""
    found = Differences()
    last = max(_query(_LAST)[0][0], _last_document(engine))
    for first in range(0, last + 1, _RANGE):
        documents = _documents(engine, first, found)
        rows = {pk: int(changed) for pk, changed in _query(_ROWS, {"first": first, "next": first + _RANGE})}
        found.articles += len(rows)
        for pk, changed in rows.items():
            document = documents.pop(pk, None)
            if changed < cursor and document != changed:
                (found.missing if document is None else found.stale).append(pk)
        found.surplus += documents
    found.surplus = sorted(set(found.surplus) - {pk for (pk,) in _query(_GONE_SINCE, [str(cursor), found.surplus])})
    return found


def _documents(engine: tantivy.Searcher, first: int, found: Differences) -> dict[int, int]:
    """Article → its document's `changed`, of one range; articles with several documents are noted."""
    query = Query.range_query(schema(), ID, FieldType.Integer, first, first + _RANGE, include_upper=False)
    hits = engine.search(query, max(engine.search(query, 1).count, 1)).hits
    addresses = [address for _score, address in hits]
    documents: dict[int, int] = {}
    for pk, changed in zip(
        engine.fast_field_values(ID, addresses), engine.fast_field_values(CHANGED, addresses), strict=True
    ):
        if pk in documents:
            found.double.append(pk)
        documents[pk] = changed
    return documents


def _last_document(engine: tantivy.Searcher) -> int:
    greatest = engine.aggregate(Query.all_query(), {"last": {"max": {"field": ID}}})["last"]["value"]
    return int(greatest or 0)


def _query(sql: str, values: object = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _some(articles: list[int]) -> str:
    more = "…" if len(articles) > _TOLD else ""
    return " ".join(map(str, sorted(articles)[:_TOLD])) + more
