"""How a process of an import's workers begins. Nothing here needs Django's models, which only `begin` sets up."""

import os
import signal
import threading
from multiprocessing import parent_process

import django
from django.db import connection
from django.utils import translation


def begin(language: str, database: str) -> None:
    """Once in each process: the database is the parent's, and Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()
    translation.activate(language)
    connection.settings_dict["NAME"] = database
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _end_with_parent() -> None:
    """A parent that was killed closes nothing: its processes would wait for work for ever."""
    parent_process().join()
    os._exit(1)
