"""A run of an import from its beginning to its end, in this process or in several beside it."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.utils import timezone
from psycopg.errors import DiskFull

from articles.failures import DATABASE_FAILURES
from articles.importing.inputs import is_address, records, total_weight
from articles.importing.intake import OUTCOMES, Result, take_in
from articles.importing.records import ReadingOptions
from articles.importing.workers import taken_in_by_workers
from articles.models import ImportRun

# How often (in seconds) a run's counts are written for those who watch it.
COUNTS_EVERY = 2


class ImportBroken(Exception):
    """The import cannot go on, and why, in one line; what was imported stays, and a next run imports the rest."""


@dataclass(slots=True)
class Report:
    """Counts of a run; `run` is None for a dry one."""

    run: ImportRun | None = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    interrupted: bool = False
    weight_done: int = field(default=0, repr=False)

    @property
    def all_refused(self) -> bool:
        return bool(self.refused) and not (self.created or self.updated or self.unchanged)

    def count(self, result: Result) -> None:
        setattr(self, result.outcome, getattr(self, result.outcome) + 1)
        self.weight_done += result.weight


def import_inputs(
    inputs: Iterable[Path | str],
    *,
    by: AbstractBaseUser | None = None,
    source: str | None = None,
    limit: int | None = None,
    dry_run: bool = False,
    format: str = "",
    columns: Mapping[str, str] | None = None,
    workers: int = 1,
    progress: Callable[[Result], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Import files, folders and addresses. Each input is one transaction, recorded unless it changed nothing.

    `source`, `format` and `columns` as in ReadingOptions. `limit` counts inputs. A dry run reads everything and writes
    nothing; what two of its inputs have in common it counts twice. `workers` processes share the work, in no order.
    `stop` is asked before each input whether to leave the rest. Raises ImportBroken for what concerns every input.
    """
    inputs = list(inputs)
    options = ReadingOptions(settings.IMPORT_MAX_BYTES, format, columns or {}, source or "")
    report, asked = Report(), _Asked(stop)
    with _broken_by_database(report):
        if not dry_run:
            report.run = begin_run(inputs, by=by, options=options)
        found = islice(records(inputs, options), limit)
        if workers > 1 and not dry_run:
            results = taken_in_by_workers(found, options, run=report.run, by=by, workers=workers, stop=asked)
        else:
            results = _until(take_in(found, options, run=report.run, by=by), asked)
        with quick_commits(), closing(results):
            _watch(results, report, progress or (lambda result: None))
        report.interrupted = asked.stopped
        if report.run:
            end_run(report.run, ImportRun.State.STOPPED if report.interrupted else ImportRun.State.FINISHED)
            report.run.refresh_from_db()
    return report


def begin_run(
    inputs: Iterable[Path | str],
    *,
    by: AbstractBaseUser | None,
    options: ReadingOptions,
    state: str = ImportRun.State.RUNNING,
    **more: object,
) -> ImportRun:
    """`more` are further fields of the run."""
    inputs = list(inputs)
    weight = None if any(map(is_address, inputs)) else total_weight(inputs, options.format)
    return ImportRun.objects.create(
        inputs="\n".join(str(given).encode("utf-8", "replace").decode() for given in inputs),
        options=options.as_json(),
        state=state,
        by=by,
        by_name=by.get_username() if by else "",
        alive_at=timezone.now(),
        **{"weight": weight, **more},
    )


def end_run(run: ImportRun, state: str, failure: str = "") -> bool:
    """Whether the run was still going on; one that is over already stays as it is."""
    going_on = ImportRun.objects.filter(pk=run.pk, finished_at=None)
    return bool(going_on.update(state=state, failure=failure, finished_at=timezone.now()))


@contextmanager
def quick_commits() -> Iterator[None]:
    """Commits that do not wait for the disk: what a crash of the server loses, the next run imports again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        if connection.connection and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET synchronous_commit")


@dataclass(slots=True)
class _Asked:
    """Whether to stop; nobody is asked again after they said so."""

    stop: Callable[[], bool]
    stopped: bool = False

    def __call__(self) -> bool:
        self.stopped = self.stopped or self.stop()
        return self.stopped


def _until(results: Iterator[Result], stop: Callable[[], bool]) -> Iterator[Result]:
    """A record is imported when its result is asked for: not once somebody has said to stop."""
    while not stop() and (result := next(results, None)):
        yield result


def _watch(results: Iterator[Result], report: Report, progress: Callable[[Result], None]) -> None:
    """Count the results, and write the counts now and then."""
    written = time.monotonic()
    for result in results:
        report.count(result)
        progress(result)
        if time.monotonic() - written > COUNTS_EVERY:
            _write_counts(report)
            written = time.monotonic()
    _write_counts(report)


def _write_counts(report: Report) -> None:
    if report.run:
        counts = {name: getattr(report, name) for name in (*OUTCOMES, "weight_done")}
        ImportRun.objects.filter(pk=report.run.pk).update(**counts, alive_at=timezone.now())


@contextmanager
def _broken_by_database(report: Report) -> Iterator[None]:
    """What the database cannot do any more, said in one line; the run says so too, if it still can be told."""
    try:
        yield
    except DATABASE_FAILURES as error:
        reason = reason_of(error)
        if report.run:
            _note_failure(report, reason)
        raise ImportBroken(reason) from error


def reason_of(error: Exception) -> str:
    """In one line, in English: it is for those who look after the database."""
    if isinstance(error.__cause__, DiskFull):
        return "the database's disk is full"
    line = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"the database failed: {line}"


def _note_failure(report: Report, reason: str) -> None:
    try:
        connection.close_if_unusable_or_obsolete()
        _write_counts(report)
        end_run(report.run, ImportRun.State.FAILED, reason)
    except DATABASE_FAILURES:
        # Gone, or full: the run is found silent later.
        return
