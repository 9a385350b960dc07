"""What a search found, ready to go out: in order, in batches, and only what the reader may read at this moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q
from django.db.models.functions import Substr

from articles.delivering.arrivals import Point, released_between
from articles.models import Article
from articles.search import SearchQuery, matching
from articles.search.query import Reader

# Articles that are in memory at once, and how much of each one's text: what is beyond holds no passage.
BATCH = 100
MOST_TEXT = 60_000


@dataclass(frozen=True)
class Found:
    """Primary keys in order, and how many articles there are in all."""

    ids: list[int]
    total: int


def published_reader(user: AbstractBaseUser | AnonymousUser) -> Reader:
    """For what leaves the house by itself: published articles alone, found by what people decided alone."""
    statuses = set(Reader.of(user).statuses) & {Article.Status.PUBLISHED.value}
    return Reader(tuple(statuses) if user.is_active or user.is_anonymous else (), member=False)


def found(query: SearchQuery, *, reader: Reader, most: int) -> Found:
    """The first `most` articles of the search."""
    articles = matching(query, Article.objects.filter(status__in=reader.statuses))
    return Found(ids=list(articles.newest_first().values_list("pk", flat=True)[:most]), total=articles.count())


def found_between(query: SearchQuery, *, reader: Reader, after: Point, until: Point, most: int) -> Found:
    """Of the articles of the search the first `most` of those that came between two moments."""
    came = Q(pk__gt=after.article, pk__lte=until.article) | Q(pk__in=released_between(after, until))
    articles = matching(query, Article.objects.filter(came, status__in=reader.statuses))
    return Found(ids=list(articles.newest_first().values_list("pk", flat=True)[:most]), total=articles.count())


def articles_of(ids: Sequence[int], *, reader: Reader) -> Iterator[Article]:
    """The articles of these primary keys that the reader may read, in this order, each with its `text`.

    Two queries a batch: what was hidden after the search is left out.
    """
    readable = (
        Article.objects.filter(status__in=reader.statuses)
        .exclude(current_revision=None)
        .select_related("source", "current_revision")
        .defer(
            "metadata", "as_read", "current_revision__text", "current_revision__blocks", "current_revision__evidence"
        )
        .annotate(text=Substr("current_revision__text", 1, MOST_TEXT))
    )
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        articles = readable.in_bulk(batch)
        yield from (articles[pk] for pk in batch if pk in articles)
