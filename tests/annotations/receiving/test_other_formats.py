"""Marks come in from the formats of others, as far as these say what they are."""

import json
from contextlib import suppress
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.management import CommandError, call_command

from annotations.exports.archives import LARGEST
from annotations.exports.formats import FORMATS
from annotations.exports.records import Losses
from annotations.models import Annotation
from annotations.receiving.report import Report
from annotations.receiving.running import READABLE, Asked, receive_file
from tests.accounts import make_user
from tests.annotations.exports.samples import MORNING, TEXT, uuid, whole
from tests.annotations.marks import make_mark
from tests.annotations.receiving.arriving import ABOUT, exported, received, stored_sample, told

pytestmark = pytest.mark.django_db
OTHERS = ["w3c", "brat", "xmi"]


@pytest.fixture
def editor():
    return make_user("editor", username="huda")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks"


def test_these_formats_come_in():
    assert list(READABLE) == ["jsonl", *OTHERS]


@pytest.mark.parametrize("form", OTHERS)
def test_what_left_comes_back_into_an_empty_archive_at_its_words(editor, path, form):
    article = stored_sample()
    assert told(received(path, whole(), by=editor, form=form)) == {"new": 9}
    marks = {mark.uuid: mark for mark in exported(article)[0].standing().marks}
    for mark in whole().standing().marks:
        assert marks[mark.uuid].parts == mark.parts
        assert marks[mark.uuid].kind == mark.kind
    assert told(received(path, whole(), by=editor, form=form)) == {"unchanged": 9}


@pytest.mark.parametrize("form", OTHERS)
def test_what_left_is_unchanged_where_it_came_from(editor, tmp_path, form):
    """Nothing is said of what a format leaves empty, and ours stays."""
    stored_sample()
    received(tmp_path / "own", whole(), by=editor)
    assert told(received(tmp_path / "other", whole(), by=editor, form=form)) == {"unchanged": 9}


@pytest.mark.parametrize("form", OTHERS)
def test_what_a_format_leaves_empty_stays_when_the_rest_is_replaced(editor, tmp_path, form):
    article = stored_sample()
    received(tmp_path / "own", whole(), by=editor)
    quoted = whole().marks[6]
    shorter = replace(quoted.parts[0], end=quoted.parts[0].end - 6, exact=quoted.parts[0].exact[:-6])
    silent = replace(quoted, stance="", attributions=(), parts=(shorter, quoted.parts[1]))
    assert told(
        received(tmp_path / "other", replace(whole(), marks=(silent,)), by=editor, form=form, replace=True)
    ) == {"replaced": 1}
    now = next(mark for mark in exported(article)[0].marks if mark.uuid == quoted.uuid)
    assert now.parts[0].exact == shorter.exact
    assert (now.stance, now.attributions, now.created_by) == ("accusing", quoted.attributions, quoted.created_by)


@pytest.mark.parametrize("form", OTHERS)
def test_a_status_that_was_changed_elsewhere_is_told_and_taken_when_asked_for(editor, tmp_path, form):
    """Suggestions that somebody accepted in another program keep their detector and get whoever decided."""
    stored_sample()
    received(tmp_path / "own", whole(), by=editor)
    accepted = replace(whole().marks[-1], status="accepted", decided_by="سامر", decided_at=MORNING)
    record = replace(whole(), marks=(accepted,))
    assert told(received(tmp_path / "other", record, by=editor, form=form)) == {"differs": 1}
    assert told(received(tmp_path / "other", record, by=editor, form=form, replace=True)) == {"replaced": 1}
    now = Annotation.objects.get(uuid=accepted.uuid)
    assert (now.status, now.decided_by_name, now.detector, now.confidence) == ("accepted", "سامر", "newsdesk", 0.75)


def test_whom_a_note_does_not_name_stays_who_it_was(editor, path):
    article = stored_sample()
    ours = make_mark(article, "40 مليون دينار", kind="claim", by=editor)
    silent = {name: value for name, value in NOTE.items() if name != "creator"} | {"id": f"urn:uuid:{ours.uuid}"}
    silent["body"] = [{"type": "TextualBody", "purpose": "commenting", "value": "من أين؟"}]
    report = of_others(path, silent, by=editor, kind="claim", replace=True)
    assert set(told(report)) <= {"replaced", "unchanged"}
    ours.refresh_from_db()
    assert (ours.created_by, ours.created_by_name, ours.decided_by) == (editor, "huda", editor)


