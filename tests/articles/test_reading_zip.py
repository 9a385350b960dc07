"""ZIP archives: members as inputs of their own, and everything that an archive can be up to."""

import gzip
import json
import os
import stat
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from articles.importing.inputs import records, total_weight
from articles.importing.records import ReadingOptions
from articles.importing.running import import_inputs
from tests.articles.pages import FIRST, SECOND, TITLE
from tests.articles.reading import read_inputs

TEXT = f"{TITLE}\n{FIRST}".encode()
PAGE = f"<html><body><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p></article></body></html>"
LINE = json.dumps({"title": TITLE, "text": FIRST}).encode()


def archive(path: Path, members: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def under_raw_names(path: Path, members: Mapping[bytes, bytes]) -> Path:
    """An archive whose names have no mark of UTF-8; their bytes are put in after it was written."""
    stand_ins = {b"~" * (len(name) - 4) + b"%04d" % number: name for number, name in enumerate(members)}
    data = archive(path, dict(zip(map(bytes.decode, stand_ins), members.values(), strict=True))).read_bytes()
    for stand_in, name in stand_ins.items():
        data = data.replace(stand_in, name)
    path.write_bytes(data)
    return path


def patched(path: Path, offset: int, value: bytes) -> Path:
    """With these bytes in the first entry of the list of members."""
    data = bytearray(path.read_bytes())
    start = data.index(b"PK\x01\x02") + offset
    data[start : start + len(value)] = value
    path.write_bytes(data)
    return path


def test_each_member_of_a_known_kind_is_an_input(tmp_path):
    file = archive(
        tmp_path / "news.zip",
        {
            "a/1.html": PAGE.encode(),
            "a/2.TXT": TEXT,
            "خبر.txt": TEXT,
            "lines.jsonl": LINE + b"\n" + LINE,
            "more.jsonl.gz": gzip.compress(LINE),
            "table.csv": f"العنوان;النص\n{TITLE};{FIRST}\n".encode(),
            "table.tsv": f"العنوان\tالنص\n{TITLE}\t{FIRST}\n".encode("utf-16"),
            "README.md": b"no article",
            ".hidden.txt": TEXT,
            "__MACOSX/a/._2.txt": TEXT,
            "a/1_files/frame.html": PAGE.encode(),
        },
    )
    pages, reasons = read_inputs(file)
    assert reasons == {}
    names = ["a/1.html", "a/2.TXT", "خبر.txt", "lines.jsonl:1", "lines.jsonl:2", "more.jsonl.gz:1"]
    assert list(pages) == [f"news.zip!{name}" for name in [*names, "table.csv:2", "table.tsv:2"]]
    assert {page.title for page in pages.values()} == {TITLE}
    assert pages["news.zip!a/1.html"].key == "a/1.html"
    assert pages["news.zip!a/1.html"].original == PAGE.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "cp720", "cp1256"])
def test_arabic_names_without_the_mark_of_utf8_are_read(tmp_path, encoding):
    name = "أخبار القرية.txt"
    pages, _ = read_inputs(under_raw_names(tmp_path / "a.zip", {name.encode(encoding): TEXT}))
    assert list(pages) == [f"a.zip!{name}"]


def test_names_in_cp437_are_read_as_the_standard_has_them(tmp_path):
    pages, _ = read_inputs(under_raw_names(tmp_path / "a.zip", {"café-ñandú.txt".encode("cp437"): TEXT}))
    assert list(pages) == ["a.zip!café-ñandú.txt"]


@pytest.mark.parametrize("name", ["../a.txt", "b/../../a.txt", "/etc/a.txt", "..\\a.txt", "\\a.txt", "C:\\a.txt", ".."])
def test_names_that_lead_out_of_the_archive_are_refused_and_nothing_is_written(tmp_path, name):
    (tmp_path / "here").mkdir()
    file = archive(tmp_path / "here" / "a.zip", {name: TEXT, "good.txt": TEXT})
    before = sorted(tmp_path.rglob("*"))
    pages, reasons = read_inputs(file, format="text")
    assert list(pages) == ["a.zip!good.txt"]
    assert "خارج الأرشيف" in reasons[f"a.zip!{name}"]
    assert sorted(tmp_path.rglob("*")) == before


def test_a_name_with_dots_is_no_way_out(tmp_path):
    assert list(read_inputs(archive(tmp_path / "a.zip", {"a..b/c...txt": TEXT}))[0]) == ["a.zip!a..b/c...txt"]


