"""Scheduled housekeeping, run by the worker (`manage.py worker`)."""

from django.core.management import call_command
from procrastinate import App, JobContext, builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from psycopg.errors import RaiseException

from articles.naming.counting import settle_all_counts

# In seconds. A worker whose heart has not beaten for so long is dead, or was held for so long that others go on with
# its jobs; these see that each other's work is not done twice.
HEARTBEAT = 5
STALLED = 20


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clear_expired_sessions")
def clear_expired_sessions(timestamp: int) -> None:
    """Forget sign-ins that have run out; `timestamp` is the planned time, in seconds."""
    call_command("clearsessions")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="settle_counts")
def settle_counts(timestamp: int) -> None:
    """Count in how many articles those are named who were named, or hidden, since the last time."""
    settle_all_counts()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="free_stalled_jobs", pass_context=True)
async def free_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put the jobs of killed workers back into the queue, which by itself leaves them as being done for ever."""
    await free_jobs_of_dead_workers(context.app)


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="remove_finished_jobs", pass_context=True)
async def remove_finished_jobs(context: JobContext, timestamp: int) -> None:
    """Drop what the queue did a month ago and before; failures stay, to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=30 * 24)


async def free_jobs_of_dead_workers(app: App) -> None:
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        await _free(app, job)


async def _free(app: App, job: Job) -> None:
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        # A periodic job, whose next one is waiting already.
        await app.job_manager.finish_job(job, Status.ABORTED, delete_job=True)
    except ConnectorException as error:
        # Freed and finished meanwhile: another worker looked at the same moment.
        if not isinstance(error.__cause__, RaiseException):
            raise
