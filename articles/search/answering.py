"""Answers to queries outside the pages: for people at a terminal, and a JSON line each for other programs."""

import time
from dataclasses import asdict, dataclass

from articles.search.finding import search
from articles.search.query import Reader, SearchQuery


@dataclass(frozen=True)
class Hit:
    """`url` is the page that the article was read from; None where the input had none."""

    id: int
    url: str | None
    score: float


@dataclass(frozen=True)
class Answer:
    """`took_ms` is the search alone, without what is read of the articles for display."""

    query: str
    total: int
    took_ms: float
    hits: tuple[Hit, ...] = ()
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def fields(self) -> dict:
        """What other programs are told."""
        told = asdict(self)
        return {name: told[name] for name in ("query", "total", "took_ms", "hits")}


def answer(text: str, *, reader: Reader, limit: int) -> Answer:
    """The best articles for a query; nothing asked is nothing found. Raises SearchUnavailable."""
    begun = time.perf_counter()
    page = search(SearchQuery(text), reader=reader, limit=limit) if text.strip() else None
    took = round((time.perf_counter() - begun) * 1000, 3)
    if page is None:
        return Answer(text, 0, took)
    # The index may be some seconds behind: what was hidden since is not shown.
    visible = reader.articles().only("url", "title").in_bulk(page.ids)
    found = [(visible[pk], score) for pk, score in zip(page.ids, page.scores, strict=True) if pk in visible]
    return Answer(
        query=text,
        total=page.total,
        took_ms=took,
        hits=tuple(Hit(article.pk, article.url, round(score, 4)) for article, score in found),
        titles=tuple(article.title for article, _score in found),
        notes=page.notes,
    )
