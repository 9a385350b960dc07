"""What the workers do for the articles: imports that were queued, feeds and mails on a schedule.

A job names what it is about by primary key, can be killed at any point, and can be done again at any time. Every
command loads this module, and few need the readers of pages: what does the work is imported when there is some.
"""
# ruff: noqa: PLC0415

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job

from articles.failures import DATABASE_FAILURES
from articles.importing.queue.apart import NotTried
from articles.jobs import IMPORTING, READING

# Of a job: with the waits between them, the database may be away for an hour.
_ATTEMPTS = 12
_LONGEST_WAIT = 600
_SURROUNDINGS = (*DATABASE_FAILURES, OSError, MemoryError, NotTried)
_MINUTE = timedelta(minutes=1)


class _EndedItsWorkers(Exception):
    """A job that was under way each time that a worker died."""


class _UntilItWorks(BaseRetryStrategy):
    """At once where the worker had to stop; where the surroundings failed, with more and more time between."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        if not isinstance(exception, _SURROUNDINGS) or job.attempts >= _ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": min(5 * 2**job.attempts, _LONGEST_WAIT)})


UNTIL_IT_WORKS = _UntilItWorks()


@app.task(queue=READING, pass_context=True, retry=UNTIL_IT_WORKS)
def divide_upload(context: JobContext, *, run_id: int, upload_id: int) -> None:
    """What was sent becomes chunks, a job each."""
    from articles.importing.queue import dividing

    with _failing_with_its_run(context, run_id):
        if context.job.attempts > _ATTEMPTS:
            raise _EndedItsWorkers
        dividing.divide_upload(upload_id, between=stopping(context))


@app.task(queue=IMPORTING, pass_context=True, retry=UNTIL_IT_WORKS)
def import_chunk(context: JobContext, *, run_id: int, chunk_id: int) -> None:
    from articles.importing.queue import chunks

    with _failing_with_its_run(context, run_id):
        chunks.import_chunk(chunk_id, again=context.job.attempts > 0, between=stopping(context))


@app.task(queue=READING, retry=UNTIL_IT_WORKS)
def fetch_feed(*, subscription_id: int) -> None:
    from articles.importing.feeds.subscriptions import fetch_subscription

    fetch_subscription(subscription_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="fetch_due_feeds")
def fetch_due_feeds(timestamp: int) -> None:
    """A job for each feed that is due before this is done again; `timestamp` is the planned time, in seconds."""
    from articles.importing.feeds.subscriptions import defer_due_fetches

    defer_due_fetches(timezone.now() + _MINUTE)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="tend_runs")
def tend_runs(timestamp: int) -> None:
    """Tell the runs that wait for their turn from those that nobody goes on with."""
    from articles.importing.queue.runs import fail_silent_runs, keep_waiting_runs_alive

    keep_waiting_runs_alive()
    fail_silent_runs()


@app.task(queue=IMPORTING, pass_context=True, retry=UNTIL_IT_WORKS)
def apply_boilerplate(context: JobContext, *, source_id: int) -> None:
    """Take the lines that moderators accepted off a source's stored articles."""
    from articles.importing.learning import rewriting

    rewriting.apply_boilerplate(source_id, between=stopping(context))


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="propose_boilerplate")
def propose_boilerplate(timestamp: int) -> None:
    """Put before the moderators what has begun to repeat itself in a source's articles."""
    from articles.importing.learning import proposing

    proposing.propose_boilerplate()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="settle_stories")
def settle_stories(timestamp: int) -> None:
    """Look again at the stories whose articles were changed, hidden or deleted since the last time."""
    from articles.provenance import stories

    stories.settle_stories()


@app.task(queue=READING, retry=UNTIL_IT_WORKS)
def mail_search(*, search_id: int) -> None:
    from articles.delivering import mailing

    mailing.mail_search(search_id)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="mail_due_searches")
def mail_due_searches(timestamp: int) -> None:
    """A job for each saved search whose owner is owed a mail."""
    from articles.delivering import mailing

    mailing.defer_due_mails()


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="forget_old_inputs")
def forget_old_inputs(timestamp: int) -> None:
    """Drop what failed long ago and was not tried again, and what killed workers left on this machine's disk."""
    from articles.importing.quarantine import forget_old_quarantine
    from articles.importing.queue.uploads import forget_leftovers

    forget_old_quarantine()
    forget_leftovers()


def stopping(context: JobContext) -> Callable[[], None]:
    """Called between two records: raises where the worker was told to stop."""

    def stop() -> None:
        if context.should_abort():
            raise JobAborted

    return stop


@contextmanager
def _failing_with_its_run(context: JobContext, run: int) -> Iterator[None]:
    """When a job fails for the last time, its run (a primary key) is over, and says why."""
    from articles.importing.queue.runs import fail

    try:
        yield
    except Exception as error:
        if UNTIL_IT_WORKS.get_retry_decision(exception=error, job=context.job) is None:
            connection.close_if_unusable_or_obsolete()
            fail(run, _reason(error))
        raise


def _reason(error: Exception) -> str:
    from articles.importing.records import unreadable
    from articles.importing.running import reason_of

    if isinstance(error, DATABASE_FAILURES):
        return reason_of(error)
    if isinstance(error, OSError):
        return unreadable(error)
    if isinstance(error, _EndedItsWorkers):
        return gettext("أنهى هذا المدخل عملية القراءة قسراً")
    return gettext("خطأ غير متوقع (%(error)s)؛ التفاصيل في السجل") % {"error": type(error).__name__}
