"""What it costs to build and to follow: python -m tests.benchmarks.search_index [ARTICLES]

Works in a database and a folder of its own, made and dropped by this run, over articles of the newspaper corpus
(6,000 by default), each naming some invented entities. Rates are of processor time where one process does the work and
of the clock where two are compared: on a busy machine only the former say much.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the settings come first
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from articles.models import Article, Entity, Mention, Revision, Source  # noqa: E402
from articles.search.index.folder import search_folder  # noqa: E402
from articles.search.index.following import Follower  # noqa: E402
from articles.search.index.reading import searcher  # noqa: E402
from articles.search.index.rebuilding import rebuild  # noqa: E402
from articles.search.index.writing import Documents, size_of  # noqa: E402
from tests.benchmarks.import_material import corpus, is_there  # noqa: E402

ENTITIES, NAMED, COMMITS, OF_A_COMMIT, LOOKS = 3_000, 25, 1_000, 3, 10_000


def row(figure: str, measured: str, wanted: str = "") -> None:
    print(f"{figure:60} {measured:>26} {wanted:>12}", flush=True)  # noqa: T201


def fill(number: int) -> int:
    """The articles with revisions and mentions; bytes of text in all."""
    chance = random.Random(3)
    source = Source.objects.create(key="صحيفة", name="صحيفة")
    entities = Entity.objects.bulk_create(
        Entity(kind=chance.choice(Entity.Kind.values), name=f"اسم {one}", folded=f"اسم {one}")
        for one in range(ENTITIES)
    )
    records = [one for one in islice(corpus(), number) if one["text"].strip() and one["title"].strip()]
    articles = Article.objects.bulk_create(
        Article(source=source, url=f"https://news.example/{one}", title=record["title"])
        for one, record in enumerate(records)
    )
    texts = ["\n".join([record["title"], *record["text"].splitlines()]) for record in records]
    revisions = Revision.objects.bulk_create(
        Revision(article=article, number=1, text=text, blocks=[{}], content_hash=str(article.pk), cleaner_version="1")
        for article, text in zip(articles, texts, strict=True)
    )
    Mention.objects.bulk_create(
        Mention(
            revision=revision, entity=entity, start=place, end=place + 1, surface="س", recogniser="benchmark", score=1
        )
        for revision in revisions
        for place, entity in enumerate({_frequent(entities, chance) for _ in range(NAMED)})
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE articles_article SET current_revision_id = revision.id"
            " FROM articles_revision AS revision WHERE revision.article_id = articles_article.id"
        )
        cursor.execute("ANALYZE")
    return sum(len(text.encode()) for text in texts)


def _frequent(entities: list[Entity], chance: random.Random) -> Entity:
    """Few are named often, as in the news."""
    return entities[int(len(entities) * chance.random() ** 3)]


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock, and of this process's processors."""
    clock, processor = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - clock, time.process_time() - processor


def build(number: int, text: int) -> None:
    rebuild(processes=1)
    one, processor = timed(lambda: rebuild(processes=1))
    row("rebuilt by one process, articles/s (of processor time)", f"{number / one:.0f} ({number / processor:.0f})")
    two, _ = timed(lambda: rebuild(processes=2))
    row("two processes against one", f"{one / two:.2f} ×", "≥ 1.70 ×")
    generation = search_folder().current()
    size = size_of(generation)
    row("index against the raw text", f"{size / text:.2f} × ({size / 1e6:.0f} MB)", "≤ 0.60 ×")
    row("segments after a rebuild", str(Documents.of(generation).segments))


def follow() -> None:
    """Many small commits, as of an import: each changes a few articles, and is followed at once."""
    follower = Follower(search_folder())
    chance, ids = random.Random(5), list(Article.objects.values_list("pk", flat=True))
    first, most, spent = [], 0, []
    for number in range(COMMITS):
        Article.objects.filter(pk__in=chance.sample(ids, OF_A_COMMIT)).update(byline=f"كاتب {number}")
        clock, _ = timed(follower.step)
        spent.append(clock)
        most = max(most, Documents.of(search_folder().current()).segments)
        if number == COMMITS // 10:
            first = list(spent)
    follower.close()
    row(f"{COMMITS} commits of {OF_A_COMMIT} articles, ms each (median)", f"{1000 * statistics.median(spent):.0f}")
    last = statistics.median(spent[-len(first) :]) / statistics.median(first)
    row("  the last tenth against the first", f"{last:.2f} ×", "≤ 1.50 ×")
    row("  95th percentile, ms", f"{1000 * statistics.quantiles(spent, n=20)[-1]:.0f}", "≤ 1000")
    documents = Documents.of(search_folder().current())
    row("  segments: most, at the end; share replaced", f"{most}, {documents.segments}; {_share(documents):.0%}")


def _share(documents: Documents) -> float:
    return documents.deleted / documents.stored


def look() -> None:
    searcher()
    clock, _ = timed(lambda: [searcher() for _ in range(LOOKS)])
    row("a searcher where nothing changed, µs", f"{clock / LOOKS * 1e6:.1f}", "≤ 50")


def main(number: int) -> None:
    if not is_there():
        print("the newspaper corpus is not here: nothing is measured")  # noqa: T201
        return
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as name:
            settings.SEARCH_FOLDER = Path(name) / "search"
            text = fill(number)
            build(Article.objects.count(), text)
            look()
            follow()
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6_000)
