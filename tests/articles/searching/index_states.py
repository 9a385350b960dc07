"""What tests ask of an index, and how they make it wrong."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.db import connections
from tantivy import Query

from articles.search.index import schema
from articles.search.index.reading import searcher


def found_by(field: str, value: object) -> list[int]:
    """The articles whose documents hold this term."""
    engine = searcher()
    hits = engine.search(Query.term_query(schema.schema(), field, value), 1000).hits
    return sorted(engine.fast_field_values(schema.ID, [address for _, address in hits]))


@contextmanager
def another_connection() -> Iterator[ThreadPoolExecutor]:
    """A thread, which has a connection of its own."""
    with ThreadPoolExecutor(1) as pool:
        yield pool
        pool.submit(connections.close_all).result()
