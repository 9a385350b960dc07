"""The queue in tests: jobs are done as a worker does them, in threads with connections of their own.

Tests that use it need `django_db(transaction=True)`, because a worker sees only what is committed.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params

from articles.jobs import IMPORTING, READING

_QUEUES = [IMPORTING, READING]


def work_off() -> None:
    """Do the imports and fetches that wait, and what they bring about, until none is left; scheduled ones stay."""
    with connections_that_close(), app.replace_connector(PsycopgConnector(kwargs=connector_params(), min_size=1)):
        app.run_worker(queues=_QUEUES, wait=False, install_signal_handlers=False, delete_jobs="successful")


def empty_queue() -> None:
    """The queue's tables are no part of what pytest-django empties after a test."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_events CASCADE")


def waiting_jobs() -> list[tuple[str, dict]]:
    """(task, arguments) of the imports and fetches, in the order in which they would be done."""
    waiting = ProcrastinateJob.objects.filter(status="todo", queue_name__in=_QUEUES).order_by("-priority", "id")
    return [(task.rpartition(".")[2], arguments) for task, arguments in waiting.values_list("task_name", "args")]


@contextmanager
def connections_that_close() -> Iterator[None]:
    """Connections of threads that end with their loop would be found open when the database is taken away."""
    settings = connections.settings["default"]
    before, settings["CONN_MAX_AGE"] = settings["CONN_MAX_AGE"], 0
    try:
        yield
    finally:
        settings["CONN_MAX_AGE"] = before
