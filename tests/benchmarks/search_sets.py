"""The documents and queries that ranking is measured on, and the measures."""

import gzip
import json
import statistics
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
DEPTH = 10
# What stands in for every headline where headlines are the queries.
PLACEHOLDER = "مقال"


class Document(NamedTuple):
    headline: str
    body: str


class Query(NamedTuple):
    text: str
    relevant: int  # the number of the one document that is right


class Answer(NamedTuple):
    documents: list[int]
    total: int
    milliseconds: float


class Quality(NamedTuple):
    """Mean reciprocal rank and recall at 10; of all queries, and the former of the even and the odd lines."""

    rank: float
    even: float
    odd: float
    recall: float
    median: float
    percentile: float


def measured(queries: list[Query], answers: list[Answer]) -> Quality:
    ranks = [
        1 / (answer.documents.index(query.relevant) + 1) if query.relevant in answer.documents else 0.0
        for query, answer in zip(queries, answers, strict=True)
    ]
    times = sorted(answer.milliseconds for answer in answers)
    return Quality(
        rank=statistics.mean(ranks),
        even=statistics.mean(ranks[0::2]),
        odd=statistics.mean(ranks[1::2] or [0.0]),
        recall=statistics.mean(map(bool, ranks)),
        median=statistics.median(times),
        percentile=times[int(len(times) * 0.95)],
    )


@cache
def _news() -> tuple[list[Document], dict[str, int]]:
    with gzip.open(DATA / "articles" / "saudinewsnet.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    numbers = {record["url"]: number for number, record in enumerate(records)}
    return [Document(PLACEHOLDER, record["text"]) for record in records], numbers


def news() -> list[Document]:
    """30,654 newspaper articles without their headlines."""
    return _news()[0]


def known_items(key: str) -> list[Query]:
    """Headlines (`title`) or three of their words (`three`), each with its article."""
    numbers = _news()[1]
    with (DATA / "search" / "known-items.jsonl").open(encoding="utf-8") as lines:
        return [Query(item[key], numbers[item["url"]]) for item in map(json.loads, lines)]


@cache
def _questions() -> dict:
    return json.loads((DATA / "search" / "arcd-train.json").read_text(encoding="utf-8"))


def passages(*, titled: bool) -> list[Document]:
    """Passages of an encyclopedia, with the titles of their pages or without."""
    return [
        Document(passage["title"] if titled else PLACEHOLDER, passage["text"]) for passage in _questions()["passages"]
    ]


def questions() -> list[Query]:
    numbers = {passage["id"]: number for number, passage in enumerate(_questions()["passages"])}
    return [Query(query["query"], numbers[query["relevant"][0]]) for query in _questions()["queries"]]
