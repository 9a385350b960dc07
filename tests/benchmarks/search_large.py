"""How fast a large archive is searched and browsed: python -m tests.benchmarks.search_large [ARTICLES]

Works in a database and an index of its own, made and dropped by this run (31,000 articles by default; for 1,000,000 it
needs about 20 GB of disk and an hour). Three words each of real headlines are asked, facets for them and for single
frequent words, and the pages of the list through Django's own client, from query to finished HTML.
"""

import argparse
import logging
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlencode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the settings come first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from articles.models import Article  # noqa: E402
from articles.search.faceting import facets  # noqa: E402
from articles.search.finding import search  # noqa: E402
from articles.search.index.folder import search_folder  # noqa: E402
from articles.search.index.following import catch_up  # noqa: E402
from articles.search.index.rebuilding import rebuild  # noqa: E402
from articles.search.query import Reader, SearchQuery  # noqa: E402
from tests.accounts import make_user  # noqa: E402
from tests.benchmarks import large_archive  # noqa: E402
from tests.benchmarks.search_sets import known_items  # noqa: E402

ASKED, PAGES, CHANGES = 1000, 60, 20
FREQUENT = ("الرياض", "قال", "السعودية", "وزير", "محمد", "اليوم", "العمل", "المملكة")
PUBLISHED, HIDDEN = Article.Status.PUBLISHED, Article.Status.HIDDEN
READER = Reader(statuses=(PUBLISHED,), member=True)
# The newsroom's list: what is first, what was asked for, and what was narrowed.
ADDRESSES = (
    ("start page", {}),
    ("three words", {"q": None}),
    ("three words, newest", {"q": None, "sort": "newest"}),
    ("last page of a frequent word", {"q": "الرياض", "page": "100"}),
    ("a source and a year", {"source": "1", "since": "2018-01-01", "until": "2018-12-31"}),
)


def row(figure: str, measured: str, of: str) -> None:
    print(f"{figure:58} {measured:>34}   {of}", flush=True)  # noqa: T201


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def spread(times: Iterable[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(ordered):7.2f} p95 {ordered[int(len(ordered) * 0.95)]:7.2f} ms"


def build(articles: int) -> None:
    begun = time.perf_counter()
    large_archive.fill(articles)
    loaded = time.perf_counter()
    rebuild()
    built = time.perf_counter()
    files = search_folder().current().index.iterdir()
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(octet_length(text)) FROM articles_revision")
        raw = cursor.fetchone()[0]
    row("loaded", f"{loaded - begun:.0f} s", f"{articles:,} articles")
    row("index built, articles/s", f"{articles / (built - loaded):,.0f}", f"{os.cpu_count()} processors")
    row("index size", f"{sum(file.stat().st_size for file in files) / raw:.2f} of the raw text", f"{raw / 1e6:,.0f} MB")


def ask() -> None:
    queries = [SearchQuery(text=query.text) for query in known_items("three")[:ASKED]]
    for warm in queries[:20]:
        search(warm, reader=READER, limit=10)
    times = [milliseconds(lambda query=query: search(query, reader=READER, limit=10)) for query in queries]
    row("three words: top 10 and total", spread(times), f"{len(times)} queries")
    times = [milliseconds(lambda query=query: facets(query, READER)) for query in queries[:200]]
    row("facets of three words", spread(times), f"{len(times)} queries")
    broad = [SearchQuery(text=word) for word in FREQUENT] * 5
    times = [milliseconds(lambda query=query: facets(query, READER)) for query in broad]
    row("facets of one frequent word", spread(times), f"{len(times)} queries")
    times = [milliseconds(lambda: facets(SearchQuery(), READER)) for _ in range(20)]
    row("facets of everything", spread(times), "20 times")


def asked_words(asked: dict[str, str | None]) -> list[dict[str, str]]:
    """Words for as many requests, other ones each time where the page leaves them open."""
    if asked.get("q", "") is not None:
        return [{}] * PAGES
    return [{"q": query.text} for query in known_items("three")[:PAGES]]


def browse() -> None:
    client = Client()
    client.force_login(make_user("reader"))
    for name, asked in ADDRESSES:
        texts = [query.text for query in known_items("three")[:PAGES]]
        addresses = [
            f"/?{urlencode(asked | {'q': text} if 'q' in asked and not asked['q'] else asked)}" for text in texts
        ]
        client.get(addresses[0])
        with CaptureQueriesContext(connection) as queries:
            found = client.get(addresses[1])
        # The next request begins a new record of queries.
        number = len(queries)
        if found.status_code != 200:
            raise SystemExit(f"{addresses[1]} is answered by {found.status_code}")
        times = [milliseconds(lambda address=address: client.get(address)) for address in addresses]
        row(f"page: {name}", spread(times), f"{number} queries to the database")
    address = f"/facets/?{urlencode({'q': FREQUENT[0]})}"
    client.get(address)
    row("page: facets of a frequent word", spread(milliseconds(lambda: client.get(address)) for _ in range(20)), "")


def change(articles: int) -> None:
    """From the commit of a change to a search that sees it, by one that follows the database all the time."""
    times = []
    for number in range(CHANGES):
        article = Article.objects.get(pk=1 + number * (articles // CHANGES))
        article.status = (
            Article.Status.HIDDEN if article.status == Article.Status.PUBLISHED else Article.Status.PUBLISHED
        )
        article.save()
        times.append(milliseconds(catch_up))
    row("a changed article is in the index after", spread(times), f"{CHANGES} changes, each replayed at once")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=int, nargs="?", default=31_000)
    articles = parser.parse_args().articles
    if not large_archive.is_there():
        print("the newspaper corpus is not here: nothing is measured")  # noqa: T201
        return
    setup_test_environment()
    logging.disable(logging.INFO)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory(prefix="newsdesk-search-") as folder:
            settings.SEARCH_FOLDER = Path(folder)
            build(articles)
            ask()
            browse()
            change(articles)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
