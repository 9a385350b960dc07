"""How fast the pages of names are in a large archive: python -m tests.benchmarks.entity_pages [ARTICLES] [MENTIONS]

Fills a database of its own, made and dropped by this run, with seeded articles by COPY (31,000 with 400,000 mentions by
default, their names as unevenly spread as in the news), and prints the 95th percentile and the queries of each page.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 - the settings come first
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    setup_test_environment,
    teardown_databases,
)

from articles.language.folding import fold  # noqa: E402
from articles.models import Article, Entity, Source  # noqa: E402
from articles.naming.counting import settle_all_counts  # noqa: E402
from tests.accounts import make_user  # noqa: E402

SEED, SOURCES, YEARS = 20240501, 14, 6
ROUNDS = 20
KINDS = ["person"] * 5 + ["organisation"] * 3 + ["place", "other"]
WORDS = "قال أعلن إن الاجتماع المقبل سيعقد في العاصمة بعد أن تأجل مرتين بسبب خلاف على جدول الأعمال"
GIVEN = "سالم هند كمال ليلى رامي سعاد نبيل منى طارق عبير"
BEGINNING = datetime(2018, 1, 1, tzinfo=UTC)


def copied(table: str, columns: list[str], rows: Iterator[tuple]) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def fill(articles: int, mentions: int) -> None:
    chance = random.Random(SEED)
    names = entity_names(mentions // 7)
    copied(
        "articles_entity",
        ["id", "kind", "name", "folded", "distinction"],
        ((pk, KINDS[pk % len(KINDS)], name, fold(name), "") for pk, name in enumerate(names, 1)),
    )
    for number in range(1, SOURCES + 1):
        Source.objects.create(pk=number, key=f"s{number}", name=f"صحيفة {number}")
    # A few names are in every third article, most in one: the rank of a name is drawn evenly on a logarithmic scale.
    drawn = [[int(len(names) ** chance.random()) for _ in range(mentions // articles + 1)] for _ in range(articles)]
    texts = [text_of(chance, number, [names[pk - 1] for pk in who]) for number, who in enumerate(drawn, 1)]
    step = timedelta(days=365 * YEARS) / articles
    copied(
        "articles_article",
        ["id", "source_id", "url", "key", "title", "byline", "published_at", "published_precision", "language",
         "status", "metadata", "as_read", "imported_at", "published_from", "place", "agencies", "credit"],
        (
            (pk, pk % SOURCES + 1, f"https://news.example/{pk}", "", f"خبر {pk}", "", BEGINNING + pk * step, "minute",
             "ar", "hidden" if pk % 50 == 0 else "published", "{}", "{}", BEGINNING, "", "", "", "")
            for pk in range(1, articles + 1)
        ),
    )  # fmt: skip
    copied(
        "articles_revision",
        ["id", "article_id", "number", "text", "blocks", "content_hash", "cleaner_version", "created_at", "evidence"],
        (
            (pk, pk, 1, text, f'[{{"kind": "heading", "start": 0, "end": {len(text)}}}]', str(pk), "1", BEGINNING, "[]")
            for pk, (text, _) in enumerate(texts, 1)
        ),
    )
    Article.objects.update(current_revision_id=django.db.models.F("id"))
    copied(
        "articles_mention",
        ["revision_id", "entity_id", "start", "end", "surface", "role", "recogniser", "score", "decided_by_name"],
        (
            (pk, entity, start, start + len(names[entity - 1]), names[entity - 1], "", "bench 1", 1, "")
            for pk, (who, (_, starts)) in enumerate(zip(drawn, texts, strict=True), 1)
            for entity, start in zip(who, starts, strict=True)
        ),
    )


def entity_names(number: int) -> list[str]:
    given = GIVEN.split()
    return [f"{given[n % 10]} {chr(0x628 + n % 7)}{chr(0x631 + n % 5)}ا{n:x} الوادي"[:300] for n in range(number)]


def text_of(chance: random.Random, number: int, names: list[str]) -> tuple[str, list[int]]:
    """A text of some 280 words, and where each name begins in it."""
    text, starts = f"خبر {number}\n", []
    for name in names:
        starts.append(len(text))
        text += f"{name} {' '.join(chance.choices(WORDS.split(), k=18))}. "
    return text, starts


def measure(title: str, ask: Callable[[], object]) -> None:
    with CaptureQueriesContext(connection) as queries:
        ask()
    number = len(queries)
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        ask()
        times.append(1000 * (time.perf_counter() - begin))
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{title:44} {statistics.median(times):7.1f} ms median {p95:7.1f} ms p95 {number:3} queries")  # noqa: T201


def main(articles: int = 31_000, mentions: int = 400_000) -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        begin = time.perf_counter()
        fill(articles, mentions)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"filled in {time.perf_counter() - begin:.0f} s: {articles:,} articles, {Entity.objects.count():,} names")  # noqa: T201
        begin = time.perf_counter()
        settle_all_counts()
        print(f"counted in {time.perf_counter() - begin:.1f} s")  # noqa: T201
        client = Client()
        client.force_login(make_user("reader"))
        for pk in (1, 10, 1000, 40_000):
            measure(f"/entities/ of the name of rank {pk}", lambda pk=pk: client.get(f"/entities/{pk}/"))
        measure("/people/", lambda: client.get("/people/"))
        measure("/people/?page=50", lambda: client.get("/people/?page=50"))
        measure("/people/?q=سالم", lambda: client.get("/people/", {"q": "سالم"}))
        measure("/?entity= with two frequent names", lambda: client.get("/", {"entity": [1, 2]}))
        measure("/articles/", lambda: client.get("/articles/777/"))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
