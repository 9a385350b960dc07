"""Following the database: one process, which holds the folder's lock, replays what was changed and heals the index."""

import logging
import time
from typing import NamedTuple

from articles.search.index.database import has_changes, horizon, identity
from articles.search.index.folder import Folder, FolderLocked, Generation, State, search_folder
from articles.search.index.rebuilding import rebuild
from articles.search.index.replaying import replay
from articles.search.index.writing import Documents, IndexDamaged, Writer, check_files

logger = logging.getLogger(__name__)

# Bytes of new documents in memory.
_MEMORY = 50_000_000
# Replaced documents stay in their segments until these are merged. Where they are more than so many, and than so many
# for each one that is found, all is built anew.
_WORTH_BUILDING, _WORN_OUT = 10_000, 1.0
_PAUSE = 0.05
# A disk that is full, or not ours to write on, is not tried again and again by somebody who waits.
_ATTEMPTS = 3


class _Reason(NamedTuple):
    why: str
    level: int = logging.WARNING


_FIRST = _Reason("there is none", logging.DEBUG)


class Follower:
    """Keeps the current generation in step, for whoever holds the folder's lock. To be closed."""

    def __init__(self, folder: Folder, *, careful: bool = False) -> None:
        """`careful`: read every file before going on with a generation; a gigabyte takes a second or two."""
        self._folder, self._careful = folder, careful
        self._generation: Generation | None = None
        self._state: State | None = None
        self._writer: Writer | None = None

    def step(self) -> None:
        """Replay what was changed by now, or build the index where there is none to go on with.

        Raises FolderLocked where another process builds it, IndexDamaged where the disk fails.
        """
        reason = self._reason_to_build()
        if reason:
            self.close()
            logger.log(reason.level, "the search index is built anew: %s", reason.why)
            rebuild()
            reason = self._reason_to_build()
            if reason:
                raise IndexDamaged(reason.why)
        before = self._state
        try:
            self._state = replay(self._generation, self._open_writer, self._state)
        except IndexDamaged as damage:
            self._generation.suspect(str(damage))
            self.close()
            raise
        if self._state != before and self._writer:
            self._generation.write_state(self._state)

    def close(self, *, hurried: bool = False) -> None:
        writer, self._writer, self._generation = self._writer, None, None
        if writer:
            writer.close(hurried=hurried)

    def _reason_to_build(self) -> _Reason | None:
        """Why the current generation is not gone on with; where there is none, it is the one that is followed."""
        generation, database = self._folder.current(), identity()
        state = generation and generation.state()
        if state is None:
            return _FIRST if generation is None else _Reason("its state is not known")
        if not state.is_followable(database):
            return _Reason("it is of another database, or of another analysis", logging.INFO)
        if state.cursor > horizon().target:
            return _Reason("it is ahead of the database")
        if self._generation is None or self._generation.path != generation.path or generation.suspected.exists():
            self.close()
            return self._begin(generation, state)
        return self._worn_out()

    def _begin(self, generation: Generation, state: State) -> _Reason | None:
        """Go on with a generation, after looking at its files where somebody suspects them."""
        try:
            if self._careful or generation.suspected.exists():
                check_files(generation)
            self._generation, self._state = generation, state
            self._open_writer()
        except (IndexDamaged, OSError, ValueError, KeyError) as damage:
            self._generation = None
            return _Reason(f"its files are damaged ({damage})")
        generation.suspected.unlink(missing_ok=True)
        return None

    def _worn_out(self) -> _Reason | None:
        documents = Documents.of(self._generation)
        alive = documents.stored - documents.deleted
        is_worn_out = documents.deleted > max(_WORN_OUT * alive, _WORTH_BUILDING)
        return _Reason("most of it was replaced", logging.INFO) if is_worn_out else None

    def _open_writer(self) -> Writer:
        if self._writer is None:
            self._writer = Writer(self._generation, memory=_MEMORY)
        return self._writer


def catch_up(*, wait: float = 0) -> bool:
    """Bring the index level with the database as it is now; whether it came to that within so many seconds.

    Where another process follows, it is waited for. What transactions that are under way will have changed is waited
    for too, but for this connection's own. Raises IndexDamaged where the folder cannot be written.
    """
    folder, target = search_folder(), horizon().target
    deadline, failures = time.monotonic() + wait, 0
    while not _is_level(folder, target):
        try:
            with folder.following():
                _follow_once(folder)
        except FolderLocked:
            pass
        except (IndexDamaged, OSError) as error:
            failures += 1
            if failures == _ATTEMPTS:
                raise IndexDamaged(str(error)) from error
        if time.monotonic() >= deadline:
            return _is_level(folder, target)
        time.sleep(_PAUSE)
    return True


def _follow_once(folder: Folder) -> None:
    follower = Follower(folder)
    try:
        follower.step()
    finally:
        follower.close()


def _is_level(folder: Folder, target: int) -> bool:
    generation = folder.current()
    state = generation and generation.state()
    if state is None or generation.suspected.exists() or not state.is_followable(identity()):
        return False
    seen = horizon()
    return seen.settled >= target and state.cursor <= seen.target and not has_changes(state.cursor, target)
