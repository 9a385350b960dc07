"""Files of marks that people send: kept for a worker, gone through without storing anything, stored once confirmed."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from annotations.exports.format import NotReadable
from annotations.models import MarkImport, MarkImportPart
from annotations.models.imports import PART
from annotations.receiving.report import Report
from annotations.receiving.running import Asked, receive_file
from articles.importing.queue.uploads import file_name
from articles.jobs import READING, defer, is_queued

KEPT = timedelta(days=7)
# Of one person, waiting or under way.
MOST_AT_ONCE = 3
_LONGEST_NAME, _LONGEST_FAILURE = 200, 500
_TELLS_EVERY = 50
State = MarkImport.State
Between = Callable[[], None]


class NotTaken(Exception):
    """Why no further file is taken, in a line for who sent it."""


def keep_file(*, file: UploadedFile, by: AbstractBaseUser, form: str, kind: str, replace: bool) -> MarkImport:
    """Keep a file and have a worker look at it. Raises NotTaken."""
    if MarkImport.objects.of(by).going_on().count() >= MOST_AT_ONCE:
        raise NotTaken(gettext("لديك ملفات لم يكتمل فحصها أو استيرادها بعد. انتظر حتى تنتهي."))
    with transaction.atomic():
        kept = MarkImport.objects.create(
            by=by,
            format=form,
            file_name=file_name(file.name or "")[-_LONGEST_NAME:],
            kind=kind,
            replace=replace,
            language=get_language() or settings.LANGUAGE_CODE,
        )
        file.seek(0)
        _keep_parts(kept, file)
        defer("annotations.tasks.check_marks", queue=READING, mark_import_id=kept.pk)
    return kept


def confirm(asked: MarkImport) -> bool:
    """Have a worker store what was looked at; whether it was waiting for that."""
    with transaction.atomic():
        waiting = MarkImport.objects.filter(pk=asked.pk, state=State.CHECKED)
        if not waiting.update(state=State.STORING, done=0):
            return False
        defer("annotations.tasks.store_marks", queue=READING, mark_import_id=asked.pk)
    return True


def check_marks(pk: int, *, between: Between = lambda: None) -> None:
    """Say what storing the file would do. `between` may raise, to leave it to another worker."""
    asked = MarkImport.objects.select_related("by").filter(pk=pk, state=State.CHECKING).first()
    found = _received(asked, between, dry_run=True) if asked else None
    if found:
        MarkImport.objects.filter(pk=pk, state=State.CHECKING).update(state=State.CHECKED, found=found.values)


def store_marks(pk: int, *, between: Between = lambda: None) -> None:
    """Store the marks of the file; the file is not needed any more then."""
    asked = MarkImport.objects.select_related("by").filter(pk=pk, state=State.STORING).first()
    report = _received(asked, between, dry_run=False) if asked else None
    if report:
        with transaction.atomic():
            over = {"state": State.DONE, "report": report.values, "finished_at": timezone.now()}
            MarkImport.objects.filter(pk=pk, state=State.STORING).update(**over)
            asked.parts.filter(is_aside=False).delete()


def fail(pk: int, reason: str) -> None:
    over = {"state": State.FAILED, "failure": reason[:_LONGEST_FAILURE], "finished_at": timezone.now()}
    MarkImport.objects.going_on().filter(pk=pk).update(**over)
    MarkImportPart.objects.filter(mark_import=pk).delete()


def aside_of(asked: MarkImport) -> Iterator[bytes]:
    """What was not taken, a line a mark with its reason; a part in memory at a time."""
    numbers = list(asked.parts.filter(is_aside=True).values_list("pk", flat=True))
    return (bytes(MarkImportPart.objects.get(pk=pk).data) for pk in numbers)


def forget_old_imports() -> None:
    """Drop what was kept for long enough, and end what nobody goes on with."""
    MarkImport.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(state=State.STORING).delete()
    silent = MarkImport.objects.going_on().filter(created_at__lt=timezone.now() - timedelta(hours=1))
    for pk in silent.values_list("pk", flat=True):
        if not is_queued("mark_import_id", pk):
            fail(pk, gettext("انقطع العمل قبل أن يكتمل. أرسل الملف من جديد."))


def _received(asked: MarkImport, between: Between, *, dry_run: bool) -> Report | None:
    """None for a file that is refused: it has failed then."""
    with translation.override(asked.language), _file_of(asked) as path, tempfile.TemporaryDirectory() as folder:
        aside = Path(folder) / "aside.jsonl"
        how = {"dry_run": dry_run, "replace": asked.replace, "kind": asked.kind, "aside": aside}
        try:
            report = receive_file(Asked(path, asked.format, asked.by, **how), progress=partial(_tell, asked, between))
        except NotReadable as error:
            reason = str(error).replace(path.name, asked.file_name)
            fail(asked.pk, gettext("تعذّرت قراءة الملف، ولم يُستورد منه شيء: %(reason)s") % {"reason": reason})
            return None
        except PermissionDenied:
            fail(asked.pk, gettext("ليس لك أن تستورد علامات، أو أن تستبدل علامات الآخرين."))
            return None
        with transaction.atomic(), aside.open("rb") as file:
            asked.parts.filter(is_aside=True).delete()
            _keep_parts(asked, file, is_aside=True)
    return report


def _tell(asked: MarkImport, between: Between, done: int) -> None:
    between()
    if done % _TELLS_EVERY == 0:
        MarkImport.objects.filter(pk=asked.pk).update(done=done)


@contextmanager
def _file_of(asked: MarkImport) -> Iterator[Path]:
    """The file on this host's disk; formats look at its end, and at what it begins with, not at its name."""
    with tempfile.NamedTemporaryFile(suffix=Path(asked.file_name).suffix[:20]) as file:
        for pk in asked.parts.filter(is_aside=False).values_list("pk", flat=True):
            file.write(bytes(MarkImportPart.objects.get(pk=pk).data))
        file.flush()
        yield Path(file.name)


def _keep_parts(kept: MarkImport, file: IO[bytes], *, is_aside: bool = False) -> None:
    pieces: Iterable[bytes] = iter(partial(file.read, PART), b"")
    for number, data in enumerate(pieces):
        MarkImportPart.objects.create(mark_import=kept, is_aside=is_aside, number=number, data=data)
