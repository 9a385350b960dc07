"""Marks taken away in a real browser: from the article to the file, and a large one watched until it is ready."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotations.exporting import running
from annotations.exporting.scopes import ALL, Scope
from annotations.exporting.wanted import Wanted
from annotations.exports import jsonl
from annotations.models import Export
from tests.annotations.exporting.desk import CLAIM, QUOTE, SPEAKER, fill_desk
from tests.articles.working import empty_queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(settings, tmp_path):
    settings.EXPORT_FOLDER = tmp_path / "exports"
    yield fill_desk()
    empty_queue()


def test_the_marks_of_an_article_are_downloaded_from_its_page(desk, signed_in_page, tmp_path: Path):
    page = signed_in_page("annotator")
    page.goto(desk.article.get_absolute_url())
    page.get_by_role("link", name="تصدير العلامات").click()
    expect(page.get_by_role("radio", name="JSONL")).to_be_checked()
    page.get_by_label("القائل").uncheck()
    with page.expect_download() as download:
        page.get_by_role("button", name="صدّر").click()
    assert download.value.suggested_filename.endswith("-jsonl.jsonl")
    path = tmp_path / "marks.jsonl"
    download.value.save_as(path)
    (article,) = jsonl.read(path)
    assert [mark.exact for mark in article.marks] == [QUOTE, CLAIM]
    assert SPEAKER not in [mark.exact for mark in article.marks]


def test_the_list_shows_by_itself_when_a_file_is_ready_and_what_it_leaves_out(desk, signed_in_page):
    page = signed_in_page("annotator")
    scope = Scope(ALL, page.user)
    export = running.ask_export(by=page.user, scope=scope, wanted=Wanted(), form="docx", site="https://desk.example")
    page.goto("/exports/")
    row = page.locator(".export-row")
    expect(row).to_contain_text("في الانتظار")
    running.make_export(export.pk)
    expect(row).to_contain_text("جاهز")
    row.get_by_text("ما لم يدخل في الملف").click()
    expect(row).to_contain_text("علامات ليست اقتباسات: 2")
    with page.expect_download() as download:
        row.get_by_role("link", name="نزّل الملف").click()
    assert download.value.suggested_filename.endswith("-docx.docx")
    row.get_by_role("button", name="احذف").click()
    expect(page.locator("main")).to_contain_text("لا ملفات بعد")
    assert not Export.objects.exists()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_screen(desk, signed_in_page, width):
    page = signed_in_page("annotator")
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("/exports/new/", "/exports/"):
        page.goto(address)
        for summary in page.locator("main summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
