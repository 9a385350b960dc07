"""What may become one page: bytes with a name, on their way from an input to a reader."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext

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
    """

    max_bytes: int
    format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """What may become one page. `name` is for people, `key` identifies it where it has no URL.

    Its bytes are in `data`, or in the file at `path`; `refusal` says why there are none. What a server sent has the
    address in `final_url` and its `headers`. `weight` is how many bytes of the named inputs are done with it.
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
            raise Refused(unreadable(error)) from error
        if len(data) > max_bytes:
            raise Refused(too_large(max_bytes))
        return data

    def page(self, data: bytes) -> Page:
        """Raises Refused when these bytes hold no article."""
        if not data.strip():
            raise Refused(gettext("الملف فارغ"))
        if self.final_url:
            return read_response(data, url=self.final_url, headers=self.headers)
        return READERS[self.format](data, key=self.key)


def weighed(found: Iterator[Record], done: Callable[[], int]) -> Iterator[Record]:
    """Records with their weights; `done` tells how many bytes of the input have been read so far."""
    before = 0
    for record in found:
        now = done()
        yield replace(record, weight=now - before)
        before = now


def too_large(max_bytes: int) -> str:
    return gettext("أكبر من الحد المسموح به (%(limit)d ميغابايت)") % {"limit": max_bytes // 1_000_000}


def unreadable(error: OSError) -> str:
    return gettext("تعذّرت قراءته: %(reason)s") % {"reason": error.strerror or type(error).__name__}
