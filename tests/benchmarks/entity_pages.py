"""How fast the pages of names are in a large archive: python -m tests.benchmarks.entity_pages [ARTICLES] [MENTIONS]

Fills a database of its own, made and dropped by this run, with seeded articles by COPY (31,000 with 400,000 mentions
and 75,000 marks by default, their names as unevenly spread as in the news). Prints of each page what web and database
compute for it, median and 95th percentile, and its queries. On a machine that does nothing else this is what the
reader waits.
"""

import gc
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the settings come first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import (  # noqa: E402
    CaptureQueriesContext,
    setup_databases,
    teardown_databases,
)

from articles.language.folding import fold  # noqa: E402
from articles.models import Article, Entity, Mention, Source  # noqa: E402
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


def fill_quotes(articles: int) -> None:
    """Two quotes an article, said by whom it names, three in four of them about somebody else in it too.

    Of every ten speakers eight are told by entity, two by a mark over their name. Seven in ten are suggestions.
    """
    chance, keys = random.Random(SEED), count(1)
    for first in range(1, articles + 1, BATCH):
        of_batch = range(first, first + BATCH)
        texts = dict(Article.objects.filter(pk__in=of_batch).values_list("current_revision", "current_revision__text"))
        mentions: dict[int, list[tuple]] = {}
        rows = Mention.objects.filter(revision__in=texts).order_by("revision", "start")
        for revision, *mention in rows.values_list("revision", "start", "end", "entity"):
            mentions.setdefault(revision, []).append(mention)
        marks, parts, links = [], [], []
        for revision, text in texts.items():
            for (start, end, entity), (_, beyond, _) in chance.sample(pairs(mentions[revision]), 2):
                quote, named = next(keys), chance.random() < 0.2
                speaker = next(keys) if named else None
                suggested = chance.random() < 0.7
                upto = beyond + 5 if chance.random() < 0.75 else end + 40
                marks.append(mark_row(quote, revision, "quote", chance.choice(STANCES), suggested))
                parts.append((quote, 0, "content", end + 1, upto, text[end + 1 : upto], "", ""))
                if speaker:
                    marks.append(mark_row(speaker, revision, "speaker", "", suggested))
                    parts.append((speaker, 0, "content", start, end, text[start:end], "", ""))
                certainty = "probable" if suggested else "confirmed"
                links.append((quote, 0, speaker, None if speaker else entity, "", "said", certainty))
        copied("annotations_annotation", MARK_COLUMNS, iter(marks))
        copied("annotations_part", PART_COLUMNS, iter(parts))
        columns = ["annotation_id", "order", "speaker_id", "entity_id", "name", "role", "certainty"]
        copied("annotations_attribution", columns, iter(links))


BATCH = 5_000
PART_COLUMNS = ["annotation_id", "order", "role", "start", "end", "exact", "prefix", "suffix"]
STANCES = ["neutral"] * 7 + ["assertive"] * 2 + ["denying"]
MARK_COLUMNS = ["id", "uuid", "revision_id", "kind", "status", "quote_type", "note", "detector", "detector_version",
                "rule", "confidence", "created_at", "created_by_name", "decided_at", "decided_by_name",
                "stance"]  # fmt: skip


def pairs(mentions: list[tuple]) -> list[tuple]:
    """Every second mention with the one after it, so that no two quotes overlap."""
    return list(zip(mentions[::2], mentions[1::2], strict=False))


def mark_row(pk: int, revision: int, kind: str, stance: str, suggested: bool) -> tuple:
    status, decided = ("suggested", (None, "")) if suggested else ("accepted", (BEGINNING, "bench"))
    quote_type = "indirect" if kind == "quote" else ""
    uuid = f"00000000-0000-4000-8000-{pk:012x}"
    detector = ("bench", "1", "bench", 0.9)
    return (pk, uuid, revision, kind, status, quote_type, "", *detector, BEGINNING, "", *decided, stance)


@contextmanager
def without_triggers() -> Iterator[None]:
    """What follows changes and keeps history would take minutes; which names are to be counted is said afterwards."""
    tables = [f"articles_{name}" for name in ("article", "revision", "mention")]
    tables += [f"annotations_{name}" for name in ("annotation", "part", "attribution")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("INSERT INTO articles_countdue (entity_id) SELECT id FROM articles_entity")


def processor_ms() -> float:
    """What this process and its server process have computed so far; the clock where that cannot be told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [backend] = cursor.fetchone()
    try:
        computed = int(Path(f"/proc/{backend}/schedstat").read_text("ascii").split()[0]) / 1e6
    except OSError:
        return 1000 * time.perf_counter()
    return 1000 * time.process_time() + computed


def measure(title: str, ask: Callable[[], object]) -> None:
    with CaptureQueriesContext(connection) as queries:
        ask()
    number = len(queries)
    times = []
    for _ in range(ROUNDS):
        begin = processor_ms()
        answer = ask()
        times.append(processor_ms() - begin)
        assert answer.status_code == 200, (title, answer.status_code)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{title:44} {statistics.median(times):7.1f} ms median {p95:7.1f} ms p95 {number:3} queries")  # noqa: T201


def main(articles: int = 31_000, mentions: int = 400_000) -> None:
    # Not Django's test environment: it keeps a copy of every context that a template is rendered with.
    settings.ALLOWED_HOSTS = ["testserver"]
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        begin = time.perf_counter()
        with without_triggers():
            fill(articles, mentions)
            fill_quotes(articles)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"filled in {time.perf_counter() - begin:.0f} s: {articles:,} articles, {Entity.objects.count():,} names")  # noqa: T201
        begin = time.perf_counter()
        settle_all_counts()
        print(f"counted in {time.perf_counter() - begin:.1f} s")  # noqa: T201
        # What the filling left in memory is no part of a web process.
        gc.collect()
        gc.freeze()
        client = Client()
        client.force_login(make_user("reader"))
        ranks = [rank for rank in (1, 10, 1000, 40_000) if rank < mentions // 10]
        for pk in ranks:
            measure(f"/entities/ of the name of rank {pk}", lambda pk=pk: client.get(f"/entities/{pk}/"))
        for pk in ranks:
            for part in ("", "about/", "?stance=denying", "?year=2020", "?source=3"):
                address = f"/entities/{pk}/quotes/{part}"
                measure(address, lambda address=address: client.get(address))
        deep = f"/entities/1/quotes/?after={1_600_000_000_000_000}_1_1"
        measure("the same, deep in the list", lambda: client.get(deep))
        measure("/entities/1/quotes/feed/", lambda: client.get("/entities/1/quotes/feed/"))
        measure("/people/", lambda: client.get("/people/"))
        measure("/people/?page=50", lambda: client.get("/people/?page=50"))
        measure("/people/?q=سالم", lambda: client.get("/people/", {"q": "سالم"}))
        measure("/?entity= with two frequent names", lambda: client.get("/", {"entity": [1, 2]}))
        measure("/articles/", lambda: client.get("/articles/777/"))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
