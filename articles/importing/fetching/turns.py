"""Whose turn it is to ask a host: one at a time, with a pause after each, for all processes of this machine.

Each host has a file, locked by who asks it; its time of change says when the next may. Hosts whose names hash to the
same file wait for each other, so that the files stay few.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext

from articles.importing.fetching.refusals import refusal
from articles.importing.fetching.targets import Target

# No host is left alone for longer than this, whatever it asks for; a file that says more is from a clock gone wrong.
LONGEST_PAUSE = 3600
_FILES = 4096
_LOOK_AGAIN = 0.05


@dataclass(slots=True)
class Turn:
    """`pause` is in seconds, from the end of the turn."""

    pause: float

    def postpone(self, seconds: float) -> None:
        self.pause = min(max(self.pause, seconds), LONGEST_PAUSE)


@contextmanager
def turn(target: Target, folder: Path, *, pause: float, patience: float) -> Iterator[Turn]:
    """Waits `patience` seconds at most, then raises FetchRefused, temporary, with the time that is left to wait."""
    folder.mkdir(parents=True, exist_ok=True)
    slot = int.from_bytes(sha256(target.host.encode()).digest()[:4]) % _FILES
    descriptor = os.open(folder / f"{slot:03x}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + patience
        _lock(descriptor, until, target)
        _wait(descriptor, until, target)
        mine = Turn(pause)
        try:
            yield mine
        finally:
            free = time.time() + mine.pause
            os.utime(descriptor, (free, free))
    finally:
        os.close(descriptor)


def _lock(descriptor: int, until: float, target: Target) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise _busy(target, until=0) from None
            time.sleep(_LOOK_AGAIN)
        else:
            return


def _wait(descriptor: int, until: float, target: Target) -> None:
    seconds = os.fstat(descriptor).st_mtime - time.time()
    if not 0 < seconds <= LONGEST_PAUSE + 1:
        return
    if time.monotonic() + seconds > until:
        raise _busy(target, until=seconds)
    time.sleep(seconds)


def _busy(target: Target, *, until: float) -> Exception:
    reason = gettext("لم يأت دور هذا الموقع بعد، فالطلبات إليه متباعدة")
    return refusal("busy", reason, target.url, temporary=True, retry_after=until)
