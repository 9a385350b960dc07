"""Searching: a page of what fits a query, best or newest first.

Articles that hold every word come first and are what is counted. Where they do not fill a page, others that hold some
of the words follow; where there are none, those others are the result.
"""

from typing import NamedTuple

from django.db.models import QuerySet
from tantivy import Order, Query, Searcher

from articles.language.folding import fold
from articles.models import Article
from articles.search.analysing.words import MOST_WORDS
from articles.search.asking import Question, question_of
from articles.search.index import schema as index
from articles.search.index.reading import SearchUnavailable, searching
from articles.search.query import Reader, SearchPage, SearchQuery, Sort
from articles.search.sql import Folded

# Nobody reads on: a narrower question serves better. What the index would have to rank grows with every page.
MOST_RESULTS = 2_000
# What an editor in the admin looks through.
MOST_MATCHING = 10_000
EVERYTHING = Reader(tuple(Article.Status.values), member=True)


class Found(NamedTuple):
    """Ids with their scores, in order; `total` is of all that fit."""

    ids: list[int]
    scores: list[float]
    total: int


def search(query: SearchQuery, *, reader: Reader, offset: int = 0, limit: int = 20) -> SearchPage:
    """A page for this reader; empty beyond MOST_RESULTS. Raises SearchUnavailable."""
    question = question_of(query, reader)
    with searching() as searcher:
        return page_of(searcher, question, offset=offset, limit=limit)


def page_of(searcher: Searcher, question: Question, *, offset: int = 0, limit: int = 20) -> SearchPage:
    """As `search`, of a question that was read before."""
    limit = max(0, min(limit, MOST_RESULTS - offset))
    found = _found(searcher, question, every=True, offset=offset, limit=limit)
    page = SearchPage(found.ids, found.total, found.scores, notes=question.notes)
    if not question.loosens or found.total >= limit:
        return page
    if found.total == 0:
        some = _found(searcher, question, every=False, offset=offset, limit=limit)
        return SearchPage(some.ids, some.total, some.scores, notes=question.notes, every=False)
    return (
        _filled(searcher, question, page, limit)
        if not offset and sort_of(question, every=True) is Sort.RELEVANCE
        else page
    )


def matching(query: SearchQuery, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of `articles` that fit the query, whatever their status: the best MOST_MATCHING at most.

    Without an index those whose title holds the words.
    """
    try:
        with searching() as searcher:
            question = question_of(query, EVERYTHING)
            found = _found(searcher, question, every=True, offset=0, limit=MOST_MATCHING)
    except SearchUnavailable:
        return _titled(query.text, articles)
    return articles.filter(pk__in=found.ids)


def _filled(searcher: Searcher, question: Question, page: SearchPage, limit: int) -> SearchPage:
    """The page, which holds all that have every word, followed by the best of those that have some."""
    some = _found(searcher, question, every=False, offset=0, limit=limit + len(page.ids), count=False)
    known = set(page.ids)
    nearby = [(pk, score) for pk, score in zip(some.ids, some.scores, strict=True) if pk not in known]
    nearby = nearby[: limit - len(page.ids)]
    return SearchPage(
        ids=page.ids + [pk for pk, _score in nearby],
        total=page.total,
        scores=page.scores + [score for _pk, score in nearby],
        nearby=len(nearby),
        notes=page.notes,
    )


def _found(
    searcher: Searcher, question: Question, *, every: bool, offset: int, limit: int, count: bool = True
) -> Found:
    compiled, sort = question.compiled(every=every), sort_of(question, every=every)
    if not limit:
        return Found([], [], searcher.search(compiled, 1).count)
    return in_order(searcher, compiled, sort, offset=offset, limit=limit, count=count)


def in_order(
    searcher: Searcher, compiled: Query, sort: Sort, *, offset: int = 0, limit: int, count: bool = True
) -> Found:
    """What is equal comes in the order of the list of articles where that is asked for, else in that of import."""
    if sort is Sort.RELEVANCE:
        result = searcher.search(compiled, limit, count=count, offset=offset)
    else:
        order = Order.Asc if sort is Sort.OLDEST else Order.Desc
        result = searcher.search(compiled, limit, order_by_field=index.APPEARED, offset=offset, order=order)
    ids = searcher.fast_field_values(index.ID, [address for _value, address in result.hits])
    hits = sorted(
        ((value, pk) for (value, _address), pk in zip(result.hits, ids, strict=True)),
        key=lambda hit: (hit[0] if sort is Sort.OLDEST else -hit[0], -hit[1] if sort is Sort.NEWEST else hit[1]),
    )
    scores = [score if sort is Sort.RELEVANCE else 0.0 for score, _pk in hits]
    return Found([pk for _value, pk in hits], scores, result.count or 0)


def sort_of(question: Question, *, every: bool) -> Sort:
    """Where nothing ranks, the newest come first; of what holds some of the words the newest would hold any of them."""
    if not question.ranks:
        return Sort.OLDEST if question.query.sort is Sort.OLDEST else Sort.NEWEST
    return question.query.sort if every else Sort.RELEVANCE


def _titled(text: str, articles: QuerySet[Article]) -> QuerySet[Article]:
    articles = articles.alias(folded_title=Folded("title"))
    for word in fold(text).split()[:MOST_WORDS]:
        articles = articles.filter(folded_title__contains=word)
    return articles
