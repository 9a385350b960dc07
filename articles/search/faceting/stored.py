"""The numbers of the whole archive, kept beside the index: the start page counts nothing."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from articles.models import Article
from articles.search.faceting.counting import Counting
from articles.search.faceting.values import Bar, Facets, FacetValue, Histogram
from articles.search.index.folder import write_whole
from articles.search.query import Reader, SearchQuery

_FILE = "counts.json"
# So many articles are counted at once where the index was written since its numbers were stored.
_COUNTED_AT_ONCE = 50_000
_VALUES = ("sources", "people", "organisations", "places", "languages", "statuses", "marked")
_READERS = {
    "public": Reader((Article.Status.PUBLISHED,), member=False),
    "members": Reader((Article.Status.PUBLISHED,), member=True),
    "moderators": Reader(tuple(Article.Status.values), member=True),
}


def store_counts(searcher: tantivy.Searcher, folder: Path) -> None:
    """Count the whole archive and keep the numbers in the folder of its index."""
    counts = {name: asdict(Counting(searcher, SearchQuery(), reader).facets()) for name, reader in _READERS.items()}
    write_whole(folder / _FILE, json.dumps(counts, default=date.isoformat))


def stored_counts(folder: Path, reader: Reader) -> Facets | None:
    """None where none are kept, the reader may read other articles than were counted, or counting is quick.

    Of a large archive that is just being added to, the numbers may be as old as whoever follows lets them be.
    """
    name = next((name for name, other in _READERS.items() if other == reader), None)
    try:
        stored = _read(json.loads((folder / _FILE).read_text(encoding="utf-8"))[name]) if name else None
        return stored if stored and (stored.total > _COUNTED_AT_ONCE or _is_current(folder)) else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _is_current(folder: Path) -> bool:
    return (folder / _FILE).stat().st_mtime_ns >= (folder / "index" / "meta.json").stat().st_mtime_ns


def _read(stored: Mapping[str, Any]) -> Facets:
    bars = [
        Bar(date.fromisoformat(bar["first"]), date.fromisoformat(bar["last"]), bar["count"])
        for bar in stored["days"]["bars"]
    ]
    values = {name: [FacetValue(**value) for value in stored[name]] for name in _VALUES}
    return Facets(stored["total"], stored["sampled"], **values, days=Histogram(stored["days"]["unit"], bars))
