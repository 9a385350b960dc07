"""A record that may have ended a worker is tried once more in a process of its own: if it ends that too, it is known.

Nothing here needs Django's models when it is imported: the process sets them up.
"""

import multiprocessing
import sys
from contextlib import suppress
from pathlib import Path

from django.db import DatabaseError, InterfaceError, connection
from django.utils import translation

from articles.importing.worker_process import begin

# What the process says that could not reach the database; the record is not to blame.
_NO_DATABASE = 75


class NotTried(Exception):
    """The process could not do its work, for a reason that is not the record's."""


def ends_its_process(chunk: int) -> bool:
    """Import the next record of this chunk (its primary key) in a process of its own; whether that was killed by it.

    A worker that is killed meanwhile comes to no verdict. Raises NotTried.
    """
    process = multiprocessing.get_context("spawn").Process(
        target=_take_in_apart,
        args=(translation.get_language(), connection.settings_dict["NAME"], chunk),
        daemon=True,
    )
    process.start()
    process.join()
    if process.exitcode == _NO_DATABASE:
        raise NotTried("a process of its own found no database")
    return process.exitcode != 0


def _take_in_apart(language: str, database: str, chunk: int) -> None:
    # Where memory runs out, this process is the one to go, and not the worker that waits for it.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    try:
        begin(language, database)
        from articles.importing.queue.chunks import take_in_next  # noqa: PLC0415 - models are not loaded before this point

        take_in_next(chunk)
    except (DatabaseError, InterfaceError):
        sys.exit(_NO_DATABASE)
