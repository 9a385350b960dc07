"""Instances of Newsdesk on folders of their own, each used by real processes of a chosen account."""

import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from newsdesk.embedded import Cluster
from newsdesk.embedded_server import Server

REPOSITORY = Path(__file__).resolve().parents[2]
ORDINARY = "nobody"
# `python -c USER DATA STATEMENT…`: connects, prints the first row of each statement, stays until its input ends.
USER = """
import json, signal, sys
from pathlib import Path
import psycopg
from newsdesk.embedded import Cluster, EmbeddedPostgresError
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell started in the background
cluster = Cluster(Path(sys.argv[1]))
try:
    cluster.ensure_running()
except EmbeddedPostgresError as error:
    sys.exit(str(error))
with psycopg.connect(**cluster.connection_parameters("postgres"), autocommit=True) as connection:
    cursors = [connection.execute(statement) for statement in sys.argv[2:]]
    print(json.dumps([cursor.fetchone() if cursor.description else None for cursor in cursors]), flush=True)
    sys.stdin.read()
"""


class Instance:
    """A data folder, and the processes that were started on it."""

    def __init__(self, folder: Path, account: str | None = None, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.account = account
        self.environment = environment or {}
        self.processes: list[subprocess.Popen[str]] = []

    @property
    def keep(self) -> Path:
        return self.folder / "postgres"

    @property
    def server(self) -> Server:
        return Cluster(self.folder).server()

    def start(self, *arguments: str, program: str = USER) -> subprocess.Popen[str]:
        """A process on this instance, in the instance's environment and account."""
        identity = {}
        if self.account:
            entry = pwd.getpwnam(self.account)
            identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        search_path = os.pathsep.join([str(REPOSITORY), *(path for path in sys.path if "site-packages" in path)])
        process = subprocess.Popen(
            [interpreter(self.account), "-c", program, str(self.folder), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": search_path, **self.environment},
            **identity,
        )
        self.processes.append(process)
        return process

    def stay(self, *statements: str) -> tuple[subprocess.Popen[str], list]:
        """A process that has run the statements and goes on using the server, with their first rows."""
        process = self.start(*statements)
        line = process.stdout.readline()
        if not line:
            raise AssertionError(process.communicate()[1])
        return process, json.loads(line)

    def query(self, *statements: str) -> list:
        """First rows of the statements, run by a process that then ends as it should."""
        process, rows = self.stay(*statements)
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
        return rows

    def failure(self) -> str:
        """What a process says that cannot have the server."""
        process = self.start()
        _, errors = process.communicate()
        assert process.returncode == 1
        return errors

    def end_processes(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()
        self.processes.clear()

    def end(self) -> None:
        self.end_processes()
        if self.keep.is_dir():
            home = self.server.place.cluster.parent
            Cluster(self.folder).stop()
            if home != self.keep:
                shutil.rmtree(home)


def folder_for(account: str | None = None, mode: int = 0o755) -> Path:
    """A new folder below the system's temporary one, where (unlike pytest's) other accounts may pass."""
    folder = Path(tempfile.mkdtemp(prefix="newsdesk-test-", dir="/tmp"))
    if account:
        shutil.chown(folder, account)
    folder.chmod(mode)
    return folder


def interpreter(account: str | None) -> str:
    """A Python of this version that the account may run: the current one may lie in root's own folder."""
    if account is None:
        return sys.executable
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for program in (sys.executable, f"/usr/bin/{version}", f"/usr/local/bin/{version}"):
        try:
            command = [program, "-c", "import sys; sys.path[:0] = sys.argv[1:]; import psycopg, newsdesk.embedded"]
            paths = [str(REPOSITORY), *(path for path in sys.path if "site-packages" in path)]
            if subprocess.run([*command, *paths], user=account, cwd="/", capture_output=True).returncode == 0:
                return program
        except OSError:
            continue
    raise LookupError(f"no {version} with the project's packages that {account} may run")


def until(condition: Callable[[], object], seconds: float = 15) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def supervisors(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "newsdesk.embedded_supervisor" in command and str(folder) in command:
            found.append(process)
    return found
