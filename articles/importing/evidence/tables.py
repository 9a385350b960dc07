"""Tables of figures and facts. A table that lays out a page is none: its cells hold running text without a head."""

from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from articles.importing.evidence.wording import length_of, words_of

MOST_ROWS = 200
MOST_CELLS = 30
_LONGEST_CELL = 1000
_LONGEST_CAPTION = 300
# A cell with more to say (in characters) holds running text.
_RUNNING_TEXT = 150
# A table is evidence where most of its rows have cells to compare.
_ROWS_OF_SEVERAL = 0.6
_LINKED = 0.5


def read_table(table: HtmlElement, *, caption: str = "") -> dict[str, Any] | None:
    """The table's cells as text, spans filled up with empty cells; None for a layout, a calendar of links, a form."""
    if table.get("role") in ("presentation", "none") or table.find(".//table") is not None or _is_page_part(table):
        return None
    rows = list(table.iter("tr"))
    if len(rows) < 2 or not _compares(rows) or (_has_running_text(table) and not _is_headed(rows)):
        return None
    own = table.find("caption")
    cells = _filled(rows[:MOST_ROWS])
    width = min(max(map(len, cells)), MOST_CELLS)
    return {
        "kind": "table",
        "caption": words_of(own, _LONGEST_CAPTION) if own is not None else caption,
        "heads": _head_rows(rows),
        "rows": [[*row, *[""] * (width - len(row))][:width] for row in cells],
        "cut": len(rows) > MOST_ROWS or max(map(len, cells)) > MOST_CELLS,
    }


def _cells_of(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_page_part(table: HtmlElement) -> bool:
    """Whether it holds what a table of facts does not: fields to fill in, headlines, or links more than anything."""
    if next(table.iter("input", "select", "textarea", "form", "h1", "iframe", "article"), None) is not None:
        return True
    linked = sum(length_of(link, 200) for link in table.iter("a"))
    return linked > _LINKED * max(1, length_of(table, 20_000))


def _compares(rows: list[HtmlElement]) -> bool:
    several = sum(1 for row in rows if sum(1 for cell in _cells_of(row) if length_of(cell, 10)) >= 2)
    return several >= 2 and several >= _ROWS_OF_SEVERAL * len(rows)


def _has_running_text(table: HtmlElement) -> bool:
    return any(length_of(cell, _RUNNING_TEXT) > _RUNNING_TEXT for cell in table.iter("td", "th"))


def _is_headed(rows: list[HtmlElement]) -> bool:
    """Whether the table says itself what its columns are; one that lays out a page does not."""
    cells = _cells_of(rows[0])
    return len(rows) > 2 and len(cells) > 1 and all(cell.tag == "th" and length_of(cell, 1) for cell in cells)


def _head_rows(rows: list[HtmlElement]) -> int:
    heads = 0
    for row in rows[:3]:
        cells = _cells_of(row)
        if not (row.getparent().tag == "thead" or (cells and all(cell.tag == "th" for cell in cells))):
            break
        heads += 1
    return min(heads, len(rows) - 1)


def _filled(rows: list[HtmlElement]) -> list[list[str]]:
    """Cells by row. A cell over several columns or rows is written in the first, the others are empty."""
    reaching: dict[int, int] = {}
    filled = []
    for row in rows:
        line: list[str] = []
        for cell in _cells_of(row):
            line.extend(_from_above(reaching, len(line)))
            if len(line) > MOST_CELLS:
                break
            width, height = _span(cell, "colspan", MOST_CELLS), _span(cell, "rowspan", MOST_ROWS)
            reaching.update({len(line) + column: height - 1 for column in range(width) if height > 1})
            line.extend([words_of(cell, _LONGEST_CELL), *[""] * (width - 1)])
        line.extend(_from_above(reaching, len(line)))
        filled.append(line)
    return filled


def _from_above(reaching: dict[int, int], column: int) -> Iterator[str]:
    """Empty cells for those of earlier rows that reach down to this column and the ones after it."""
    while reaching.get(column):
        reaching[column] -= 1
        yield ""
        column += 1


def _span(cell: HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, min(int(value), most)) if value.isdecimal() and len(value) < 6 else 1
