"""Files, folders and addresses as a stream of records, one for each page to be, each made when it is asked for."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation import gettext

from articles.importing.archives import member_records
from articles.importing.fetching import fetch
from articles.importing.formats import LISTS, content_format_of, format_of
from articles.importing.listed import listed_records, unseen
from articles.importing.pages import Refused
from articles.importing.readers.listings import kind_of
from articles.importing.records import ReadingOptions, Record, open_file, too_large, unreadable, weighed
from articles.importing.splitting import SPLITTERS
from articles.importing.visiting import kept_page, of_answer

_ACCEPTED = "html, htm, xhtml, txt, jsonl, csv, tsv, warc, zip, xml, rss, atom"
_PEEKED = 8192


def records(inputs: Iterable[Path | str], options: ReadingOptions) -> Iterator[Record]:
    """Everything below these paths and at these addresses, in their order, folders sorted.

    A folder's files of other kinds are passed over; so are its feeds and sitemaps, because nobody asked for what is
    far away. What lists pages is fetched, or read, when its turn comes; the pages are fetched by whoever loads them.
    """
    for given in inputs:
        if is_address(given):
            yield from _at_address(str(given), options)
        elif (path := Path(given)).is_dir():
            yield from _folder(path, options)
        else:
            yield from _named_file(path, options)


def is_address(given: Path | str) -> bool:
    return isinstance(given, str) and given.lower().startswith(("http://", "https://"))


def _at_address(address: str, options: ReadingOptions) -> Iterator[Record]:
    """A page that was fetched before need not be fetched to know that it is a page."""
    record = Record(address, "html", address=address)
    try:
        if options.format == "html" or (not options.format and kept_page(address)):
            yield record
            return
        fetched = fetch(address, scheduled=options.scheduled)
        kind = options.format or kind_of(fetched.body, fetched.media_type, max_bytes=options.max_bytes)
    except Refused as refused:
        yield unseen(address, str(refused))
        return
    if kind in LISTS:
        where = {"address": fetched.final_url, "encoding": fetched.charset}
        yield from listed_records(kind, fetched.body, options, name=address, **where)
    elif kind == "page":
        yield of_answer(record, fetched)
    else:
        yield Record(address, refusal=gettext("لا يُستورد من رابط إلا صفحة أو خلاصة أو خريطة موقع أو قائمة روابط"))


def total_weight(inputs: Iterable[Path | str], format: str = "") -> int:
    """The bytes of all files that `records` will read; nobody knows that of addresses."""
    return sum(
        file.stat().st_size
        for path in map(Path, (given for given in inputs if not is_address(given)))
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
        yield from _file(
            path, _printable(path.name), options, _list_kind(path, options) or format_of(path, options.format)
        )


def _list_kind(path: Path, options: ReadingOptions) -> str:
    """What a text or an XML file lists, where nobody said what it is: a text may be a list of addresses."""
    kind = format_of(path)
    if options.format or kind not in ("xml", "text"):
        return ""
    try:
        if path.stat().st_size > options.max_bytes:
            return ""
        with open_file(path) as file:
            data = file.read(options.max_bytes if kind == "xml" else _PEEKED)
        found = kind_of(data, "", max_bytes=options.max_bytes)
    except (OSError, Refused):
        return ""
    return found if found in LISTS else ""


def _folder(folder: Path, options: ReadingOptions) -> Iterator[Record]:
    nothing = True
    for file, error in _files(folder, options.format):
        nothing = False
        if error:
            yield Record(_printable(file), refusal=unreadable(error))
        else:
            yield from _file(
                file, _printable(file.relative_to(folder)), options, content_format_of(file, options.format)
            )
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
            if not name.startswith(".") and content_format_of(name, format):
                yield Path(parent, name), None
    for error in errors:
        yield Path(error.filename), error


def _file(path: Path, key: str, options: ReadingOptions, kind: str) -> Iterator[Record]:
    name = _printable(path)
    try:
        size = path.stat().st_size
        if kind == "zip" or kind in SPLITTERS:
            yield from _divided(path, kind, size, options)
        elif size > options.max_bytes:
            yield Record(name, refusal=too_large(options.max_bytes), weight=size)
        elif kind in LISTS:
            with open_file(path) as file:
                data = file.read()
            yield from listed_records(kind, data, options, name=name)
        elif kind == "xml":
            yield Record(name, refusal=gettext("ملف XML ليس خلاصة ولا خريطة موقع"), weight=size)
        else:
            yield Record(name, kind, key, path=path, weight=size)
    except OSError as error:
        yield Record(name, refusal=unreadable(error))


def _divided(path: Path, kind: str, size: int, options: ReadingOptions) -> Iterator[Record]:
    name = _printable(path)
    with open_file(path) as file:
        if kind == "zip":
            yield from member_records(file, name, options, size=size)
        else:
            yield from weighed(SPLITTERS[kind](file, name, options), file.tell)


def _printable(path: Path | str) -> str:
    """A file's name may hold bytes that are no text."""
    return os.fsencode(path).decode("utf-8", "replace")
