"""The worker: one process that does whatever waits in the queue; any number of them, on any hosts, share the work.

It has a lane for each kind of job, so that none waits behind another kind. Computing gains nothing from a second thread
in a process, so one chunk is imported at a time (more processes import more); several jobs that wait for other machines
or the disk run side by side. A worker that is told to stop leaves its jobs to others between two records.
"""

import asyncio
import ctypes
import logging
import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, NamedTuple

import psycopg
from django.db import OperationalError
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ConnectorException

from articles.importing.queue.uploads import forget_leftovers
from articles.jobs import IMPORTING, READING
from newsdesk.kept_follower import KeptFollower
from newsdesk.tasks import HEARTBEAT, STALLED, free_jobs_of_dead_workers

# How long (in seconds) a worker whose parent is gone takes to leave its jobs, at most.
_FAREWELL = 10
# Of glibc's malloc.h.
_M_ARENA_MAX = -8


class Lane(NamedTuple):
    queue: str
    jobs: int


LANES = (Lane("default", 2), Lane(IMPORTING, 1), Lane(READING, 4))


class WorkerBroken(Exception):
    """The worker cannot go on, and why, in one line."""


class _DatabaseTroubles(logging.Filter):
    """A database that is gone is told once, in a line, and not in the tracebacks of all who noticed."""

    last: Exception | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info and record.exc_info[1]
        if isinstance(error, ConnectorException):
            self.last = error
            return False
        return record.name != "psycopg.pool"


def run_worker() -> None:
    """Until it is told to stop (SIGINT, SIGTERM). Raises WorkerBroken."""
    _keep_memory_together()
    troubles = _DatabaseTroubles()
    for handler in logging.getLogger().handlers:
        handler.addFilter(troubles)
    follower = KeptFollower()
    try:
        forget_leftovers()
        follower.start()
        was_told = asyncio.run(_work(connector_params()))
    except (ConnectorException, psycopg.Error, OperationalError) as error:
        raise WorkerBroken(_line(error)) from error
    finally:
        follower.stop()
    if not was_told:
        raise WorkerBroken(_line(troubles.last or Exception("the queue could not be watched any more")))


def end_with_parent() -> None:
    """End this process when the other end of its standard input is closed, as it is when its parent dies, however."""
    threading.Thread(target=_wait_for_end_of_input, daemon=True).start()


def _keep_memory_together() -> None:
    """glibc gives threads heaps of their own, each with what it has freed: 27 MB of 374 after 1,500 articles."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _wait_for_end_of_input() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_FAREWELL)
    os._exit(1)


async def _work(database: dict[str, Any]) -> bool:
    """Whether it was told to stop; else the queue could not be watched any more."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(sum(lane.jobs for lane in LANES) + 1))
    told = _told_to_stop()
    with app.replace_connector(PsycopgConnector(kwargs=database, min_size=1, max_size=4)):
        async with app.open_async():
            await free_jobs_of_dead_workers(app)
            lanes = [asyncio.create_task(_drive(app, lane)) for lane in LANES]
            await asyncio.wait([*lanes, told], return_when=asyncio.FIRST_COMPLETED)
            for lane in lanes:
                lane.cancel()
            ended = await asyncio.gather(*lanes, return_exceptions=True)
    for error in ended:
        if isinstance(error, Exception):
            raise error
    return told.done()


def _told_to_stop() -> asyncio.Future[None]:
    """Done at the first signal; a second one ends the process as it would have at first."""
    loop = asyncio.get_running_loop()
    told = loop.create_future()

    def tell() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        told.set_result(None)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, tell)
    return told


async def _drive(app: App, lane: Lane) -> None:
    await app.run_worker_async(
        name=lane.queue,
        queues=[lane.queue],
        concurrency=lane.jobs,
        install_signal_handlers=False,
        # Jobs are told at once, and go back into the queue.
        shutdown_graceful_timeout=0,
        update_heartbeat_interval=HEARTBEAT,
        stalled_worker_timeout=STALLED,
        # What succeeded every minute of a month would be most of the table.
        delete_jobs="successful",
    )


def _line(error: Exception) -> str:
    told = error.__cause__ or error
    return (str(told).strip() or type(told).__name__).splitlines()[0]
