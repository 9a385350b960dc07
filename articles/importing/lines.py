"""Files of lines, compressed or not: each line by itself and within bounds."""

import gzip
import zlib
from collections.abc import Iterator
from itertools import count
from typing import BinaryIO

from django.utils.translation import gettext

from articles.importing.readers.jsonl import FIELDS, mapped_line
from articles.importing.records import ReadingOptions, Record, too_large

BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)
_GZIP = b"\x1f\x8b"
# A line longer than the limit is passed over; in what may be a compression bomb the rest is given up after so many
# times the limit.
LIMITS_PASSED_OVER = 4


def json_records(stream: BinaryIO, name: str, options: ReadingOptions) -> Iterator[Record]:
    """The records of a JSONL file. Under a map each is kept with the map, which decides what is read of it."""
    columns = {**FIELDS, **options.columns} if options.columns else None
    text = gunzipped(stream)
    for number, line in enumerate(bounded_lines(text, options.max_bytes, plain=text is stream), 1):
        if isinstance(line, str):
            yield Record(f"{name}:{number}", refusal=line)
        elif not line.isspace():
            data = line.rstrip(b"\r\n")
            if columns:
                yield Record(f"{name}:{number}", "mapped", data=mapped_line(columns, data))
            else:
                yield Record(f"{name}:{number}", "jsonl", data=data)


def gunzipped(stream: BinaryIO) -> BinaryIO:
    """The stream itself, or what is compressed in it. It need not be seekable, but its first bytes must be peekable."""
    return gzip.GzipFile(fileobj=stream) if stream.peek(2)[:2] == _GZIP else stream


def bounded_lines(stream: BinaryIO, max_bytes: int, *, plain: bool = False) -> Iterator[bytes | str]:
    """Lines, or in the place of one that cannot be had the reason. Nothing follows where reading has to end.

    `plain`: no line is longer than what lies on a disk, so that each is read to its end.
    """
    try:
        while line := stream.readline(max_bytes + 1):
            if len(line) <= max_bytes or line.endswith(b"\n"):
                yield line
            elif _pass_over_line(stream, max_bytes, plain):
                yield too_large(max_bytes)
            else:
                yield gettext("سطر أطول من الحد بكثير؛ تُرك ما بعده من الملف")
                return
    except BROKEN_GZIP:
        yield gettext("الملف المضغوط تالف أو مبتور؛ تُرك ما بعد هذا السطر")


def _pass_over_line(stream: BinaryIO, max_bytes: int, plain: bool) -> bool:
    """Whether the end of the line came within bounds: a compression bomb is one line of gigabytes."""
    for _ in count() if plain else range(LIMITS_PASSED_OVER):
        rest = stream.readline(max_bytes + 1)
        if not rest or rest.endswith(b"\n"):
            return True
    return False
