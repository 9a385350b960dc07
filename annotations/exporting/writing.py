"""A file of marks, written once and whole: under another name until it is complete, and over none that is there."""

import gzip
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from annotations.exporting.gathering import records_of
from annotations.exporting.scopes import Scope
from annotations.exporting.wanted import Wanted
from annotations.exports.format import About, Format
from annotations.exports.records import ArticleRecord, Losses

PROGRAM = "Newsdesk"
PACKED = ".gz"


@dataclass(slots=True)
class Told:
    """How many articles and marks a file was given, and what was left out."""

    articles: int = 0
    marks: int = 0
    losses: Losses = field(default_factory=Losses)


def about(*, scope: Scope, by: str = "", site: str = "") -> About:
    return About(PROGRAM, _version(), timezone.now(), by, scope.title, site)


def write_export(
    file: BinaryIO,
    form: Format,
    scope: Scope,
    wanted: Wanted,
    said: About,
    *,
    progress: Callable[[int], None] = lambda number: None,
) -> Told:
    """Everything of a scope that is wanted. Raises NoSuchScope, SearchUnavailable and whatever `progress` raises."""
    told = Told()
    records = records_of(
        scope.batches(wanted), wanted, told.losses, site=said.site, chosen=scope.chosen, progress=progress
    )
    form.write(_counted(records, told), file, said, told.losses)
    return told


@contextmanager
def written_whole(path: Path, *, over: bool = False) -> Iterator[BinaryIO]:
    """A file to be written, which has its name when the block ends well and is gone when it does not.

    What is written to a name that ends so is packed by gzip. `over`: one that is there is replaced; else, at the last
    moment too, FileExistsError is raised.
    """
    if path.exists() and not over:
        raise FileExistsError(path)
    part = path.with_name(f".{uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            if path.suffix == PACKED:
                with gzip.GzipFile(filename="", fileobj=file, mode="wb") as packed:
                    yield packed
            else:
                yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not over:
            raise FileExistsError(path)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _counted(records: Iterable[ArticleRecord], told: Told) -> Iterator[ArticleRecord]:
    for record in records:
        told.articles += 1
        told.marks += len(record.marks)
        yield record


@cache
def _version() -> str:
    """Of the program; the one file that says it goes wherever the program goes."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
