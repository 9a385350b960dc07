"""The progress of an export on a terminal; nothing in a file or a pipe."""

from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn, TimeRemainingColumn


class ProgressBar:
    """A context manager; `total` and what `advance` takes are numbers of articles."""

    def __init__(self, total: int, stream: TextIO) -> None:
        self._bar = None
        if stream.isatty():
            columns = (MofNCompleteColumn(), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar:
            self._bar.stop()

    def advance(self, number: int) -> None:
        if self._bar:
            self._bar.advance(self._task, number)
