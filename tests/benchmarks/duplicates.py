"""How well and how fast copies are found: python -m tests.benchmarks.duplicates [SIGNATURES] [ARTICLES] [COPIES]

Works in a database of its own, made and dropped by this run. First 500 altered copies (cut, reordered, under another
headline, with a site's lines around them) are sought among 20,000 real articles, and the CPU time of the step that
seeks them is measured, Python's and PostgreSQL's. Then keys are looked up among those of 1,000,000 articles, seeded and
loaded by COPY, one in twenty of them a formula's that stands in up to one article in twenty.

Copies among the real articles themselves count as right: where the long runs of words that a found article has in
common with the copied one (difflib's, which the program does not use) make up half of the shorter text. The other
finds are listed, to be looked at.
"""

import gzip
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import django
import numpy as np

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402 - the settings come first
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

from articles.models import Article, Source  # noqa: E402
from articles.provenance.duplicates import bodies_of, candidates, sign  # noqa: E402
from articles.provenance.signatures import Body, is_copy  # noqa: E402
from articles.provenance.stories import place  # noqa: E402

SEED = 20240501
CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "articles" / "saudinewsnet.jsonl.gz"
MOMENT = datetime(2015, 8, 1, tzinfo=UTC)
ASKED = 2000
# Numbers of the articles that are loaded, and of those that come after them.
FIRST, NEW = 10_000_001, 20_000_000
KEYS, FORMULAS = 17, 200_000
LONG_RUN, MADE_OF_RUNS = 5, 0.5
BEFORE = ("تابعوا صفحتنا ليصلكم كل جديد", "ننقل لكم هذا الخبر كما ورد في مصدره", "شارك المادة مع أصدقائك")
AFTER = (
    "جميع الحقوق محفوظة ولا يسمح بإعادة النشر إلا بإذن مكتوب من إدارة الموقع",
    "المواد المنشورة تعبر عن آراء أصحابها ولا يتحمل الموقع أي مسؤولية عنها",
    "اشترك في نشرتنا البريدية لتصلك أهم الأخبار كل صباح",
    "الأكثر قراءة هذا الأسبوع",
)
COLUMNS = (
    ["id", "source_id", "url", "key", "title", "byline", "published_at", "published_precision", "published_from",
     "place", "agencies", "credit", "language", "status", "metadata", "as_read", "imported_at"]
)  # fmt: skip


class Altered(NamedTuple):
    original: int
    how: str
    text: str


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def copied(table: str, columns: list[str], rows: Iterator[tuple]) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def load(texts: dict[int, str]) -> None:
    """Articles with these texts, as they are before the step runs."""
    copied("articles_article", COLUMNS, (article_row(pk) for pk in texts))
    copied(
        "articles_revision",
        ["id", "article_id", "number", "text", "blocks", "evidence", "content_hash", "cleaner_version", "created_at"],
        ((pk, pk, 1, text, '[{"kind": "heading"}]', "[]", str(pk), "1", MOMENT) for pk, text in texts.items()),
    )
    Article.objects.filter(pk__in=texts).update(current_revision_id=django.db.models.F("id"))


def article_row(pk: int) -> tuple:
    url = f"https://news.example/{pk}"
    return (pk, 1, url, "", f"خبر {pk}", "", MOMENT, "day", "", "", "", "", "ar", "published", "{}", "{}", MOMENT)


def real_texts(number: int) -> dict[int, str]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    chosen = random.Random(SEED).sample(records, min(number, len(records)))
    return {pk: f"{record['title']}\n{record['text']}" for pk, record in enumerate(chosen, 1)}


def altered(texts: dict[int, str], number: int) -> dict[int, Altered]:
    chance = random.Random(SEED)
    long_enough = [pk for pk, text in texts.items() if len(text.split()) >= 60]
    chosen = chance.sample(long_enough, min(number, len(long_enough)))
    return {max(texts) + place: alter(chance, pk, texts[pk]) for place, pk in enumerate(chosen, 1)}


def alter(chance: random.Random, original: int, text: str) -> Altered:
    """One to three alterations."""
    title, _, body = text.partition("\n")
    sentences = [part for part in re.split(r"(?<=[.؟!])\s+|\n+", body) if part.strip()]
    how = chance.sample(["cut", "reordered", "headline", "boilerplate"], chance.randint(1, 3))
    if "cut" in how:
        sentences = cut(chance, sentences)
    if "reordered" in how:
        chance.shuffle(sentences)
    if "headline" in how:
        title = " ".join(chance.sample(text.split(), 7))
    if "boilerplate" in how:
        sentences = [*chance.sample(BEFORE, 2), *sentences, *chance.sample(AFTER, 3)]
    return Altered(original, "+".join(sorted(how)), "\n".join([title, *sentences]))


def cut(chance: random.Random, sentences: list[str]) -> list[str]:
    """Sentences from the beginning or the end, with half of the words at least."""
    words, kept = sum(len(sentence.split()) for sentence in sentences), list(sentences)
    wanted = chance.uniform(0.5, 0.9) * words
    while len(kept) > 1:
        shorter = kept[:-1] if chance.random() < 0.7 else kept[1:]
        if sum(len(sentence.split()) for sentence in shorter) < wanted:
            break
        kept = shorter
    return kept


def is_really_copied(one: str, other: str) -> bool:
    first, second = (re.findall(r"\w+", text.partition("\n")[2]) for text in (one, other))
    runs = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(run.size for run in runs if run.size >= LONG_RUN) >= MADE_OF_RUNS * min(len(first), len(second))


