"""The folder of the index: generations, each a whole index, of which one is current.

    CURRENT             the name of the generation that is searched
    following.lock      held by the one process that keeps the current generation in step with the database
    building.lock       held by the one process that builds the next generation
    generation-N/
        index/          tantivy's files
        state.json      which database this is derived from, by which analysis, and up to which transaction
        SUSPECTED       written by whoever could not read it, for the process that follows to look at

A name in CURRENT is replaced in one step, when its generation is complete. What a killed process leaves behind is
removed by the next that builds. The kernel drops a lock with the process that held it.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from articles.search.index.analysis import analysis_version
from articles.search.index.database import Identity
from articles.search.index.schema import SCHEMA_VERSION

_CURRENT, _SUSPECTED, _STATE, _INDEX = "CURRENT", "SUSPECTED", "state.json", "index"
_PREFIX = "generation-"


class FolderLocked(Exception):
    """Another process holds the lock that this one needs."""


@dataclass(frozen=True)
class State:
    """`cursor`: what transactions below it changed is in the index."""

    database: Identity
    schema: int
    analysis: str
    cursor: int

    @classmethod
    def now(cls, database: Identity, cursor: int) -> "State":
        return cls(database, SCHEMA_VERSION, analysis_version(), cursor)

    def is_followable(self, database: Identity) -> bool:
        """Whether this index becomes the one of that database, as it is made today, by replaying changes."""
        return self == State.now(database, self.cursor)


class Generation:
    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def index(self) -> Path:
        return self.path / _INDEX

    def state(self) -> State | None:
        """None where it is missing or unreadable: nobody knows then what is in the index."""
        try:
            read = json.loads((self.path / _STATE).read_text(encoding="utf-8"))
            return State(**{**read, "database": Identity(**read["database"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write_state(self, state: State) -> None:
        written = {**asdict(state), "database": state.database._asdict()}
        write_whole(self.path / _STATE, json.dumps(written, indent=1))

    @property
    def suspected(self) -> Path:
        return self.path / _SUSPECTED

    def suspect(self, why: str) -> None:
        """Ask the process that follows to look at the files. The folder may be gone, or not ours to write in."""
        with suppress(OSError):
            self.suspected.write_text(why + "\n", encoding="utf-8")


class Lock(NamedTuple):
    path: Path
    descriptor: int

    def is_held(self) -> bool:
        """False when the folder was removed, and perhaps made anew: others lock another file then."""
        try:
            return os.path.samestat(os.fstat(self.descriptor), self.path.stat())
        except OSError:
            return False


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def pointer(self) -> Path:
        return self.path / _CURRENT

    def current(self) -> Generation | None:
        """The generation that is searched, if there is one."""
        try:
            name = self.pointer.read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return None
        generation = Generation(self.path / name)
        return generation if name.startswith(_PREFIX) and generation.index.is_dir() else None

    def begin_generation(self) -> Generation:
        """An empty one, for the process that holds the lock of building; what others left unfinished goes."""
        self._remove_all_but_current()
        numbers = [0, *(int(path.name.removeprefix(_PREFIX)) for path in self._generations())]
        generation = Generation(self.path / f"{_PREFIX}{max(numbers) + 1}")
        generation.index.mkdir(parents=True)
        return generation

    def make_current(self, generation: Generation) -> None:
        """Who searches another one keeps its files open, and looks here before the next search."""
        write_whole(self.pointer, generation.name + "\n")
        self._remove_all_but_current()

    @contextmanager
    def following(self) -> Iterator[Lock]:
        """Raises FolderLocked where another process follows."""
        with self._locked("following.lock") as lock:
            yield lock

    @contextmanager
    def building(self) -> Iterator[Lock]:
        """Raises FolderLocked where another process builds."""
        with self._locked("building.lock") as lock:
            yield lock

    def _generations(self) -> list[Path]:
        return [path for path in self.path.glob(f"{_PREFIX}*") if path.name.removeprefix(_PREFIX).isdigit()]

    def _remove_all_but_current(self) -> None:
        current = self.current()
        for path in self._generations():
            if current is None or path != current.path:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _locked(self, name: str) -> Iterator[Lock]:
        self.path.mkdir(parents=True, exist_ok=True)
        path = self.path / name
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderLocked from None
            yield Lock(path, descriptor)
        finally:
            os.close(descriptor)


def search_folder() -> Folder:
    return Folder(Path(settings.SEARCH_FOLDER))


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step: whoever reads it has the old content or the new."""
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
