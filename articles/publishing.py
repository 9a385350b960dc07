"""Publishing and hiding. History (who and when) is kept by the database itself, see articles.models.Article."""

from articles.models import Article
from articles.models.articles import ArticleQuerySet


def publish(articles: ArticleQuerySet) -> int:
    """Let readers see these articles; how many were not published before."""
    return articles.exclude(status=Article.Status.PUBLISHED).update(status=Article.Status.PUBLISHED)


def hide(articles: ArticleQuerySet) -> int:
    """Take these articles away from readers; how many were not hidden before."""
    return articles.exclude(status=Article.Status.HIDDEN).update(status=Article.Status.HIDDEN)
