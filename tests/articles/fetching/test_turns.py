"""A host is asked by one at a time, with pauses, and is left alone when it says so."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from socket import socket
from threading import Lock, Thread

import pytest

from articles.importing.fetching import FetchRefused
from articles.importing.fetching.targets import read_target
from articles.importing.fetching.turns import LONGEST_PAUSE, turn
from tests.articles.fetching.site import PAGE, answered, moved

BUSY = answered(b"", status="503 Service Unavailable", content_length="0")


def test_requests_to_one_host_are_a_pause_apart(site, fetcher):
    site.answers |= {"/a": moved("/b"), "/b": answered()}
    fetcher(delay=0.15).fetch(site.url("/a"))
    fetcher(delay=0.15).fetch(site.url("/b"))
    times = [asked.at for asked in site.asked]
    assert all(later - earlier >= 0.15 for earlier, later in pairwise(times))
    assert len(times) == 3


def test_another_host_need_not_wait(site, fetcher):
    site.answers["/a"] = answered()
    fetching = fetcher(delay=10)
    began = time.monotonic()
    for host in ("one.example", "two.example", "three.example"):
        fetching.fetch(site.url("/a", host=host))
    assert time.monotonic() - began < 1


def test_two_threads_never_ask_one_host_together(site, fetcher):
    together, most, lock = 0, 0, Lock()

    def watched(connection: socket) -> None:
        nonlocal together, most
        with lock:
            together += 1
            most = max(most, together)
        time.sleep(0.05)
        with lock:
            together -= 1
        connection.sendall(answered())

    site.answers["/a"] = watched
    fetching = fetcher(patience=5)
    threads = [Thread(target=fetching.fetch, args=(site.url("/a"),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(site.asked), most) == (4, 1)


def test_another_process_keeps_its_turn(tmp_path):
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from articles.importing.fetching.targets import read_target\n"
        "from articles.importing.fetching.turns import turn\n"
        "with turn(read_target('http://news.example/'), Path(sys.argv[1]), pause=0, patience=0):\n"
        "    print('mine', flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    target = read_target("http://news.example/a")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "mine\n"
        with pytest.raises(FetchRefused) as refused, turn(target, tmp_path, pause=0, patience=0.1):
            pytest.fail("two at once")
        assert (refused.value.rule, refused.value.temporary) == ("busy", True)
        other.kill()
    # What a killed process held is free.
    with turn(target, tmp_path, pause=0, patience=0.1):
        pass


def test_who_would_wait_too_long_is_told_how_long(tmp_path):
    target = read_target("http://news.example/a")
    with turn(target, tmp_path, pause=0, patience=0) as mine:
        mine.postpone(100)
    with pytest.raises(FetchRefused) as refused, turn(target, tmp_path, pause=0, patience=5):
        pytest.fail("too early")
    assert 98 < refused.value.retry_after <= 100


def test_nobody_waits_for_a_clock_that_went_wrong(tmp_path):
    target = read_target("http://news.example/a")
    with turn(target, tmp_path, pause=0, patience=0) as mine:
        mine.postpone(10 * LONGEST_PAUSE)
    with pytest.raises(FetchRefused) as refused, turn(target, tmp_path, pause=0, patience=5):
        pytest.fail("too early")
    assert refused.value.retry_after <= LONGEST_PAUSE
    (file,) = tmp_path.iterdir()
    os.utime(file, (time.time() + 10 * LONGEST_PAUSE,) * 2)
    with turn(target, tmp_path, pause=0, patience=0):
        pass


@pytest.mark.parametrize("status", ["429 Too Many Requests", "500 Error", "502 Bad Gateway", "503 Later"])
def test_a_host_in_trouble_is_asked_again_with_growing_pauses(site, fetcher, status):
    trouble = answered(b"", status=status)
    site.answers["/a"] = [trouble, trouble, answered()]
    assert fetcher(backoff=0.1).fetch(site.url("/a")).body == PAGE
    first, second, third = (asked.at for asked in site.asked)
    assert 0.1 <= second - first < third - second
    assert third - second >= 0.2


def test_three_attempts_are_enough(site, fetcher):
    site.answers["/a"] = BUSY
    with pytest.raises(FetchRefused, match="503") as refused:
        fetcher().fetch(site.url("/a"))
    assert (refused.value.temporary, len(site.asked)) == (True, 3)


def test_the_host_says_when_to_come_back(site, fetcher):
    site.answers["/a"] = [answered(b"", status="429 Too Many", retry_after="1"), answered()]
    assert fetcher(patience=2).fetch(site.url("/a")).body == PAGE
    first, second = (asked.at for asked in site.asked)
    assert second - first >= 0.99


@pytest.mark.parametrize("written", ["seconds", "date"])
def test_who_is_told_to_come_back_much_later_is_refused_now_and_so_are_all_others(site, fetcher, written):
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=600), usegmt=True)
    later = "600" if written == "seconds" else date
    site.answers["/a"] = [answered(b"", status="503 Later", retry_after=later), answered()]
    with pytest.raises(FetchRefused, match="503") as refused:
        fetcher().fetch(site.url("/a"))
    assert 590 < refused.value.retry_after <= 600
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url("/b"))
    assert refused.value.rule == "busy"
    assert 580 < refused.value.retry_after <= 600
    assert len(site.asked) == 1


@pytest.mark.parametrize("nonsense", ["soon", "-5", "1e9", "٣", "Mon, 99 Foo 2024", "Mon, 01 Jan 2024 00:00:00 GMT"])
def test_nonsense_about_coming_back_is_no_trouble(site, fetcher, nonsense):
    headers = {"retry_after": nonsense.encode().decode("latin-1")}
    site.answers["/a"] = [answered(b"", status="503 Later", **headers), answered()]
    assert fetcher().fetch(site.url("/a")).body == PAGE
