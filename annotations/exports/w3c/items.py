"""Finds annotations in JSON of whatever size and shape, one in memory at a time.

They may be a collection with its first page inline, a page, a list, a graph, the answer of a Hypothesis server
(«rows»), or one annotation alone.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import ijson
from ijson.common import ObjectBuilder

from annotations.exports.format import NotReadable
from annotations.exports.w3c.terms import NAMESPACE, SCHEMA

# Between two annotations, and of one, in bytes; nothing larger is ever in memory.
LARGEST = 8_000_000
DEEPEST = 40
# A string is looked through again with each chunk that it goes on in.
_CHUNK = 262_144
# Where in the document lists of annotations stand: the keys that lead there.
_LISTS = {("item",), ("items", "item"), ("first", "items", "item"), ("@graph", "item"), ("rows", "item")}
_BOM, _GZIP = b"\xef\xbb\xbf", b"\x1f\x8b"

Event = tuple[str, Any]
Item = dict[str, Any]


class Items:
    """The annotations of a file with their numbers. `own` is whether the file says that Newsdesk wrote it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._alone = False
        self._total: int | None = None
        self.own = False

    def __iter__(self) -> Iterator[tuple[int, Item]]:
        """Raises NotReadable where the file is cut off or no JSON, and at what is too large or too deep."""
        number = 0
        with _opened(self._path) as file:
            try:
                bounded = _Bounded(file)
                for item in self._found(ijson.basic_parse(bounded, use_float=True, buf_size=_CHUNK), bounded):
                    number += 1
                    yield number, item
                    bounded.since = 0
            # Of numbers with thousands of digits ijson says ValueError or OverflowError, as the parser has it.
            except (ijson.JSONError, UnicodeDecodeError, ValueError, OverflowError) as error:
                if isinstance(error, NotReadable):
                    raise
                raise NotReadable(f"after item {number}: not JSON, or cut off") from None
            except (EOFError, gzip.BadGzipFile, zlib.error):
                raise NotReadable(f"after item {number}: what gzip packed is damaged or cut off") from None
        if number == 0 and self._alone:
            yield 1, self._single()
        elif number == 0 and self._total != 0:
            raise NotReadable("no annotations found: neither a collection with its page nor a list of them")
        elif self._total is not None and self._total != number:
            raise NotReadable(f"“total” is {self._total}, but {number} annotations are in the file: pages are missing")

    def _found(self, events: Iterator[Event], bounded: "_Bounded") -> Iterator[Item]:
        path: list[str] = []
        for event, value in events:
            if event == "map_key":
                path[-1] = value
                self._alone = self._alone or path == ["target"]
            elif event == "start_map" and tuple(path) in _LISTS:
                yield _built(events)
            elif event in ("start_map", "start_array"):
                path.append("" if event == "start_map" else "item")
                if len(path) > DEEPEST:
                    raise NotReadable("nested too deeply")
            elif event in ("end_map", "end_array"):
                path.pop()
            elif tuple(path) in _LISTS:
                raise NotReadable("in the list of annotations stands something that is no object")
            elif path == ["total"] and event == "number":
                self._total = value
            elif path[:1] == ["@context"] and path[-1] == "nd":
                self._note_schema(value)

    def _note_schema(self, namespace: Any) -> None:
        if not str(namespace).startswith(NAMESPACE):
            return
        schema = str(namespace).removeprefix(NAMESPACE).rstrip("#")
        if not schema.isascii() or not schema.isdigit():
            raise NotReadable("the terms of Newsdesk that the file names have no number")
        if int(schema[:9]) > SCHEMA:
            raise NotReadable(f"schema {schema[:9]} is of a newer Newsdesk; this one reads up to {SCHEMA}")
        self.own = True

    def _single(self) -> Item:
        """It was read as a stream already, which is how it is known to be JSON and small enough."""
        with _opened(self._path) as file:
            return json.loads(file.read(2 * LARGEST).removeprefix(_BOM))


class _Bounded:
    """A file from which no more than LARGEST bytes are read until somebody sets `since` back."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.since = 0
        if file.read(len(_BOM)) != _BOM:
            file.seek(0)

    def read(self, size: int = -1) -> bytes:
        if self.since > LARGEST:
            raise NotReadable(f"more than {LARGEST:,} bytes without an end of an annotation")
        chunk = self._file.read(size)
        self.since += len(chunk)
        return chunk


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """What is in a file, packed by gzip or not."""
    with path.open("rb") as raw:
        packed = raw.read(len(_GZIP)) == _GZIP
        raw.seek(0)
        with gzip.GzipFile(fileobj=raw) if packed else raw as file:
            yield file


def _built(events: Iterator[Event]) -> Item:
    builder, depth = ObjectBuilder(), 1
    builder.event("start_map", None)
    for event, value in events:
        builder.event(event, value)
        depth += (event in ("start_map", "start_array")) - (event in ("end_map", "end_array"))
        if depth > DEEPEST:
            raise NotReadable("nested too deeply")
        if depth == 0:
            break
    return builder.value
