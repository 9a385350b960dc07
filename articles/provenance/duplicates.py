"""Copies of an article in the archive: looked up by their keys, then compared word for word."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection

from articles.models import Article
from articles.provenance.grouping import fewest_shared
from articles.provenance.signatures import Body, is_copy

# A formula's shingle may stand in a tenth of an archive. So many of its articles are looked at: whatever else shares it
# with this one is a copy by other keys too.
_PER_KEY = 256
# How many candidates are compared, those with most keys in common first.
_COMPARED = 32

# One process at a time may look up and store a key. Keys share a bounded number of locks: a transaction that stores
# thousands of articles must not fill PostgreSQL's table of locks.
_KEY_LOCKS, _LOCKS = 7_301_447, 4096

_LOCK = "SELECT COUNT(pg_advisory_xact_lock(%s, place)) FROM unnest(%s::int[]) AS place"
_KNOW = f"""
    SELECT article.status, article.story_id, signature.keys, ({_LOCK})
    FROM articles_article AS article LEFT JOIN articles_signature AS signature ON signature.article_id = article.id
    WHERE article.id = %s
"""
# No order within a key: it would tempt the planner, before it has statistics, to read all articles in that order.
_FIND = """
    SELECT article.id, article.story_id
    FROM (
        SELECT found.article_id, COUNT(*) AS shared
        FROM unnest(%(keys)s::bigint[]) AS wanted (key)
        CROSS JOIN LATERAL (
            SELECT article_id FROM articles_signaturekey WHERE key = wanted.key LIMIT %(per_key)s
        ) AS found
        WHERE found.article_id <> %(article)s
        GROUP BY found.article_id
        HAVING COUNT(*) >= %(fewest)s
        ORDER BY shared DESC, found.article_id
        LIMIT %(limit)s
    ) AS sharing
    JOIN articles_article AS article ON article.id = sharing.article_id
    WHERE article.status <> 'hidden'
    ORDER BY sharing.shared DESC, article.id
"""
_SIGN = """
    WITH signed AS (
        INSERT INTO articles_signature (article_id, keys) VALUES (%(article)s, %(keys)s)
        ON CONFLICT (article_id) DO UPDATE SET keys = excluded.keys
    )
    INSERT INTO articles_signaturekey (key, article_id)
    SELECT DISTINCT key, %(article)s FROM unnest(%(keys)s::bigint[]) AS new (key)
    ON CONFLICT DO NOTHING
"""
# Nobody waits for these rows: that the keys are held before others are looked for is all that counts.
_SIGN_NEW = f"""
    WITH held AS MATERIALIZED ({_LOCK}), signed AS (
        INSERT INTO articles_signature (article_id, keys) VALUES (%s, %s)
    ), keyed AS (
        INSERT INTO articles_signaturekey (key, article_id)
        SELECT DISTINCT key, %s FROM unnest(%s::bigint[]) AS new (key)
    )
    SELECT * FROM held
"""
_FORGET = "DELETE FROM articles_signaturekey WHERE article_id = %s AND NOT key = ANY(%s)"


class Known(NamedTuple):
    """What is stored of an article: its keys are None where it has no signature yet."""

    status: str
    story: int | None
    keys: list[int] | None


class Candidate(NamedTuple):
    article: int
    story: int | None


def known(article: int, keys: Iterable[int]) -> Known | None:
    """What is stored of the article, once nobody else is at one of these keys; None where there is no such article.

    The keys are held until the transaction ends: of two copies that are stored at the same time the second finds the
    first. They are always taken in the same order.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KNOW, [_KEY_LOCKS, _places(keys), article])
        row = cursor.fetchone()
    return Known(*row[:3]) if row else None


def sign(article: int, keys: list[int], before: list[int] | None) -> None:
    """Let the article be found by these keys, and no more by those that it had before (None where it is new)."""
    if keys == before:
        return
    with connection.cursor() as cursor:
        if before:
            cursor.execute(_LOCK, [_KEY_LOCKS, _places(before)])
            cursor.execute(_FORGET, [article, keys])
        cursor.execute(_SIGN, {"article": article, "keys": keys})


def sign_new(article: int, keys: list[int]) -> None:
    """Hold the keys as `known` does, and let an article that has none yet be found by them."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGN_NEW, [_KEY_LOCKS, _places(keys), article, keys, article, keys])


def _places(keys: Iterable[int]) -> list[int]:
    return sorted({key % _LOCKS for key in keys})


def candidates(article: int, keys: list[int]) -> list[Candidate]:
    """Articles, not hidden ones, that share several keys with this one; those with most in common first."""
    if not keys:
        return []
    asked = {"article": article, "keys": keys, "per_key": _PER_KEY, "fewest": fewest_shared(keys), "limit": _COMPARED}
    with connection.cursor() as cursor:
        cursor.execute(_FIND, asked)
        return [Candidate(*row) for row in cursor.fetchall()]


def copies_of(article: int, body: Body) -> list[Candidate]:
    """Its copies in the archive: one of each story, and all that are in none."""
    found: list[Candidate] = []
    stories: set[int] = set()
    candidates_ = candidates(article, body.keys)
    bodies = bodies_of([candidate.article for candidate in candidates_])
    for candidate in candidates_:
        if candidate.story in stories or candidate.article not in bodies:
            continue
        if is_copy(body, bodies[candidate.article]):
            found.append(candidate)
            stories |= {candidate.story} - {None}
    return found


def bodies_of(articles: Collection[int]) -> dict[int, Body]:
    """The current bodies of these articles, as far as they have a text; one query."""
    if not articles:
        return {}
    texts = Article.objects.filter(pk__in=articles, current_revision__isnull=False)
    return {pk: Body(text) for pk, text in texts.values_list("pk", "current_revision__text")}
