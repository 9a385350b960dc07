"""Keeping the search in step with the articles."""

from django.db import connection

from articles.models import Article, Revision
from articles.search.analysis import terms

# PostgreSQL bounds a tsvector at 1 MB; no article of a newsroom comes near this many different words.
MOST_TERMS = 30_000


def index_revision(revision: Revision) -> None:
    """Make the revision what its article is found by: a step that follows every new revision."""
    forms = sorted(terms(revision.text))[:MOST_TERMS]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_searchentry (article_id, vector) VALUES (%s, array_to_tsvector(%s::text[]))"
            " ON CONFLICT (article_id) DO UPDATE SET vector = excluded.vector",
            [revision.article_id, forms],
        )


def rebuild() -> int:
    """Index every article's current revision again; how many there were."""
    articles = Article.objects.select_related("current_revision").exclude(current_revision=None)
    number = 0
    for article in articles.iterator(chunk_size=500):
        index_revision(article.current_revision)
        number += 1
    return number
