"""The CSV of a search: written line by line, for spreadsheets, which know UTF-8 by the mark at its beginning."""

import csv
from collections.abc import Iterable, Iterator, Sequence

from articles.delivering.plain_text import defused
from articles.delivering.rows import Row
from articles.models import Article

MOST_ROWS = 50_000
_DATES = {Article.Precision.DAY: "%Y-%m-%d", Article.Precision.MONTH: "%Y-%m"}


class _Line:
    """A file that hands on what is written to it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """A line at a time. Cells that a spreadsheet would take for a formula begin with an apostrophe."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    yield writer.writerow(names)
    for row in rows:
        date = row.published.strftime(_DATES.get(row.precision, "%Y-%m-%d %H:%M")) if row.published else ""
        cells = (row.title, row.source, date, row.byline, row.passage, row.original, row.link, row.status)
        yield writer.writerow([defused(cell) for cell in cells])
