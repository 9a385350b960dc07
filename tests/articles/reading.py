"""What a file holds for an import, without a database: its pages and why the rest is refused."""

import pickle
from pathlib import Path
from typing import Any

from articles.importing.inputs import records
from articles.importing.pages import Page, Refused
from articles.importing.records import ReadingOptions

MAX_BYTES = 100_000


def read_inputs(*paths: Path, max_bytes: int = MAX_BYTES, **how: Any) -> tuple[dict[str, Page], dict[str, str]]:
    """Pages and reasons by the inputs' names below their folder. Each record goes through pickle, as to a worker."""
    pages, reasons = {}, {}
    for record in records(paths, ReadingOptions(max_bytes, **how)):
        record = pickle.loads(pickle.dumps(record))
        name = record.name.removeprefix(f"{paths[0].parent}/")
        assert name not in pages.keys() | reasons.keys()
        try:
            pages[name] = record.loaded(max_bytes).page()
        except Refused as refusal:
            reasons[name] = str(refusal)
    assert "\n" not in "".join(reasons.values())
    return pages, reasons
