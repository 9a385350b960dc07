"""Real processes that keep the index of the test, on the database of the test."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
    call_command("search_index", *sys.argv[2:])
except CommandError as error:
    sys.exit(str(error))
"""


@contextmanager
def search_index(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`manage.py search_index` with these arguments; killed at the end if it still lives."""
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, connection.settings_dict["NAME"], *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(condition: Callable[[], object], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
