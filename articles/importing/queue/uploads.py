"""What was sent to be imported, on its way through the database to a worker on whichever host."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from articles.models import ImportRun, Upload, UploadPart

# Uploads that are no file: addresses, one a line, and primary keys of items to be tried again, one a line. No file is
# named so, because names have no slash.
ADDRESSES = "/addresses"
ITEMS = "/items"
_PART = 1_000_000
_LONGEST_NAME = 300
# What any file system takes, in bytes; Arabic letters have two.
_LONGEST_ON_DISK = 200
_LONGEST_SUFFIX = 20


def keep_file(run: ImportRun, file: UploadedFile) -> Upload:
    """Whatever its size, a megabyte of it is in memory."""
    upload = Upload.objects.create(run=run, name=file_name(file.name or ""), size=file.size)
    file.seek(0)
    for number, data in enumerate(iter(partial(file.read, _PART), b"")):
        UploadPart.objects.create(upload=upload, number=number, data=data)
    if not file.size:
        # A file without parts would be one that was divided already.
        UploadPart.objects.create(upload=upload, number=0, data=b"")
    return upload


def keep_lines(run: ImportRun, name: str, lines: list[str]) -> Upload:
    """`name` is ADDRESSES or ITEMS."""
    data = "\n".join(lines).encode("utf-8", "replace")
    upload = Upload.objects.create(run=run, name=name, size=0)
    UploadPart.objects.create(upload=upload, number=0, data=data)
    return upload


def lines_of(upload: Upload) -> list[str]:
    """What `keep_lines` kept; nothing once it was divided."""
    data = b"".join(bytes(part.data) for part in upload.parts.all())
    return data.decode().splitlines()


def file_name(given: str) -> str:
    """One line of a name, its end kept, because it tells what kind of file it is; no path and no control characters."""
    last = PurePosixPath(given.replace("\\", "/")).name
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in last).split())
    if not name.strip("."):
        return "file"
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - _LONGEST_SUFFIX - 1] + "…" + _suffix(name)


@contextmanager
def written_out(upload: Upload) -> Iterator[Path]:
    """The upload as a file below NEWSDESK_DATA, until the end of the block."""
    with _own_folder() as folder:
        path = folder / _name_on_disk(upload.name)
        numbers = upload.parts.order_by("number").values_list("number", flat=True)
        with path.open("wb") as file:
            for number in list(numbers):
                file.write(upload.parts.get(number=number).data)
        yield path


@contextmanager
def temporary_file() -> Iterator[IO[bytes]]:
    """A file without a name, gone with the process."""
    with tempfile.TemporaryFile(dir=_parent()) as file:
        yield file


def forget_leftovers() -> None:
    """Remove the files of processes that were killed; those of living ones are locked."""
    with _locked_parent() as parent:
        for folder in parent.iterdir():
            with suppress(FileNotFoundError, NotADirectoryError, BlockingIOError), _opened(folder) as descriptor:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _own_folder() -> Iterator[Path]:
    """Locked for as long as it is used, and made under the lock of its parent, so that nobody finds it unlocked."""
    with _locked_parent() as parent:
        folder = Path(tempfile.mkdtemp(dir=parent))
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _parent() -> Path:
    parent = Path(settings.NEWSDESK_DATA) / "dividing"
    parent.mkdir(parents=True, exist_ok=True)
    return parent


@contextmanager
def _locked_parent() -> Iterator[Path]:
    parent = _parent()
    with _opened(parent) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield parent


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _name_on_disk(name: str) -> str:
    """The same for the same name, whenever it is sent: a page without an address is known by its file's name."""
    if len(name.encode()) <= _LONGEST_ON_DISK:
        return name
    return hashlib.sha256(name.encode()).hexdigest()[:32] + _suffix(name)


def _suffix(name: str) -> str:
    """The last two, as in .jsonl.gz; of a name that only has dots in it, nothing."""
    suffix = "".join(PurePosixPath(name).suffixes[-2:])
    if len(suffix.encode()) <= _LONGEST_SUFFIX:
        return suffix
    last = PurePosixPath(name).suffix
    return last if len(last.encode()) <= _LONGEST_SUFFIX else ""
