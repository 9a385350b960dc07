"""Results as an Excel sheet and as CSV, read again by what reads such files."""

import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime
from itertools import repeat

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from articles.delivering.plain_text import defused, printable, web_address
from articles.delivering.rows import Row
from articles.delivering.sheet import write_sheet
from articles.models import Article
from tests.accounts import make_user
from tests.articles.delivering.found import BRIDGE, FILLER, article_in_index
from tests.articles.factories import make_article, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
NAMES = [
    "العنوان",
    "وسيلة الإعلام",
    "تاريخ النشر",
    "الكاتب",
    "مقطع من النص",
    "الرابط الأصلي",
    "الرابط في Newsdesk",
    "الحالة",
]
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", '=HYPERLINK("http://x.example","y")', "\t=1"]


@pytest.fixture(autouse=True)
def newsroom(settings):
    settings.TIME_ZONE = "Asia/Riyadh"


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def content(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def sheet_of(client, query: str = "q=الجسر"):
    response = client.get(f"{reverse('export')}?format=xlsx&{query}")
    return load_workbook(io.BytesIO(content(response))).active


def lines_of(client, query: str = "q=الجسر") -> list[list[str]]:
    written = content(client.get(f"{reverse('export')}?format=csv&{query}"))
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_a_sheet_runs_from_right_to_left_under_a_heading_that_stays(reader):
    article = article_in_index(byline="سلمى الهادي", paragraphs=[BRIDGE], source=make_source("قناة الأفق"))
    sheet = sheet_of(reader)
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:H2"
    heading, row = sheet.iter_rows()
    assert [cell.value for cell in heading] == NAMES
    assert all(cell.font.bold for cell in heading)
    assert [cell.value for cell in row[:4]] == [
        article.title,
        "قناة الأفق",
        datetime(2024, 3, 27, 12, 30),
        "سلمى الهادي",
    ]
    assert "سلمى الهادي إن الجسر الجديد" in row[4].value
    assert [cell.hyperlink.target for cell in row[5:7]] == [article.url, f"http://testserver/articles/{article.pk}/"]
    assert row[7].value == "منشورة"


@pytest.mark.parametrize(
    ("precision", "shown"), [("minute", "yyyy-mm-dd hh:mm"), ("day", "yyyy-mm-dd"), ("month", "yyyy-mm")]
)
def test_dates_are_real_ones_and_no_more_precise_than_they_are_known(reader, precision, shown):
    article_in_index(precision=precision)
    cell = sheet_of(reader)["C2"]
    assert (cell.is_date, cell.number_format, cell.value.date().isoformat()) == (True, shown, "2024-03-27")
    written = {"minute": "2024-03-27 12:30", "day": "2024-03-27", "month": "2024-03"}[precision]
    assert lines_of(reader)[1][2] == written


@pytest.mark.parametrize("published", [None, datetime(1823, 5, 1, tzinfo=UTC)])
def test_a_date_that_excel_does_not_know_is_told_in_words_or_left_empty(reader, published):
    article_in_index(published_at=published)
    value = sheet_of(reader)["C2"].value
    assert value == ("1823-05-01" if published else None)


@pytest.mark.parametrize("title", DANGEROUS)
def test_nothing_in_an_article_becomes_a_formula(reader, title):
    article_in_index(title=f"{title} جسر".strip("\t"), byline=title, source=make_source(title))
    response = reader.get(f"{reverse('export')}?format=xlsx")
    with zipfile.ZipFile(io.BytesIO(content(response))) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert all(cell.data_type != "f" for row in sheet_of(reader, "") for cell in row)
    for cell in lines_of(reader, "")[1]:
        assert not cell.lstrip().startswith(tuple("=+-@"))


def test_what_is_an_address_leads_there_and_nothing_else_does():
    assert (
        web_address("https://news.example/خبر?q=جسر") == "https://news.example/%D8%AE%D8%A8%D8%B1?q=%D8%AC%D8%B3%D8%B1"
    )
    for other in (None, "", "javascript:alert(1)", "file:///etc/passwd", "https://", "http://[", "ftp://a.example/"):
        assert web_address(other) == ""
    assert len(web_address("https://a.example/" + "ج" * 3000)) == 0


@pytest.mark.parametrize("text", ["", "جسر", "5-3", "قال: =", "a@b"])
def test_other_text_stays_as_it_is(text):
    assert defused(text) == text


def test_characters_that_no_file_can_hold_are_dropped():
    assert printable("جسر\x00\x0b\x1f\ufffe\ud800 الوادي\n👍") == "جسر الوادي\n👍"


def test_a_csv_holds_what_the_sheet_holds(reader):
    article = article_in_index(title='جسر "الوادي"، والنهر', paragraphs=[*FILLER, BRIDGE])
    heading, line = lines_of(reader)
    assert heading == NAMES
    assert line[:2] == ['جسر "الوادي"، والنهر', "صحيفة الميناء"]
    assert line[5:] == [article.url, f"http://testserver/articles/{article.pk}/", "منشورة"]
    assert FILLER[20] not in line[4]
    assert len(line[4]) < 600


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_file_is_in_the_interface_s_language_to_its_last_line(reader, language, settings):
    article_in_index()
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    heading, line = lines_of(reader)
    assert (heading[-1], line[-1]) == (("الحالة", "منشورة") if language == "ar" else ("Status", "Published"))
    assert sheet_of(reader).sheet_view.rightToLeft == (language == "ar")


@pytest.mark.parametrize(
    ("role", "statuses"), [("reader", ["منشورة"]), ("editor", ["قيد المراجعة", "محجوبة", "منشورة"])]
)
def test_a_file_holds_what_its_reader_finds_and_says_what_is_not_published(client, role, statuses):
    client.force_login(make_user(role))
    for status in Article.Status:
        make_article(status=status)
    index_everything()
    assert sorted(line[-1] for line in lines_of(client)[1:]) == statuses
    assert sheet_of(client).max_row == len(statuses) + 1


def test_what_was_hidden_while_the_file_was_written_is_not_in_it(reader):
    article = article_in_index()
    response = reader.get(f"{reverse('export')}?format=csv&q=الجسر")
    Article.objects.filter(pk=article.pk).update(status="hidden")
    assert len(content(response).splitlines()) == 1


def test_the_file_has_a_name_with_the_day_for_every_browser(reader):
    article_in_index()
    for format in ("docx", "xlsx", "csv"):
        name = reader.get(f"{reverse('export')}?format={format}")["Content-Disposition"]
        assert name.isascii()
        assert name.startswith('attachment; filename="newsdesk-20')
        assert f".{format}\"; filename*=UTF-8''%D9%86" in name


@pytest.mark.parametrize("address", ["format=pdf", "", "format=docx.exe&q=x"])
def test_there_are_three_formats_and_no_other(reader, address):
    assert reader.get(f"{reverse('export')}?{address}").status_code == 404


def test_what_is_not_understood_and_what_cannot_be_searched_leads_back_to_the_results(reader):
    wrong = reader.get(f"{reverse('export')}?format=csv&since=nonsense")
    assert wrong["Location"] == "/?format=csv&since=nonsense"
    later = reader.get(f"{reverse('export')}?format=csv&q=x")
    assert later["Location"] == "/?q=x"


@pytest.mark.parametrize("public", [True, False])
def test_files_are_for_members(client, settings, public):
    settings.PUBLIC_READING = public
    assert client.get(f"{reverse('export')}?format=csv")["Location"].startswith(reverse("login"))


def test_memory_does_not_grow_with_the_rows(tmp_path):
    row = Row(
        "عنوان " * 8,
        "قناة",
        datetime(2024, 5, 1),
        "day",
        "",
        "مقطع " * 60,
        "https://a.example/1",
        "https://b.example/2",
        "منشورة",
    )

    def peak(rows: int) -> int:
        tracemalloc.start()
        with (tmp_path / "sheet.xlsx").open("wb") as file:
            write_sheet(file, title="المواد", rtl=True, names=NAMES, rows=repeat(row, rows))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    few, many = peak(100), peak(600)
    # Only the links of a sheet are kept until its end.
    assert many - few < 500 * 3_000
