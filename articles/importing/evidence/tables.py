"""Tables of figures and facts. A table that lays out a page is none: its cells hold running text without a head."""

from collections.abc import Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

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
# Tables inside a table of facts are small and few; a page's layout is made of them.
_MOST_INNER, _INNER_CELLS = 10, 0.25


class _Spanning(NamedTuple):
    """Where a cell over several rows or columns begins, and how many of each it has."""

    row: int
    column: int
    rows: int
    columns: int


def read_table(table: HtmlElement, *, caption: str = "") -> dict[str, Any] | None:
    """The table's cells as text, a table inside a cell as that cell's words.

    None for a layout, a calendar of links, a form.
    """
    if table.get("role") in ("presentation", "none") or _is_made_of_tables(table) or _is_page_part(table):
        return None
    rows = _rows_of(table)
    if len(rows) < 2 or not _compares(rows) or (_has_running_text(table) and not _is_headed(rows)):
        return None
    own = table.find("caption")
    cells, spanning = _filled(rows[:MOST_ROWS])
    width = min(max(map(len, cells)), MOST_CELLS)
    return {
        "kind": "table",
        "caption": words_of(own, _LONGEST_CAPTION) if own is not None else caption,
        "heads": _head_rows(rows),
        "rows": [[*row, *[""] * (width - len(row))][:width] for row in cells],
        "spans": [
            [*one[:3], min(one.columns, width - one.column)]
            for one in spanning
            if one.column < width and (one.rows > 1 or min(one.columns, width - one.column) > 1)
        ],
        "cut": len(rows) > MOST_ROWS or max(map(len, cells)) > MOST_CELLS,
    }


def _rows_of(table: HtmlElement) -> list[HtmlElement]:
    """Without those of tables inside."""
    return [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]


def _is_made_of_tables(table: HtmlElement) -> bool:
    """Whether other tables are more than something in few of its cells."""
    inner = list(islice(table.iterdescendants("table"), _MOST_INNER + 1))
    if not inner:
        return False
    if len(inner) > _MOST_INNER or any(one.find(".//table") is not None for one in inner):
        return True
    cells = [cell for row in _rows_of(table) for cell in _cells_of(row)]
    return sum(1 for cell in cells if cell.find(".//table") is not None) > _INNER_CELLS * len(cells)


def _cells_of(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_page_part(table: HtmlElement) -> bool:
    """Whether it holds what a table of facts does not: fields to fill in, headlines, or links more than anything."""
    if next(table.iter("input", "select", "textarea", "form", "h1", "iframe", "article"), None) is not None:
        return True
    linked = sum(length_of(link, 200) for link in table.iter("a"))
    return linked > _LINKED * max(1, length_of(table, 20_000))


def _compares(rows: list[HtmlElement]) -> bool:
    """A cell over several rows is in each of them."""
    filled = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in _cells_of(row):
            if length_of(cell, 10):
                for below in range(number, number + _height(cell, min(len(rows) - number, MOST_ROWS))):
                    filled[below] += 1
    several = sum(1 for cells in filled if cells >= 2)
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


def _filled(rows: Sequence[HtmlElement]) -> tuple[list[list[str]], list[_Spanning]]:
    """Cells by row, and those that span several places: they are written in the first, the others are empty.

    As in browsers no cell reaches from the head of a table into its body.
    """
    filled: list[list[str]] = []
    spanning: list[_Spanning] = []
    for _, section in groupby(rows, key=lambda row: row.getparent()):
        reaching: dict[int, int] = {}
        below = list(section)
        while below:
            line: list[str] = []
            for cell in _cells_of(below[0]):
                line.extend(_from_above(reaching, len(line)))
                if len(line) > MOST_CELLS:
                    break
                found = _Spanning(len(filled), len(line), _height(cell, len(below)), _width(cell))
                if found.rows > 1 or found.columns > 1:
                    spanning.append(found)
                    reaching.update(dict.fromkeys(range(found.column, found.column + found.columns), found.rows - 1))
                line.extend([words_of(cell, _LONGEST_CELL), *[""] * (found.columns - 1)])
            line.extend(_from_above(reaching, len(line)))
            filled.append(line)
            del below[0]
    return filled, spanning


def _from_above(reaching: dict[int, int], column: int) -> list[str]:
    """Empty cells for those of earlier rows that reach down to this column and the ones after it."""
    first = column
    while reaching.get(column):
        reaching[column] -= 1
        column += 1
    return [""] * (column - first)


def _width(cell: HtmlElement) -> int:
    return max(1, min(_stated(cell, "colspan"), MOST_CELLS))


def _height(cell: HtmlElement, below: int) -> int:
    """As many rows as there are at most; 0 says all of them."""
    stated = _stated(cell, "rowspan")
    return below if stated == 0 else min(stated, below)


def _stated(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return int(value) if value.isdecimal() and len(value) < 6 else 1
