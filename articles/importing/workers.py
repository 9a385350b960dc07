"""An import by several processes of this machine. Each takes some records at a time and tells what became of them."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.utils import translation
from django.utils.translation import gettext

from articles.importing.intake import Result, refuse, take_in
from articles.importing.records import ReadingOptions, Record
from articles.importing.worker_process import begin
from articles.models import ImportRun

# Few enough that all processes are busy to the end, enough that their talking does not count.
_CHUNK = 20
_CHUNK_BYTES = 1_000_000
# Chunks on their way for each process: one in work, one waiting.
_AHEAD = 2
Chunk = list[Record]


class Task(NamedTuple):
    """Primary keys of the run, and of the account whose import it is."""

    options: ReadingOptions
    run: int
    by: int | None


def taken_in_by_workers(
    found: Iterable[Record],
    options: ReadingOptions,
    *,
    run: ImportRun,
    by: AbstractBaseUser | None,
    workers: int,
    stop: Callable[[], bool],
) -> Iterator[Result]:
    """As intake.take_in, with the results in the order in which they come.

    A process that dies is replaced; a record that ends two of them is refused.
    """
    work = _Work(_chunks(found), Task(options, run.pk, by.pk if by else None), workers, stop)
    while True:
        yield from _shared(work)
        if not work.broken:
            return
        yield from _one_by_one([record for chunk in work.broken for record in chunk], work.task, run)
        work.broken = []


@dataclass(slots=True)
class _Work:
    """`broken` are the chunks that were under way when a process died."""

    waiting: Iterator[Chunk]
    task: Task
    workers: int
    stop: Callable[[], bool]
    broken: list[Chunk] = field(default_factory=list)

    def next_chunk(self) -> Chunk | None:
        return None if self.broken or self.stop() else next(self.waiting, None)


def _chunks(found: Iterable[Record]) -> Iterator[Chunk]:
    chunk: Chunk = []
    size = 0
    for record in found:
        chunk.append(record)
        size += len(record.data)
        if record.address or len(chunk) == _CHUNK or size > _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _processes(number: int) -> ProcessPoolExecutor:
    """Begun afresh instead of forked: a database connection cannot be shared."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(number, context, begin, (translation.get_language(), connection.settings_dict["NAME"]))


def _shared(work: _Work) -> Iterator[Result]:
    """Until nothing is waiting, somebody stops it, or a process dies."""
    under_way: dict[Future[list[Result]], Chunk] = {}
    with _processes(work.workers) as pool:
        while True:
            while len(under_way) < work.workers * _AHEAD and (chunk := work.next_chunk()):
                _submit(pool, chunk, work, under_way)
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                chunk = under_way.pop(future)
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    work.broken.append(chunk)


def _submit(pool: ProcessPoolExecutor, chunk: Chunk, work: _Work, under_way: dict[Future, Chunk]) -> None:
    try:
        under_way[pool.submit(take_in_chunk, chunk, work.task)] = chunk
    except BrokenProcessPool:
        work.broken.append(chunk)


def take_in_chunk(chunk: Chunk, task: Task) -> list[Result]:
    """In one of the processes."""
    by = get_user_model().objects.filter(pk=task.by).first() if task.by else None
    return list(take_in(chunk, task.options, run=ImportRun(pk=task.run), by=by))


def _one_by_one(records: Chunk, task: Task, run: ImportRun) -> Iterator[Result]:
    """One of these ended a process, and nobody knows which: the next time tells. Some were stored before that."""
    with ExitStack() as pools:
        pool = pools.enter_context(_processes(1))
        for record in records:
            try:
                (result,) = pool.submit(take_in_chunk, [record], task).result()
            except BrokenProcessPool:
                yield refuse(record, gettext("أنهى هذا المدخل عملية القراءة قسراً"), task.options, run)
                pool = pools.enter_context(_processes(1))
            else:
                yield _as_first_stored(result, run)


def _as_first_stored(result: Result, run: ImportRun) -> Result:
    before = run.items.filter(input=result.name, article=result.article_id).first() if result.article_id else None
    return replace(result, outcome=before.outcome) if before else result
