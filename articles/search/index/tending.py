"""Following for as long as a process lives: the worker's child does it, or `manage.py search_index --follow`."""

import logging
import threading
import time
from dataclasses import dataclass

from django.db import connection

from articles.failures import DATABASE_FAILURES
from articles.search.faceting.stored import store_counts
from articles.search.index.folder import Folder, FolderLocked, Lock, search_folder
from articles.search.index.following import Follower
from articles.search.index.reading import SearchUnavailable, searching
from articles.search.index.writing import IndexDamaged

logger = logging.getLogger(__name__)

# In seconds: between two looks at the database, of which a change waits for one at most; between two at the lock that
# another process holds; between two attempts at what fails, growing up to the last.
_PAUSE, _STANDBY, _LONGEST = 0.5, 2.0, 30.0
# Between two counts of everything, in seconds, and in times of what counting took.
_COUNTED_EVERY, _COUNTING_SHARE = 10.0, 20.0


def tend(stop: threading.Event) -> None:
    """Follow until told to stop. Where another process follows in this folder, stand by until it ends."""
    folder, told = search_folder(), False
    while not stop.is_set():
        try:
            with folder.following() as lock:
                told = False
                _follow(folder, lock, stop)
        except FolderLocked:
            if not told:
                logger.info("another process follows the search index in %s; this one stands by", folder.path)
            told = True
            stop.wait(_STANDBY)
        except OSError as error:
            logger.warning("the search index cannot be kept in %s: %s", folder.path, error)
            stop.wait(_LONGEST)


def _follow(folder: Folder, lock: Lock, stop: threading.Event) -> None:
    follower, troubles, counts = Follower(folder, careful=True), _Troubles(), _Counts()
    try:
        while lock.is_held():
            try:
                follower.step()
                counts.keep(folder)
                troubles.over()
            except (FolderLocked, IndexDamaged, SearchUnavailable, OSError, *DATABASE_FAILURES) as error:
                troubles.tell(error)
                connection.close()
            if stop.wait(troubles.pause):
                return
    finally:
        follower.close(hurried=True)


@dataclass
class _Troubles:
    """What goes wrong again and again is told once, and tried less and less often."""

    pause: float = _PAUSE
    told: str = ""

    def tell(self, error: Exception) -> None:
        line = (str(error).strip() or type(error).__name__).splitlines()[0]
        if isinstance(error, FolderLocked):
            line = "another process builds it"
        if line != self.told:
            logger.warning("the search index does not follow for now: %s", line)
        self.told, self.pause = line, min(2 * self.pause, _LONGEST)

    def over(self) -> None:
        self.told, self.pause = "", _PAUSE


class _Counts:
    """The numbers of the start page's facets, counted again where the index has changed, and not without end."""

    def __init__(self) -> None:
        self._counted: tuple[str, int] | None = None
        self._next = 0.0

    def keep(self, folder: Folder) -> None:
        generation, now = folder.current(), time.monotonic()
        if generation is None or now < self._next:
            return
        commit = generation.name, (generation.index / "meta.json").stat().st_mtime_ns
        if commit != self._counted:
            with searching() as engine:
                store_counts(engine, generation.path)
            spent = time.monotonic() - now
            self._counted, self._next = commit, now + max(_COUNTED_EVERY, _COUNTING_SHARE * spent)
