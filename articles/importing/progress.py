"""The progress of an import on a terminal; in a file or a pipe only what was refused."""

from typing import Self, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from articles.importing.inputs import total_weight
from articles.importing.intake import REFUSED, Result


class ProgressBar:
    """A context manager; `show` takes each result. Refused inputs are written a line each, name and reason."""

    def __init__(self, inputs: list[str], stream: TextIO, format: str = "") -> None:
        self._stream = stream
        self._done = 0
        self._bar = None
        if stream.isatty():
            self._bar = Progress(
                TextColumn("{task.fields[done]}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._task = self._bar.add_task("", total=total_weight(inputs, format) or None, done=0)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, result: Result) -> None:
        line = f"{result.name}: {result.reason}"
        if self._bar:
            self._done += 1
            self._bar.update(self._task, advance=result.weight, done=self._done)
            if result.outcome == REFUSED:
                self._bar.console.print(escape(line), soft_wrap=True, highlight=False)
        elif result.outcome == REFUSED:
            self._stream.write(f"{line}\n")
