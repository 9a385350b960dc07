"""`manage.py analyse_text` on real files, in a process of its own that has no database to ask."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = "وزير الطاقة: لا زيادة\r\nقال وزير الطاقة سامر الحداري 😀: «لن نرفع الأسعار في مُصر». وأضاف أن القرار نهائي.\n"


def analysed(tmp_path: Path, *files: Path) -> subprocess.CompletedProcess:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsdesk.settings",
        "NEWSDESK_ENV": os.devnull,
        "NEWSDESK_DATA": str(tmp_path / "data"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "SECRET_KEY": "",
    }
    command = [sys.executable, "manage.py", "analyse_text", *map(str, files), "--output", str(tmp_path / "out")]
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


def test_offsets_count_the_files_code_points_as_they_stand(tmp_path):
    file = tmp_path / "مادة.txt"
    file.write_bytes(TEXT.encode())
    result = analysed(tmp_path, file)
    assert (result.returncode, result.stdout) == (0, "written 1, refused 0\n")
    found = json.loads((tmp_path / "out" / "مادة.json").read_text("utf-8"))
    assert set(found) == {"entities", "quotes", "claims"}
    assert ("PERS", "سامر الحداري") in {(e["type"], TEXT[e["start"] : e["end"]]) for e in found["entities"]}
    quote = next(quote for quote in found["quotes"] if quote["type"] == "direct")
    assert TEXT[quote["start"] : quote["end"]] == "لن نرفع الأسعار في مُصر"
    assert TEXT[slice(*quote["cue"])] == "قال"
    assert "سامر الحداري" in TEXT[slice(*quote["speaker"])]
    assert quote["name"] == "سامر الحداري"


def test_who_said_it_and_how_stand_beside_what_was_told_before(tmp_path):
    text = (
        "الميناء باق\nوحذر سالم الخطيب وخالد المنصوري في بيان الثلاثاء من أن 40 سفينة ستتوقف عن العمل"
        " خلال أشهر العام كلها بسبب الإضراب المفتوح في الأرصفة.\n"
        "وقال الخطيب خلال المؤتمر الاقتصادي في الدوحة إن الميناء المزعوم لا وجود له.\n"
    )
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    assert analysed(tmp_path, file).returncode == 0
    found = json.loads((tmp_path / "out" / "a.json").read_text("utf-8"))
    joint, framed = found["quotes"]
    assert (joint["stance"], joint["circumstances"]["channel"], joint["circumstances"]["translated"]) == (
        "warning",
        "statement",
        False,
    )
    assert [(text[slice(*voice["span"])], voice["name"], voice["role"]) for voice in joint["voices"]] == [
        ("سالم الخطيب", "سالم الخطيب", "joint"),
        ("خالد المنصوري", "خالد المنصوري", "joint"),
    ]
    assert text[slice(*joint["circumstances"]["said_on"])] == "الثلاثاء"
    assert text[slice(*framed["circumstances"]["occasion"])] == "المؤتمر الاقتصادي في الدوحة"
    assert text[slice(*framed["framing"])] == "المزعوم"
    claim = found["claims"][0]
    assert (claim["claimant"], "figures" in claim["reasons"]) == (joint["name"], True)


def test_nothing_else_is_written(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert analysed(tmp_path, file).returncode == 0
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("content", [b"", b"\n\n\n", "لا اقتباس هنا".encode(), b"no Arabic at all", b"\xef\xbb\xbf"])
def test_any_text_is_answered(tmp_path, content):
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert analysed(tmp_path, file).returncode == 0
    assert json.loads((tmp_path / "out" / "a.json").read_text("utf-8")).keys() == {"entities", "quotes", "claims"}


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path):
    good, broken, folder = tmp_path / "good.txt", tmp_path / "broken.txt", tmp_path / "folder"
    good.write_text(TEXT, encoding="utf-8")
    broken.write_bytes(b"\xff\xfe\x00\xd8")
    folder.mkdir()
    result = analysed(tmp_path, broken, tmp_path / "missing.txt", folder, good)
    assert (result.returncode, result.stdout) == (0, "written 1, refused 3\n")
    assert [line.split(": ")[0].rsplit("/", 1)[1] for line in result.stderr.splitlines()] == [
        "broken.txt",
        "missing.txt",
        "folder",
    ]
    assert analysed(tmp_path, broken).returncode == 1


def test_two_files_of_one_name_do_not_overwrite_each_other(tmp_path):
    files = [tmp_path / folder / "x.txt" for folder in ("a", "b")]
    for file in files:
        file.parent.mkdir()
        file.write_text(TEXT, encoding="utf-8")
    result = analysed(tmp_path, *files)
    assert result.stdout == "written 1, refused 1\n"
    assert str(files[1]) in result.stderr
