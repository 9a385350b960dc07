"""What a search found, ready to go out: in order, in batches, and only what the reader may read at this moment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models.functions import Substr
from tantivy import FieldType, Occur, Query, Searcher

from articles.delivering.arrivals import Period
from articles.models import Article
from articles.search.asking import Question, question_of
from articles.search.asking.criteria import either, of, unscored
from articles.search.finding import in_order, sort_of
from articles.search.index import schema as index
from articles.search.index.reading import searching
from articles.search.query import Reader, SearchQuery

# Articles that are in memory at once, and how much of each one's text: what is beyond holds no passage.
BATCH = 100
MOST_TEXT = 60_000


@dataclass(frozen=True)
class Found:
    """Primary keys in order, and how many articles there are in all. `every`: whether they hold every word sought."""

    ids: list[int]
    total: int
    every: bool = True


def published_reader(user: AbstractBaseUser | AnonymousUser) -> Reader:
    """For what leaves the house by itself: published articles alone, found by what people decided alone.

    Feeds and mails are read outside: nothing of an internal source is in them, whoever they are for.
    """
    statuses = set(Reader.of(user).statuses) & {Article.Status.PUBLISHED.value}
    return Reader(tuple(statuses) if user.is_active or user.is_anonymous else (), member=False).outside()


def found(query: SearchQuery, *, reader: Reader, most: int, loosely: bool = False) -> Found:
    """The first `most` articles of the search; `loosely`: where none holds every word those that hold some.

    Raises SearchUnavailable.
    """
    question = question_of(query, reader)
    with searching() as searcher:
        all_words = _found(searcher, question.compiled(every=True), question, most=most)
        if all_words.total or not (loosely and question.loosens):
            return all_words
        return _found(searcher, question.compiled(every=False), question, most=most, every=False)


def found_in(query: SearchQuery, *, reader: Reader, period: Period, most: int) -> Found:
    """Of the articles of the search the first `most` of those that came in this time.

    Raises SearchUnavailable.
    """
    question = question_of(query, reader)
    imported = Query.range_query(
        index.schema(), index.ID, FieldType.Integer, lower_bound=period.after + 1, upper_bound=period.until
    )
    came = either(imported, of(index.ID, *period.released))
    both = Query.boolean_query([(Occur.Must, question.compiled(every=True)), (Occur.Must, unscored(came))])
    with searching() as searcher:
        return _found(searcher, both, question, most=most)


def _found(searcher: Searcher, query: Query, question: Question, *, most: int, every: bool = True) -> Found:
    hits = in_order(searcher, query, sort_of(question, every=every), limit=most)
    return Found(hits.ids, hits.total, every)


def articles_of(ids: Sequence[int], *, reader: Reader) -> Iterator[Article]:
    """The articles of these primary keys that the reader may read, in this order, each with its `text`.

    Two queries a batch: what was hidden after the search is left out.
    """
    readable = (
        reader.articles()
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