def test_a_symbolic_link_is_refused(tmp_path):
    link = zipfile.ZipInfo("secret.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
    assert "وصلة" in read_inputs(tmp_path / "a.zip")[1]["a.zip!secret.txt"]


def test_encrypted_nested_and_strangely_compressed_members_are_refused(tmp_path):
    files = [
        (patched(archive(tmp_path / "1.zip", {"a.txt": TEXT}), 8, b"\x01\x00"), "كلمة مرور"),
        (archive(tmp_path / "2.zip", {"a.zip": b"PK"}), "داخل"),
        (archive(tmp_path / "3.zip", {"a.txt": TEXT}, zipfile.ZIP_BZIP2), "غير مدعومة"),
        (patched(archive(tmp_path / "4.zip", {"a.txt": TEXT}), 10, b"\x63\x00"), "غير مدعومة"),
    ]
    for file, reason in files:
        pages, reasons = read_inputs(file)
        assert pages == {}
        assert [reason in told for told in reasons.values()] == [True]


def test_a_corrupt_member_is_refused_and_the_others_are_read(tmp_path):
    file = archive(tmp_path / "a.zip", {"1.txt": TEXT, "2.jsonl": LINE, "3.txt": TEXT}, zipfile.ZIP_STORED)
    data = file.read_bytes()
    file.write_bytes(data.replace(TEXT, TEXT[::-1], 1).replace(LINE, LINE[::-1], 1))
    pages, reasons = read_inputs(file)
    assert list(pages) == ["a.zip!3.txt"]
    assert "تالف" in reasons["a.zip!1.txt"]
    assert "تالف" in reasons["a.zip!2.jsonl"]


@pytest.mark.parametrize("cut", [0, 10, 200, -10, -60])
def test_what_is_no_archive_is_refused(tmp_path, cut):
    file = archive(tmp_path / "a.zip", {"1.txt": TEXT, "2.txt": TEXT})
    file.write_bytes(file.read_bytes()[:cut])
    assert read_inputs(file) == ({}, {"a.zip": "ليس ملف ZIP سليماً"})


def test_any_damage_to_the_list_of_members_is_a_refusal(tmp_path):
    whole = archive(tmp_path / "a.zip", {"1.txt": TEXT, "2.jsonl": LINE}).read_bytes()
    start = whole.index(b"PK\x01\x02")
    for place in range(start, len(whole)):
        data = bytearray(whole)
        data[place] ^= 0xFF
        (tmp_path / "a.zip").write_bytes(data)
        read_inputs(tmp_path / "a.zip")


def test_an_archive_without_articles_says_so(tmp_path):
    for number, members in enumerate([{}, {"notes.docx": b"x"}]):
        file = archive(tmp_path / f"{number}.zip", members)
        assert "لا شيء" in read_inputs(file)[1][f"{number}.zip"]


def test_members_over_the_limit_are_refused_each_by_itself(tmp_path):
    big = {"big.txt": TEXT * 2000, "lines.jsonl": LINE + b"\n" + LINE * 500 + b"\n" + LINE, "good.txt": TEXT}
    pages, reasons = read_inputs(archive(tmp_path / "a.zip", big))
    assert list(pages) == ["a.zip!lines.jsonl:1", "a.zip!lines.jsonl:3", "a.zip!good.txt"]
    assert {name: reason.split()[0] for name, reason in reasons.items()} == {
        "a.zip!big.txt": "أكبر",
        "a.zip!lines.jsonl:2": "أكبر",
    }


@pytest.mark.parametrize("name", ["bomb.txt", "bomb.jsonl", "bomb.csv", "bomb.warc"])
def test_a_bomb_is_given_up_and_the_rest_read(tmp_path, name):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        with file.open(name, "w") as member:
            for _ in range(60):
                member.write((b" " * 999 + b"\n") * 1000)
        file.writestr("good.txt", TEXT)
    pages, reasons = read_inputs(tmp_path / "a.zip")
    assert list(pages) == ["a.zip!good.txt"]
    assert ("أكبر" if name.endswith("txt") else "قنبلة") in reasons[f"a.zip!{name}"]


def test_members_that_share_their_bytes_cannot_add_up_to_a_bomb(tmp_path):
    """Entries that all point at one member, as the bombs do that need no nesting."""
    # Each alone shrinks to no less than a hundredth, as an honest file might.
    member = "\n".join(os.urandom(8).hex() * 150 for _ in range(1000)).encode()
    file = archive(tmp_path / "a.zip", {"0.jsonl": member})
    data = file.read_bytes()
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[start:end]
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 400, 400, 400 * len(entry), start, 0)
    file.write_bytes(data[:start] + entry * 400 + tail)
    found = [record.refusal for record in records([file], ReadingOptions(100_000))]
    assert sum("JSON" in reason or not reason for reason in found) < 400 * 1000
    assert any("قنبلة" in reason or "تالف" in reason for reason in found)


def test_a_list_of_members_that_would_fill_memory_is_refused(tmp_path):
    file = archive(tmp_path / "a.zip", {"1.txt": TEXT})
    data = file.read_bytes()
    start = data.index(b"PK\x01\x02")
    entries = data[start : data.index(b"PK\x05\x06")] * 350_000
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(entries), start, 0)
    file.write_bytes(data[:start] + entries + tail)
    assert "قسّمه" in read_inputs(file)[1]["a.zip"]


def test_a_format_that_is_given_is_the_members_and_zip_may_be_given_for_any_name(tmp_path):
    file = archive(tmp_path / "a.zip", {"page": PAGE.encode(), "1.php": PAGE.encode()})
    assert list(read_inputs(file, format="html")[0]) == ["a.zip!page", "a.zip!1.php"]
    file = archive(tmp_path / "upload", {"1.txt": TEXT})
    assert list(read_inputs(file, format="zip")[0]) == ["upload!1.txt"]


def test_the_weights_of_members_come_to_the_size_of_the_archive(tmp_path):
    members = {f"{number}.txt": TEXT for number in range(20)} | {"l.jsonl": b"\n".join([LINE] * 50)}
    file = archive(tmp_path / "a.zip", members)
    assert sum(record.weight for record in records([file], ReadingOptions(10_000))) == total_weight([file])


@pytest.mark.django_db
def test_a_zip_of_a_folder_holds_the_same_articles_as_the_folder(tmp_path, settings):
    settings.REVISION_STEPS = []
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "1.txt").write_bytes(TEXT)
    (folder / "2.html").write_text(PAGE.replace(TITLE, "انتخاب مجلس جديد لقرية وادي الزيتون"))
    file = archive(tmp_path / "news.zip", {path.name: path.read_bytes() for path in folder.iterdir()})
    assert import_inputs([file]).created == 2
    assert import_inputs([folder]).unchanged == 2
