"""Files and folders that are not what they seem, or do not stay what they were while an import is at them."""

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from articles.importing.running import Report, import_inputs
from articles.models import Article, ImportItem
from tests.articles.pages import FIRST, SECOND, TITLE

pytestmark = pytest.mark.django_db

# More files than are read at once: a change that the first result brings about meets those that come later.
FILES = 150
LATER = 140
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "خبر">{BOMB}<!ENTITY far SYSTEM "file:///etc/passwd">]>'


@pytest.fixture(autouse=True)
def _no_steps(settings):
    settings.REVISION_STEPS = []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of one good article."""
    write(tmp_path / "good.txt", "في القرية")
    return tmp_path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    for number in range(FILES):
        write(tmp_path / f"{number:03}.txt", f"الخبر {number}")
    return tmp_path


def write(path: Path, title: str) -> Path:
    path.write_text(f"{TITLE} {title}\n{FIRST}\n{SECOND} {title}")
    return path


def counts(report: Report) -> tuple[int, int]:
    return report.created, report.refused


def reasons() -> dict[str, str]:
    return {Path(item.input).name: item.reason for item in ImportItem.objects.filter(outcome="refused")}


def import_while(folder: Path, change: Callable[[Path], object]) -> Report:
    """Import a folder, and after its first article change the file that is read last but some."""
    later = folder / f"{LATER:03}.txt"
    pending = [change]
    return import_inputs([folder], progress=lambda result: pending and pending.pop()(later))


def fifo_in_place_of(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (Path.unlink, "No such file"),
        (lambda path: path.write_bytes(b""), "فارغ"),
        (lambda path: path.write_bytes(bytes(5000)), "ليس نصاً"),
        (lambda path: os.truncate(path, 15_000_001), "أكبر من الحد"),
        (lambda path: (path.unlink(), path.mkdir()), "Is a directory"),
        (fifo_in_place_of, "ليس ملفاً"),
        (lambda path: (path.unlink(), path.symlink_to("/dev/zero")), "ليس ملفاً"),
        (lambda path: (path.unlink(), path.symlink_to(path.name)), "symbolic links"),
    ],
    ids=["vanished", "emptied", "overwritten", "swollen", "folder", "pipe", "device", "loop"],
)
def test_a_file_that_changes_before_its_turn_is_refused_as_it_is_then_and_the_rest_read(many, change, reason):
    assert counts(import_while(many, change)) == (FILES - 1, 1)
    found = reasons()
    assert list(found) == [f"{LATER:03}.txt"]
    assert reason in found[f"{LATER:03}.txt"]


def test_a_file_that_is_written_anew_before_its_turn_is_read_as_it_is_then(many):
    assert counts(import_while(many, lambda path: write(path, "الجديد"))) == (FILES, 0)
    assert Article.objects.filter(title__endswith="الجديد").count() == 1


def test_a_folder_that_vanishes_is_no_trouble_to_the_next_one(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
        for number in range(60):
            write(tmp_path / name / f"{number}.txt", f"{name} {number}")

    def remove(result: object) -> None:
        for file in sorted((tmp_path / "b").glob("*.txt")):
            file.unlink()

    report = import_inputs([tmp_path], progress=remove)
    assert report.created >= 120
    assert report.created + report.refused == 180


def test_a_table_of_lines_that_is_cut_short_while_it_is_read_ends_there(tmp_path):
    file = tmp_path / "lines.csv"
    rows = "".join(f"{TITLE} {number},{FIRST} {SECOND} {number}\n" for number in range(1500))
    file.write_text(f"title,text\n{rows}")
    report = import_inputs([file], progress=lambda result: os.truncate(file, 100))
    assert 100 <= report.created < 1500
    assert report.refused <= 1


@pytest.mark.parametrize("suffix", [".txt", ".html", ".jsonl", ".csv", ".warc", ".zip"])
def test_pipes_and_devices_are_refused_without_waiting_whatever_they_call_themselves(folder, suffix):
    os.mkfifo(folder / f"pipe{suffix}")
    (folder / f"zero{suffix}").symlink_to("/dev/zero")
    assert counts(import_inputs([folder])) == (1, 2)
    assert set(reasons()) == {f"pipe{suffix}", f"zero{suffix}"}
    assert counts(import_inputs([folder / f"pipe{suffix}", folder / f"zero{suffix}"])) == (0, 2)


def test_a_folder_that_leads_back_into_itself_is_read_once(folder):
    (folder / "sub").mkdir()
    write(folder / "sub" / "deeper.txt", "أعمق")
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to("self.txt")
    assert counts(import_inputs([folder])) == (2, 1)
    assert list(reasons()) == ["self.txt"]


def test_names_that_are_no_text_or_hold_ends_of_lines_are_each_one_line(folder):
    raw = os.fsencode(folder)
    for name in (b"\xce\xe1\xd1.txt", b"two\nlines.txt", b"\xff\xfe.html"):
        with open(raw + b"/" + name, "wb"):
            pass
    assert counts(import_inputs([folder])) == (1, 3)
    for item in ImportItem.objects.filter(outcome="refused"):
        assert item.reason
        assert "\n" not in item.reason


def test_a_folder_that_may_not_be_entered_is_refused_by_name(folder):
    (folder / "closed").mkdir()
    write(folder / "closed" / "a.txt", "مغلق")
    (folder / "closed").chmod(0)
    if os.access(folder / "closed", os.R_OK):
        pytest.skip("this account may enter every folder")
    assert counts(import_inputs([folder])) == (1, 1)
    assert "Permission denied" in reasons()["closed"]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        (
            "feed.rss",
            "<rss version='2.0'><channel><title>&e9;</title><item><title>&far;</title></item></channel></rss>",
        ),
        ("news.atom", "<feed xmlns='http://www.w3.org/2005/Atom'><title>&e9;&far;</title></feed>"),
        ("sitemap.xml", "<urlset><url><loc>https://village.example/&e9;</loc></url></urlset>"),
        ("index.xml", "<sitemapindex><sitemap><loc>&far;</loc></sitemap></sitemapindex>"),
        ("page.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>&e9;</h1><p>&far;</p></body></html>"),
    ],
)
def test_a_bomb_of_entities_is_refused_and_no_file_of_the_machine_is_read(folder, name, body):
    bomb = folder / name
    bomb.write_text(DOCTYPE.replace("DOCTYPE x", f"DOCTYPE {body[1:].split('>')[0].split()[0]}") + body)
    assert counts(import_inputs([folder / "good.txt", bomb])) == (1, 1)
    reason = reasons()[name]
    assert "root:" not in reason
    assert len(reason) < 300


@pytest.mark.parametrize(
    "name", ["../out.txt", "../../etc/cron.d/out.txt", "/tmp/out.txt", "C:\\out.txt", "a/../../out.txt", "..\\out.txt"]
)
def test_a_member_that_points_out_of_its_archive_is_refused_and_nothing_is_written_anywhere(folder, name):
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr(name, f"{TITLE}\n{FIRST}")
        archive.writestr("in.txt", f"{TITLE} في الأرشيف\n{FIRST}\n{SECOND}")
    before = sorted(folder.parent.rglob("*"))
    assert counts(import_inputs([folder / "a.zip"])) == (1, 1)
    assert "خارج الأرشيف" in next(iter(reasons().values()))
    assert sorted(folder.parent.rglob("*")) == before
