"""What was sent or asked for becomes chunks. A job that is killed is taken up again: no record is lost or doubled.

Chunks are numbered by the place of their upload in the run. Those of a file are written as they are read, and a later
attempt passes over as many records as there are in them: the file is the same. What a feed or a sitemap lists may be
different by then, so the chunks of lists are written together, or not at all.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import IO, NamedTuple

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from articles.importing.inputs import records
from articles.importing.quarantine import quarantined_records
from articles.importing.queue.chunks import Portion, add_chunk, options_of, portions
from articles.importing.queue.runs import Watch, begin_work, finish_upload
from articles.importing.queue.uploads import ADDRESSES, ITEMS, lines_of, temporary_file, written_out
from articles.importing.records import ReadingOptions, Record
from articles.models import ImportChunk, ImportItem, ImportRun, Upload

# Of one upload no more chunks than this: a hundred million records.
_NUMBERS = 1_000_000


def divide_upload(pk: int, *, between: Callable[[], None] = lambda: None) -> None:
    """`between` is called between two records, and may raise."""
    upload = Upload.objects.select_related("run").filter(pk=pk).first()
    if upload is None or not begin_work(upload.run_id):
        return
    if upload.parts.exists():
        options = options_of(upload.run)
        if upload.name == ADDRESSES:
            _write_together(upload, records(lines_of(upload), options), between)
        elif upload.name == ITEMS:
            _write_together(upload, _items(lines_of(upload)), between)
        else:
            _divide_file(upload, options, between)
    finish_upload(upload)


def _divide_file(upload: Upload, options: ReadingOptions, between: Callable[[], None]) -> None:
    with written_out(upload) as path:
        found = _named(records([path], options), str(path), upload.name)
        first = next(found, None)
        if first is None:
            return
        if first.address:
            _write_together(upload, chain([first], found), between)
        else:
            _write_as_read(upload, chain([first], found), between)


def _write_as_read(upload: Upload, found: Iterable[Record], between: Callable[[], None]) -> None:
    written = _chunks_of(upload).aggregate(chunks=Count("pk"), records=Sum("records"))
    left = _while_going_on(islice(found, written["records"] or 0, None), upload.run_id, between)
    for number, portion in enumerate(portions(left), _first_number(upload) + written["chunks"]):
        _add(upload.run, portion, number)


def _write_together(upload: Upload, found: Iterable[Record], between: Callable[[], None]) -> None:
    if _chunks_of(upload).exists():
        return
    with temporary_file() as file:
        heap = _Heap(file)
        for portion in portions(_while_going_on(found, upload.run_id, between)):
            heap.put(portion)
        with transaction.atomic():
            for number, portion in enumerate(heap.taken(), _first_number(upload)):
                _add(upload.run, portion, number)


def _while_going_on(found: Iterable[Record], run: int, between: Callable[[], None]) -> Iterator[Record]:
    """Of a run that is over, nothing is written any more (see add_chunk)."""
    watch = Watch(run)
    for record in found:
        between()
        if watch.is_over():
            return
        yield record


def _items(lines: list[str]) -> Iterator[Record]:
    return quarantined_records(ImportItem.objects.filter(pk__in=[int(line) for line in lines]))


def _named(found: Iterable[Record], path: str, name: str) -> Iterator[Record]:
    """People know the file by the name under which they sent it."""
    for record in found:
        is_of_file = record.name.startswith(path)
        yield replace(record, name=name + record.name.removeprefix(path)) if is_of_file else record


def _add(run: ImportRun, portion: Portion, number: int) -> None:
    add_chunk(run.pk, portion, number=number, turn=ImportChunk.objects.filter(run=run).count())


def _first_number(upload: Upload) -> int:
    return _NUMBERS * Upload.objects.filter(run=upload.run_id, pk__lt=upload.pk).count()


def _chunks_of(upload: Upload) -> QuerySet[ImportChunk]:
    first = _first_number(upload)
    return ImportChunk.objects.filter(run=upload.run_id, number__gte=first, number__lt=first + _NUMBERS)


class _Place(NamedTuple):
    size: int
    records: int
    fetched: bool


@dataclass(slots=True)
class _Heap:
    """Portions on their way to one transaction: there may be gigabytes of them."""

    file: IO[bytes]
    places: list[_Place] = field(default_factory=list)

    def put(self, portion: Portion) -> None:
        self.file.write(portion.payload)
        self.places.append(_Place(len(portion.payload), portion.records, portion.fetched))

    def taken(self) -> Iterator[Portion]:
        self.file.seek(0)
        for place in self.places:
            yield Portion(self.file.read(place.size), place.records, place.fetched)
