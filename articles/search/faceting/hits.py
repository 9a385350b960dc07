"""The articles that a facet counts, and the counting itself."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import tantivy
from tantivy import FieldType, Occur, Query

from articles.search.index.schema import BUCKET, BUCKETS, schema

# More hits than this are counted by a sample of about SAMPLE of them.
SAMPLED_ABOVE = 100_000
SAMPLE = 50_000


@dataclass(frozen=True)
class Hits:
    """What a query finds. `share`: the part of it that is counted, which the numbers are then divided by."""

    searcher: tantivy.Searcher
    query: Query
    total: int
    counted: Query
    share: float

    @classmethod
    def of(cls, searcher: tantivy.Searcher, query: Query) -> "Hits":
        query = Query.const_score_query(query, 0.0)
        total = searcher.search(query, 1).count
        if total <= SAMPLED_ABOVE:
            return cls(searcher, query, total, query, 1.0)
        buckets = max(1, BUCKETS * SAMPLE // total)
        sample = Query.range_query(
            schema(), BUCKET, FieldType.Integer, 0, buckets, include_upper=False, use_inverted_index=True
        )
        counted = Query.boolean_query([(Occur.Must, query), (Occur.Must, sample)])
        return cls(searcher, query, total, counted, buckets / BUCKETS)

    @property
    def sampled(self) -> bool:
        return self.share < 1

    def terms(self, sizes: dict[str, int]) -> dict[str, dict[Any, int]]:
        """Field → its values with their numbers, so many of each field and the most frequent first."""
        asked = {name: {"terms": {"field": name, "size": size}} for name, size in sizes.items()}
        found = self.searcher.aggregate(self.counted, asked) if asked else {}
        return {
            name: {bucket["key"]: self._estimated(bucket["doc_count"]) for bucket in found[name]["buckets"]}
            for name in asked
        }

    def ends(self, field: str) -> tuple[int, int] | None:
        """The least and the greatest value of a number among all hits."""
        asked = {"least": {"min": {"field": field}}, "greatest": {"max": {"field": field}}}
        found = self.searcher.aggregate(self.query, asked)
        least, greatest = found["least"]["value"], found["greatest"]["value"]
        return None if least is None or greatest is None else (int(least), int(greatest))

    def ranges(self, field: str, edges: Iterable[int]) -> list[int]:
        """The numbers between each edge and the next, which is not included."""
        limits = list(edges)
        ranges = [{"from": first, "to": after} for first, after in itertools.pairwise(limits)]
        found = self.searcher.aggregate(self.counted, {"ranges": {"range": {"field": field, "ranges": ranges}}})
        counts = {bucket.get("from"): bucket["doc_count"] for bucket in found["ranges"]["buckets"]}
        return [self._estimated(counts.get(float(first), 0)) for first in limits[:-1]]

    def _estimated(self, number: int) -> int:
        return number if self.share == 1 else round(number / self.share)
