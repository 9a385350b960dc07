"""Jobs for the workers, deferred in the transaction of the rows that they are about: neither exists without the other.

procrastinate's own `defer` would do so in a web process alone: inside of a worker it has connections of its own.
"""

from datetime import datetime

from django.db import connection, transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

# Queues, by what their jobs spend their time on: READING waits for other machines and for the disk, so that several of
# its jobs run side by side in one process; IMPORTING computes. What is short goes to procrastinate's "default".
READING = "reading"
IMPORTING = "importing"

_UNDER_WAY = """
    SELECT 1 FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND args ->> %s = %s LIMIT 1
"""
_CANCEL = """
    SELECT procrastinate_cancel_job_v1(id, false, true) FROM procrastinate_jobs
    WHERE status = 'todo' AND args ->> 'run_id' = %s
"""


def defer(
    task: str,
    *,
    queue: str,
    priority: int = 0,
    queueing_lock: str | None = None,
    schedule_at: datetime | None = None,
    **arguments: int,
) -> bool:
    """Whether a job was deferred: of those with the same `queueing_lock` one at most is waiting.

    `task` is the dotted path of a task; `arguments` are what it is called with, primary keys and no more.
    """
    how = {"queue": queue, "priority": priority, "queueing_lock": queueing_lock, "schedule_at": schedule_at}
    deferrer = configure_task(name=task, job_manager=JobManager(DjangoConnector()), **how)
    try:
        with transaction.atomic():
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def are_under_way(run: int) -> bool:
    """Whether any job of this import run (its primary key) is waiting or being done."""
    return is_queued("run_id", run)


def is_queued(argument: str, value: int) -> bool:
    """Whether any job with this argument is waiting or being done."""
    with connection.cursor() as cursor:
        cursor.execute(_UNDER_WAY, [argument, str(value)])
        return cursor.fetchone() is not None


def cancel_waiting(run: int) -> None:
    """Take the jobs of this import run (its primary key) that nobody has begun out of the queue."""
    with connection.cursor() as cursor:
        cursor.execute(_CANCEL, [str(run)])
