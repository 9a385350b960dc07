"""Files and folders as a stream of records, one for each page to be. Nothing is held that was not asked for."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.utils.translation import gettext

from articles.importing.archives import member_records
from articles.importing.formats import format_of
from articles.importing.records import ReadingOptions, Record, too_large, unreadable, weighed
from articles.importing.splitting import SPLITTERS

_ACCEPTED = "html, htm, xhtml, txt, jsonl, csv, tsv, warc, zip"


def records(
    paths: Iterable[Path | str], *, max_bytes: int, format: str = "", columns: Mapping[str, str] | None = None
) -> Iterator[Record]:
    """Everything below these paths, in their order, folders sorted. A folder's files of other kinds are passed over.

    `format` and `columns` as in ReadingOptions.
    """
    options = ReadingOptions(max_bytes, format, columns or {})
    for path in map(Path, paths):
        if path.is_dir():
            yield from _folder(path, options)
        else:
            yield from _named_file(path, options)


def total_weight(paths: Iterable[Path | str], format: str = "") -> int:
    """The bytes of all files that `records` will read."""
    return sum(
        file.stat().st_size
        for path in map(Path, paths)
        for file, _ in (_files(path, format) if path.is_dir() else [(path, None)])
        if isinstance(file, Path) and file.is_file()
    )


def _named_file(path: Path, options: ReadingOptions) -> Iterator[Record]:
    name = _printable(path)
    if not path.exists():
        yield Record(name, refusal=gettext("لا ملف ولا مجلد بهذا الاسم"))
    elif not path.is_file():
        yield Record(name, refusal=gettext("ليس ملفاً ولا مجلداً"))
    elif not format_of(path, options.format):
        yield Record(name, refusal=gettext("نوع الملف غير معروف: المقبول %(kinds)s") % {"kinds": _ACCEPTED})
    else:
        yield from _file(path, _printable(path.name), options)


def _folder(folder: Path, options: ReadingOptions) -> Iterator[Record]:
    nothing = True
    for file, error in _files(folder, options.format):
        nothing = False
        if error:
            yield Record(_printable(file), refusal=unreadable(error))
        else:
            yield from _file(file, _printable(file.relative_to(folder)), options)
    if nothing:
        yield Record(_printable(folder), refusal=gettext("لا شيء في المجلد يمكن استيراده"))


def _files(folder: Path, format: str) -> Iterator[tuple[Path, OSError | None]]:
    """Files of the kinds that can be read, sorted, without hidden ones; what cannot be entered comes with its error."""
    errors: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=errors.append):
        # A browser that saves page.html puts what the page loads, frames included, into page_files.
        pages = {name.rpartition(".")[0] + "_files" for name in names}
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in pages)
        for name in sorted(names):
            if not name.startswith(".") and format_of(name, format):
                yield Path(parent, name), None
    for error in errors:
        yield Path(error.filename), error


def _file(path: Path, key: str, options: ReadingOptions) -> Iterator[Record]:
    name, kind = _printable(path), format_of(path, options.format)
    try:
        size = path.stat().st_size
        if kind == "zip" or kind in SPLITTERS:
            yield from _divided(path, kind, size, options)
        elif size > options.max_bytes:
            yield Record(name, refusal=too_large(options.max_bytes), weight=size)
        else:
            yield Record(name, kind, key, path=path, weight=size)
    except OSError as error:
        yield Record(name, refusal=unreadable(error))


def _divided(path: Path, kind: str, size: int, options: ReadingOptions) -> Iterator[Record]:
    name = _printable(path)
    with path.open("rb") as file:
        if kind == "zip":
            yield from member_records(file, name, options, size=size)
        else:
            yield from weighed(SPLITTERS[kind](file, name, options), file.tell)


def _printable(path: Path | str) -> str:
    """A file's name may hold bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")
