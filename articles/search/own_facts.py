"""What the articles themselves tell the index, beside their rows and names."""

from collections.abc import Sequence

from django.db import connection

from articles.search.facts import BYLINE, COPIES, IMAGE, POST, TABLE, Facts

_OF_EVIDENCE = {"figure": IMAGE, "table": TABLE, "post": POST}
_FACTS = """
    SELECT article.id, article.byline <> '', article.story_id IS NOT NULL,
           jsonb_path_query_array(revision.evidence, '$[*].kind')
    FROM articles_article AS article JOIN articles_revision AS revision ON revision.id = article.current_revision_id
    WHERE article.id = ANY (%s)
      AND (article.byline <> '' OR article.story_id IS NOT NULL OR revision.evidence <> '[]')
"""


def facts(articles: Sequence[int]) -> dict[int, Facts]:
    """A story has two copies at least; what stands beside the text is that of the current revision."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, [list(articles)])
        return {row[0]: _facts(*row[1:]) for row in cursor.fetchall()}


def _facts(has_byline: bool, has_copies: bool, kinds: str | list[str]) -> Facts:
    has = {_OF_EVIDENCE[kind] for kind in _OF_EVIDENCE if kind in kinds}
    if has_byline:
        has.add(BYLINE)
    if has_copies:
        has.add(COPIES)
    return Facts(has=has)
