"""Counting anew in how many articles entities are named, wherever the database said that it changed."""

from django.db import connection, transaction

from articles.models import CountDue

# One process counts at a time; the others show what is there. Any number that nothing else here locks by.
_LOCK = 7_301_446_002
_AT_ONCE = 100_000

_TAKE = """
    DELETE FROM articles_countdue WHERE id IN (SELECT id FROM articles_countdue ORDER BY id LIMIT %s)
    RETURNING entity_id
"""
_COUNT = """
    WITH counted AS (
        SELECT entity.id, entity.kind, COUNT(article.id) AS in_all,
               COUNT(article.id) FILTER (WHERE article.status = 'published') AS in_published
        FROM articles_entity AS entity
        LEFT JOIN (SELECT DISTINCT entity_id, revision_id FROM articles_mention WHERE entity_id = ANY(%(due)s)) AS named
               ON named.entity_id = entity.id
        LEFT JOIN articles_article AS article ON article.current_revision_id = named.revision_id
        WHERE entity.id = ANY(%(due)s)
        GROUP BY entity.id, entity.kind
    )
    INSERT INTO articles_entitycount (entity_id, kind, in_all, in_published)
    SELECT id, kind, in_all, in_published FROM counted
    ON CONFLICT (entity_id) DO UPDATE
    SET kind = excluded.kind, in_all = excluded.in_all, in_published = excluded.in_published
"""


def settle_all_counts() -> None:
    """Count anew whatever is due: after an import, after an analysis, and from time to time."""
    while settle_counts():
        pass


def settle_counts(limit: int = _AT_ONCE) -> int:
    """Count anew the entities whose count is due, the oldest `limit` changes; how many entities.

    None are counted while another process is at it.
    """
    if not CountDue.objects.exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_TAKE, [limit])
        due = list({entity for (entity,) in cursor.fetchall()})
        if due:
            cursor.execute(_COUNT, {"due": due})
    return len(due)
