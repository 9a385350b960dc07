"""CSV for spreadsheets: one row a mark, written line by line. Spreadsheets know UTF-8 by the mark at the beginning."""

import csv
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from annotations.exports.format import About
from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.rows import Cell, column_names, rows_of
from articles.delivering.plain_text import defused

_BOM = "\ufeff"


class _Lines:
    """Takes lines of text and hands them on as UTF-8."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, line: str) -> None:
        self._file.write(line.encode())


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    """Cells that a spreadsheet would take for a formula begin with an apostrophe."""
    lines = _Lines(file)
    lines.write(_BOM)
    writer = csv.writer(lines)
    writer.writerow(column_names())
    for row in rows_of(articles, about, losses):
        writer.writerow([_cell(cell) for cell in row])


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    return defused(cell) if isinstance(cell, str) else cell
