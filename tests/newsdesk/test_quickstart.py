"""`manage.py quickstart` as `make run` calls it: real processes, a real port, a data folder of its own."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from articles.forms import LONGEST_QUERY
from newsdesk.embedded import Cluster
from tests.newsdesk.embedded_instance import folder_for

REPOSITORY = Path(__file__).resolve().parents[2]
START_SECONDS = 120
QUEUE = """
from django.core.files.uploadedfile import SimpleUploadedFile
from articles.importing.queue.queueing import queue_import
text = "افتتاح سوق جديدة\\nافتتحت البلدية سوقاً شعبية في حي القلعة.\\nوقال رئيسها إن فيها مئة محل."
queue_import([], uploads=[SimpleUploadedFile("سوق.txt", text.encode())], by=None)
"""
STATE = "from articles.models import ImportRun as R; run = R.objects.latest('id'); print(run.state, run.created)"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Instance:
    """One installation: its folder, its port, and the process that serves it."""

    def __init__(self, folder: Path):
        self.folder, self.port, self.process, self.output = folder, free_port(), None, ""
        self.address = f"http://127.0.0.1:{self.port}/"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")},
            "DJANGO_SETTINGS_MODULE": "newsdesk.settings",
            "NEWSDESK_DATA": str(folder),
            "NEWSDESK_ENV": os.devnull,
            "NEWSDESK_PUBLIC_READING": "1",
            "PYTHONUNBUFFERED": "1",
        }

    def start(self) -> str:
        """Start it and give what it printed up to the line that says it serves."""
        command = [sys.executable, "manage.py", "quickstart", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=REPOSITORY, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        printed, deadline = [], time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            line = self.process.stdout.readline()
            printed.append(line)
            if "is serving on" in line or not line:
                break
        assert "is serving on" in printed[-1], "".join(printed)
        return "".join(printed)

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        result = subprocess.run(
            command, cwd=REPOSITORY, env=self.environment, capture_output=True, text=True, check=True, timeout=120
        )
        return result.stdout

    def page(self, path: str = "") -> str:
        with urllib.request.urlopen(self.address + path, timeout=20) as response:
            return response.read().decode()

    def worker(self) -> psutil.Process | None:
        """The worker beside the server, once there is one."""
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):
                if "--while-parent-lives" in child.cmdline() and child.status() != psutil.STATUS_ZOMBIE:
                    return child
        return None

    def end(self, number: signal.Signals) -> list[psutil.Process]:
        """Send a signal; the processes that it had started, to see what became of them."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(number)
        self.process.wait(timeout=30)
        self.process.stdout.close()
        return children


@pytest.fixture
def instance() -> Iterator[Instance]:
    folder = folder_for()
    instance = Instance(folder / "data")
    yield instance
    if instance.process and instance.process.poll() is None:
        instance.end(signal.SIGINT)
    Cluster(instance.folder).stop()
    shutil.rmtree(folder)


def postgres_of(folder: Path) -> list[psutil.Process]:
    """Servers whose socket lies in this data folder (or wherever the folder says that it is kept)."""
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in part for part in process.info["cmdline"] or ())
        and "bin/postgres" in process.info["cmdline"][0]
    ]


def wait_until(condition, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def test_a_first_start_shows_the_samples_and_a_later_one_changes_nothing_a_person_did(instance):
    printed = instance.start()
    assert re.search(r"Account: editor   Password: \S{12,}", printed)
    assert "20" in re.search(r"Sample pages imported: (\d+)", printed)[1]
    assert instance.page().count("<article") >= 10
    # As much as the box takes.
    assert "<form" in instance.page(f"?q={quote('كلمة ' * (LONGEST_QUERY // 5))}&sort=newest")
    roles = instance.manage(
        "shell", "-v0", "-c",
        "from django.contrib.auth.models import User; from articles.models import Article; "
        "print(sorted(User.objects.get().groups.values_list('name', flat=True))); "
        "a = Article.objects.order_by('id'); a.filter(pk=a[0].pk).update(status='hidden'); "
        "a[1].delete(); print(a.count())",
    )  # fmt: skip
    assert "['administrator', 'editor', 'moderator']" in roles
    children = instance.end(signal.SIGINT)
    assert wait_until(lambda: not any(child.is_running() for child in children))
    assert wait_until(lambda: not postgres_of(instance.folder))

    printed = instance.start()
    assert "Account" not in printed
    assert "Sample" not in printed
    count = (
        "from articles.models import Article as A; print(A.objects.count(), A.objects.filter(status='hidden').count())"
    )
    assert instance.manage("shell", "-v0", "-c", count).split() == ["19", "1"]


def test_a_killed_instance_leaves_nothing_that_blocks_the_next_start(instance):
    instance.start()
    assert wait_until(instance.worker)
    children = instance.end(signal.SIGKILL)
    assert wait_until(lambda: not any(child.is_running() for child in children))
    assert wait_until(lambda: not postgres_of(instance.folder))
    instance.start()
    assert "<article" in instance.page()


def test_a_worker_beside_the_server_does_what_is_queued_and_is_begun_anew_when_it_dies(instance):
    instance.start()
    assert wait_until(instance.worker)
    first = instance.worker()
    first.kill()
    assert wait_until(lambda: instance.worker() not in (None, first))
    instance.manage("shell", "-v0", "-c", QUEUE)
    assert wait_until(lambda: instance.manage("shell", "-v0", "-c", STATE).split() == ["finished", "1"], 60)
    second = instance.worker()
    instance.end(signal.SIGINT)
    assert not second.is_running()
    assert wait_until(lambda: not postgres_of(instance.folder))


def test_a_port_in_use_is_named_and_nothing_is_started(instance):
    with socket.socket() as other:
        other.bind(("127.0.0.1", instance.port))
        other.listen()
        command = [sys.executable, "manage.py", "quickstart", "--port", str(instance.port)]
        result = subprocess.run(
            command, cwd=REPOSITORY, env=instance.environment, capture_output=True, text=True, check=False
        )
    assert result.returncode == 1
    assert f"127.0.0.1:{instance.port} is in use" in result.stderr
    assert not postgres_of(instance.folder)
