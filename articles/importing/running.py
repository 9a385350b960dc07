"""A run of an import: every input by itself, each with its outcome, none stopping the rest."""

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from articles.importing.cleaning import CLEANER_VERSION
from articles.importing.inputs import Record, records
from articles.importing.pages import Page, Refused
from articles.importing.storing import Outcome, Stored, fingerprint, foresee, store_page
from articles.models import Article, ImportItem, ImportRun, Original

logger = logging.getLogger(__name__)

REFUSED = "refused"
# How often (in seconds) a run's counts are written for those who watch it.
_COUNTS_EVERY = 2


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input. `weight` is how many bytes of the inputs are done with it."""

    name: str
    outcome: str
    reason: str = ""
    article: Article | None = None
    weight: int = 0


@dataclass(slots=True)
class Report:
    """Counts of a run; `run` is None for a dry one."""

    run: ImportRun | None = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0

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
    progress: Callable[[Result], None] | None = None,
) -> Report:
    """Import files and folders. Each input is one transaction, recorded unless it changed nothing.

    `source` (key or name) is the outlet of inputs whose domain tells no other. `limit` counts inputs. A dry run
    reads everything and writes nothing; what two of its inputs have in common it counts twice. Raises only what
    concerns every input (the database is gone).
    """
    paths = list(paths)
    report = Report(run=None if dry_run else _begin(paths, by))
    written = time.monotonic()
    try:
        for record in islice(records(paths, max_bytes=settings.IMPORT_MAX_BYTES), limit):
            result = _import_record(record, report.run, by, source)
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
        report.run.save(update_fields=["finished_at"])
    return report


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


def _import_record(record: Record, run: ImportRun | None, by: AbstractBaseUser | None, source: str | None) -> Result:
    try:
        stored = _read_and_store(record, run, by, source)
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


def _read_and_store(record: Record, run: ImportRun | None, by: AbstractBaseUser | None, source: str | None) -> Stored:
    data = record.load(settings.IMPORT_MAX_BYTES)
    known = _taken_in_before(data, source)
    if known:
        return Stored(Outcome.UNCHANGED, known)
    page = _of_source(record.page(data), source)
    if run is None:
        return Stored(foresee(page), None)
    with transaction.atomic():
        stored = store_page(page, by=by)
        if stored.outcome != Outcome.UNCHANGED:
            ImportItem.objects.create(run=run, input=record.name, outcome=stored.outcome, article=stored.article)
    return stored


def _taken_in_before(data: bytes, source: str | None) -> Article | None:
    """The article that these very bytes were read into by this version of the reader; spares reading them again."""
    originals = Original.objects.filter(
        sha256=fingerprint(data), final_url="", article__current_revision__cleaner_version=CLEANER_VERSION
    )
    if source:
        originals = originals.filter(Q(article__source__key=source) | Q(article__source__name=source))
    original = originals.select_related("article").defer("compressed").first()
    return original.article if original else None


def _of_source(page: Page, source: str | None) -> Page:
    return replace(page, source_key=source, source_name=source) if source else page


def _refuse(record: Record, run: ImportRun | None, reason: str) -> Result:
    if run:
        ImportItem.objects.create(run=run, input=record.name, outcome=REFUSED, reason=reason)
    return Result(record.name, REFUSED, reason, weight=record.weight)
