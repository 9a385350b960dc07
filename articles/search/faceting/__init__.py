"""Facets: what the articles that a search finds have in common, with numbers."""

from dataclasses import replace

from articles.search.faceting.counting import Counting
from articles.search.faceting.stored import store_counts, stored_counts
from articles.search.faceting.values import Bar, Facets, FacetValue, Histogram
from articles.search.index.folder import search_folder
from articles.search.index.reading import searching
from articles.search.query import Reader, SearchQuery, Sort

__all__ = [
    "Bar",
    "FacetValue",
    "Facets",
    "Histogram",
    "asks_nothing",
    "facets",
    "facets_of_all",
    "names_found",
    "store_counts",
    "stored_counts",
]


def facets(query: SearchQuery, reader: Reader) -> Facets:
    """What the query finds for this reader, counted. Raises SearchUnavailable."""
    if asks_nothing(query):
        return facets_of_all(reader)
    with searching() as searcher:
        return Counting(searcher, query, reader).facets()


def names_found(query: SearchQuery, reader: Reader, *, kind: str, text: str) -> list[FacetValue]:
    """The names of a kind that hold these letters, in the articles that the query finds. Raises SearchUnavailable."""
    with searching() as searcher:
        return Counting(searcher, query, reader).named(kind, text)


def facets_of_all(reader: Reader) -> Facets:
    """The whole archive's numbers as they are stored, or counted where they are not. Raises SearchUnavailable."""
    with searching() as searcher:
        generation = search_folder().current()
        stored = generation and stored_counts(generation.path, reader)
        return stored or Counting(searcher, SearchQuery(), reader).facets()


def asks_nothing(query: SearchQuery) -> bool:
    """Whether the query restricts nothing, however it is sorted."""
    return replace(query, text=query.text.strip(), sort=Sort.RELEVANCE) == SearchQuery()
