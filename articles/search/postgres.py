"""The search engine inside PostgreSQL: all words wanted, newest first."""

from datetime import datetime, time, timedelta

from django.contrib.postgres.search import SearchQuery as TextQuery
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Article, Mention
from articles.search.analysis import query_terms
from articles.search.query import SearchPage, SearchQuery

# More words than anyone types; a pasted page must not become a query of ten thousand conditions.
MOST_WORDS = 50


def search(query: SearchQuery, *, articles: QuerySet[Article], offset: int = 0, limit: int = 20) -> SearchPage:
    """The articles among `articles` (what the reader may see) that fit the query, newest first."""
    found = matching(query, articles)
    ids = found.newest_first().values_list("pk", flat=True)[offset : offset + limit]
    return SearchPage(ids=list(ids), total=found.count())


def matching(query: SearchQuery, articles: QuerySet[Article]) -> QuerySet[Article]:
    """The articles among `articles` that fit the query, in the order that they came in."""
    if query.sources:
        articles = articles.filter(source__in=query.sources)
    if query.since:
        articles = articles.filter(appeared_at__gte=_midnight(query.since))
    if query.until:
        articles = articles.filter(appeared_at__lt=_midnight(query.until + timedelta(days=1)))
    for entity in query.entities:
        named = Mention.objects.filter(entity=entity)
        articles = articles.filter(current_revision__in=named.values("revision"))
    if query.text.strip():
        expression = _expression(query.text)
        articles = articles.filter(search_entry__vector=expression) if expression else articles.none()
    return articles


def _expression(text: str) -> TextQuery | None:
    """The words of a query as a tsquery; they are word characters only, so quoting them is safe."""
    groups = query_terms(text)[:MOST_WORDS]
    if not groups:
        return None
    raw = " & ".join("(" + " | ".join(f"'{form}'" for form in forms) + ")" for forms in groups)
    return TextQuery(raw, search_type="raw", config="simple")


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
