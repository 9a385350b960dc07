"""How a process begins that helps another with the index. Nothing here needs Django's models, which `begin` sets up."""

import os
import signal
import threading
from multiprocessing import parent_process

import django
from django.db import connection

# Whoever searches and imports goes first.
_NICER = 10


def begin(database: str) -> None:
    """Once in each process: the database is the parent's, and Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(_NICER)
    django.setup()
    connection.settings_dict["NAME"] = database


def _end_with_parent() -> None:
    """A parent that was killed closes nothing."""
    parent_process().join()
    os._exit(1)
