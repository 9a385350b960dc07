"""Tables: whose columns are whose, in every encoding and dialect, and what is wrong with a row."""

import csv
import gzip
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.importing.inputs import records
from articles.importing.records import ReadingOptions
from articles.importing.running import import_inputs
from articles.models import Article
from tests.articles.pages import FIRST, SECOND, TITLE
from tests.articles.reading import read_inputs

ROW = ("https://village.example/7", TITLE, f"{FIRST}\n{SECOND}", "2024-03-16 09:30 +0000", "village", "سلوى النوري")
ENGLISH = ("url", "title", "text", "published_at", "source", "byline")
ARABIC = ("الرابط", "العنوان", "النص", "التاريخ", "المصدر", "الكاتب")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = ENGLISH, delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    return text.getvalue()


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def assert_is_the_row(page):
    assert (page.url, page.title, page.source_key, page.byline) == (ROW[0], TITLE, "village", "سلوى النوري")
    assert [block.text for block in page.blocks] == [FIRST, SECOND]
    assert (page.published_at, page.published_precision) == (datetime(2024, 3, 16, 9, 30, tzinfo=UTC), "minute")


@pytest.mark.parametrize("header", [ENGLISH, ARABIC, tuple(f" {name.upper()} " for name in ENGLISH)])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_by_its_header_whatever_parts_its_cells(tmp_path, header, delimiter):
    file = written(tmp_path / "news.csv", table(ROW, header=header, delimiter=delimiter))
    pages, reasons = read_inputs(file)
    assert reasons == {}
    assert list(pages) == ["news.csv:2"]
    assert_is_the_row(pages["news.csv:2"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1256", "iso8859-6"])
def test_a_table_is_read_in_the_encodings_that_spreadsheets_write(tmp_path, encoding):
    rows = [ROW, *((f"https://village.example/{n}", TITLE, SECOND, "", "", "") for n in range(20))]
    text = table(*rows, header=ARABIC, delimiter=";").replace("ـ", "")
    pages, reasons = read_inputs(written(tmp_path / "news.csv", text.encode(encoding)))
    assert reasons == {}
    assert len(pages) == 21
    assert_is_the_row(pages["news.csv:2"])


@pytest.mark.parametrize("name", ["news.tsv", "news.tsv.gz", "NEWS.TSV"])
def test_a_tsv_is_parted_by_tabs_alone_and_may_be_compressed(tmp_path, name):
    text = f"العنوان, الفرعي\ttext\n{TITLE}\t{FIRST}\n"
    data = gzip.compress(text.encode()) if name.endswith("gz") else text.encode()
    pages, _ = read_inputs(written(tmp_path / name, data))
    assert pages[f"{name}:2"].metadata == {"العنوان, الفرعي": TITLE}


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_end_of_line_counts_once(tmp_path, ending):
    text = f"title,text\n\n{TITLE},{FIRST}\n{TITLE} 2,{SECOND}".replace("\n", ending)
    assert list(read_inputs(written(tmp_path / "a.csv", text))[0]) == ["a.csv:3", "a.csv:4"]


def test_excel_may_state_its_delimiter_before_the_header(tmp_path):
    pages, _ = read_inputs(written(tmp_path / "a.csv", f"sep=;\r\ntitle;text\r\n{TITLE};{FIRST}\r\n"))
    assert list(pages) == ["a.csv:3"]


def test_columns_of_other_names_are_mapped_and_the_rest_is_metadata(tmp_path):
    header = ("title", "Kopf", "Rumpf", "text", "desk", "")
    file = written(tmp_path / "a.csv", table(("id 5", TITLE, FIRST, "ملخص", "محليات", "س"), header=header))
    pages, reasons = read_inputs(file, columns={"title": "kopf", "text": "Rumpf"})
    assert reasons == {}
    page = pages["a.csv:2"]
    assert (page.title, page.blocks[0].text) == (TITLE, FIRST)
    assert page.metadata == {"title": "id 5", "text": "ملخص", "desk": "محليات", "6": "س"}


def test_a_number_of_the_row_does_not_identify_an_article_unless_it_is_said_to(tmp_path):
    file = written(tmp_path / "a.csv", table(("7", TITLE, FIRST), header=("id", "title", "text")))
    page = read_inputs(file)[0]["a.csv:2"]
    assert (page.key_is_certain, page.metadata) == (False, {"id": "7"})
    page = read_inputs(file, columns={"id": "id"})[0]["a.csv:2"]
    assert (page.key, page.key_is_certain) == ("7", True)


def test_dates_as_people_write_them_in_tables_are_read(tmp_path):
    rows = [(TITLE, FIRST, date) for date in ("16/3/2024", "السبت 16 مارس 2024", "١٦ آذار ٢٠٢٤", "ذات مساء")]
    pages, _ = read_inputs(written(tmp_path / "a.csv", table(*rows, header=("title", "text", "التاريخ"))))
    dates = [page.published_at for page in pages.values()]
    assert dates == [datetime(2024, 3, 16)] * 3 + [None]
    assert pages["a.csv:5"].metadata == {"published_at": "ذات مساء"}


@pytest.mark.parametrize(
    ("header", "columns", "reason"),
    [
        ("title,summary", {}, "لا عمود لنص المادة.*الأعمدة هي: title · summary"),
        ("title,text", {"byline": "writer"}, "لا عمود باسم «writer».*title · text"),
        (f"{TITLE},{FIRST}", {}, "لا عمود لنص المادة"),
        ("x," * 5000, {}, "لا عمود لنص المادة.{1,300}…$"),
        ('"title,text', {}, "التنصيص"),
    ],
)
def test_a_table_without_a_needed_column_is_refused_in_one_line(tmp_path, header, columns, reason):
    file = written(tmp_path / "a.csv", f"{header}\n{TITLE},{FIRST}\n{TITLE},{SECOND}\n")
    pages, reasons = read_inputs(file, columns=columns)
    assert pages == {}
    assert list(reasons) == ["a.csv"]
    assert re.search(reason, reasons["a.csv"])


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "فارغ"), (b"\n\r\n", "فارغ"), (b"PK\x03\x04xlsx", "نص"), (bytes(500), "نص")]
)
def test_what_is_no_table_is_refused(tmp_path, content, reason):
    assert reason in read_inputs(written(tmp_path / "a.csv", content))[1]["a.csv"]


