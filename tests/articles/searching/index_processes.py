"""Real processes that keep the index of the test, on the database of the test."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.processes import begin


@contextmanager
def search_index(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """`manage.py search_index` with these arguments; killed at the end if it still lives."""
    process = begin("search_index", *arguments)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
