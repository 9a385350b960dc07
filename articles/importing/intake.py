"""Records become articles: each by itself, in a transaction of its own, with its outcome, none stopping the rest."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext

from articles.failures import DATABASE_FAILURES
from articles.importing.pages import Page, Refused
from articles.importing.quarantine import keep, release
from articles.importing.records import ReadingOptions, Record
from articles.importing.storing import Outcome, Stored, fingerprint, foresee, store_page
from articles.importing.taking_over import READ_BY_THIS_CLEANER
from articles.importing.visiting import visited
from articles.inserting import insert_all
from articles.models import ImportItem, ImportRun, Original

logger = logging.getLogger(__name__)

REFUSED = "refused"
OUTCOMES = ("created", "updated", "unchanged", REFUSED)
# How many inputs, and how many bytes of them, are looked up together.
_BATCH = 100
_BATCH_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input. `weight` is how many bytes of the inputs are done with it."""

    name: str
    outcome: str
    reason: str = ""
    article_id: int | None = None
    weight: int = 0


class _Loaded(NamedTuple):
    """A record with its bytes, or why there are none, and the article that these very bytes became before."""

    record: Record
    refusal: Refused | None = None
    article_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Intake:
    """For whom and how. `run` is None for a dry run, which writes nothing."""

    options: ReadingOptions
    run: ImportRun | None
    by: AbstractBaseUser | None
    written: Callable[[Result], None]


def take_in(
    found: Iterable[Record],
    options: ReadingOptions,
    *,
    run: ImportRun | None,
    by: AbstractBaseUser | None = None,
    written: Callable[[Result], None] = lambda result: None,
) -> Iterator[Result]:
    """Import records, in their order, and tell what became of each.

    What changed something or failed is an item of the run; `written` is called in the transaction that stores it, and
    for what is unchanged in none. Raises only what concerns every record: DATABASE_FAILURES and MemoryError.
    """
    intake = _Intake(options, run, by, written)
    for loaded in _loaded(found, intake):
        yield _take_in(loaded, intake)


def _loaded(found: Iterable[Record], intake: _Intake) -> Iterator[_Loaded]:
    """Records with their bytes. Looked up many at a time: what is known is neither read again nor stored again."""
    batch: list[_Loaded] = []
    for record in found:
        batch.append(_load(record, intake))
        # What had to be fetched is not kept waiting for others.
        if record.address or len(batch) == _BATCH or sum(len(one.record.data) for one in batch) > _BATCH_BYTES:
            yield from _recognised(batch, intake)
            batch = []
    yield from _recognised(batch, intake)


def _load(record: Record, intake: _Intake) -> _Loaded:
    try:
        loaded = record.loaded(settings.IMPORT_MAX_BYTES)
        if loaded.address and not loaded.data:
            loaded = visited(loaded, scheduled=intake.options.scheduled)
    except Refused as refusal:
        return _Loaded(record, refusal)
    if isinstance(loaded, Original):
        return _Loaded(record, article_id=loaded.article_id)
    return _Loaded(loaded)


def _recognised(batch: list[_Loaded], intake: _Intake) -> Iterator[_Loaded]:
    prints = [fingerprint(loaded.record.data) if loaded.record.data else "" for loaded in batch]
    originals = Original.objects.filter(READ_BY_THIS_CLEANER, sha256__in=set(prints))
    source = intake.options.source
    if source:
        originals = originals.filter(Q(article__source__key=source) | Q(article__source__name=source))
    # The same bytes from two addresses are two pages. From one address they are news where the page had changed since.
    current = Q(final_url="") | Q(pk=F("article__current_revision__original"))
    found = originals.filter(current).values_list("sha256", "final_url", "article_id")
    known = {(sha256, url): pk for sha256, url, pk in found}
    for loaded, name in zip(batch, prints, strict=True):
        yield loaded._replace(article_id=loaded.article_id or known.get((name, loaded.record.final_url)))


def _take_in(loaded: _Loaded, intake: _Intake) -> Result:
    record = loaded.record
    try:
        if loaded.refusal:
            raise loaded.refusal
        if loaded.article_id:
            return _unchanged(loaded, intake)
        return _stored(record, intake)
    except Refused as refusal:
        return refuse(record, str(refusal), intake.options, intake.run, intake.written)
    except (*DATABASE_FAILURES, MemoryError):
        raise
    except Exception as error:
        # Nothing that one page holds may stop the others; what we did wrong with it is told in full in the log.
        logger.exception("import of %s failed", record.name)
        reason = gettext("خطأ غير متوقع (%(error)s)؛ التفاصيل في السجل") % {"error": type(error).__name__}
        return refuse(record, reason, intake.options, intake.run, intake.written)


def _unchanged(loaded: _Loaded, intake: _Intake) -> Result:
    result = Result(loaded.record.name, Outcome.UNCHANGED, "", loaded.article_id, loaded.record.weight)
    if intake.run:
        _write_down(loaded.record, result, intake)
    return result


def _stored(record: Record, intake: _Intake) -> Result:
    page = _of_source(record.page(), intake.options.source)

    def result_of(stored: Stored) -> Result:
        return Result(record.name, stored.outcome, "", stored.article and stored.article.pk, record.weight)

    if intake.run is None:
        return result_of(Stored(foresee(page), None))
    stored = store_page(page, by=intake.by, record=lambda stored: _write_down(record, result_of(stored), intake))
    return result_of(stored)


def _write_down(record: Record, result: Result, intake: _Intake) -> None:
    """The item of an input that was taken in; one that changed nothing is only counted."""
    if result.outcome != Outcome.UNCHANGED:
        item = ImportItem(run=intake.run, input=result.name, outcome=result.outcome, article_id=result.article_id)
        insert_all([item])
    if record.quarantined:
        release(record, intake.run)
    intake.written(result)


def refuse(
    record: Record,
    reason: str,
    options: ReadingOptions,
    run: ImportRun | None,
    written: Callable[[Result], None] = lambda result: None,
) -> Result:
    """Write down that a record was refused, and keep it to be tried again."""
    result = Result(record.name, REFUSED, reason, weight=record.weight)
    if run:
        with transaction.atomic():
            kept = keep(record, options)
            ImportItem.objects.create(run=run, input=record.name, outcome=REFUSED, reason=reason, quarantined=kept)
            written(result)
    return result


def _of_source(page: Page, source: str) -> Page:
    return replace(page, source_key=source, source_name=source) if source else page
