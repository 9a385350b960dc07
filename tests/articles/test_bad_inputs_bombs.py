"""Inputs that would fill memory: a gigabyte in a megabyte, a line without end. The import's memory is measured."""

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.db import connection

from articles.models import Article, ImportItem
from tests.articles.bombs import SIZE, gzip_bomb, long_line, zip_bomb
from tests.articles.crawls import Crawl
from tests.articles.pages import FIRST, SECOND, TITLE

pytestmark = pytest.mark.django_db(transaction=True)

# What an import of one small article takes, and what a bad input may add: a record, a few times over.
LIMIT = 15_000_000
ROOM = 8 * LIMIT
COMMAND = """
import sys, django
django.setup()
from resource import RUSAGE_SELF, getrusage
from django.conf import settings
from django.db import connection
from articles.importing.running import import_inputs
connection.settings_dict["NAME"] = sys.argv[1]
settings.REVISION_STEPS = []
report = import_inputs(sys.argv[2:])
print(report.created, report.refused, getrusage(RUSAGE_SELF).ru_maxrss * 1024)
"""


def import_measured(*inputs: Path) -> tuple[int, int, int]:
    """(created, refused, bytes of memory at the most) of an import in a process of its own."""
    command = [sys.executable, "-c", COMMAND, connection.settings_dict["NAME"], *map(str, inputs)]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    created, refused, memory = map(int, done.stdout.split())
    return created, refused, memory


def record(number: int) -> str:
    known = {"url": f"https://village.example/{number}", "title": f"{TITLE} {number}", "text": f"{FIRST}\n{SECOND}"}
    return json.dumps(known, ensure_ascii=False)


def reasons() -> dict[str, str]:
    return {Path(item.input).name: item.reason for item in ImportItem.objects.filter(outcome="refused")}


@pytest.fixture
def small(tmp_path: Path) -> int:
    """Bytes of memory that the import of one article takes."""
    (tmp_path / "small.jsonl").write_text(record(0))
    created, _, memory = import_measured(tmp_path / "small.jsonl")
    assert created == 1
    return memory


def test_a_gigabyte_pressed_into_a_megabyte_is_given_up_within_bounds_in_every_kind_of_file(small, tmp_path):
    row = f"title,text\n{TITLE},{FIRST} {SECOND}\n"
    header = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {SIZE}\r\n\r\n"
    crawl = Crawl()
    crawl.add("https://village.example/w")
    bombs = [
        gzip_bomb(tmp_path / "b.jsonl.gz", first=f"{record(1)}\n"),
        gzip_bomb(tmp_path / "b.csv.gz", first=row),
        gzip_bomb(tmp_path / "open.csv.gz", first=f'{row}"'),
        gzip_bomb(tmp_path / "b.warc.gz", first=header, beside=crawl.file.getvalue()),
        zip_bomb(tmp_path / "lines.zip", "b.jsonl"),
        zip_bomb(tmp_path / "page.zip", "b.html"),
    ]
    assert all(bomb.stat().st_size < 1_100_000 for bomb in bombs)
    with zipfile.ZipFile(tmp_path / "nested.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.write(tmp_path / "b.jsonl.gz", "b.jsonl.gz")
        archive.writestr("good.jsonl", record(2))
    created, refused, memory = import_measured(*bombs, tmp_path / "nested.zip")
    assert memory < small + ROOM
    assert set(reasons()) == {
        "b.jsonl.gz:2",
        "b.csv.gz:3",
        "open.csv.gz:3",
        "b.warc.gz:0",
        "lines.zip!b.jsonl",
        "page.zip!b.html",
        "nested.zip!b.jsonl.gz:2",
    }
    assert refused == 7
    # What stands before a bomb is read, and so are the page and the member behind one.
    assert created == 4
    assert Article.objects.filter(url__regex="/[12w]$").count() == 3


def test_a_line_of_a_hundred_megabytes_is_refused_and_the_lines_around_it_are_read(small, tmp_path):
    file = long_line(tmp_path / "long.jsonl", f"{record(1)}\n", "س", 100, f"\n{record(2)}\n")
    created, refused, memory = import_measured(file)
    assert (created, refused) == (2, 1)
    assert "15" in reasons()["long.jsonl:2"]
    assert memory < small + ROOM


def test_a_quotation_mark_that_fifty_megabytes_do_not_close_costs_its_row_only(small, tmp_path):
    file = tmp_path / "open.csv"
    with file.open("w") as table:
        table.write(f'title,text\n{TITLE},{FIRST} {SECOND}\nعنوان,"')
        for _ in range(550):
            table.write(f"{FIRST} " * 600 + "\n")
    assert file.stat().st_size > 50_000_000
    created, refused, memory = import_measured(file)
    assert created == 1
    assert "التنصيص" in reasons()["open.csv:3"]
    assert refused >= 1
    assert memory < small + ROOM


def test_a_record_over_the_limit_does_not_stop_the_ones_after_it(small, tmp_path):
    long = json.dumps({"url": "https://village.example/9", "title": TITLE, "text": FIRST * 40_000})
    with gzip.open(tmp_path / "r.jsonl.gz", "wt", compresslevel=1) as file:
        file.write(f"{record(1)}\n{long}\n{record(2)}\n")
    crawl = Crawl(compressed=False)
    crawl.add("https://village.example/8", b"<html>" + b" " * (LIMIT + 1))
    crawl.add("https://village.example/7")
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("big.html", b" " * (LIMIT + 1))
        archive.writestr("good.jsonl", record(3))
    created, refused, memory = import_measured(
        tmp_path / "r.jsonl.gz", crawl.written(tmp_path / "w.warc"), tmp_path / "z.zip"
    )
    assert (created, refused) == (4, 3)
    assert memory < small + ROOM