NOTE = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "https://notes.example/a/1",
    "type": "Annotation",
    "creator": "acct:huda@notes.example",
    "body": [{"type": "TextualBody", "value": "من أين الرقم؟"}],
    "target": {
        "source": "https://zafaran.example/2026/03/24/سد",
        "selector": {"type": "TextQuoteSelector", "exact": "40 مليون دينار", "prefix": "المشروع ", "suffix": " منذ"},
    },
}


def of_others(path: Path, *notes: dict, by, **how) -> Report:
    path.write_text(json.dumps(list(notes), ensure_ascii=False), "utf-8")
    return receive_file(Asked(path, "w3c", by, **how))


def test_a_note_of_another_program_needs_a_kind_and_is_found_by_its_words(editor, path):
    stored_sample()
    report = of_others(path, NOTE, by=editor)
    assert told(report) == {"refused": 1}
    assert "kind" in report.lines[0].reason
    assert told(of_others(path, NOTE, by=editor, kind="claim")) == {"new": 1}
    mark = Annotation.objects.get()
    part = mark.parts.get()
    assert TEXT[part.start : part.end] == part.exact == "40 مليون دينار"
    assert (mark.created_by, mark.created_by_name, mark.decided_by_name) == (None, *["acct:huda@notes.example"] * 2)
    assert told(of_others(path, NOTE, by=editor, kind="claim")) == {"unchanged": 1}


def test_notes_of_several_pages_may_alternate(editor, path):
    stored_sample()
    selector = NOTE["target"]["selector"]
    elsewhere = NOTE | {"id": "https://notes.example/a/2", "target": NOTE["target"] | {"source": "https://x.example/"}}
    third = NOTE | {
        "id": "https://notes.example/a/3",
        "target": NOTE["target"]
        | {"selector": selector | {"exact": "62 متراً", "prefix": "السد ", "suffix": " & يكفي"}},
    }
    rehearsed = of_others(path, NOTE, elsewhere, third, NOTE, by=editor, kind="claim", dry_run=True)
    report = of_others(path, NOTE, elsewhere, third, NOTE, by=editor, kind="claim")
    assert told(report) == told(rehearsed)
    assert told(report) == {"new": 2, "unchanged": 1, "refused": 1}


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "حبر حبر حبر"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI">&b;</xmi:XMI>'
).encode()


def zipped(path: Path, name: str, size: int, beginning: bytes = b"") -> Path:
    """A ZIP whose entry unpacks to so many bytes, mostly spaces."""
    with ZipFile(path, "w", ZIP_DEFLATED) as packed, packed.open(name, "w", force_zip64=True) as entry:
        entry.write(beginning)
        for _ in range(size // 1_000_000):
            entry.write(b" " * 1_000_000)
    return path


@pytest.mark.parametrize("form", OTHERS)
@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"PK\x03\x04cut", BOMB, b"[" * 100_000, b'{"a":' * 50_000, "نص عادي".encode() * 10],
    ids=["empty", "NUL", "half a ZIP", "entities", "deep list", "deep object", "text"],
)
def test_a_file_that_is_something_else_is_refused_or_has_nothing(editor, path, form, content):
    stored_sample()
    path.write_bytes(content)
    said = StringIO()
    with suppress(CommandError):
        call_command("import_annotations", path, "--format", form, "--by", "huda", stdout=said, stderr=said)
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(("form", "name"), [("xmi", "annotation/17/huda.xmi"), ("brat", "17-x.ann")])
def test_a_gigabyte_is_never_taken_into_memory(editor, path, form, name):
    """Packed into a megabyte, and as a file of its own, most of which is not on the disk."""
    sparse = path.with_name(Path(name).name)
    sparse.write_bytes(b'<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI">')
    with sparse.open("r+b") as file:
        file.truncate(1_000_000_000)
    for one in (zipped(path, name, LARGEST + 2_000_000), sparse):
        with pytest.raises(CommandError, match="Nothing was stored"):
            call_command("import_annotations", one, "--format", form, "--by", "huda")


@pytest.mark.parametrize("form", OTHERS)
def test_a_file_of_others_that_was_cut_off_stores_nothing(editor, path, form):
    stored_sample()
    file = BytesIO()
    FORMATS[form].write(iter([whole()]), file, ABOUT, Losses())
    path.write_bytes(file.getvalue()[: -len(file.getvalue()) // 3])
    with pytest.raises(CommandError, match="Nothing was stored"):
        call_command("import_annotations", path, "--format", form, "--by", "huda")
    assert not Annotation.objects.filter(uuid=uuid(1)).exists()
