"""PostgreSQL's full text search on the same documents: to_tsvector('arabic'), GIN, ts_rank, any of the words."""

import time
from collections.abc import Iterable

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests.benchmarks.search_sets import DEPTH, Answer, Document

ANY_WORD = "replace(plainto_tsquery('arabic', %s)::text, '&', '|')::tsquery"
BEST = f"""
SELECT number, count(*) OVER () FROM ranked_documents, (SELECT {ANY_WORD} AS words) AS sought
WHERE vector @@ words ORDER BY ts_rank(vector, words) DESC, number LIMIT {DEPTH}
"""


def full_text(documents: Iterable[Document], texts: Iterable[str]) -> list[Answer]:
    """Answers of a database of its own, made and dropped here."""
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        load(documents)
        return [answer(text) for text in texts]
    finally:
        teardown_databases(databases, verbosity=0)


def load(documents: Iterable[Document]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ranked_documents (number int PRIMARY KEY, body text, vector tsvector)")
        with cursor.copy("COPY ranked_documents (number, body) FROM STDIN") as copy:
            for number, document in enumerate(documents):
                copy.write_row((number, f"{document.headline}\n{document.body}"))
        cursor.execute("UPDATE ranked_documents SET vector = to_tsvector('arabic', body)")
        cursor.execute("CREATE INDEX ON ranked_documents USING gin (vector)")
        cursor.execute("ANALYZE ranked_documents")


def answer(text: str) -> Answer:
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(BEST, [text])
        found = cursor.fetchall()
    milliseconds = (time.perf_counter() - begun) * 1000
    return Answer([number for number, _total in found], found[0][1] if found else 0, milliseconds)
