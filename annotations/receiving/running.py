"""A file of marks received: read to its end first, then stored article by article.

Nothing is stored of a file that cannot be read to its end. An interruption between two articles leaves what was stored;
the same file again stores the rest, as what is here already is not stored twice.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.exports.formats import FORMATS
from annotations.exports.records import ArticleRecord
from annotations.permissions import OTHERS
from annotations.receiving.finding import ArticleUnknown, article_of
from annotations.receiving.linking import NAMES
from annotations.receiving.people import People
from annotations.receiving.planning import Rehearsed, Wishes
from annotations.receiving.report import Report
from annotations.receiving.writing import Arrival, receive
from articles.models import Article

PERMISSION = "annotations.import_annotation"
READABLE = {key: one for key, one in FORMATS.items() if one.read}
# The one format whose empty fields are empty.
_COMPLETE = "jsonl"

Progress = Callable[[int], None]
Stop = Callable[[], bool]


@dataclass(frozen=True)
class Asked:
    """How a file is to be received. `people` maps names in the file to usernames here; `aside` gets what is not taken.

    `kind` is that of marks whose file names none, as Web Annotations of others do.
    """

    path: Path
    format: str
    by: AbstractBaseUser
    dry_run: bool = False
    replace: bool = False
    kind: str = ""
    people: Mapping[str, str] = field(default_factory=dict)
    aside: Path | None = None


def receive_file(asked: Asked, *, progress: Progress = lambda done: None, stop: Stop = lambda: False) -> Report:
    """Raises NotReadable, UnknownAccount, PermissionDenied, and OSError for files that cannot be opened.

    `progress` is told how many articles are done; `stop` is asked between two.
    """
    if not asked.by.has_perms([PERMISSION, OTHERS] if asked.replace else [PERMISSION]):
        raise PermissionDenied
    people = People.of(asked.people)
    for _record in FORMATS[asked.format].read(asked.path):
        if stop():
            return Report(interrupted=True)
    with ExitStack() as files:
        report = Report()
        if asked.aside:
            file = files.enter_context(asked.aside.open("x", encoding="utf-8"))
            report.aside = lambda values: file.write(json.dumps(values, ensure_ascii=False) + "\n")
        _receive_all(asked, people, report, progress, stop)
    report.aside = None
    return report


def _receive_all(asked: Asked, people: People, report: Report, progress: Progress, stop: Stop) -> None:
    rehearsed = Rehearsed() if asked.dry_run else None
    receiver = _Receiver(asked, people, report, timezone.now(), rehearsed)
    for done, record in enumerate(FORMATS[asked.format].read(asked.path)):
        if stop():
            report.interrupted = True
            return
        receiver.take(record)
        progress(done + 1)


@dataclass
class _Receiver:
    asked: Asked
    people: People
    report: Report
    now: datetime
    rehearsed: Rehearsed | None = None

    def take(self, record: ArticleRecord) -> None:
        """What the database does not take for a reason nobody thought of hinders no other article."""
        try:
            article = article_of(record, self.asked.by)
        except ArticleUnknown as unknown:
            self.report.tell_unknown(record, str(unknown))
            return
        try:
            report, kept = self._received(record, article)
        except (DataError, IntegrityError):
            self.report.tell_unknown(record, _("في هذه المادة ما لا تقبله قاعدة البيانات."))
            return
        self.report.add(report)
        for values in kept if self.report.aside else ():
            self.report.aside(values)

    def _received(self, record: ArticleRecord, article: Article) -> tuple[Report, list[dict[str, Any]]]:
        kept: list[dict[str, Any]] = []
        report = Report(articles=1, aside=kept.append)
        complete = self.asked.format == _COMPLETE
        wishes = Wishes(self.asked.by, self.asked.kind, self.asked.replace, complete)
        receive(Arrival(record, article, wishes, self.people, report, self.now), self.rehearsed)
        report.left_out[NAMES] += len(record.mentions)
        return report, kept
