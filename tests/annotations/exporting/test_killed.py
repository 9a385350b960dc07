"""A worker that is killed in the middle of an export leaves it to the next one, which makes it whole."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateWorker

from annotations.exporting import running
from annotations.exporting.scopes import ALL, Scope
from annotations.exporting.wanted import Wanted
from annotations.exports import jsonl
from annotations.models import Export
from tests.annotations.exporting.desk import CLAIM, QUOTE, SPEAKER, fill_desk
from tests.articles.working import empty_queue
from tests.newsdesk.worker_process import Workers, kill
from tests.processes import until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def workers(settings, monkeypatch, tmp_path) -> Iterator[Workers]:
    settings.EXPORT_FOLDER = tmp_path / "exports"
    monkeypatch.setenv("NEWSDESK_EXPORT_DIR", str(settings.EXPORT_FOLDER))
    empty_queue()
    workers = Workers()
    yield workers
    workers.end()
    empty_queue()


@contextmanager
def parts_locked() -> Iterator[None]:
    """Nobody reads the parts of marks: an export stops in the middle of its file."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE annotations_part IN ACCESS EXCLUSIVE MODE")
        yield
    finally:
        other.close()


def test_an_export_whose_worker_is_killed_is_made_by_the_next_one(workers):
    desk = fill_desk()
    first = workers.begin()
    assert until(ProcrastinateWorker.objects.exists)
    with parts_locked():
        export = running.ask_export(
            by=desk.annotator, scope=Scope(ALL, desk.annotator), wanted=Wanted(), form="jsonl", site=""
        )
        folder = running.file_of(export).parent
        assert until(lambda: folder.is_dir() and list(folder.glob(".*.part")))
        assert Export.objects.get().state == Export.State.RUNNING
        kill(first)
    assert not running.file_of(export).exists()
    workers.begin()
    assert until(lambda: Export.objects.get().is_over)
    assert Export.objects.get().state == Export.State.DONE
    (article,) = jsonl.read(running.file_of(export))
    assert [mark.exact for mark in article.marks] == [SPEAKER, QUOTE, CLAIM]
