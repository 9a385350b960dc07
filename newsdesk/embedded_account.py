"""As whom the embedded PostgreSQL runs: it refuses to be root, so root lends it an account without rights."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

# `_postgres` comes with macOS, where accounts are not made on the command line.
ACCOUNT_NAMES = ("postgres", "newsdesk", "_postgres")


class EmbeddedPostgresError(Exception):
    """The embedded PostgreSQL cannot be had; the message is one line that says why and what to do."""


class Account(NamedTuple):
    """A system account that PostgreSQL runs as when Newsdesk itself runs as root."""

    name: str
    uid: int
    gid: int


def run_as(
    account: Account | None, command: Sequence[str | Path], pass_fds: Sequence[int] = (), folder: Path = Path("/")
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
        cwd=folder,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LC_ALL": "C"},
        start_new_session=True,
        pass_fds=tuple(pass_fds),
        check=False,
        **identity,
    )


def can_enter(account: Account | None, folder: Path) -> bool:
    """Asked by a process of that account, because mode bits know nothing of access lists, mounts and namespaces."""
    return run_as(account, ["/bin/sh", "-c", 'cd -- "$1" && test -w .', "sh", folder]).returncode == 0


def server_account() -> Account:
    """The account that root lends to PostgreSQL; made when the machine has none."""
    for name in ACCOUNT_NAMES:
        if account := _account_named(name):
            return account
    return _make_account("newsdesk")


def account_of(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedPostgresError(f"user {uid}, whose database this is, has no account on this machine") from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


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
        if account := _account_named(name):
            return account
        reason = " ".join(result.stderr.split())
    raise EmbeddedPostgresError(
        f"PostgreSQL does not run as root and the account '{name}' could not be made ({reason}): "
        "make it, run Newsdesk as an ordinary user, or set DATABASE_URL"
    )


def _account_named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
