"""What people send or ask for in the browser, put where the workers find it."""

import logging
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles.importing.pages import Refused
from articles.importing.quarantine import failed_items
from articles.importing.queue import runs
from articles.importing.queue.uploads import ADDRESSES, ITEMS, keep_file, keep_lines
from articles.importing.records import ReadingOptions, too_large
from articles.jobs import READING, defer
from articles.models import ImportItem, ImportRun, Upload

logger = logging.getLogger(__name__)

# Looked at by one job, so that several hosts are asked side by side, and one that is killed repeats no more than these.
_ADDRESSES_AT_ONCE = 20
# Above all chunks: what is small should not wait until what is large has been imported.
_FIRST = 1
# Of the inputs that are tried again so many are named; beyond that the run is known by those of the first one.
_NAMED = 100


class NothingToRetry(Exception):
    """Of none of the refused inputs anything is kept any more."""


def waiting_run(*, by: AbstractBaseUser | None, **fields: object) -> ImportRun:
    """A run for which jobs are about to be deferred, in this transaction."""
    return ImportRun.objects.create(
        state=ImportRun.State.WAITING,
        by=by,
        by_name=by.get_username() if by else "",
        alive_at=timezone.now(),
        **fields,
    )


@transaction.atomic
def queue_import(
    inputs: Sequence[str],
    *,
    uploads: Sequence[UploadedFile] = (),
    by: AbstractBaseUser | None,
    source: str = "",
    format: str = "",
    columns: Mapping[str, str] | None = None,
) -> ImportRun:
    """A run that the workers will do, of addresses and of files that were sent.

    `source`, `format` and `columns` as in ReadingOptions. Raises Refused when there is nothing, or too much.
    """
    size = sum(file.size for file in uploads)
    if not inputs and not uploads:
        raise Refused(gettext("اختر ملفاً، أو اكتب عنواناً واحداً على الأقل."))
    if size > settings.UPLOAD_MAX_BYTES:
        raise Refused(too_large(settings.UPLOAD_MAX_BYTES))
    options = ReadingOptions(settings.IMPORT_MAX_BYTES, format, columns or {}, source)
    run = waiting_run(by=by, options=options.as_json(), weight=None if inputs else size)
    for file in uploads:
        keep_file(run, file)
    for first in range(0, len(inputs), _ADDRESSES_AT_ONCE):
        keep_lines(run, ADDRESSES, list(inputs[first : first + _ADDRESSES_AT_ONCE]))
    files = run.uploads.exclude(name=ADDRESSES).order_by("pk").values_list("name", flat=True)
    run.inputs = "\n".join([*files, *inputs]).encode("utf-8", "replace").decode()
    run.save(update_fields=["inputs"])
    _defer_dividing(run)
    return run


@transaction.atomic
def queue_retry(
    run: ImportRun,
    *,
    by: AbstractBaseUser | None,
    items: QuerySet[ImportItem] | None = None,
    named: bool = False,
) -> ImportRun:
    """A run that tries again what `run` refused and the quarantine has kept, or these items of it.

    The inputs of a scheduled run are tried under the rules of a schedule (robots.txt, reservations), also where there
    is only one: nobody asked for each of them. `named`: a person chose these very items, and asks for them just now.
    Raises NothingToRetry.
    """
    chosen = failed_items(run) if items is None else items & failed_items(run)
    lines = [str(pk) for pk in chosen.order_by("pk").values_list("pk", flat=True)]
    if not lines:
        raise NothingToRetry
    options = {name: value for name, value in run.options.items() if not (named and name == "scheduled")}
    again = waiting_run(by=by, options=options, retry_of=run, inputs=_inputs(run, chosen, len(lines)))
    keep_lines(again, ITEMS, lines)
    _defer_dividing(again)
    return again


def stop_run(run: ImportRun, *, by: AbstractBaseUser | None) -> bool:
    """Whether it was still going on. What is not begun is left; what is being imported this moment is the last."""
    stopped = runs.stop(run.pk)
    if stopped:
        logger.info("import run %d was stopped by %s", run.pk, by)
    return stopped


def _defer_dividing(run: ImportRun) -> None:
    for upload in Upload.objects.filter(run=run).order_by("pk").values_list("pk", flat=True):
        defer("articles.tasks.divide_upload", queue=READING, priority=_FIRST, run_id=run.pk, upload_id=upload)


def _inputs(run: ImportRun, items: QuerySet[ImportItem], number: int) -> str:
    return run.inputs if number > _NAMED else "\n".join(items.order_by("pk").values_list("input", flat=True))
