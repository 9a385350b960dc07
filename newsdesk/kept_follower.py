"""The worker's child that keeps this host's search index in step: computing in the worker would delay its imports."""

import logging
import os
import signal
import threading
from multiprocessing import get_context

from django.conf import settings
from django.db import connection

from articles.importing.worker_process import begin

logger = logging.getLogger(__name__)

# Whoever imports and searches goes first.
_NICER = 10
# In seconds: how long it has to end by itself, what is waited before a new one is begun, at first and at most.
_FAREWELL = 5
_SHORTEST_WAIT, _LONGEST_WAIT = 1, 60


class KeptFollower:
    """A process that follows, begun anew when it dies. It ends with this one, however that ends."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._keeper.start()

    def stop(self) -> None:
        """Returns when it has ended."""
        self._over.set()
        if self._keeper.ident:
            self._keeper.join()

    def _keep(self) -> None:
        wait = _SHORTEST_WAIT
        while not self._over.is_set():
            process = get_context("spawn").Process(target=follow, args=(connection.settings_dict["NAME"],))
            process.start()
            while process.is_alive() and not self._over.wait(0.2):
                pass
            if self._over.is_set():
                process.terminate()
                process.join(_FAREWELL)
                process.kill()
                process.join()
                return
            logger.warning("the process of the search index ended; another is started in %d seconds", wait)
            self._over.wait(wait)
            wait = min(2 * wait, _LONGEST_WAIT)


def follow(database: str) -> None:
    """In the process."""
    begin(settings.LANGUAGE_CODE, database)
    os.nice(_NICER)
    from articles.search.index.tending import tend  # noqa: PLC0415 - `begin` sets the models up

    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: stop.set())
    tend(stop)