def test_a_bad_row_is_refused_by_its_line_and_the_others_are_read(tmp_path):
    good = f'{TITLE},"{FIRST}\n{SECOND}"\n'
    bad = [f"{TITLE},{FIRST},زائد\n", f"{TITLE}\n", f'{TITLE},"{FIRST}" ثم\n', f"{TITLE},{'س' * 60_000}\n", ",كلمة\n"]
    file = written(tmp_path / "a.csv", "title,text\n" + good + "".join(row + good for row in bad))
    pages, reasons = read_inputs(file)
    assert [int(name.rpartition(":")[2]) for name in pages] == [2, 5, 8, 11, 14, 17]
    assert {page.blocks[1].text for page in pages.values()} == {SECOND}
    assert {name.rpartition(":")[2]: reason.split()[0] for name, reason in reasons.items()} == {
        "4": "عدد", "7": "عدد", "10": "علامات", "13": "أكبر", "16": "النص",
    }  # fmt: skip


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row_only(tmp_path):
    rows = [f'"{TITLE} {n}","{FIRST}"\n' for n in range(6)]
    rows[2] = f'"{TITLE} 2,{FIRST}\n'
    rows[5] = f'{TITLE} 5,"{FIRST}\n'
    pages, reasons = read_inputs(written(tmp_path / "a.csv", "title,text\n" + "".join(rows)))
    assert list(pages) == ["a.csv:2", "a.csv:3", "a.csv:5", "a.csv:6"]
    assert list(reasons) == ["a.csv:4", "a.csv:7"]


def test_an_article_may_be_longer_than_other_cells_are(tmp_path):
    lines = [FIRST] * 3000
    file = written(tmp_path / "a.csv", table((TITLE, "\n".join(lines)), header=("title", "text")))
    pages, _ = read_inputs(file, max_bytes=1_000_000)
    assert [block.text for block in pages["a.csv:2"].blocks] == lines


def test_rows_that_are_made_to_be_read_again_and_again_are_given_up(tmp_path):
    # Each line opens a quotation that none of those after it closes for good.
    file = written(tmp_path / "a.csv", "title,text\n" + 'x",":\n' * 20_000)
    pages, reasons = read_inputs(file, max_bytes=5000)
    assert pages == {}
    assert 5 < len(reasons) < 50
    assert "تُرك ما بعد" in list(reasons.values())[-1]


def test_a_compression_bomb_is_given_up_within_bounds(tmp_path):
    with gzip.open(tmp_path / "a.csv.gz", "wb", compresslevel=1) as file:
        file.write(f"title,text\n{TITLE},{FIRST}\n".encode())
        for _ in range(300):
            file.write(b"x" * 100_000)
    pages, reasons = read_inputs(tmp_path / "a.csv.gz")
    assert list(pages) == ["a.csv.gz:2"]
    assert list(reasons) == ["a.csv.gz:3"]


@pytest.mark.parametrize("rows", [300, 3000])
def test_what_comes_before_the_cut_of_a_compressed_table_is_read(tmp_path, rows):
    text = table(*((f"https://village.example/{n}", f"{TITLE} {n}", FIRST, "", "", "") for n in range(rows)))
    pages, reasons = read_inputs(written(tmp_path / "a.csv.gz", gzip.compress(text.encode())[:-40]))
    assert len(pages) > 0.6 * rows
    assert ["مبتور" in reason for reason in reasons.values()][-1]


def test_a_long_table_is_read_as_a_stream(tmp_path):
    with (tmp_path / "a.csv").open("w") as file:
        file.write(table())
        file.writelines(f"https://village.example/{n},{TITLE},{FIRST},,,\n" for n in range(20_000))
    stream = records([tmp_path / "a.csv"], ReadingOptions(10_000_000))
    assert next(stream).weight < 300_000


@pytest.mark.django_db
def test_the_same_table_again_is_recognised_and_under_another_map_it_is_read_anew(tmp_path, settings):
    settings.REVISION_STEPS = []
    header = ("url", "title", "text", "date", "updated")
    rows = [(f"https://village.example/{n}", TITLE, f"{FIRST} {n}", "2024-03-16", "2024-03-18") for n in range(3)]
    file = written(tmp_path / "a.csv", table(*rows, header=header))
    assert import_inputs([file]).created == 3
    again = import_inputs([file])
    assert (again.unchanged, again.updated) == (3, 0)
    mapped = import_inputs([file], columns={"published_at": "updated"})
    assert (mapped.unchanged, mapped.updated) == (0, 3)
    assert {article.published_at.day for article in Article.objects.all()} <= {17, 18}
    assert import_inputs([file], columns={"published_at": "updated"}).unchanged == 3
