"""Writing documents into a generation, and what its files tell of it."""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import tantivy
from tantivy import Query

from articles.search.index.folder import Generation
from articles.search.index.schema import ID, schema

_META = "meta.json"
_MAGIC = (1337).to_bytes(4, "little")
_CHUNK = 1 << 20


class IndexDamaged(Exception):
    """The files of an index cannot be read, or written; the message is a line that says why."""


class Writer:
    """The one writer of a generation. Errors and panics of the engine are IndexDamaged."""

    def __init__(self, generation: Generation, *, memory: int) -> None:
        """`memory`: bytes that new documents fill before they become a segment on disk."""
        with reading_engine():
            index = tantivy.Index(schema(), str(generation.index))
            self._writer = index.writer(heap_size=memory, num_threads=1)

    def add(self, documents: Iterable[tantivy.Document]) -> None:
        with reading_engine():
            for document in documents:
                self._writer.add_document(document)

    def remove(self, articles: Sequence[int]) -> None:
        """What was added before for these articles."""
        with reading_engine():
            # By query: a deletion by a number's term silently finds nothing.
            self._writer.delete_documents_by_query(Query.term_set_query(schema(), ID, list(articles)))

    def commit(self) -> None:
        """What was written is on disk and found from now on."""
        with reading_engine():
            self._writer.commit()

    def close(self, *, hurried: bool = False) -> None:
        """Let the merging of segments come to its end, or leave it to the next. What was not committed is forgotten."""
        with reading_engine():
            if not hurried:
                self._writer.wait_merging_threads()
            del self._writer


@contextmanager
def reading_engine() -> Iterator[None]:
    """Turn whatever the engine raises into IndexDamaged, its panics too, which are no Exception."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, ValueError | OSError) or type(error).__name__ == "PanicException":
            raise IndexDamaged(" ".join(str(error).split())[:300]) from error
        raise


class Documents(NamedTuple):
    """How many documents the segments hold, how many of them are deleted or replaced, and in how many segments."""

    stored: int
    deleted: int
    segments: int

    @classmethod
    def of(cls, generation: Generation) -> "Documents":
        segments = _segments(generation)
        deleted = sum(segment["deletes"]["num_deleted_docs"] for segment in segments if segment["deletes"])
        return cls(sum(segment["max_doc"] for segment in segments), deleted, len(segments))


def check_files(generation: Generation) -> None:
    """Read every file of the index and compare its checksum. Raises IndexDamaged for the first that differs."""
    prefixes = {segment["segment_id"].replace("-", "") for segment in _segments(generation)}
    for path in sorted(generation.index.iterdir()):
        if path.name.partition(".")[0] in prefixes:
            _check_file(path)


def size_of(generation: Generation) -> int:
    """Bytes on disk."""
    return sum(path.stat().st_size for path in generation.index.iterdir())


def _segments(generation: Generation) -> list[dict]:
    try:
        return json.loads((generation.index / _META).read_text(encoding="utf-8"))["segments"]
    except (OSError, ValueError, KeyError) as error:
        raise IndexDamaged(f"{_META}: {error}") from error


def _check_file(path: Path) -> None:
    """A file ends with a footer, its length, and a magic number; the footer tells the checksum of what is before it."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(size - 8, 0))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if tail[4:] != _MAGIC or length + 8 > size:
            raise IndexDamaged(f"{path.name}: cut off")
        file.seek(size - 8 - length)
        told = json.loads(file.read(length))["crc"]
        file.seek(0)
        left, found = size - 8 - length, 0
        while left:
            chunk = file.read(min(_CHUNK, left))
            found, left = zlib.crc32(chunk, found), left - len(chunk)
    if found != told:
        raise IndexDamaged(f"{path.name}: other content than was written")