def backend_cpu(pid: int) -> float:
    """Seconds of CPU that the connection's PostgreSQL process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def placed(texts: dict[int, str]) -> str:
    """Run the step over these articles; what it cost."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    python, postgres = time.process_time(), backend_cpu(pid)
    for pk, text in texts.items():
        place(pk, Body(text))
    python, postgres = time.process_time() - python, backend_cpu(pid) - postgres
    each = 1000 / len(texts)
    return f"{each * python:.2f} ms of Python and {each * postgres:.2f} ms of PostgreSQL an article"


def measure_finding(number: int, copies: int) -> None:
    texts = real_texts(number)
    made = altered(texts, copies)
    load(texts | {pk: one.text for pk, one in made.items()})
    say(f"step over {len(texts):,} real articles: {placed(texts)}")
    placed({pk: one.text for pk, one in made.items()})
    found = right = 0
    missed: dict[str, int] = {}
    for pk, one in made.items():
        body = Body(one.text)
        finds = [pk for pk, other in bodies_of([c.article for c in candidates(pk, body.keys)]).items()
                 if is_copy(body, other)]  # fmt: skip
        if one.original not in finds:
            missed[one.how] = missed.get(one.how, 0) + 1
        for find in finds:
            source = made[find].text if find in made else texts[find]
            found += 1
            if find == one.original or is_really_copied(texts[one.original], source):
                right += 1
            else:
                say(f"  to look at: {texts[one.original][:70]!r} and {source[:70]!r}")
    say(f"recall {1 - sum(missed.values()) / len(made):.3f} of {len(made)} (missed: {missed})")
    say(f"precision {right / found:.3f} of {found}")
    with_story = Article.objects.filter(story__isnull=False)
    same = sum(
        Article.objects.filter(pk__in=(pk, one.original)).exclude(story=None).values("story").distinct().count() == 1
        for pk, one in made.items()
    )
    say(f"in one story with what they copy: {same / len(made):.3f}; articles in stories {with_story.count():,}")


def load_keys(number: int) -> None:
    """Keys of so many articles, by COPY; the indexes are made afterwards, as when a database is restored."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        names = ", ".join(COLUMNS)
        values = "n, 1, 'https://news.example/' || n, '', 'خبر', '', %s, 'day', '', '', '', '', 'ar', 'published'"
        cursor.execute(
            f"INSERT INTO articles_article ({names})"
            f" SELECT {values}, '{{}}', '{{}}', %s FROM generate_series(%s, %s) AS n",
            [MOMENT, MOMENT, FIRST, FIRST + number - 1],
        )
        cursor.execute("ALTER TABLE articles_signaturekey DROP CONSTRAINT articles_signaturekey_pkey")
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'articles_signaturekey'")
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        with cursor.copy("COPY articles_signaturekey (key, article_id) FROM STDIN (FORMAT BINARY)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for start in range(0, number, 50_000):
                copy.write(binary_rows(FIRST + start, min(50_000, number - start)))
            copy.write(b"\xff\xff")
        cursor.execute("ALTER TABLE articles_signaturekey ADD PRIMARY KEY (key, article_id)")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE articles_signaturekey")
        cursor.execute("VACUUM ANALYZE articles_article")


def binary_rows(first: int, number: int) -> bytes:
    """Rows of COPY's binary format: two fields of eight bytes each."""
    rows = np.zeros(number * KEYS, dtype=[("fields", ">i2"), ("a", ">i4"), ("key", ">i8"), ("b", ">i4"), ("pk", ">i8")])
    rows["fields"], rows["a"], rows["b"] = 2, 8, 8
    rows["pk"] = np.repeat(np.arange(first, first + number), KEYS)
    rows["key"] = drawn_keys(np.random.default_rng(SEED + first), number).ravel()
    return rows[np.unique(rows[["key", "pk"]], return_index=True)[1]].tobytes()


def drawn_keys(chance: np.random.Generator, number: int) -> np.ndarray:
    """Keys of so many articles, a row each: one in twenty is a formula's, some formulas much more frequent."""
    keys = chance.integers(2**18, 2**63, size=(number, KEYS))
    formulas = (FORMULAS ** chance.random(keys.shape)).astype(np.int64)
    return np.where(chance.random(keys.shape) < 0.05, formulas, keys)


def measure_lookup(number: int) -> None:
    begin = time.perf_counter()
    load_keys(number)
    say(f"keys of {number:,} articles loaded in {time.perf_counter() - begin:.0f} s")
    chance = np.random.default_rng(SEED)
    asked = [sorted(set(row.tolist())) for row in drawn_keys(chance, ASKED)]
    report("a text that nobody copied", asked, candidates)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(key) FROM articles_signaturekey WHERE article_id = ANY(%s) GROUP BY article_id",
            [chance.integers(FIRST, FIRST + number, size=ASKED).tolist()],
        )
        known = [keys for (keys,) in cursor.fetchall()]
    report("a copy of a text", known, candidates)
    copied("articles_article", COLUMNS, (article_row(NEW + place_) for place_ in range(len(asked))))
    report("storing keys", asked, lambda pk, keys: sign(pk, keys, None))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('articles_signaturekey')")
        say(f"size of the keys: {cursor.fetchone()[0] / 1e6:,.0f} MB")


def report(title: str, asked: list[list[int]], ask: Callable[[int, list[int]], object]) -> None:
    times = []
    for place_, keys in enumerate(asked):
        begin = time.perf_counter()
        ask(NEW + place_, keys)
        times.append(1000 * (time.perf_counter() - begin))
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    say(f"{title:28} {median:6.2f} ms median {p95:6.2f} ms p95 {max(times):7.2f} ms at most")


def main(signatures: int = 1_000_000, articles: int = 20_000, copies: int = 500) -> None:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        Source.objects.create(pk=1, key="s1", name="صحيفة 1")
        if articles:
            measure_finding(articles, copies)
        if signatures:
            measure_lookup(signatures)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
