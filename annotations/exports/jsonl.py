"""The project's own format, which loses nothing: a line that says what the file is, one an article, one that ends it.

    {"format": "newsdesk-annotations", "schema": 1, "program": …, "version": …, "made_at": …, "made_by": …, …}
    {"id": 17, "title": …, "texts": [{"revision": 1, "text": …}], "marks": [{"uuid": …, "parts": [{"start": …}]}]}
    {"articles": 1, "marks": 1, "left_out": {}, "end": true}

Keys are the fields of annotations.exports.records; a field that is as by default is left out. Whoever adds, renames or
drops a field raises SCHEMA and adds a step to _UPGRADES: files of every older schema stay readable.
"""

import gzip
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from annotations.exports.format import About, NotReadable
from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.values import WrongValue, record_of, values_of

NAME = "newsdesk-annotations"
SCHEMA = 1
# Of a line, in bytes. What JSON says in it may take twelve times as much memory.
LONGEST_LINE = 32_000_000
TOO_LONG = "article longer than a line may be"
_GZIP = b"\x1f\x8b"
_LONGEST_HEAD = 1_000_000

Values = dict[str, Any]


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    """The last line counts what was written and, once everything is, what was left out."""
    file.write(_line({"format": NAME, "schema": SCHEMA, **values_of(about)}))
    written = marks = 0
    for article in articles:
        line = _line(values_of(article))
        if len(line) > LONGEST_LINE:
            losses.count(TOO_LONG)
            continue
        file.write(line)
        written, marks = written + 1, marks + len(article.marks)
    file.write(_line({"articles": written, "marks": marks, "left_out": losses.counted, "end": True}))


def read(path: Path) -> Iterator[ArticleRecord]:
    """The articles of a file, packed by gzip or not, of this schema or an older one, as they come.

    Raises NotReadable at the line that is wrong, and where the end is not there.
    """
    lines = _objects(path)
    _, head = next(lines, (1, {}))
    schema = _schema_of(head)
    articles = marks = 0
    for number, values in lines:
        if values.get("end") is True:
            _check_end(number, values, articles=articles, marks=marks)
            _check_nothing_follows(lines)
            return
        article = _article(number, values, schema)
        articles, marks = articles + 1, marks + len(article.marks)
        yield article
    raise NotReadable(f"the last line is missing after {articles} articles: the file was cut off")


def about_of(path: Path) -> About:
    """What a file says of itself. Raises NotReadable."""
    _, head = next(_objects(path), (1, {}))
    _schema_of(head)
    try:
        return record_of(About, {key: value for key, value in head.items() if key not in ("format", "schema")})
    except WrongValue as error:
        raise NotReadable(f"line 1: {error}") from None


def _line(values: Values) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _objects(path: Path) -> Iterator[tuple[int, Values]]:
    """Each line that is not empty, with its number."""
    with path.open("rb") as raw:
        packed = raw.read(len(_GZIP)) == _GZIP
        raw.seek(0)
        with gzip.GzipFile(fileobj=raw) if packed else raw as file:
            number = 0
            while line := _next_line(file, number := number + 1):
                if line.strip():
                    yield number, _object(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, number)


def _next_line(file: BinaryIO, number: int) -> bytes:
    longest = _LONGEST_HEAD if number == 1 else LONGEST_LINE
    try:
        line = file.readline(longest + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise NotReadable(f"line {number}: what gzip packed is damaged or cut off") from None
    if len(line) > longest:
        raise NotReadable(f"line {number}: longer than {longest:,} bytes")
    return line


def _object(line: bytes, number: int) -> Values:
    try:
        values = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise NotReadable(f"line {number}: not UTF-8 at byte {error.start + 1}") from None
    except RecursionError:
        raise NotReadable(f"line {number}: nested too deeply") from None
    except json.JSONDecodeError as error:
        raise NotReadable(f"line {number}: not JSON at column {error.colno}; it may be cut off") from None
    # Numbers with thousands of digits.
    except ValueError:
        raise NotReadable(f"line {number}: holds a number that is none") from None
    if not isinstance(values, dict):
        raise NotReadable(f"line {number}: should be a JSON object")
    return values


def _schema_of(head: Values) -> int:
    if head.get("format") != NAME:
        raise NotReadable(f"line 1: should say that the file is “{NAME}”")
    schema = head.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 0:
        raise NotReadable("line 1: says no schema")
    if schema > SCHEMA:
        raise NotReadable(f"line 1: schema {schema} is of a newer Newsdesk; this one reads up to {SCHEMA}")
    return schema


def _article(number: int, values: Values, schema: int) -> ArticleRecord:
    try:
        for upgrade in _UPGRADES[schema:]:
            values = upgrade(values)
        return record_of(ArticleRecord, values)
    except WrongValue as error:
        raise NotReadable(f"line {number}: {error}") from None


def _check_end(number: int, values: Values, *, articles: int, marks: int) -> None:
    said = (values.get("articles"), values.get("marks"))
    if said != (articles, marks):
        raise NotReadable(
            f"line {number}: counts {said[0]} articles with {said[1]} marks, the file has {articles} with {marks}"
        )


def _check_nothing_follows(lines: Iterator[tuple[int, Values]]) -> None:
    for number, _ in lines:
        raise NotReadable(f"line {number}: follows the line that ends the file")


def _from_0(values: Values) -> Values:
    """Schema 0 knew one text an article, one stretch and one speaker a mark: {"text", "marks": [{"start", "end",
    "exact", "cue", "speaker", …}]}, and an outlet by its key alone."""
    kept = {key: value for key, value in values.items() if key not in ("source", "text", "sha256", "marks")}
    text = {key: values[key] for key in ("sha256", "text") if key in values}
    source = {"source": {"key": values["source"]}} if "source" in values else {}
    marks = values.get("marks", [])
    if not isinstance(marks, list):
        raise WrongValue("should be a list", "marks")
    number = values.get("revision", 1)
    return (
        kept
        | source
        | {
            "texts": [{"revision": number, **text}],
            "marks": [_mark_from_0(mark, number) for mark in marks],
        }
    )


def _mark_from_0(mark: Any, number: Any) -> Values:
    if not isinstance(mark, dict):
        raise WrongValue("should be an object", "marks[]")
    own = ("start", "end", "exact", "cue", "speaker")
    cue = [{**mark["cue"], "role": "cue"}] if isinstance(mark.get("cue"), dict) else []
    content = {key: mark[key] for key in ("start", "end", "exact") if key in mark}
    said = {"attributions": [{"name": mark["speaker"]}]} if mark.get("speaker") else {}
    kept = {key: value for key, value in mark.items() if key not in own}
    return {"revision": number, **kept, "parts": [content, *cue], **said}


# Each makes of an article of schema n one of schema n + 1.
_UPGRADES: tuple[Callable[[Values], Values], ...] = (_from_0,)
