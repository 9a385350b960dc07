"""manage.py import_annotations, also with files that mean no good."""

import gzip
import json
import re
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotations.exports.jsonl import write
from annotations.exports.records import AttributionRecord, Losses, PartRecord, TextRecord
from annotations.models import Annotation, Comment, Tag
from tests.accounts import make_user
from tests.annotations.exports.samples import plain, uuid, whole
from tests.annotations.receiving.arriving import ABOUT, stored_sample, written
from tests.annotations.requests import signed_in
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db
NAMES = "left out: name in the text"


@pytest.fixture
def editor():
    return make_user("editor", username="huda")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.jsonl"


def run(path: Path, *options: str, form: str = "jsonl") -> tuple[list[str], list[str]]:
    """What the command says, and what it says of marks that were not taken."""
    out, errors = StringIO(), StringIO()
    call_command("import_annotations", path, "--format", form, "--by", "huda", *options, stdout=out, stderr=errors)
    return out.getvalue().splitlines(), errors.getvalue().splitlines()


def counts(lines: list[str]) -> dict[str, int]:
    """What is told of marks; the sample's names in the text are not among them."""
    pairs = (re.match(r" +(\d+)  (.*)", line) for line in lines)
    return {match[2]: int(match[1]) for match in pairs if match and match[1] != "0" and match[2] != NAMES}


def lines_of(*records) -> list[dict]:
    file = BytesIO()
    write(iter(records), file, ABOUT, Losses())
    return [json.loads(line) for line in file.getvalue().splitlines()]


def stored(path: Path, lines: list) -> Path:
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", "utf-8")
    return path


def changed(path: Path, **fields) -> Path:
    """The sample's file, its first mark with other values than a mark can have."""
    lines = lines_of(replace(whole(), marks=whole().marks[:1]))
    lines[1]["marks"][0] |= fields
    return stored(path, lines)


def test_it_says_what_it_did_and_a_second_run_does_nothing(editor, path):
    stored_sample()
    out, errors = run(written(path, whole(), plain()))
    assert out[0] == "articles: 1 found, 1 refused"
    assert counts(out) == {"new": 9, "refused": 1}
    assert errors == [f"refused: افتتاح مكتبة في قرية التين · {uuid(900)} · الكتاب لكل طفل: ليست هذه المادة هنا."]
    assert counts(run(path)[0]) == {"unchanged": 9, "refused": 1}


def test_a_dry_run_stores_nothing(editor, path):
    stored_sample()
    out, _ = run(written(path, whole()), "--dry-run")
    assert out[0] == "dry run: nothing was stored"
    assert counts(out) == {"new": 9}
    assert not Annotation.objects.exists()


def test_what_is_not_taken_is_in_a_file_with_its_reason_whole(editor, path, tmp_path):
    aside = tmp_path / "refused.jsonl"
    run(written(path, plain()), "--refused", str(aside))
    (line,) = map(json.loads, aside.read_text("utf-8").splitlines())
    assert (line["fate"], line["reason"]) == ("refused", "ليست هذه المادة هنا.")
    assert line["mark"] == lines_of(plain())[1]["marks"][0]
    assert line["article"]["title"] == plain().title
    with pytest.raises(CommandError, match=r"refused\.jsonl"):
        run(path, "--refused", str(aside))


