"""The records of a run in chunks, each the work of one job that can be killed at any point and taken up again.

How far a chunk is moves in the transaction that stores a record: no record is imported, or counted, twice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext

from articles.importing.intake import Result, refuse, take_in
from articles.importing.packing import packed, unpacked
from articles.importing.queue.apart import ends_its_process
from articles.importing.queue.runs import Watch, begin_work, finish_chunk, lock_if_going_on, write_counts
from articles.importing.records import ReadingOptions, Record
from articles.importing.running import quick_commits
from articles.jobs import IMPORTING, READING, defer
from articles.models import ImportChunk, ImportRun

_MOST_RECORDS = 100
_MOST_BYTES = 4_000_000
# Pages are fetched a second or more apart from one host.
_MOST_ADDRESSES = 20


class ChunkTaken(OperationalError):
    """Another process has gone on with this chunk: one that was thought dead and was only slow.

    An error of the database, so that nothing takes it for the record's fault.
    """


class Portion(NamedTuple):
    """Records as a chunk keeps them. `fetched`: some of them have to be fetched first."""

    payload: bytes
    records: int
    fetched: bool


def portions(found: Iterable[Record]) -> Iterator[Portion]:
    """In their order; each as soon as it is full."""
    records: list[Record] = []
    size = addresses = 0
    for record in found:
        records.append(record)
        size += _size(record)
        addresses += _is_to_be_fetched(record)
        if len(records) == _MOST_RECORDS or size > _MOST_BYTES or addresses == _MOST_ADDRESSES:
            yield _portion(records)
            records, size, addresses = [], 0, 0
    if records:
        yield _portion(records)


def add_chunk(run: int, portion: Portion, *, number: int, turn: int) -> None:
    """A chunk of this run (its primary key), and its job; none when the run is over.

    `turn` is how many of the run's chunks come before it: runs that are under way at the same time take turns, so that
    a small one does not wait for the end of a large one.
    """
    with transaction.atomic():
        if not lock_if_going_on(run):
            return
        chunk = ImportChunk.objects.create(run_id=run, number=number, payload=portion.payload, records=portion.records)
        queue = READING if portion.fetched else IMPORTING
        defer("articles.tasks.import_chunk", queue=queue, priority=-turn, run_id=run, chunk_id=chunk.pk)


def import_chunk(pk: int, *, again: bool = False, between: Callable[[], None] = lambda: None) -> None:
    """Import what is left of a chunk, and with the last one end the run.

    `again`: it was begun before and not finished, and nobody knows whether its next record was the reason.
    `between` is called between two records, and may raise. Raises what concerns every record, and NotTried.
    """
    chunk = ImportChunk.objects.select_related("run__by").filter(pk=pk).first()
    if chunk is None or not begin_work(chunk.run_id):
        return
    if chunk.payload is not None:
        if again and chunk.done < chunk.records:
            _try_apart(chunk)
        if not _take_in_rest(chunk, between):
            write_counts(chunk.run_id)
            return
    finish_chunk(chunk)


def take_in_next(pk: int) -> None:
    """Import the next record of a chunk and no other."""
    chunk = ImportChunk.objects.select_related("run__by").get(pk=pk)
    next(_results(chunk, _Place(pk, chunk.done)), None)


def options_of(run: ImportRun) -> ReadingOptions:
    return ReadingOptions(settings.IMPORT_MAX_BYTES, **run.options)


@dataclass(slots=True)
class _Place:
    """How many records of a chunk are done with, as this process sees it."""

    chunk: int
    done: int

    def move(self, result: Result) -> None:
        """In the record's transaction, which may be tried several times."""
        counts = {name: F(name) + 1 for name in ("done", str(result.outcome))}
        chunk = ImportChunk.objects.filter(pk=self.chunk, done=self.done)
        if not chunk.update(weight_done=F("weight_done") + result.weight, **counts):
            raise ChunkTaken("another process works on this chunk")


def _results(chunk: ImportChunk, place: _Place) -> Iterator[Result]:
    records = unpacked(chunk.payload)[place.done :]
    return take_in(records, options_of(chunk.run), run=chunk.run, by=chunk.run.by, written=place.move)


def _take_in_rest(chunk: ImportChunk, between: Callable[[], None]) -> bool:
    """Whether the end was reached; not when somebody stopped the run."""
    place = _Place(chunk.pk, chunk.done)
    results, watch = _results(chunk, place), Watch(chunk.run_id)
    with quick_commits():
        while next(results, None):
            place.done += 1
            between()
            if watch.is_over():
                return False
    return True


def _try_apart(chunk: ImportChunk) -> None:
    suspect = chunk.done
    ended = ends_its_process(chunk.pk)
    chunk.refresh_from_db(fields=["done"])
    if ended and chunk.done == suspect:
        record = unpacked(chunk.payload)[suspect]
        reason = gettext("أنهى هذا المدخل عملية القراءة قسراً")
        refuse(record, reason, options_of(chunk.run), chunk.run, _Place(chunk.pk, suspect).move)
        chunk.done += 1


def _portion(records: list[Record]) -> Portion:
    return Portion(packed(records), len(records), any(map(_is_to_be_fetched, records)))


def _is_to_be_fetched(record: Record) -> bool:
    return bool(record.address) and not (record.data or record.refusal)


def _size(record: Record) -> int:
    return record.path.stat().st_size if record.path else len(record.data)
