"""What the index has to know of the database that it is derived from: which one it is, and what its changes are."""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

_IDENTITY = """
    SELECT system_identifier::text, timeline_id::text, database.oid::text,
           'articles_article'::regclass::oid::text, pg_relation_filenode('articles_article')::text
    FROM pg_control_system(), pg_control_checkpoint(), pg_database AS database
    WHERE datname = current_database()
"""
_CHANGED = """
    (SELECT changed, id FROM articles_article
     WHERE (changed, id) > (%(changed)s::xid8, %(article)s) AND changed < %(horizon)s::xid8
     ORDER BY changed, id LIMIT %(limit)s)
    UNION
    (SELECT changed, article_id FROM articles_articlechange
     WHERE (changed, article_id) > (%(changed)s::xid8, %(article)s) AND changed < %(horizon)s::xid8
     ORDER BY changed, article_id LIMIT %(limit)s)
    ORDER BY 1, 2 LIMIT %(limit)s
"""
_HORIZON = """
    SELECT pg_snapshot_xmin(now_seen), pg_snapshot_xmax(now_seen), pg_current_xact_id_if_assigned()
    FROM (SELECT pg_current_snapshot() AS now_seen) AS snapshot
"""


class Identity(NamedTuple):
    """Which table of which database this is. A restored one has another timeline, an emptied table another file."""

    system: str
    timeline: str
    database: str
    table: str
    file: str

    def has_other_articles(self, other: "Identity") -> bool:
        """Whether the numbers of articles here may be other articles there."""
        return (self.system, self.database, self.table) != (other.system, other.database, other.table)


class Horizon(NamedTuple):
    """Transactions below `settled` are over. What was committed by now lies below `target`, but for this one's own."""

    settled: int
    target: int


class Change(NamedTuple):
    """That a transaction changed an article, or what belongs to it, or deleted it."""

    changed: int
    article: int


def identity() -> Identity:
    with connection.cursor() as cursor:
        cursor.execute(_IDENTITY)
        return Identity(*cursor.fetchone())


def horizon() -> Horizon:
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        settled, begun, own = (value and int(value) for value in cursor.fetchone())
    return Horizon(settled, own or begun)


def changes(since: int, before: int, *, batch: int) -> Iterator[list[Change]]:
    """What transactions from `since` on and below `before` changed, in their order, some at a time.

    An article is told of once for each transaction: what a later one changed again is the later one's.
    """
    last = Change(since, 0)
    while found := _changes_after(last, before, batch):
        yield found
        last = found[-1]


def has_changes(since: int, before: int) -> bool:
    return bool(_changes_after(Change(since, 0), before, 1))


def _changes_after(last: Change, before: int, limit: int) -> list[Change]:
    with connection.cursor() as cursor:
        cursor.execute(
            _CHANGED, {**last._asdict(), "changed": str(last.changed), "horizon": str(before), "limit": limit}
        )
        return [Change(int(changed), article) for changed, article in cursor.fetchall()]
