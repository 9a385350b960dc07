"""The worker keeps this host's search index in step, by a child of its own."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from articles.search.index.reading import SearchUnavailable, searcher
from tests.articles.factories import make_article
from tests.articles.working import empty_queue
from tests.newsdesk.worker_process import Workers
from tests.processes import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system does not show a process's children"),
]


@pytest.fixture
def workers() -> Iterator[Workers]:
    empty_queue()
    workers = Workers()
    yield workers
    workers.end()
    empty_queue()


def documents() -> int:
    try:
        return searcher().num_docs
    except SearchUnavailable:
        return -1


def follower_of(process: int) -> int | None:
    """The child that follows; multiprocessing has another one, which counts its semaphores."""
    for child in children_of(process):
        try:
            if "spawn_main" in Path(f"/proc/{child}/cmdline").read_text():
                return child
        except OSError:
            continue
    return None


def children_of(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        return [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return []


def lives(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_worker_follows_by_a_child_which_it_begins_anew_and_takes_along(workers):
    make_article()
    worker = workers.begin()
    assert until(lambda: documents() == 1)
    first = follower_of(worker.pid)
    assert os.getpriority(os.PRIO_PROCESS, first) >= 10
    os.kill(first, signal.SIGKILL)
    make_article()
    assert until(lambda: documents() == 2)
    second = follower_of(worker.pid)
    assert second not in (None, first)
    worker.terminate()
    worker.communicate(timeout=20)
    assert worker.returncode == 0
    assert not lives(second)


def test_the_follower_ends_with_a_worker_that_is_killed(workers):
    make_article()
    worker = workers.begin()
    assert until(lambda: documents() == 1)
    follower = follower_of(worker.pid)
    worker.kill()
    assert until(lambda: not lives(follower), 10)
