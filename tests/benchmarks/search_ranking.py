"""How well and how fast articles are found: python -m tests.benchmarks.search_ranking [--postgres NUMBER] [--lucene]

Known items: 1,000 headlines, and three words of each, seek their article among 30,654 whose headlines were taken away.
Passages: 693 questions seek the passage of an encyclopedia that answers them, with its page's title and without it.
A figure is the mean reciprocal rank of the first ten; beside it that of the even and of the odd queries (parameters
were chosen on the even ones), the share found among ten, and milliseconds for the ten best and the total.

--postgres asks PostgreSQL's own full text search NUMBER queries of each set, in a database made and dropped by this
run; --lucene runs Debian's liblucene8-java with a JDK.
"""

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.benchmarks.search_engines import Lucene, Tantivy, tantivy_engines  # noqa: E402 - the settings come first
from tests.benchmarks.search_postgres import full_text  # noqa: E402
from tests.benchmarks.search_sets import (  # noqa: E402
    Answer,
    Document,
    Quality,
    Query,
    known_items,
    measured,
    news,
    passages,
    questions,
)


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def row(engine: str, name: str, quality: Quality) -> None:
    say(
        f"{engine:26} {name:22} MRR@10 {quality.rank:.3f} (even {quality.even:.3f}, odd {quality.odd:.3f})"
        f"  R@10 {quality.recall:.3f}  {quality.median:7.2f} ms, p95 {quality.percentile:7.2f}"
    )


def collections() -> list[tuple[list[Document], dict[str, list[Query]]]]:
    """Documents with the query sets that are asked of them."""
    return [
        (news(), {"headlines": known_items("title"), "three words": known_items("three")}),
        (passages(titled=False), {"questions": questions()}),
        (passages(titled=True), {"questions, titled": questions()}),
    ]


def measure_tantivy(make: Callable[[], Tantivy]) -> None:
    for documents, sets in collections():
        engine = make()
        with tempfile.TemporaryDirectory(prefix="newsdesk-ranking-") as folder:
            seconds, size = engine.index(documents, Path(folder))
            if documents is news():
                names = " and ".join(engine.asks)
                say(f"{names}: {len(documents) / seconds:,.0f} documents/s, {of_raw(size, documents)}")
            for name in engine.asks:
                for which, queries in sets.items():
                    row(name, which, measured(queries, engine.answers(name, [query.text for query in queries])))


def of_raw(size: int, documents: list[Document]) -> str:
    raw = sum(len(document.body.encode()) for document in documents)
    return f"index {size / raw:.2f} of the raw text"


def measure_lucene() -> None:
    missing = Lucene.missing()
    if missing:
        say(f"{Lucene.name} is not measured: {missing}")
        return
    for documents, sets in collections():
        queries = [query for queries in sets.values() for query in queries]
        size, answers = Lucene().run(documents, [query.text for query in queries])
        if documents is news():
            say(f"{Lucene.name:26} {of_raw(size, documents)}")
        show_in_turn(Lucene.name, sets, answers)


def show_in_turn(engine: str, sets: dict[str, list[Query]], answers: list[Answer]) -> None:
    first = 0
    for name, queries in sets.items():
        row(engine, name, measured(queries, answers[first : first + len(queries)]))
        first += len(queries)


def measure_postgres(number: int) -> None:
    sets = {name: queries[:number] for name, queries in collections()[0][1].items()}
    answers = full_text(news(), [query.text for queries in sets.values() for query in queries])
    show_in_turn(f"PostgreSQL, first {number}", sets, answers)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", type=int, default=0)
    parser.add_argument("--lucene", action="store_true")
    options = parser.parse_args()
    for place in range(len(tantivy_engines())):
        measure_tantivy(lambda place=place: tantivy_engines()[place])
    if options.lucene:
        measure_lucene()
    if options.postgres:
        measure_postgres(options.postgres)


if __name__ == "__main__":
    main()
