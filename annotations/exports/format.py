"""What a format is, and what every file says of itself."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from annotations.exports.records import ArticleRecord, Losses


class NotReadable(ValueError):
    """A file is not what it should be; the message is one line that names the place (line, element, entry)."""


@dataclass(frozen=True, slots=True)
class About:
    """Which program made a file, when, for whom, of what and where from; every format says it in its own way."""

    program: str
    version: str
    made_at: datetime
    made_by: str = ""
    # What was asked for, in the interface's words, and the site's own address («https://…», no slash at the end).
    scope: str = ""
    site: str = ""


# Writes articles one after another as they come, never all in memory; counts in `losses` what could not be said.
Write = Callable[[Iterable[ArticleRecord], BinaryIO, About, Losses], None]
# Reads a file as a stream of articles; raises NotReadable. What was read before it stays good.
Read = Callable[[Path], Iterator[ArticleRecord]]


@dataclass(frozen=True, slots=True)
class Format:
    """`label` is shown to people (lazily translated). `needs_text` formats leave out articles whose text stays here."""

    key: str
    label: str
    extension: str
    media_type: str
    write: Write
    read: Read | None = None
    needs_text: bool = False
    # What a file of it cannot say, in the words that Losses counts; docs/exports/ lists the same.
    drops: tuple[str, ...] = field(default=())
    # One line for whoever chooses among the formats: what it is good for (lazily translated).
    purpose: str = ""
