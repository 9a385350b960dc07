"""Scheduled housekeeping, run by the worker (`manage.py procrastinate worker`)."""

from django.core.management import call_command
from procrastinate import builtin_tasks
from procrastinate.contrib.django import app

from articles.naming.counting import settle_all_counts


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


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="remove_finished_jobs", pass_context=True)
async def remove_finished_jobs(context, timestamp: int) -> None:
    """Drop what the queue did a month ago and before; failures stay, to be looked at."""
    await builtin_tasks.remove_old_jobs(context, max_hours=30 * 24)
