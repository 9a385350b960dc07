"""Real worker processes on the database of the test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

from django.db import connection

# The database of the test has a name that no setting knows.
_PROGRAM = """
import sys, django
django.setup()
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
try:
    call_command("worker", *sys.argv[2:])
except CommandError as error:
    sys.exit(str(error))
"""


class Workers:
    """Those that a test has begun; the ones that still live are ended with it."""

    def __init__(self) -> None:
        self._begun: list[subprocess.Popen[str]] = []

    def begin(self, *arguments: str, settings: str = "tests.settings") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, connection.settings_dict["NAME"], *arguments],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._begun.append(process)
        return process

    def end(self) -> None:
        for process in self._begun:
            process.kill()
            process.communicate()


def kill(process: subprocess.Popen[str]) -> None:
    """With all that it was doing; its heart last beat long ago, so that nobody has to wait for that."""
    process.kill()
    process.communicate()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


def until(condition: Callable[[], object], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
