"""What may become one page: bytes with a name, on their way from an input to a reader."""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext

from articles.importing.dates.published import Published
from articles.importing.pages import Page, Refused
from articles.importing.readers.html import read_html
from articles.importing.readers.jsonl import read_line, read_mapped_line
from articles.importing.readers.response import read_response
from articles.importing.readers.text import read_text

READERS = {"html": read_html, "text": read_text, "jsonl": read_line, "mapped": read_mapped_line}


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How inputs are read. `format` is what they are, whatever their names say; nothing goes by the names.

    `columns` gives for a field of ours the name it has in the input (JSONL and CSV). `max_bytes` bounds one record.
    `source` (key or name) is the outlet of what names no other. `scheduled`: nobody asked for the addresses just now,
    so that their sites' rules for machines hold.
    """

    max_bytes: int
    format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    scheduled: bool = False

    def as_json(self) -> dict[str, Any]:
        """What a run keeps, to be done again; `max_bytes` is the settings' business."""
        kept = {name: value for name, value in asdict(self).items() if value}
        kept.pop("max_bytes")
        return kept


@dataclass(frozen=True, slots=True)
class Record:
    """What may become one page. `name` is for people, `key` identifies it where it has no URL.

    Its bytes are in `data`, in the file at `path`, or at `address`, from where they are fetched; `refusal` says why
    there are none. An address without `format` was not seen yet: it may be that of a list. What a server sent has the
    address in `final_url` and its `headers`. `weight` is how many bytes of the named inputs are done with it.
    `published` is what the list it comes from says of its date. `quarantined` is the primary key of the input in
    quarantine that it is.
    """

    name: str
    format: str = ""
    key: str = ""
    path: Path | None = None
    data: bytes = b""
    refusal: str = ""
    weight: int = 0
    final_url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = ""
    published: Published | None = None
    quarantined: int | None = None

    def loaded(self, max_bytes: int) -> "Record":
        """With the data of its file. Raises Refused when there is nothing to read, or too much."""
        if self.refusal:
            raise Refused(self.refusal)
        return replace(self, data=self._read(max_bytes)) if self.path else self

    def _read(self, max_bytes: int) -> bytes:
        try:
            with open_file(self.path) as file:
                data = file.read(max_bytes + 1)
        except OSError as error:
            raise Refused(unreadable(error)) from error
        if len(data) > max_bytes:
            raise Refused(too_large(max_bytes))
        return data

    def page(self) -> Page:
        """Raises Refused when its data hold no article."""
        if not self.data.strip():
            raise Refused(gettext("الملف فارغ"))
        if self.final_url:
            return self._dated(read_response(self.data, url=self.final_url, headers=self.headers))
        return READERS[self.format](self.data, key=self.key)

    def _dated(self, page: Page) -> Page:
        """A feed's date is sure, but for a page that states its own."""
        if self.published is None or (page.published_at and page.published_from != "guess"):
            return page
        told = self.published
        return replace(page, published_at=told.at, published_precision=told.precision, published_from="feed")


def weighed(found: Iterator[Record], done: Callable[[], int]) -> Iterator[Record]:
    """Records with their weights; `done` tells how many bytes of the input have been read so far."""
    before = 0
    for record in found:
        now = done()
        yield replace(record, weight=now - before)
        before = now


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """A file's bytes. Raises OSError for what is none: a pipe would be waited for, and a device never ends."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, gettext("ليس ملفاً"))
        yield file


def too_large(max_bytes: int) -> str:
    return gettext("أكبر من الحد المسموح به (%(limit)d ميغابايت)") % {"limit": max_bytes // 1_000_000}


def unreadable(error: OSError) -> str:
    return gettext("تعذّرت قراءته: %(reason)s") % {"reason": error.strerror or type(error).__name__}
