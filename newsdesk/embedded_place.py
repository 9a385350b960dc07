"""Where an embedded PostgreSQL is kept.

Below the data folder, unless Newsdesk runs as root and the account that it lends to PostgreSQL cannot enter there: then
under SYSTEM_FOLDER. No permission of a folder that was not made here is ever changed.
"""

import contextlib
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from newsdesk.embedded_account import Account, EmbeddedPostgresError, account_of, can_enter, server_account

SYSTEM_FOLDER = Path("/var/lib/newsdesk")
# A socket's address is at most 103 bytes on macOS and 107 on Linux; libpq and PostgreSQL split lists at commas.
SOCKET_NAME = ".s.PGSQL.5432"
PLAIN_SOCKET_FOLDER = re.compile(rf"[A-Za-z0-9/._-]{{1,{100 - len(SOCKET_NAME)}}}")


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
    def uid(self) -> int:
        return self.account.uid if self.account else os.geteuid()

    @property
    def server_name(self) -> str:
        """Shown in the title of every process of this cluster, so that they are told from all others."""
        return f"newsdesk-{_digest(self.cluster)}"

    def socket_folder(self) -> Path:
        """Where only PostgreSQL's account (and root) may enter, with a path short enough for a socket."""
        folder = self.cluster / "socket"
        if PLAIN_SOCKET_FOLDER.fullmatch(str(folder)):
            return folder
        return Path("/tmp") / f"{self.server_name}-{self.uid}"

    def made_socket_folder(self) -> Path:
        folder = self.socket_folder()
        make_private(folder, self.account)
        return folder

    def forget_socket_folder(self) -> None:
        with contextlib.suppress(OSError):
            self.socket_folder().rmdir()


def open_kept(path: Path) -> int:
    """A descriptor of a lock or log file, which programs started from here do not inherit unless they are passed it."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    status, folder = os.fstat(descriptor), path.parent.stat()
    if os.geteuid() == 0 != folder.st_uid and status.st_uid == 0 and status.st_nlink == 1:
        # Root may come to an ordinary user's folder, and must leave files that the user can open.
        os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


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
    home = _recorded_home(keep)
    if os.geteuid() != 0:
        if home is not None:
            raise EmbeddedPostgresError(f"the database of {keep} is in {home}, root's: run as root, or remove WHERE")
        make_private(keep / "cluster", None)
        return Place(keep / "cluster", None)
    if home is not None:
        return _place_in(home)
    place = _place_in(keep)
    if place.data.exists() or can_enter(place.account, place.cluster):
        return place
    with contextlib.suppress(OSError):
        place.cluster.rmdir()
    return _place_in(_new_home(keep))


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
    return account_of(uid) if uid else None


def _new_home(keep: Path) -> Path:
    """A folder under SYSTEM_FOLDER for the cluster of `keep`, noted in both places.

    An older one of the same name is left alone: its data folder was removed, and with it the wish to see its data.
    """
    make_open(SYSTEM_FOLDER)
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", keep.parent.name).strip("-")[:40]
    name = f"{stem}-{_digest(keep)}"
    homes = (SYSTEM_FOLDER / (name if number == 1 else f"{name}-{number}") for number in range(1, 1000))
    home = next(home for home in homes if not home.exists())
    make_open(home)
    (home / "BELONGS_TO").write_text(f"{keep}\n", encoding="utf-8")
    (keep / "WHERE").write_text(
        f"{home}\n\nThe database of this folder is kept there: the account that runs PostgreSQL may not enter here.\n",
        encoding="utf-8",
    )
    return home


def _recorded_home(keep: Path) -> Path | None:
    """A data folder that was moved takes its database along; a copy of one does not get it."""
    where = keep / "WHERE"
    if not where.exists():
        return None
    home = _home_named_in(where)
    note = home / "BELONGS_TO"
    if home.parent != SYSTEM_FOLDER or not note.exists():
        raise EmbeddedPostgresError(
            f"the database of {keep} is not in {home} any more: bring it back, or remove {where} to begin an empty one"
        )
    owner = Path(note.read_text(encoding="utf-8").strip())
    if owner != keep and (owner / "WHERE").exists() and _home_named_in(owner / "WHERE") == home:
        raise EmbeddedPostgresError(
            f"{keep} is a copy of {owner}, whose database is in {home}: remove {where} to begin an empty one"
        )
    if owner != keep:
        note.write_text(f"{keep}\n", encoding="utf-8")
    return home


def _home_named_in(where: Path) -> Path:
    return Path(where.read_text(encoding="utf-8").split("\n")[0])


def make_open(folder: Path) -> None:
    """Make a folder that any account may pass through, whatever the umask; one that exists stays as it is."""
    if folder.exists():
        return
    folder.mkdir(parents=True)
    folder.chmod(0o755)


def _digest(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
