"""The Excel sheet of a search: from right to left, real dates, links; written row by row to a file on disk."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from articles.delivering.rows import Row
from articles.models import Article

MOST_ROWS = 10_000
# In letters; the rest of what is longer is in the next lines of its cell.
_WIDTHS = (60, 22, 18, 22, 80, 40, 30, 14)
_DATES = {Article.Precision.DAY: "yyyy-mm-dd", Article.Precision.MONTH: "yyyy-mm"}
# Excel counts days from here.
_FIRST_YEAR = 1900
_LONGEST_CELL = 32_000
_HEADING, _LINK = Font(bold=True), Font(color="0563C1", underline="single")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


def write_sheet(file: IO[bytes], *, title: str, rtl: bool, names: Sequence[str], rows: Iterable[Row]) -> None:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.sheet_view.rightToLeft = rtl
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([_styled(sheet, name, font=_HEADING) for name in names])
    written = 1
    for row in rows:
        sheet.append(_cells(sheet, row))
        written += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{written}"
    workbook.save(file)


def _cells(sheet: WriteOnlyWorksheet, row: Row) -> Iterator[WriteOnlyCell]:
    yield _text(sheet, row.title)
    yield _text(sheet, row.source)
    yield _date(sheet, row.published, row.precision)
    yield _text(sheet, row.byline)
    yield _text(sheet, row.passage)
    yield _linked(sheet, row.original)
    yield _linked(sheet, row.link)
    yield _text(sheet, row.status)


def _text(sheet: WriteOnlyWorksheet, text: str) -> WriteOnlyCell:
    """Text, also where it begins as a formula does."""
    cell = _styled(sheet, text[:_LONGEST_CELL])
    cell.data_type = "s"
    return cell


def _date(sheet: WriteOnlyWorksheet, moment: datetime | None, precision: str) -> WriteOnlyCell:
    shown = _DATES.get(precision, "yyyy-mm-dd hh:mm")
    if moment is None or moment.year < _FIRST_YEAR:
        return _text(sheet, f"{moment:%Y-%m-%d}" if moment else "")
    cell = _styled(sheet, moment.replace(tzinfo=None))
    cell.number_format = shown
    return cell


def _linked(sheet: WriteOnlyWorksheet, address: str) -> WriteOnlyCell:
    cell = _text(sheet, address)
    if address:
        cell.hyperlink, cell.font = address, _LINK
    return cell


def _styled(sheet: WriteOnlyWorksheet, value: object, *, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = _WRAPPED
    if font:
        cell.font = font
    return cell
