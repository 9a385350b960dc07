"""The life of an embedded PostgreSQL: started by its first user, shared, healed, stopped after its last."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from newsdesk.embedded import Cluster
from newsdesk.embedded_server import Server
from tests.newsdesk.embedded_instance import Instance, folder_for, supervisors, until

MAKE_NOTE = "CREATE TABLE note AS SELECT 'خبر' AS text"
READ_NOTE = "SELECT text FROM note"


@contextlib.contextmanager
def instances() -> Iterator[Callable[[], Instance]]:
    made: list[Instance] = []

    def make() -> Instance:
        made.append(Instance(folder_for() / "var"))
        return made[-1]

    yield make
    for instance in made:
        instance.end()
        shutil.rmtree(instance.folder.parent)


@pytest.fixture
def new_instance() -> Iterator[Callable[[], Instance]]:
    with instances() as make:
        yield make


@pytest.fixture(scope="module")
def used_instance() -> Iterator[Instance]:
    with instances() as make:
        instance = make()
        instance.query(MAKE_NOTE)
        yield instance


@pytest.fixture
def instance(used_instance: Instance) -> Iterator[Instance]:
    """One cluster with a note in it, which every test finds unused, with its server down or about to stop."""
    yield used_instance
    used_instance.end_processes()


def starts_logged(server: Server) -> int:
    return server.place.log.read_text(encoding="utf-8").count("database system is ready to accept connections")


def test_the_last_process_to_end_stops_the_server_and_the_data_stays(instance):
    first, _ = instance.stay()
    second, rows = instance.stay(READ_NOTE)
    assert rows == [["خبر"]]
    first.communicate()
    assert not until(lambda: not instance.server.is_alive(), seconds=2.5)
    second.communicate()
    assert until(lambda: not instance.server.is_alive() and not supervisors(instance.folder))


def test_the_server_itself_holds_a_lock_until_its_last_process_is_gone(instance):
    instance.stay()
    with instance.server.lock.open("r+") as lock:
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        kill_whole_server(instance.server)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_processes_that_start_together_make_one_cluster_and_one_server(new_instance):
    instance = new_instance()
    together = [instance.start("SELECT system_identifier FROM pg_control_system()") for _ in range(4)]
    answers = {process.stdout.readline() for process in together}
    assert len(answers) == 1
    assert answers != {""}
    assert starts_logged(instance.server) == 1
    assert len(supervisors(instance.folder)) == 1


def test_an_owner_that_is_killed_leaves_no_server_behind_and_the_next_start_works(instance):
    owner, _ = instance.stay()
    owner.kill()
    assert until(lambda: not instance.server.is_alive())
    assert instance.query(READ_NOTE) == [["خبر"]]


def test_a_killed_supervisor_is_replaced_at_the_next_connection(instance):
    first, _ = instance.stay()
    for supervisor in supervisors(instance.folder):
        supervisor.kill()
    assert until(lambda: not supervisors(instance.folder))
    second, _ = instance.stay()
    assert len(supervisors(instance.folder)) == 1
    first.kill()
    second.kill()
    assert until(lambda: not instance.server.is_alive())


def test_a_killed_postmaster_is_replaced_at_the_next_connection(instance):
    instance.stay()
    killed = instance.server.postmaster().process
    killed.kill()
    assert instance.query(READ_NOTE) == [["خبر"]]
    assert instance.server.postmaster().process != killed


def test_backends_that_outlive_a_killed_postmaster_are_ended_before_a_new_start(instance):
    instance.stay()
    postmaster = instance.server.postmaster().process
    # A backend that computes does not look whether its postmaster lives.
    instance.start("SELECT count(*) FROM generate_series(1, 10000) a, generate_series(1, 1000000) b")
    assert until(lambda: computing(postmaster))
    (backend,) = computing(postmaster)
    postmaster.kill()
    assert instance.query(READ_NOTE) == [["خبر"]]
    assert has_ended(backend)


def computing(postmaster: psutil.Process) -> list[psutil.Process]:
    found = []
    for process in postmaster.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            if "SELECT" in " ".join(process.cmdline()):
                found.append(process)
    return found


def has_ended(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def kill_whole_server(server: Server) -> Path:
    """As a power cut would end it: nothing is tidied, `postmaster.pid` stays."""
    postmaster = server.postmaster().process
    for process in [postmaster, *postmaster.children()]:
        process.kill()
    assert until(lambda: not server.is_alive())
    return server.place.data / "postmaster.pid"


def test_a_pid_reused_by_another_live_process_of_the_same_user_does_not_block_the_start(instance):
    instance.stay()
    server = instance.server
    uid = server.postmaster().process.uids().real
    pid_file = kill_whole_server(server)
    stranger = subprocess.Popen(["sleep", "60"], user=uid if os.geteuid() == 0 else None)
    try:
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert instance.query(READ_NOTE) == [["خبر"]]
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait(timeout=60)


def test_a_pid_reused_by_the_server_of_another_instance_harms_neither(instance, new_instance):
    ours, theirs = instance, new_instance()
    theirs.stay("CREATE TABLE note AS SELECT 'غيره' AS text")
    their_pid = theirs.server.postmaster().process.pid
    ours.stay()
    pid_file = kill_whole_server(ours.server)
    lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(their_pid), *lines[1:]]) + "\n")
    assert ours.query(READ_NOTE) == [["خبر"]]
    Cluster(ours.folder).stop()
    assert theirs.server.postmaster().process.pid == their_pid
    assert theirs.query(READ_NOTE) == [["غيره"]]


@pytest.mark.parametrize("victim", ["initdb", "owner"])
def test_an_interrupted_initdb_is_begun_again(new_instance, victim):
    instance = new_instance()
    owner = instance.start()
    unfinished = instance.keep / "cluster" / "data.unfinished"
    assert until(lambda: (unfinished / "PG_VERSION").exists())
    if victim == "initdb":
        for process in psutil.Process(owner.pid).children():
            process.kill()
        assert "initdb" in owner.communicate()[1]
    owner.kill()
    assert instance.query(MAKE_NOTE, READ_NOTE) == [None, ["خبر"]]
    assert not unfinished.exists()


def test_a_fork_keeps_the_server_of_its_dead_parent(instance):
    program = """
