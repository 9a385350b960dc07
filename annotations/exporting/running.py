"""Exports in the background: asked for, made by a worker, kept for some days, taken away by who asked for them."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from annotations.exporting.scopes import NoSuchScope, Scope
from annotations.exporting.wanted import Wanted
from annotations.exporting.writing import Told, about, write_export, written_whole
from annotations.exports.formats import FORMATS
from annotations.models import Export
from articles.jobs import READING, defer, is_queued
from articles.search.index.reading import SearchUnavailable

logger = logging.getLogger(__name__)

# The page of exports says so in words.
KEPT = timedelta(days=7)
# Of one person, waiting or being made.
MOST_AT_ONCE = 5
# In seconds: how often the row tells how far it is, and whether somebody cancelled it is asked.
_TELLS_EVERY = 1.0
_TASK = "annotations.tasks.make_export"
_LONGEST_FAILURE = 500


class NotAsked(Exception):
    """Why no further export is taken on, in a line for who asked."""


class _Cancelled(Exception):
    pass


def ask_export(*, by: AbstractBaseUser, scope: Scope, wanted: Wanted, form: str, site: str) -> Export:
    """Have a file made by a worker. Raises NotAsked."""
    if Export.objects.of(by).going_on().count() >= MOST_AT_ONCE:
        raise NotAsked(gettext("لديك %(most)d عمليات تصدير لم تنته بعد. انتظر أو ألغِ إحداها.") % {"most": MOST_AT_ONCE})
    with transaction.atomic():
        export = Export.objects.create(
            by=by,
            format=form,
            scope=scope.stored,
            options=wanted.for_person(by).options,
            title=scope.title,
            site=site,
            language=get_language() or settings.LANGUAGE_CODE,
        )
        defer(_TASK, queue=READING, export_id=export.pk)
    return export


def make_export(pk: int, *, between: Callable[[], None] = lambda: None) -> bool:
    """Write the file of an export; whether it is there now. One that was begun before begins again.

    `between` is called now and then, and may raise to leave it to another worker. Failures of the database and of the
    surroundings are raised: it can be tried again.
    """
    export = Export.objects.select_related("by").filter(pk=pk).first()
    begun = {"state": Export.State.RUNNING, "started_at": timezone.now(), "done": 0}
    if export is None or not Export.objects.going_on().filter(pk=pk).update(**begun):
        return False
    try:
        with translation.override(export.language):
            told = _write(export, between)
    except _Cancelled:
        return False
    except (NoSuchScope, SearchUnavailable) as refused:
        fail_export(pk, str(refused))
        return False
    return _finish(export, told)


def fail_export(pk: int, reason: str) -> None:
    over = {"state": Export.State.FAILED, "finished_at": timezone.now(), "failure": reason[:_LONGEST_FAILURE]}
    Export.objects.going_on().filter(pk=pk).update(**over)


def cancel_export(export: Export) -> bool:
    """Whether it was going on; the worker notices within a second or so, and leaves no file."""
    over = {"state": Export.State.CANCELLED, "finished_at": timezone.now()}
    return bool(Export.objects.going_on().filter(pk=export.pk).update(**over))


def delete_export(export: Export) -> None:
    """With its file, whatever its state."""
    export.delete()
    file_of(export).unlink(missing_ok=True)


def forget_old_exports() -> int:
    """Delete what was kept for long enough, and files that nobody knows of; end what nobody goes on with."""
    old = list(Export.objects.filter(finished_at__lt=timezone.now() - KEPT))
    for export in old:
        delete_export(export)
    _forget_unknown_files()
    for pk in Export.objects.going_on().filter(created_at__lt=timezone.now() - timedelta(hours=1)).values_list("pk"):
        if not is_queued("export_id", *pk):
            fail_export(*pk, gettext("انقطع العمل قبل أن يكتمل الملف. اطلب التصدير من جديد."))
    return len(old)


def file_of(export: Export) -> Path:
    return _folder() / f"{export.uuid}{FORMATS[export.format].extension if export.format in FORMATS else ''}"


def _write(export: Export, between: Callable[[], None]) -> Told:
    wanted = Wanted.of(export.options).for_person(export.by)
    scope = Scope.of(export.scope, export.by)
    Export.objects.filter(pk=export.pk).update(total=scope.total(wanted))
    said = about(scope=scope, by=export.by.get_username(), site=export.site)
    path = file_of(export)
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path, over=True) as file:
        watch = _Watch(export.pk, between)
        return write_export(file, FORMATS[export.format], scope, wanted, said, progress=watch)


class _Watch:
    """Told of each few articles; writes how far it is, and ends it where somebody cancelled it."""

    def __init__(self, pk: int, between: Callable[[], None]) -> None:
        self._pk, self._between = pk, between
        self._done, self._told = 0, time.monotonic()

    def __call__(self, number: int) -> None:
        self._done += number
        self._between()
        if time.monotonic() - self._told < _TELLS_EVERY:
            return
        self._told = time.monotonic()
        if not Export.objects.going_on().filter(pk=self._pk).update(done=self._done):
            raise _Cancelled


def _finish(export: Export, told: Told) -> bool:
    """Whoever cancelled it at the last moment gets no file."""
    path = file_of(export)
    over = {
        "state": Export.State.DONE,
        "finished_at": timezone.now(),
        "articles": told.articles,
        "marks": told.marks,
        "losses": told.losses.counted,
        "file_name": name_for(export.format),
        "size": path.stat().st_size,
    }
    if Export.objects.going_on().filter(pk=export.pk).update(**over):
        logger.info("export %s: %d marks in %d bytes", export.uuid, told.marks, over["size"])
        return True
    path.unlink(missing_ok=True)
    return False


def name_for(form: str) -> str:
    """Of a file as it is downloaded."""
    return f"newsdesk-{timezone.localdate():%Y-%m-%d}-{form}{FORMATS[form].extension}"


def _forget_unknown_files() -> None:
    """What is being written is known, or some hours old at most."""
    folder = _folder()
    if not folder.is_dir():
        return
    known = {f"{uuid}" for uuid in Export.objects.values_list("uuid", flat=True)}
    before = time.time() - KEPT.total_seconds()
    for path in folder.iterdir():
        if path.name.split(".")[0] not in known and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return settings.EXPORT_FOLDER
