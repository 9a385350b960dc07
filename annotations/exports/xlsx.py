"""Excel: one row a mark, from right to left, real dates, links; written row by row, as Excel's limits let it.

A sheet has 1,048,576 rows: what is beyond goes on in the next sheet. A cell has 32,767 UTF-16 units: longer words are
cut, and the last sheet, which says what the file is, counts them. A sheet has 65,530 links, and openpyxl keeps them all
in memory: addresses after MOST_LINKS rows are plain text.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from annotations.exports.format import About
from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.rows import CUT, SCHEMA, Address, Cell, Row, column_names, rows_of
from articles.delivering.plain_text import printable

# Of a sheet, with its row of headings; of a cell, in UTF-16 units.
MOST_ROWS = 1_048_576
LONGEST_CELL = 32_767
MOST_LINKS = 20_000
_USUAL, _WIDE = 16, 50
_WIDE_COLUMNS = {"title", "words", "note", "comments"}
# Excel counts days from here.
_FIRST_YEAR = 1900
_HEADING, _LINK = Font(bold=True), Font(color="0563C1", underline="single")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    workbook = Workbook(write_only=True)
    workbook.properties.creator = about.made_by or about.program
    workbook.properties.title = printable(about.scope)
    writer = _Writer(workbook, losses)
    for row in rows_of(articles, about, losses):
        writer.append(row)
    writer.finish(about)
    workbook.save(file)


class _Writer:
    def __init__(self, workbook: Workbook, losses: Losses) -> None:
        self._workbook, self._losses = workbook, losses
        self._names = column_names()
        self._marks = self._cut = 0
        self._sheet, self._rows = self._new_sheet(), 1

    def append(self, row: Row) -> None:
        if self._rows == MOST_ROWS:
            self._close()
            self._sheet, self._rows = self._new_sheet(), 1
        self._sheet.append(list(self._cells(row)))
        self._rows, self._marks = self._rows + 1, self._marks + 1

    def finish(self, about: About) -> None:
        """The last sheet says what the file is."""
        self._close()
        sheet = self._workbook.create_sheet(_("عن الملف"))
        sheet.sheet_view.rightToLeft = get_language_bidi()
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 80
        for label, value in self._told(about):
            sheet.append([_text(sheet, label, font=_HEADING), _text(sheet, printable(value), wrapped=True)])
        self._losses.count(CUT, self._cut)

    def _new_sheet(self) -> WriteOnlyWorksheet:
        number = len(self._workbook.worksheets) + 1
        title = _("العلامات") if number == 1 else _("العلامات %(number)s") % {"number": number}
        sheet = self._workbook.create_sheet(title)
        sheet.sheet_view.rightToLeft = get_language_bidi()
        sheet.freeze_panes = "A2"
        for number, column in enumerate(Row._fields, 1):
            width = _WIDE if column in _WIDE_COLUMNS else _USUAL
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_text(sheet, name, font=_HEADING) for name in self._names])
        return sheet

    def _close(self) -> None:
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._names))}{self._rows}"

    def _cells(self, row: Row) -> Iterator[Cell | SheetCell]:
        for column, value in zip(Row._fields, row, strict=True):
            if column == "link" and value and self._rows <= MOST_LINKS:
                yield _linked(self._sheet, value)
            elif isinstance(value, str):
                yield self._words(value, wrapped=column in _WIDE_COLUMNS)
            elif isinstance(value, datetime | date):
                yield _dated(self._sheet, value)
            else:
                yield value

    def _words(self, words: str, *, wrapped: bool) -> Cell | SheetCell:
        kept = _fitting(words)
        self._cut += kept is not words
        # Bare text is quicker; what openpyxl would take for a formula or an error is no bare text.
        return _text(self._sheet, kept, wrapped=wrapped) if wrapped or kept[:1] in ("=", "#") else kept

    def _told(self, about: About) -> Iterator[tuple[str, str]]:
        yield _("البرنامج"), f"{about.program} {about.version}"
        yield _("صيغة الجدول"), str(SCHEMA)
        yield _("أُعدّ في"), f"{timezone.localtime(about.made_at):%Y-%m-%d %H:%M}"
        yield _("أعدّه"), about.made_by
        yield _("المطلوب"), about.scope
        yield _("الموقع"), about.site
        yield _("عدد العلامات"), f"{self._marks:,}"
        yield _("المواضع"), _("بأحرف يونيكود من نص الإصدار المذكور، والنهاية غير داخلة.")
        if self._cut:
            cut = ngettext(
                "خلية واحدة أطول مما تتّسع له خلايا Excel، فقُطع آخرها.",
                "%(number)s خلية أطول مما تتّسع له خلايا Excel، فقُطع آخرها.",
                self._cut,
            )
            yield _("نصوص مقطوعة"), cut % {"number": f"{self._cut:,}"}


def _fitting(words: str) -> str:
    """As much as a cell holds; the same string where that is all."""
    if len(words) <= LONGEST_CELL // 2:
        return words
    units = words.encode("utf-16-le")
    return words if len(units) <= 2 * LONGEST_CELL else units[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")


def _text(sheet: WriteOnlyWorksheet, words: str, *, font: Font | None = None, wrapped: bool = False) -> SheetCell:
    """Text, also where it begins as a formula does."""
    cell = WriteOnlyCell(sheet, value=words)
    cell.data_type = "s"
    if wrapped:
        cell.alignment = _WRAPPED
    if font:
        cell.font = font
    return cell


def _linked(sheet: WriteOnlyWorksheet, address: Address) -> SheetCell:
    cell = _text(sheet, str(address), font=_LINK)
    cell.hyperlink = str(address)
    return cell


def _dated(sheet: WriteOnlyWorksheet, moment: datetime | date) -> SheetCell | str:
    if moment.year < _FIRST_YEAR:
        return f"{moment:%Y-%m-%d}"
    timed = isinstance(moment, datetime)
    cell = WriteOnlyCell(sheet, value=moment.replace(tzinfo=None) if timed else moment)
    cell.number_format = "yyyy-mm-dd hh:mm" if timed else "yyyy-mm-dd"
    return cell
