"""Commands in real processes of their own, on the database of the test."""

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
    call_command(*sys.argv[2:])
except CommandError as error:
    sys.exit(str(error))
"""


def begin(*arguments: str, settings: str = "tests.settings", stdin: int | None = None) -> subprocess.Popen[str]:
    """`manage.py` with these arguments; whoever begins it ends it."""
    return subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, connection.settings_dict["NAME"], *arguments],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": settings},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(condition: Callable[[], object], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
