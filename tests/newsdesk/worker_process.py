"""Real worker processes on the database of the test."""

import subprocess

from django.db import connection

from tests.processes import begin


class Workers:
    """Those that a test has begun; the ones that still live are ended with it."""

    def __init__(self) -> None:
        self._begun: list[subprocess.Popen[str]] = []

    def begin(self, *arguments: str, settings: str = "tests.settings") -> subprocess.Popen[str]:
        process = begin("worker", *arguments, settings=settings, stdin=subprocess.PIPE)
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
