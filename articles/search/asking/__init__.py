"""The query language, and what tantivy is asked for a query.

read_asked   text → Asked: what was understood of it, with notes on what was not (pure)
question_of  SearchQuery, Reader → Question: with the names in it looked up, to be compiled as often as needed
compiled     the same in one step
"""

from tantivy import Query

from articles.search.asking.compiling import CRITERIA, Question
from articles.search.asking.parsing import read_asked
from articles.search.asking.parts import Asked, Marking
from articles.search.asking.resolving import question_of
from articles.search.query import Reader, SearchQuery

__all__ = ["CRITERIA", "Asked", "Marking", "Question", "asked_of", "compiled", "question_of", "read_asked"]


def compiled(query: SearchQuery, reader: Reader, *, every: bool, without: frozenset[str] = frozenset()) -> Query:
    """All of the query for this reader; `every` false: some of its words. `without`: criteria left out, of CRITERIA."""
    return question_of(query, reader).compiled(every=every, without=without)


def asked_of(query: SearchQuery) -> Asked:
    return read_asked(query.text)
