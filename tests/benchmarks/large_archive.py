"""An archive of any size, made of the newspaper corpus: paragraphs of real articles under real headlines, recombined.

Seeded, so that every run makes the same articles; loaded by COPY, which no trigger slows down. The names in them are
those that the recogniser finds, each once an article.
"""

import gzip
import json
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from articles.language.entities import recognise
from articles.language.folding import fold
from articles.models import Source

CORPUS = Path(__file__).parents[3] / "shared" / "data" / "articles" / "saudinewsnet.jsonl.gz"
SEED = 20261122
PASSAGES, SHORTEST = 24_000, 12
WORDS = 250
SOURCES = 40
BEGINNING, YEARS = datetime(2014, 1, 1, tzinfo=UTC), 12
HIDDEN_EVERY = 50
BATCH = 10_000


class Name(NamedTuple):
    """Code points [start, end) of a passage, and the entity's primary key."""

    start: int
    end: int
    entity: int


class Passage(NamedTuple):
    text: str
    words: int
    names: tuple[Name, ...]


class Made(NamedTuple):
    title: str
    passages: tuple[Passage, ...]
    source: int

    @property
    def text(self) -> str:
        return "\n".join((self.title, *(passage.text for passage in self.passages)))

    @property
    def blocks(self) -> list[dict]:
        found, start = [], 0
        for number, text in enumerate((self.title, *(passage.text for passage in self.passages))):
            found.append({"kind": "paragraph" if number else "heading", "start": start, "end": start + len(text)})
            start += len(text) + 1
        return found

    @property
    def names(self) -> Iterator[Name]:
        """The first place of each entity in the whole text."""
        seen: set[int] = set()
        for block, passage in zip(self.blocks[1:], self.passages, strict=True):
            for name in passage.names:
                if name.entity not in seen:
                    seen.add(name.entity)
                    yield Name(block["start"] + name.start, block["start"] + name.end, name.entity)


class Material(NamedTuple):
    titles: list[str]
    passages: list[Passage]
    # (kind, name) of the entities; their primary keys are their places, counted from 1.
    entities: list[tuple[str, str]]


def is_there() -> bool:
    return CORPUS.is_file()


@cache
def material() -> Material:
    """Once a run; half a minute."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    titles = sorted({" ".join(record["title"].split()) for record in records} - {""})
    texts = sorted({" ".join(line.split()) for record in records for line in record["text"].splitlines()})
    long_enough = [text for text in texts if SHORTEST <= len(text.split()) <= WORDS]
    chosen = random.Random(SEED).sample(long_enough, min(PASSAGES, len(long_enough)))
    entities: dict[tuple[str, str], int] = {}
    return Material(titles, [_passage(text, entities) for text in chosen], list(entities))


def _passage(text: str, entities: dict[tuple[str, str], int]) -> Passage:
    names = []
    for named in recognise(text):
        if folded := fold(named.name)[:300]:
            names.append(Name(named.start, named.end, entities.setdefault((named.kind, folded), len(entities) + 1)))
    return Passage(text, len(text.split()), tuple(names))


def made(pk: int) -> Made:
    """The article of this primary key."""
    chance = random.Random(SEED * 1_000_003 + pk)
    titles, passages, _ = material()
    chosen, words = [], 0
    while words < WORDS * 0.8:
        passage = passages[int(len(passages) * chance.random())]
        chosen.append(passage)
        words += passage.words
    # The larger outlets write most; every day brings about as much as the one before.
    source = int(SOURCES ** chance.random())
    return Made(titles[int(len(titles) * chance.random())], tuple(chosen), source)


def published_at(pk: int, articles: int) -> datetime:
    return BEGINNING + timedelta(days=365 * YEARS) * (pk / articles)


def fill(articles: int) -> None:
    """Articles 1 … `articles` with their revisions and mentions, in the database of this connection."""
    Source.objects.bulk_create(
        Source(pk=number, key=f"s{number}", name=f"صحيفة {number}") for number in range(1, SOURCES + 1)
    )
    with connection.cursor() as cursor:
        # No trigger, no check of foreign keys: what they would find is made here.
        cursor.execute("SET session_replication_role = replica")
    try:
        _copy_entities()
        _copy_articles(articles)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = DEFAULT")
            for table in ("articles_article", "articles_revision", "articles_mention", "articles_entity"):
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
                cursor.execute(f"ANALYZE {table}")


def _copy_entities() -> None:
    rows = ((pk, kind, name, name, "") for pk, (kind, name) in enumerate(material().entities, 1))
    copied("articles_entity", ("id", "kind", "name", "folded", "distinction"), rows)


def _copy_articles(articles: int) -> None:
    changed = _transaction()
    for first in range(1, articles + 1, BATCH):
        numbered = [(pk, made(pk)) for pk in range(first, min(first + BATCH, articles + 1))]
        copied("articles_article", _ARTICLE, (_article(pk, one, articles, changed) for pk, one in numbered))
        copied("articles_revision", _REVISION, (_revision(pk, one, articles) for pk, one in numbered))
        copied("articles_mention", _MENTION, (row for pk, one in numbered for row in _mentions(pk, one)))


def _article(pk: int, one: Made, articles: int, changed: int) -> tuple:
    at, url = published_at(pk, articles), f"https://news{one.source}.example/{pk}"
    status = "hidden" if pk % HIDDEN_EVERY == 0 else "published"
    known = (pk, one.source, url, "", one.title, "", at, "minute", "meta", "", "", "", "ar", status)
    return (*known, pk, "{}", "{}", at, changed)


def _revision(pk: int, one: Made, articles: int) -> tuple:
    return (pk, pk, 1, one.text, json.dumps(one.blocks), "[]", str(pk), "1", published_at(pk, articles))


_ARTICLE = (
    "id", "source_id", "url", "key", "title", "byline", "published_at", "published_precision", "published_from",
    "place", "agencies", "credit", "language", "status", "current_revision_id", "metadata", "as_read", "imported_at",
    "changed",
)  # fmt: skip
_REVISION = (
    "id", "article_id", "number", "text", "blocks", "evidence", "content_hash", "cleaner_version", "created_at",
)  # fmt: skip
_MENTION = (
    "revision_id", "entity_id", "start", "end", "surface", "role", "recogniser", "score", "decided_by_name",
)  # fmt: skip


def _mentions(pk: int, one: Made) -> Iterator[tuple]:
    text = one.text
    for start, end, entity in one.names:
        yield pk, entity, start, end, text[start:end], "", "benchmark 1", 0.9, ""


def _transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


def copied(table: str, columns: Iterable[str], rows: Iterable[tuple]) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