def test_people_are_named_one_by_one(editor, path):
    make_user(username="layla")
    stored_sample()
    run(written(path, whole()), "--map-user", "ليلى=layla")
    assert set(Annotation.objects.filter(detector="").values_list("created_by__username", flat=True)) == {"layla"}


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--map-user", "ليلى"], "must be NAME=USERNAME"),
        (["--map-user", "ليلى=nobody"], "no account “nobody”"),
        (["--by", "nobody"], "no active account “nobody”"),
        (["--by", "reader"], "may not import"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused_in_one_line(editor, path, options, reason):
    make_user("reader", username="reader")
    stored_sample()
    with pytest.raises(CommandError, match=reason):
        run(written(path, whole()), *options)
    assert not Annotation.objects.exists()


def test_a_file_that_was_cut_off_stores_nothing(editor, path):
    stored_sample()
    lines = written(path, whole(), plain()).read_bytes().splitlines(keepends=True)
    for cut in (b"".join(lines[:-1]), b"".join(lines[:2]) + lines[2][:50], gzip.compress(b"".join(lines))[:-20]):
        path.write_bytes(cut)
        with pytest.raises(CommandError, match="Nothing was stored"):
            run(path)
        assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": "rumour"}, "kind: «rumour»"),
        ({"kind": "claim"}, "للاقتباسات وحدها"),
        ({"status": "sure"}, "status: «sure»"),
        ({"quote_type": "x" * 500}, "quote_type"),
        ({"stance": "angry"}, "stance: «angry»"),
        ({"occasion": "م" * 301}, "occasion أطول من 300"),
        ({"uuid": "12"}, "غير صالح"),
        ({"uuid": "../../etc"}, "غير صالح"),
        ({"parts": []}, "ليس في العلامة كلمات"),
        ({"parts": [{"start": 3, "end": 3, "exact": ""}]}, "المواضع خاطئة"),
        ({"parts": [{"start": 0, "end": 2**62, "exact": "لا"}]}, "المواضع خاطئة"),
        ({"status": "suggested"}, "المقترح تضعه أداة رصد"),
        ({"detector": "آلة", "confidence": 7.5}, "أداة رصد"),
        ({"confidence": 0.5}, "بلا أداة رصد"),
        ({"quote": uuid(7)}, "إلا ادعاء"),
    ],
)
def test_what_can_be_no_mark_is_refused_by_name_and_hinders_no_other(editor, path, fields, reason):
    stored_sample()
    lines = lines_of(whole())
    lines[1]["marks"][0] |= fields
    out, errors = run(stored(path, lines))
    assert counts(out) == {"new": 8, "refused": 1}
    assert reason in errors[0]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"note": "\0"}, "NUL"),
        ({"created_at": "أمس"}, "ISO 8601"),
        ({"created_at": "2024-13-45T99:00:00+00:00"}, "ISO 8601"),
        ({"said_on": "غداً"}, "ISO 8601"),
        ({"parts": [{"start": -1, "end": 4, "exact": "نص"}]}, "whole number"),
        ({"parts": [{"start": 10**30, "end": 10**31, "exact": "نص"}]}, "whole number"),
        ({"tags": "وسم"}, "should be a list"),
        ({"parts": [[[[[]]]]]}, "should be an object"),
        ({"invented": True}, "unknown key"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line_and_nothing_is_stored(editor, path, fields, reason):
    stored_sample()
    with pytest.raises(CommandError, match=rf"line 2: .*{reason}"):
        run(changed(path, **fields))
    assert not Annotation.objects.exists()


def test_thousands_of_parts_and_overlapping_ones_are_refused(editor, path):
    stored_sample()
    first = whole().marks[0]
    many = replace(first, parts=first.parts * 10_000)
    overlapping = replace(whole().marks[5], parts=whole().marks[5].parts * 2)
    out, _ = run(written(path, replace(whole(), marks=(many, overlapping))))
    assert counts(out) == {"refused": 2}


def test_a_uuid_of_a_mark_on_another_article_is_refused_and_that_mark_stays(editor, path):
    article = stored_sample()
    run(written(path, whole()))
    line = "نص آخر لا علاقة له بالسد"
    other = make_article(title="خبر آخر", paragraphs=[line], url="https://other.example/1")
    mark = replace(whole().marks[0], parts=(PartRecord(8, 8 + len(line), line),), revision=1)
    there = replace(plain(), url=other.url, texts=(TextRecord.of(1, other.current_revision.text),), marks=(mark,))
    out, errors = run(written(path, there))
    assert counts(out) == {"refused": 1}
    assert "لعلامة في مادة أخرى" in errors[0]
    assert Annotation.objects.get(uuid=mark.uuid).revision.article == article


def test_html_is_text_and_is_shown_as_such(editor, path):
    article = stored_sample()
    mark = whole().marks[2]
    evil = "<img src=x onerror=alert(1)>"
    said = (replace(mark.comments[0], text=evil, author=f"{evil}x", mentions=()),)
    linked = (replace(mark.attributions[0], name=evil, speaker=None, entity=None),)
    bad = replace(mark, note=evil, tags=(evil,), comments=said, attributions=linked, created_by=evil, occasion=evil)
    run(written(path, replace(whole(), marks=(bad,))))
    assert Tag.objects.get().name == evil
    assert Comment.objects.get().text == evil
    client = signed_in(editor)
    for address in (article.get_absolute_url(), reverse("mark_history", args=[mark.uuid])):
        page = client.get(address).content.decode()
        assert "<img src=x" not in page
        assert "&lt;img src=x" in page or "\\u003Cimg" in page


def test_names_in_the_file_cannot_move_the_cursor_of_a_terminal(editor, path):
    _, errors = run(written(path, replace(plain(), title="عنوان\x1b[2J\rمزيف\u202e")))
    assert "\x1b" not in errors[0]
    assert "\r" not in errors[0]


def test_what_the_database_does_not_take_hinders_no_other_article(editor, path):
    """More speakers than an attribution's order can count."""
    stored_sample()
    said = tuple(AttributionRecord(name="قائل") for _ in range(33_000))
    broken = replace(whole(), marks=(replace(whole().marks[0], attributions=said),))
    out, errors = run(written(path, broken, replace(whole(), marks=whole().marks[1:2])))
    assert counts(out) == {"new": 1, "refused": 1}
    assert "قاعدة البيانات" in errors[0]
    assert Annotation.objects.get().uuid.hex == uuid(2).replace("-", "")


def test_a_name_that_can_be_no_entity_stays_a_name(editor, path):
    stored_sample()
    link = whole().marks[0].attributions[0]
    names = ("ﷺ" * 290, "…", "س")
    said = tuple(replace(link, name="", entity=replace(link.entity, name=name, kind="ship")) for name in names)
    run(written(path, replace(whole(), marks=(replace(whole().marks[0], attributions=said),))))
    links = Annotation.objects.get().attributions.all()
    assert [(one.name, one.entity) for one in links] == [(name, None) for name in names]
    assert counts(run(path)[0]) == {"unchanged": 1}


def test_comments_and_tags_that_can_be_none_are_left_out_and_told(editor, path):
    stored_sample()
    mark = replace(whole().marks[2], attributions=())
    long = replace(mark.comments[0], text="ت" * 5001, mentions=())
    bad = replace(mark, tags=("", "و" * 81, *(f"وسم {n}" for n in range(40))), comments=(long, *mark.comments[1:]))
    out, _ = run(written(path, replace(whole(), marks=(bad,))))
    assert counts(out)["new"] == 1
    assert counts(out)["left out: comment that says nothing, or too much"] == 1
    assert counts(out)["left out: tag that can be none"] == 12
    assert counts(run(path)[0]) == {"unchanged": 1}
