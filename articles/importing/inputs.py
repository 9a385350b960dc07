"""Files and folders as a stream of records, one for each page to be. Nothing is held that was not asked for."""

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext

from articles.importing.pages import Page, Refused
from articles.importing.readers.html import read_html
from articles.importing.readers.jsonl import read_line
from articles.importing.readers.text import read_text

READERS = {"html": read_html, "text": read_text, "jsonl": read_line}
_FORMATS = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jsonl.gz": "jsonl",
    ".ndjson.gz": "jsonl",
}
_GZIP = b"\x1f\x8b"
# A line longer than the limit is passed over; after so many times the limit the rest of the file is given up.
_LIMITS_PASSED_OVER = 4


@dataclass(frozen=True, slots=True)
class Record:
    """What may become one page. `name` is for people, `key` identifies it where it has no URL.

    Its bytes are in `data`, or in the file at `path`; `refusal` says why there are none. `weight` is how many bytes
    of the named inputs are done with it.
    """

    name: str
    format: str = ""
    key: str = ""
    path: Path | None = None
    data: bytes = b""
    refusal: str = ""
    weight: int = 0

    def load(self, max_bytes: int) -> bytes:
        """Raises Refused when there is nothing to read, or too much."""
        if self.refusal:
            raise Refused(self.refusal)
        if self.path is None:
            return self.data
        try:
            with self.path.open("rb") as file:
                data = file.read(max_bytes + 1)
        except OSError as error:
            raise Refused(_unreadable(error)) from error
        if len(data) > max_bytes:
            raise Refused(too_large(max_bytes))
        return data

    def page(self, data: bytes) -> Page:
        """Raises Refused when these bytes hold no article."""
        if not data.strip():
            raise Refused(gettext("الملف فارغ"))
        return READERS[self.format](data, key=self.key)


def records(paths: Iterable[Path | str], *, max_bytes: int) -> Iterator[Record]:
    """Everything below these paths, in their order, folders sorted. A folder's files of other kinds are passed over."""
    for path in map(Path, paths):
        if path.is_dir():
            yield from _folder(path, max_bytes)
        else:
            yield from _named_file(path, max_bytes)


def total_weight(paths: Iterable[Path | str]) -> int:
    """The bytes of all files that `records` will read."""
    return sum(
        file.stat().st_size
        for path in map(Path, paths)
        for file, _ in (_files(path) if path.is_dir() else [(path, None)])
        if isinstance(file, Path) and file.is_file()
    )


def too_large(max_bytes: int) -> str:
    return gettext("أكبر من الحد المسموح به (%(limit)d ميغابايت)") % {"limit": max_bytes // 1_000_000}


def _named_file(path: Path, max_bytes: int) -> Iterator[Record]:
    name = _printable(path)
    if not path.exists():
        yield Record(name, refusal=gettext("لا ملف ولا مجلد بهذا الاسم"))
    elif not path.is_file():
        yield Record(name, refusal=gettext("ليس ملفاً ولا مجلداً"))
    elif not _format(path):
        yield Record(name, refusal=gettext("نوع الملف غير معروف: المقبول html وhtm وtxt وjsonl وjsonl.gz"))
    else:
        yield from _file(path, _printable(path.name), max_bytes)


def _folder(folder: Path, max_bytes: int) -> Iterator[Record]:
    for file, error in _files(folder):
        if error:
            yield Record(_printable(file), refusal=_unreadable(error))
        else:
            yield from _file(file, _printable(file.relative_to(folder)), max_bytes)


def _files(folder: Path) -> Iterator[tuple[Path, OSError | None]]:
    """Files of the kinds that can be read, sorted, without hidden ones; what cannot be entered comes with its error."""
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        # A browser that saves page.html puts what the page loads, frames included, into page_files.
        pages = {name.rpartition(".")[0] + "_files" for name in names}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in pages)
        for name in sorted(names):
            if not name.startswith(".") and _format(Path(name)):
                yield Path(parent, name), None
    for error in errors:
        yield Path(error.filename), error


def _file(path: Path, key: str, max_bytes: int) -> Iterator[Record]:
    try:
        size = path.stat().st_size
        if _format(path) == "jsonl":
            yield from _lines(path, max_bytes)
        elif size > max_bytes:
            yield Record(_printable(path), refusal=too_large(max_bytes), weight=size)
        else:
            yield Record(_printable(path), _format(path), key, path=path, weight=size)
    except OSError as error:
        yield Record(_printable(path), refusal=_unreadable(error))


def _lines(path: Path, max_bytes: int) -> Iterator[Record]:
    name, done = _printable(path), 0
    with path.open("rb") as file:
        compressed = file.read(2) == _GZIP
        file.seek(0)
        for number, line in enumerate(
            _bounded_lines(gzip.GzipFile(fileobj=file) if compressed else file, max_bytes), 1
        ):
            if line.isspace():
                continue
            weight = file.tell() - done
            done += weight
            if isinstance(line, bytes):
                yield Record(f"{name}:{number}", "jsonl", data=line.rstrip(b"\r\n"), weight=weight)
            else:
                yield Record(f"{name}:{number}", refusal=line, weight=weight)


def _bounded_lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes | str]:
    """Lines, or in the place of one that cannot be had the reason. Nothing follows where reading has to end."""
    try:
        while line := stream.readline(max_bytes + 1):
            if len(line) <= max_bytes or line.endswith(b"\n"):
                yield line
            elif _pass_over_line(stream, max_bytes):
                yield too_large(max_bytes)
            else:
                yield gettext("سطر أطول من الحد بكثير؛ تُرك ما بعده من الملف")
                return
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield gettext("الملف المضغوط تالف أو مبتور؛ تُرك ما بعد هذا السطر")


def _pass_over_line(stream: BinaryIO, max_bytes: int) -> bool:
    """Whether the end of the line came within bounds: a compression bomb is one line of gigabytes."""
    for _ in range(_LIMITS_PASSED_OVER):
        rest = stream.readline(max_bytes + 1)
        if not rest or rest.endswith(b"\n"):
            return True
    return False


def _format(path: Path) -> str:
    suffixes = [suffix.lower() for suffix in path.suffixes]
    return _FORMATS.get("".join(suffixes[-2:])) or _FORMATS.get("".join(suffixes[-1:]), "")


def _unreadable(error: OSError) -> str:
    return gettext("تعذّرت قراءته: %(reason)s") % {"reason": error.strerror or type(error).__name__}


def _printable(path: Path | str) -> str:
    """A file's name may hold bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")