import os, sys, time
from pathlib import Path
from newsdesk.embedded import Cluster
Cluster(Path(sys.argv[1])).ensure_running()
fork = os.fork()
if fork == 0:
    time.sleep(60)
print(fork, flush=True)
"""
    parent = instance.start(program=program)
    child = psutil.Process(int(parent.stdout.readline()))
    try:
        parent.wait(timeout=60)
        assert not until(lambda: not instance.server.is_alive(), seconds=2.5)
    finally:
        child.kill()
    assert until(lambda: not instance.server.is_alive())


def test_stop_returns_with_the_server_down_unless_others_use_it(instance):
    other, _ = instance.stay()
    cluster = Cluster(instance.folder)
    cluster.ensure_running()
    cluster.stop()
    assert instance.server.is_alive()
    cluster.ensure_running()
    other.kill()
    other.wait(timeout=60)
    cluster.stop()
    assert not instance.server.is_alive()


def test_a_socket_that_was_swept_away_comes_back_at_the_next_connection(instance):
    instance.query()
    for file in instance.server.place.socket_folder().iterdir():
        file.unlink()
    assert instance.query(READ_NOTE) == [["خبر"]]


def test_a_cluster_of_another_major_version_is_refused_in_one_line(instance):
    Cluster(instance.folder).stop()
    version = instance.server.place.data / "PG_VERSION"
    version.write_text("16\n")
    failure = instance.failure()
    assert "made by PostgreSQL 16" in failure
    assert failure.count("\n") == 1
    version.write_text("18\n")
    assert instance.query(READ_NOTE) == [["خبر"]]


def test_a_damaged_cluster_is_refused_and_never_made_anew(instance):
    Cluster(instance.folder).stop()
    version = instance.server.place.data / "PG_VERSION"
    hidden = version.rename(version.with_name("PG_VERSION.hidden"))
    assert "is no PostgreSQL cluster" in instance.failure()
    hidden.rename(version)
    assert instance.query(READ_NOTE) == [["خبر"]]


def test_a_server_that_does_not_start_says_why_and_where_its_log_is(instance):
    Cluster(instance.folder).stop()
    configuration = instance.server.place.data / "postgresql.conf"
    good = configuration.read_text(encoding="utf-8")
    configuration.write_text(f"{good}no_such_setting = on\n", encoding="utf-8")
    failure = instance.failure()
    configuration.write_text(good, encoding="utf-8")
    assert "FATAL" in failure
    assert str(instance.server.place.log) in failure
    assert failure.count("\n") == 1
    assert instance.query(READ_NOTE) == [["خبر"]]


def test_an_interrupt_reaches_neither_the_server_nor_its_supervisor(instance):
    owner, _ = instance.stay()
    (supervisor,) = supervisors(instance.folder)
    group = os.getpgid(owner.pid)
    assert group not in {os.getpgid(supervisor.pid), os.getpgid(instance.server.postmaster().process.pid)}
    owner.send_signal(signal.SIGINT)
    owner.wait(timeout=60)
    assert until(lambda: not instance.server.is_alive())
