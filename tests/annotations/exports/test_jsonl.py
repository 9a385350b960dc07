"""The project's own format: nothing is lost on the way, and nothing that is wrong gets through."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.exports import jsonl, records
from annotations.exports.format import About, NotReadable
from annotations.exports.formats import FORMATS
from annotations.exports.records import ArticleRecord, Losses, MarkRecord, PartRecord
from tests.annotations.exports.samples import plain, whole

ABOUT = About("Newsdesk", "0.1.0", datetime(2026, 3, 25, 9, tzinfo=UTC), "ليلى", "كل المواد", "https://desk.example")
OLDER = Path(__file__).parents[2] / "data" / "exports" / "newsdesk-annotations-0.jsonl"
KINDS = [kind for kind in vars(records).values() if isinstance(kind, type) and kind.__name__.endswith("Record")]


def written(*articles: ArticleRecord, losses: Losses | None = None) -> bytes:
    file = BytesIO()
    jsonl.write(iter(articles), file, ABOUT, losses or Losses())
    return file.getvalue()


def stored(folder: Path, content: bytes) -> Path:
    path = folder / "marks.jsonl"
    path.write_bytes(content)
    return path


def held(record: Any) -> Iterator[Any]:
    """A record and all that are in it."""
    yield record
    for field in fields(record):
        value = getattr(record, field.name)
        for one in value if isinstance(value, tuple) else (value,):
            if is_dataclass(one):
                yield from held(one)


@pytest.mark.parametrize(("kind", "field"), [(kind, field) for kind in KINDS for field in fields(kind)])
def test_every_field_of_every_record_comes_back_as_it_was(tmp_path, kind: type, field: Field) -> None:
    read = next(jsonl.read(stored(tmp_path, written(whole()))))
    before = [getattr(one, field.name) for one in held(whole()) if isinstance(one, kind)]
    told = before if field.default is MISSING else [value for value in before if value != field.default]
    assert told, f"the sample says nothing for {kind.__name__}.{field.name}"
    assert [getattr(one, field.name) for one in held(read) if isinstance(one, kind)] == before


def test_what_is_written_comes_back_whole(tmp_path) -> None:
    assert list(jsonl.read(stored(tmp_path, written(whole(), plain())))) == [whole(), plain()]


def test_a_file_says_what_it_is_and_how_it_ends() -> None:
    losses = Losses()
    losses.count("text not to leave", 2)
    first, *_, last = written(whole(), plain(), losses=losses).decode().splitlines()
    assert json.loads(first) == {
        "format": "newsdesk-annotations",
        "schema": 1,
        "program": "Newsdesk",
        "version": "0.1.0",
        "made_at": "2026-03-25T09:00:00+00:00",
        "made_by": "ليلى",
        "scope": "كل المواد",
        "site": "https://desk.example",
    }
    assert json.loads(last) == {"articles": 2, "marks": 10, "left_out": {"text not to leave": 2}, "end": True}


def test_what_a_file_says_of_itself_is_read(tmp_path) -> None:
    assert jsonl.about_of(stored(tmp_path, written())) == ABOUT


def test_what_is_as_by_default_takes_no_room() -> None:
    article = json.loads(written(plain()).decode().splitlines()[1])
    assert article.keys() == {"id", "title", "texts", "marks"}
    assert article["marks"][0].keys() == {"uuid", "kind", "parts", "quote_type"}


def test_a_file_packed_by_gzip_is_read_too(tmp_path) -> None:
    assert list(jsonl.read(stored(tmp_path, gzip.compress(written(whole()))))) == [whole()]


def test_a_file_that_an_editor_began_with_a_byte_order_mark_is_read(tmp_path) -> None:
    assert list(jsonl.read(stored(tmp_path, b"\xef\xbb\xbf" + written(plain())))) == [plain()]


def test_a_file_of_an_older_schema_is_read(tmp_path) -> None:
    fire, weather = jsonl.read(OLDER)
    quote, claim = fire.marks
    assert fire.source == records.SourceRecord("rayhan.example")
    assert [(part.role, part.exact) for part in quote.parts] == [("content", "أخمدنا النار في ساعة"), ("cue", "قال")]
    assert [fire.text[part.start : part.end] for mark in fire.marks for part in mark.parts] == [
        part.exact for mark in fire.marks for part in mark.parts
    ]
    assert [said.name for said in quote.attributions] == ["ناصر البدري"]
    assert (quote.tags, quote.created_by, claim.note) == (("حرائق",), "ليلى", "بلاغ الدفاع المدني؟")
    assert weather.text == "طقس الغد\nسماء صافية 🌤️."
    assert jsonl.about_of(OLDER).version == "0.0.9"


@pytest.mark.parametrize("length", range(1, 100, 3))
def test_wherever_a_file_is_cut_off_that_is_said(tmp_path, length: int) -> None:
    content = written(whole(), plain())
    with pytest.raises(NotReadable):
        list(jsonl.read(stored(tmp_path, content[: len(content) * length // 100])))


def test_what_stands_before_the_cut_is_still_given(tmp_path) -> None:
    lines = written(whole(), plain()).splitlines(keepends=True)
    articles = jsonl.read(stored(tmp_path, b"".join(lines[:2])))
    assert next(articles) == whole()
    with pytest.raises(NotReadable, match="the last line is missing after 1 articles"):
        next(articles)


def test_a_packed_file_that_is_cut_off_is_refused(tmp_path) -> None:
    with pytest.raises(NotReadable, match="gzip"):
        list(jsonl.read(stored(tmp_path, gzip.compress(written(whole()))[:-20])))


HEAD = b'{"format": "newsdesk-annotations", "schema": 1}\n'
END = b'{"articles": 1, "marks": 0, "end": true}\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "line 1: should say"),
        (b"<html>", "line 1: not JSON at column 1"),
        (b'{"format": "else", "schema": 1}', "line 1: should say"),
        (b'{"format": "newsdesk-annotations", "schema": 2}', "line 1: schema 2 is of a newer Newsdesk"),
        (b'{"format": "newsdesk-annotations"}', "line 1: says no schema"),
        (HEAD + b"[]\n", "line 2: should be a JSON object"),
        (HEAD + b"[" * 100_000, "line 2: nested too deeply"),
        (HEAD + b'{"id": ' + b"9" * 5000 + b"}\n", "line 2: holds a number"),
        (HEAD + b'{"id": 1, "title": "\xff"}\n', "line 2: not UTF-8 at byte 21"),
        (HEAD + b'{"id": 1}\n', "line 2: has no “title”"),
        (HEAD + b'{"id": -1, "title": ""}\n', "line 2: id: should be a whole number"),
        (HEAD + b'{"id": 1, "title": 5}\n', "line 2: title: should be text"),
        (HEAD + b'{"id": 1, "title": "\\ud83d"}\n', "line 2: title: holds half of a surrogate pair"),
        (HEAD + b'{"id": 1, "title": "\\u0000"}\n', "line 2: title: holds a NUL"),
        (HEAD + b'{"id": 1, "title": "", "colour": 1}\n', "line 2: has an unknown key “colour”"),
        (HEAD + b'{"id": 1, "title": "", "published_at": "2026"}\n', "line 2: published_at: should be a time"),
        (HEAD + b'{"id": 1, "title": "", "published_at": "2026-01-01T00:00"}\n', "line 2: published_at: .* time zone"),
        (HEAD + b'{"id": 1, "title": "", "marks": {}}\n', "line 2: marks: should be a list"),
        (
            HEAD + b'{"id": 1, "title": "", "marks": [{"uuid": "", "kind": "claim", "parts": [{"start": "3"}]}]}\n',
            r"line 2: marks\[0\].parts\[0\].start: should be a whole number",
        ),
        (
            HEAD + b'{"id": 1, "title": "", "marks": [{"uuid": "", "kind": "", "parts": [], "confidence": NaN}]}\n',
            r"line 2: marks\[0\].confidence: should be a number",
        ),
        (HEAD + END, "line 2: counts 1 articles with 0 marks, the file has 0 with 0"),
        (HEAD + b'{"id": 1, "title": "a"}\n' + END + b"{}\n", "line 4: follows the line that ends the file"),
        (b'{"format": "newsdesk-annotations", "schema": 0}\n{"id": 1, "marks": 7}\n', "line 2: marks: should be"),
        (b'{"format": "newsdesk-annotations", "schema": 0}\n{"id": 1, "marks": [7]}\n', "line 2: marks"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_its_place(tmp_path, content: bytes, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason) as caught:
        list(jsonl.read(stored(tmp_path, content)))
    assert "\n" not in str(caught.value)


def test_a_line_without_end_is_not_taken_into_memory(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 10_000)
    bomb = gzip.compress(HEAD + b" " * 5_000_000)
    with pytest.raises(NotReadable, match="line 2: longer than 10,000 bytes"):
        list(jsonl.read(stored(tmp_path, bomb)))


def test_an_article_that_no_reader_would_take_is_left_out_and_counted(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 2_000)
    losses = Losses()
    assert list(jsonl.read(stored(tmp_path, written(whole(), plain(), losses=losses)))) == [plain()]
    assert losses.counted == {jsonl.TOO_LONG: 1}


def test_the_format_is_known_by_its_key(tmp_path) -> None:
    file = BytesIO()
    FORMATS["jsonl"].write([plain()], file, ABOUT, Losses())
    assert list(FORMATS["jsonl"].read(stored(tmp_path, file.getvalue()))) == [plain()]


TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
MOMENTS = st.datetimes(timezones=st.just(UTC))
SPANS = st.builds(PartRecord, st.integers(0, 2**40), st.integers(0, 2**40), TEXTS, prefix=TEXTS, suffix=TEXTS)
MARKS = st.builds(
    MarkRecord,
    uuid=TEXTS,
    kind=TEXTS,
    parts=st.lists(SPANS, max_size=3).map(tuple),
    note=TEXTS,
    quote=st.none() | TEXTS,
    said_on=st.none() | st.dates(),
    translated=st.booleans(),
    confidence=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    tags=st.lists(TEXTS, max_size=3).map(tuple),
    created_at=st.none() | MOMENTS,
)
ARTICLES = st.builds(
    ArticleRecord,
    id=st.none() | st.integers(0, 2**63 - 1),
    title=TEXTS,
    published_at=st.none() | MOMENTS,
    marks=st.lists(MARKS, max_size=3).map(tuple),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ARTICLES, max_size=3))
def test_any_articles_come_back_as_they_were(tmp_path, articles: list[ArticleRecord]) -> None:
    assert list(jsonl.read(stored(tmp_path, written(*articles)))) == articles


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(tmp_path, data) -> None:
    content = bytearray(written(whole(), replace(plain(), id=5)))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    refused = ""
    try:
        list(jsonl.read(stored(tmp_path, bytes(content))))
    except NotReadable as error:
        refused = str(error)
    assert len(refused.splitlines()) <= 1
