"""Following the database: one process, which holds the folder's lock, replays what was changed and heals the index."""

import logging
import time

from articles.search.index.database import has_changes, horizon, identity
from articles.search.index.folder import Folder, FolderLocked, Generation, State, search_folder
from articles.search.index.rebuilding import rebuild
from articles.search.index.replaying import replay
from articles.search.index.writing import Documents, IndexDamaged, Writer, check_files

logger = logging.getLogger(__name__)

# Bytes of new documents in memory.
_MEMORY = 50_000_000
# Replaced documents stay in their segments until these are merged. Where they outnumber the others, all is built anew.
_WORTH_BUILDING = 10_000
_PAUSE = 0.05


class Follower:
    """Keeps the current generation in step, for whoever holds the folder's lock. To be closed."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
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
            logger.info("the search index is built anew: %s", reason)
            rebuild()
            reason = self._reason_to_build()
            if reason:
                raise IndexDamaged(reason)
        before = self._state
        try:
            self._state = replay(self._generation, self._open_writer, self._state)
        except IndexDamaged as damage:
            self._generation.suspect(str(damage))
            self.close()
            raise
        if self._state != before and self._writer:
            self._generation.write_state(self._state)

    def close(self) -> None:
        writer, self._writer, self._generation = self._writer, None, None
        if writer:
            writer.close()

    def _reason_to_build(self) -> str:
        """Why the current generation is not gone on with, or nothing: then it is the one that is followed."""
        generation, database = self._folder.current(), identity()
        state = generation and generation.state()
        if state is None:
            return "there is none" if generation is None else "its state is not known"
        if not state.is_followable(database):
            return "it is of another database or analysis"
        if state.cursor > horizon().target:
            return "it is ahead of the database"
        if self._generation is None or self._generation.path != generation.path or generation.suspected.exists():
            self.close()
            return self._begin(generation, state)
        return self._worn_out()

    def _begin(self, generation: Generation, state: State) -> str:
        """Go on with a generation after looking at its files; what is wrong with them, or nothing."""
        try:
            check_files(generation)
            self._generation, self._state = generation, state
            self._open_writer()
        except (IndexDamaged, OSError, ValueError, KeyError) as damage:
            self._generation = None
            return f"its files are damaged ({damage})"
        generation.suspected.unlink(missing_ok=True)
        return ""

    def _worn_out(self) -> str:
        documents = Documents.of(self._generation)
        alive = documents.stored - documents.deleted
        return "most of it is replaced" if documents.deleted > max(alive, _WORTH_BUILDING) else ""

    def _open_writer(self) -> Writer:
        if self._writer is None:
            self._writer = Writer(self._generation, memory=_MEMORY)
        return self._writer


def catch_up(*, wait: float = 0) -> bool:
    """Bring the index level with the database as it is now; whether it came to that within so many seconds.

    Where another process follows, it is waited for. What transactions that are under way will have changed is waited
    for too, but for this connection's own.
    """
    folder, target = search_folder(), horizon().target
    deadline = time.monotonic() + wait
    while not _is_level(folder, target):
        try:
            with folder.following():
                _follow_once(folder)
        except (FolderLocked, IndexDamaged):
            pass
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
    return horizon().settled >= target and not has_changes(state.cursor, target)
