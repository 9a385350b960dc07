"""A run of an import: every input by itself, each with its outcome, none stopping the rest."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from articles.importing.cleaning import CLEANER_VERSION
from articles.importing.inputs import records
from articles.importing.pages import Page, Refused
from articles.importing.records import Record
from articles.importing.storing import Outcome, Stored, fingerprint, foresee, store_page
from articles.models import Article, ImportItem, ImportRun, Original

logger = logging.getLogger(__name__)

REFUSED = "refused"
# How often (in seconds) a run's counts are written for those who watch it.
_COUNTS_EVERY = 2
# How many inputs, and how many bytes of them, are looked up together.
_BATCH = 100
_BATCH_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input. `weight` is how many bytes of the inputs are done with it."""

    name: str
    outcome: str
    reason: str = ""
    article: Article | None = None
    weight: int = 0


class _Loaded(NamedTuple):
    """A record with its bytes, or why there are none, and the article that these very bytes became before."""

    record: Record
    data: bytes = b""
    refusal: Refused | None = None
    known: Article | None = None


@dataclass(slots=True)
class Report:
    """Counts of a run; `run` is None for a dry one."""

    run: ImportRun | None = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    interrupted: bool = False

    @property
    def all_refused(self) -> bool:
        return bool(self.refused) and not (self.created or self.updated or self.unchanged)


def import_inputs(
    paths: Iterable[Path | str],
    *,
    by: AbstractBaseUser | None = None,
    source: str | None = None,
    limit: int | None = None,
    dry_run: bool = False,
    format: str = "",
    columns: Mapping[str, str] | None = None,
    progress: Callable[[Result], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Import files and folders. Each input is one transaction, recorded unless it changed nothing.

    `source` (key or name) is the outlet of inputs whose domain tells no other. `limit` counts inputs. A dry run
    reads everything and writes nothing; what two of its inputs have in common it counts twice. `format` and `columns`
    as in ReadingOptions. `stop` is asked before each input whether to leave the rest. Raises only what concerns every
    input (the database is gone).
    """
    paths = list(paths)
    report = Report(run=None if dry_run else _begin(paths, by))
    written = time.monotonic()
    with _quick_commits():
        try:
            found = records(paths, max_bytes=settings.IMPORT_MAX_BYTES, format=format, columns=columns)
            for loaded in _loaded(islice(found, limit), source):
                report.interrupted = stop()
                if report.interrupted:
                    break
                result = _import_one(loaded, report.run, by, source)
                setattr(report, result.outcome, getattr(report, result.outcome) + 1)
                if progress:
                    progress(result)
                if time.monotonic() - written > _COUNTS_EVERY:
                    _write_counts(report)
                    written = time.monotonic()
        finally:
            _write_counts(report)
    if report.run:
        report.run.finished_at = timezone.now()
        report.run.state = ImportRun.State.STOPPED if report.interrupted else ImportRun.State.FINISHED
        report.run.save(update_fields=["finished_at", "state"])
    return report


@contextmanager
def _quick_commits() -> Iterator[None]:
    """Commits that do not wait for the disk: what a crash of the server loses, the next run imports again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET synchronous_commit")


def _begin(paths: Iterable[Path | str], by: AbstractBaseUser | None) -> ImportRun:
    return ImportRun.objects.create(
        inputs="\n".join(str(path).encode("utf-8", "replace").decode() for path in paths),
        by=by,
        by_name=by.get_username() if by else "",
    )


def _write_counts(report: Report) -> None:
    if report.run:
        for name in ("created", "updated", "unchanged", "refused"):
            setattr(report.run, name, getattr(report, name))
        report.run.save(update_fields=["created", "updated", "unchanged", "refused"])


def _loaded(found: Iterable[Record], source: str | None) -> Iterator[_Loaded]:
    """Records with their bytes. Looked up many at a time: what is known is neither read again nor stored again."""
    batch: list[_Loaded] = []
    for record in found:
        batch.append(_load(record))
        if len(batch) == _BATCH or sum(len(loaded.data) for loaded in batch) > _BATCH_BYTES:
            yield from _recognised(batch, source)
            batch = []
    yield from _recognised(batch, source)


def _load(record: Record) -> _Loaded:
    try:
        return _Loaded(record, record.load(settings.IMPORT_MAX_BYTES))
    except Refused as refusal:
        return _Loaded(record, refusal=refusal)


def _recognised(batch: list[_Loaded], source: str | None) -> Iterator[_Loaded]:
    prints = [fingerprint(loaded.data) if loaded.data else "" for loaded in batch]
    originals = Original.objects.filter(
        sha256__in=set(prints), article__current_revision__cleaner_version=CLEANER_VERSION
    )
    if source:
        originals = originals.filter(Q(article__source__key=source) | Q(article__source__name=source))
    # The same bytes from two addresses are two pages.
    known = {
        (original.sha256, original.final_url): original.article
        for original in originals.select_related("article").defer("compressed")
    }
    for loaded, name in zip(batch, prints, strict=True):
        yield loaded._replace(known=known.get((name, loaded.record.final_url)))


def _import_one(loaded: _Loaded, run: ImportRun | None, by: AbstractBaseUser | None, source: str | None) -> Result:
    record = loaded.record
    if loaded.known:
        return Result(record.name, Outcome.UNCHANGED, article=loaded.known, weight=record.weight)
    try:
        stored = _read_and_store(loaded, run, by, source)
    except Refused as refusal:
        return _refuse(record, run, str(refusal))
    except (OperationalError, InterfaceError, MemoryError):
        raise
    except Exception as error:
        # Nothing that one page holds may stop the others; what we did wrong with it is told in full in the log.
        logger.exception("import of %s failed", record.name)
        reason = gettext("خطأ غير متوقع (%(error)s)؛ التفاصيل في السجل") % {"error": type(error).__name__}
        return _refuse(record, run, reason)
    return Result(record.name, stored.outcome, article=stored.article, weight=record.weight)


def _read_and_store(loaded: _Loaded, run: ImportRun | None, by: AbstractBaseUser | None, source: str | None) -> Stored:
    if loaded.refusal:
        raise loaded.refusal
    page = _of_source(loaded.record.page(loaded.data), source)
    if run is None:
        return Stored(foresee(page), None)

    def write_down(stored: Stored) -> None:
        if stored.outcome != Outcome.UNCHANGED:
            ImportItem.objects.create(run=run, input=loaded.record.name, outcome=stored.outcome, article=stored.article)

    return store_page(page, by=by, record=write_down)


def _of_source(page: Page, source: str | None) -> Page:
    return replace(page, source_key=source, source_name=source) if source else page


def _refuse(record: Record, run: ImportRun | None, reason: str) -> Result:
    if run:
        ImportItem.objects.create(run=run, input=record.name, outcome=REFUSED, reason=reason)
    return Result(record.name, REFUSED, reason, weight=record.weight)
