"""The Excel sheets, read again by openpyxl."""

import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils import translation
from openpyxl import Workbook, load_workbook

from annotations.exports import xlsx
from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.rows import CUT, Row, column_names
from tests.annotations.exports.compared import ABOUT
from tests.annotations.exports.samples import plain, uuid, whole

COLUMN = {name: number for number, name in enumerate(Row._fields)}


@pytest.fixture(autouse=True)
def newsroom(settings):
    settings.TIME_ZONE = "Asia/Riyadh"


def workbook(*articles: ArticleRecord) -> tuple[Workbook, Losses]:
    file, losses = io.BytesIO(), Losses()
    xlsx.write(articles, file, ABOUT, losses)
    return load_workbook(file), losses


def cells(sheet, number: int) -> dict:
    return {name: sheet.cell(number, index + 1) for name, index in COLUMN.items()}


def about(book: Workbook) -> dict[str, str]:
    return dict(book.worksheets[-1].iter_rows(values_only=True))


def test_the_sheet_runs_from_the_right_below_headings_that_stay():
    book, _ = workbook(whole())
    sheet = book.worksheets[0]
    assert sheet.title == "العلامات"
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == column_names()
    assert sheet.auto_filter.ref == "A1:AN10"
    assert [row[COLUMN["uuid"]] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        mark.uuid for mark in whole().marks
    ]
    with translation.override("en"):
        assert not workbook(plain())[0].worksheets[0].sheet_view.rightToLeft


def test_dates_are_dates_and_numbers_are_numbers():
    told = cells(workbook(whole())[0].worksheets[0], 4)
    assert told["uuid"].value == uuid(3)
    assert told["published"].value == datetime(2026, 3, 24, 11, 15)
    assert told["said_on"].value == datetime(2026, 3, 24)
    assert told["said_on"].number_format == "yyyy-mm-dd"
    assert (told["revision"].value, told["version"].value) == (1, 4)
    assert told["start"].value == whole().marks[2].content[0].start
    assert told["tags"].value == "مياه؛ <script>alert('سد')</script>؛ ميزانية & أرقام"


def test_the_mark_is_a_link_to_its_place_on_the_page():
    told = cells(workbook(whole())[0].worksheets[0], 4)
    address = f"https://desk.example/articles/17/#mark-{uuid(3)}"
    assert (told["link"].value, told["link"].hyperlink.target) == (address, address)


def test_no_cell_is_a_formula_or_an_error():
    mark = replace(plain().marks[0], note="=1+1", tags=("=HYPERLINK(1)",), framing="#REF!", occasion="+3")
    told = cells(workbook(replace(plain(), title="=A1", marks=(mark,)))[0].worksheets[0], 2)
    shown = {name: told[name].value for name in ("title", "note", "tags", "framing", "occasion")}
    assert shown == {"title": "=A1", "note": "=1+1", "tags": "=HYPERLINK(1)", "framing": "#REF!", "occasion": "+3"}
    assert {told[name].data_type for name in shown} == {"s"}


def test_a_date_before_excel_counts_is_text():
    mark = replace(plain().marks[0], said_on=date(1882, 9, 13))
    told = cells(workbook(replace(plain(), marks=(mark,)))[0].worksheets[0], 2)
    assert told["said_on"].value == "1882-09-13"


@pytest.mark.parametrize(("note", "kept"), [("ا" * 32_767, 32_767), ("ا" * 40_000, 32_767), ("💧" * 20_000, 16_383)])
def test_what_no_cell_holds_is_cut_and_counted(note, kept):
    book, losses = workbook(replace(plain(), marks=(replace(plain().marks[0], note=note),)))
    shown = cells(book.worksheets[0], 2)["note"].value
    assert shown == note[:kept]
    cut = kept < len(note)
    assert losses.counted.get(CUT, 0) == cut
    assert ("نصوص مقطوعة" in about(book)) == cut


def test_rows_beyond_a_sheet_go_on_in_the_next_one(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    book, _ = workbook(whole())
    assert [sheet.title for sheet in book.worksheets] == ["العلامات", "العلامات 2", "العلامات 3", "عن الملف"]
    assert [sheet.max_row for sheet in book.worksheets[:3]] == [5, 5, 2]
    assert all([cell.value for cell in sheet[1]] == column_names() for sheet in book.worksheets[:3])
    assert book.worksheets[2].auto_filter.ref == "A1:AN2"
    assert about(book)["عدد العلامات"] == "9"


def test_addresses_after_the_last_link_are_text(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_LINKS", 2)
    sheet = workbook(whole())[0].worksheets[0]
    links = [cells(sheet, number)["link"] for number in range(2, 11)]
    assert [bool(link.hyperlink) for link in links] == [True, True, *[False] * 7]
    assert all(link.value.startswith("https://desk.example/articles/17/#mark-") for link in links)


def test_the_last_sheet_says_what_the_file_is():
    book, _ = workbook(plain())
    told = about(book)
    assert told["البرنامج"] == "Newsdesk 0.1.0"
    assert told["صيغة الجدول"] == "1"
    assert (told["أُعدّ في"], told["أعدّه"]) == ("2026-04-02 12:30", "ليلى")
    assert (told["المطلوب"], told["الموقع"]) == (ABOUT.scope, "https://desk.example")


def test_a_file_of_nothing_opens():
    book, losses = workbook()
    assert book.worksheets[0].max_row == 1
    assert losses.counted == {}
