"""Runs whose work is done by jobs: how they begin, what they have come to, and how they end, once."""

import time
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext

from articles.importing.feeds.entries import note_refused, note_untried
from articles.importing.intake import OUTCOMES
from articles.importing.running import COUNTS_EVERY, end_run
from articles.jobs import are_under_way, cancel_waiting
from articles.models import ImportChunk, ImportRun, Upload

# A run that wrote nothing for so long, and for which no job is left, will not be gone on with by anybody.
_SILENT = timedelta(minutes=10)
_KEEP_ALIVE = """
    UPDATE articles_importrun SET alive_at = now()
    WHERE state = 'running' AND id IN (
        SELECT (args ->> 'run_id')::bigint FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND args ? 'run_id'
    )
"""


def begin_work(run: int) -> bool:
    """Whether there is something to do for this run (its primary key); it is running from now on."""
    ImportRun.objects.filter(pk=run, state=ImportRun.State.WAITING).update(
        state=ImportRun.State.RUNNING, alive_at=timezone.now()
    )
    return is_going_on(run)


def is_going_on(run: int) -> bool:
    return ImportRun.objects.filter(pk=run, state=ImportRun.State.RUNNING).exists()


def lock_if_going_on(run: int) -> bool:
    """Whether it is not over, which holds to the end of the transaction.

    Of two jobs that end at the same moment, the second sees what the first has written.
    """
    locked = ImportRun.objects.select_for_update(no_key=True).filter(pk=run).values_list("finished_at")
    return list(locked) == [(None,)]


class Watch:
    """What a job shows of its run (a primary key) now and then, and learns of it at the same time."""

    def __init__(self, run: int) -> None:
        self._run = run
        self._next = time.monotonic() + COUNTS_EVERY

    def is_over(self) -> bool:
        """Whether somebody has ended the run. Cheap enough to be asked after each record."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + COUNTS_EVERY
        just_now = timezone.now() - timedelta(seconds=COUNTS_EVERY)
        if ImportRun.objects.filter(pk=self._run, alive_at__lt=just_now).exists():
            write_counts(self._run)
        return not is_going_on(self._run)


def write_counts(run: int) -> None:
    sums = {name: Coalesce(Sum(name), 0) for name in (*OUTCOMES, "weight_done")}
    counted = ImportChunk.objects.filter(run=run).order_by().aggregate(**sums)
    ImportRun.objects.filter(pk=run).update(**counted, alive_at=timezone.now())


def finish_chunk(chunk: ImportChunk) -> None:
    with transaction.atomic():
        lock_if_going_on(chunk.run_id)
        ImportChunk.objects.filter(pk=chunk.pk).update(payload=None)
        _end_when_complete(chunk.run_id)


def finish_upload(upload: Upload) -> None:
    """It was divided. The row stays until all of the run's are, because its place among them numbers its chunks."""
    with transaction.atomic():
        lock_if_going_on(upload.run_id)
        upload.parts.all().delete()
        others = Upload.objects.filter(run=upload.run_id)
        if not others.filter(parts__isnull=False).exists():
            others.delete()
        _end_when_complete(upload.run_id)


def stop(run: int) -> bool:
    """Whether it was going on; what is being imported this moment still is."""
    with transaction.atomic():
        return _end(run, ImportRun.State.STOPPED)


def fail(run: int, failure: str) -> bool:
    """Whether it was going on. What a feed had and nobody came to is tried at its next fetches."""
    with transaction.atomic():
        note_untried(run)
        return _end(run, ImportRun.State.FAILED, failure)


def fail_silent_runs() -> int:
    """End the runs that nobody will go on with, and say how they are finished; how many there were."""
    before = timezone.now() - _SILENT
    heard = Q(alive_at__lt=before) | Q(alive_at=None, started_at__lt=before)
    silent = ImportRun.objects.filter(heard, finished_at=None)
    return sum(fail(run.pk, _silence(run)) for run in silent.defer("inputs") if not are_under_way(run.pk))


def keep_waiting_runs_alive() -> None:
    """A run whose jobs wait behind others' is silent and yet alive, as long as there are workers, who do this."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_ALIVE)


def _end_when_complete(run: int) -> None:
    write_counts(run)
    left = ImportChunk.objects.filter(run=run, payload__isnull=False)
    if left.exists() or Upload.objects.filter(run=run).exists():
        return
    if end_run(ImportRun(pk=run), ImportRun.State.FINISHED):
        note_refused(run)


def _end(run: int, state: str, failure: str = "") -> bool:
    """Take away what is left to do, and the jobs that would have done it."""
    lock_if_going_on(run)
    if not end_run(ImportRun(pk=run), state, failure):
        return False
    Upload.objects.filter(run=run).delete()
    ImportChunk.objects.filter(run=run).update(payload=None)
    cancel_waiting(run)
    return True


def _silence(run: ImportRun) -> str:
    if run.chunks.exists() or run.uploads.exists():
        return gettext("انقطعت العملية قبل أن تكتمل. أعد استيراد المدخلات نفسها؛ ما استُورد منها لا يُستورد مرتين.")
    return gettext("انقطعت العملية قبل أن تكتمل. شغّل الأمر نفسه من جديد ليُكملها؛ ما استُورد باقٍ.")
