"""Tables (CSV, TSV): a header row that names the columns, then an article a row.

A row becomes a JSON object under the table's own column names, with the map of its columns to our fields; the reader of
JSON lines does the rest.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.utils.translation import gettext

from articles.importing.decoding.transcoding import as_utf8
from articles.importing.lines import LIMITS_PASSED_OVER, bounded_lines, gunzipped
from articles.importing.pages import Refused
from articles.importing.readers.jsonl import mapped_line
from articles.importing.records import ReadingOptions, Record, too_large
from articles.language.folding import fold

_NAMES = Path(__file__).parent.parent / "data" / "columns.tsv"
_DELIMITERS = (",", ";", "\t", "|")
# Excel's word to itself, in a line before the header.
_STATED_DELIMITER = re.compile(r"sep=(.)\s*", re.IGNORECASE)
_APART = re.compile(r"[\W_]+")
# How much of a table's header is shown to a person who has to find a column in it.
_SHOWN = 200
_LONGEST_HEADER = 100_000


class _Row(NamedTuple):
    """`line` is the row's first one, from 1; `refusal` says why there are no cells."""

    line: int
    cells: Sequence[str] = ()
    refusal: str = ""


class _Unreadable(Exception):
    """A row that cannot be had. The message is for people."""


def table_records(stream: BinaryIO, name: str, options: ReadingOptions, *, delimiter: str = "") -> Iterator[Record]:
    """The records of a table. Without a delimiter it is told by the header. A bad row is refused by its line."""
    try:
        lines = _Lines(bounded_lines(as_utf8(gunzipped(stream)), options.max_bytes), options.max_bytes)
        delimiter = _delimiter(lines, options.columns, delimiter)
        rows = _rows(lines, delimiter)
        header = next((row for row in rows if row.cells or row.refusal), None)
        if header is None:
            raise Refused(gettext("الملف فارغ"))
        if header.refusal:
            raise Refused(header.refusal)
        names = _unique(header.cells)
        columns = columns_of(names, options.columns)
    except Refused as refusal:
        yield Record(name, refusal=str(refusal))
        return
    for row in rows:
        if row.cells or row.refusal:
            yield _record(f"{name}:{row.line}", row, names, columns, options.max_bytes)


def columns_of(names: Sequence[str], given: Mapping[str, str]) -> dict[str, str]:
    """For each field the column that holds it: the given one, else the first with a known name.

    Raises Refused when a given column is missing, or every one for the text.
    """
    folded = {_folded(name): name for name in reversed(names)}
    columns = {}
    for field, column in given.items():
        if _folded(column) not in folded:
            raise Refused(_missing(gettext("لا عمود باسم «%(name)s»") % {"name": column}, names))
        columns[field] = column if column in names else folded[_folded(column)]
    for field, known in _known_names().items():
        free = (folded[name] for name in known if name in folded and folded[name] not in columns.values())
        if field not in columns and (found := next(free, None)):
            columns[field] = found
    if "text" not in columns and "html" not in columns:
        raise Refused(_missing(gettext("لا عمود لنص المادة (text أو html أو النص)"), names))
    return columns


def _missing(reason: str, names: Sequence[str]) -> str:
    shown = " · ".join(names)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    return gettext("%(reason)s؛ الأعمدة هي: %(columns)s") % {"reason": reason, "columns": shown}


def _record(name: str, row: _Row, names: Sequence[str], columns: Mapping[str, str], max_bytes: int) -> Record:
    if row.refusal:
        return Record(name, refusal=row.refusal)
    if len(row.cells) < len(names) or any(cell.strip() for cell in row.cells[len(names) :]):
        counts = {"cells": len(row.cells), "columns": len(names)}
        return Record(name, refusal=gettext("عدد خانات الصف %(cells)d وعدد أعمدة الجدول %(columns)d") % counts)
    cells = {column: cell for column, cell in zip(names, row.cells, strict=False) if cell.strip()}
    data = mapped_line(columns, json.dumps(cells, ensure_ascii=False).encode("utf-8", "replace"))
    if len(data) > max_bytes:
        return Record(name, refusal=too_large(max_bytes))
    return Record(name, "mapped", data=data)


def _unique(header: Sequence[str]) -> list[str]:
    """Names for all columns: one without a name has its number, the second of a name too."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = cell.strip() or str(number)
        names.append(f"{name} ({number})" if name in names else name)
    return names


def _delimiter(lines: "_Lines", given: Mapping[str, str], told: str) -> str:
    """The one by which the header has the most columns that are known, then the most columns."""
    first = lines.peek()
    stated = _STATED_DELIMITER.fullmatch(first)
    if stated:
        next(lines)
        return stated[1]
    if told:
        return told
    known = {_folded(name) for name in given.values()}.union(*_known_names().values())

    def recognised(delimiter: str) -> tuple[int, int]:
        cells = first[:_LONGEST_HEADER].replace('"', "").split(delimiter)
        return sum(_folded(cell) in known for cell in cells), len(cells)

    return max(_DELIMITERS, key=recognised)


def _folded(name: str) -> str:
    return _APART.sub(" ", fold(name)).strip().lower()


@cache
def _known_names() -> dict[str, list[str]]:
    """{field: folded names of columns}"""
    lines = (line.split("\t") for line in _NAMES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {field: [_folded(name) for name in names] for field, *names in lines}


def _rows(lines: "_Lines", delimiter: str) -> Iterator[_Row]:
    """Rows, blank ones without cells. After one with a quotation mark too many reading goes on at its second line."""
    # A cell holds an article; the limit is the module's own, and the rows are bounded here.
    csv.field_size_limit(max(csv.field_size_limit(), lines.max_bytes))
    while True:
        number = lines.begin_row()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter, strict=True))
        except StopIteration:
            return
        except csv.Error:
            yield _Row(number, refusal=gettext("علامات التنصيص في الصف غير صحيحة"))
            if not lines.return_to_second():
                yield _Row(number + 1, refusal=gettext("علامات تنصيص كثيرة غير صحيحة؛ تُرك ما بعد هذا السطر"))
                return
        except _Unreadable as reason:
            yield _Row(number, refusal=str(reason))
        else:
            yield _Row(number, cells)


class _Lines:
    """An iterator over a table's lines that counts them; of a row that went wrong the later ones can be had again."""

    def __init__(self, lines: Iterator[bytes | str], max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._lines = lines
        self._ahead: list[bytes | str] = []  # in reverse
        self._row: list[bytes | str] = []
        self._length = 0
        self._number = 0
        self._returned = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._ahead.pop() if self._ahead else next(self._lines)
        self._number += 1
        self._row.append(line)
        self._length += len(line)
        if isinstance(line, str):
            raise _Unreadable(line)
        if self._length > self.max_bytes and len(self._row) > 1:
            raise csv.Error("a row without end")
        return line.decode("utf-8", "replace")

    def peek(self) -> str:
        """The first line that is not blank, or nothing; blank ones are passed over."""
        for line in self._lines:
            if isinstance(line, str) or not line.isspace():
                self._ahead.append(line)
                return "" if isinstance(line, str) else line.decode("utf-8", "replace")
            self._number += 1
        return ""

    def begin_row(self) -> int:
        """The number of the line that comes next."""
        self._row, self._length = [], 0
        return self._number + 1

    def return_to_second(self) -> bool:
        """Whether the lines after the row's first could be put back: not more often than is bearable."""
        later = self._row[1:]
        self._returned += sum(map(len, later))
        self._ahead.extend(reversed(later))
        self._number -= len(later)
        return self._returned <= LIMITS_PASSED_OVER * self.max_bytes
