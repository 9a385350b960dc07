"""Exports in the background: made by a worker, again from the beginning after one died, kept for a week."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.exporting import running
from annotations.exporting.scopes import ALL, SEARCH, Scope
from annotations.exporting.wanted import Wanted
from annotations.exports import jsonl
from annotations.models import Export
from articles.models import Article, Source
from tests.annotations.exporting.desk import CLAIM, QUOTE, SPEAKER, fill_desk
from tests.articles.working import empty_queue, waiting_jobs, work_off

pytestmark = pytest.mark.django_db
SITE = "https://desk.example"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path) -> None:
    settings.EXPORT_FOLDER = tmp_path / "exports"


def asked(by, scope: Scope | None = None, **options) -> Export:
    scope = scope or Scope(ALL, by)
    return running.ask_export(by=by, scope=scope, wanted=Wanted(**options), form="jsonl", site=SITE)


def now(export: Export) -> Export:
    return Export.objects.get(pk=export.pk)


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_was_asked_for():
    try:
        desk = fill_desk(rights=Source.Rights.EXCERPT)
        export = asked(desk.annotator)
        assert now(export).state == Export.State.WAITING
        work_off()
    finally:
        empty_queue()
    made = now(export)
    assert (made.state, made.articles, made.marks, made.total) == (Export.State.DONE, 1, 3, 1)
    assert made.losses == {"texts that their source's rights keep here": 1}
    path = running.file_of(made)
    assert (made.size, made.file_name) == (path.stat().st_size, f"newsdesk-{timezone.localdate()}-jsonl.jsonl")
    (article,) = jsonl.read(path)
    assert [mark.exact for mark in article.marks] == [SPEAKER, QUOTE, CLAIM]
    about = jsonl.about_of(path)
    assert (about.made_by, about.scope, about.site) == ("ليلى", "كل المواد", SITE)


def test_whoever_takes_over_from_a_worker_that_died_begins_again():
    export = asked(fill_desk().annotator)
    # As a killed worker leaves it.
    Export.objects.filter(pk=export.pk).update(state=Export.State.RUNNING, started_at=timezone.now(), done=7, total=9)
    (running.file_of(export).parent).mkdir()
    left = running.file_of(export).with_name(".left.part")
    left.write_bytes(b"half")
    assert running.make_export(export.pk)
    assert (now(export).state, now(export).total) == (Export.State.DONE, 1)
    assert len(list(jsonl.read(running.file_of(export)))) == 1


def test_what_is_done_is_not_made_again():
    export = asked(fill_desk().annotator)
    assert running.make_export(export.pk)
    assert not running.make_export(export.pk)


def test_a_cancelled_one_leaves_no_file(monkeypatch):
    export = asked(fill_desk().annotator)
    monkeypatch.setattr(running, "_TELLS_EVERY", 0)
    assert not running.make_export(export.pk, between=lambda: running.cancel_export(export))
    assert now(export).state == Export.State.CANCELLED
    assert list(running.file_of(export).parent.iterdir()) == []


def test_one_that_was_cancelled_at_the_last_moment_leaves_no_file_either():
    export = asked(fill_desk().annotator)
    assert not running.make_export(export.pk, between=lambda: running.cancel_export(export))
    assert now(export).state == Export.State.CANCELLED
    assert list(running.file_of(export).parent.iterdir()) == []


def test_a_worker_that_has_to_stop_leaves_it_to_another():
    class Stop(Exception):
        pass

    def stop():
        raise Stop

    export = asked(fill_desk().annotator)
    with pytest.raises(Stop):
        running.make_export(export.pk, between=stop)
    assert now(export).state == Export.State.RUNNING
    assert list(running.file_of(export).parent.iterdir()) == []
    assert running.make_export(export.pk)


def test_a_search_that_asks_for_what_is_no_more_says_so():
    desk = fill_desk()
    export = asked(desk.annotator, Scope(SEARCH, desk.annotator, address="source=987654"))
    assert not running.make_export(export.pk)
    assert now(export).state == Export.State.FAILED
    assert "لم يعد هذا البحث صالحاً" in now(export).failure


def test_what_was_hidden_since_it_was_asked_for_stays_here():
    desk = fill_desk()
    export = asked(desk.annotator)
    Article.objects.update(status=Article.Status.HIDDEN)
    assert running.make_export(export.pk)
    assert now(export).marks == 0


def test_who_lost_a_right_since_gets_no_more_than_is_left():
    desk = fill_desk()
    export = asked(desk.annotator, statuses=("suggested",))
    desk.annotator.groups.clear()
    assert running.make_export(export.pk)
    assert now(export).marks == 0


def test_nobody_asks_for_more_than_a_few_at_once():
    desk = fill_desk()
    for _ in range(running.MOST_AT_ONCE):
        asked(desk.annotator)
    with pytest.raises(running.NotAsked):
        asked(desk.annotator)
    asked(desk.editor)
    assert [task for task, _ in waiting_jobs()] == ["make_export"] * (running.MOST_AT_ONCE + 1)


def test_files_are_kept_for_a_week_and_those_that_nobody_knows_go_too():
    desk = fill_desk()
    old, new = asked(desk.annotator), asked(desk.annotator)
    for export in (old, new):
        running.make_export(export.pk)
    Export.objects.filter(pk=old.pk).update(finished_at=timezone.now() - running.KEPT - timedelta(minutes=1))
    stranger = running.file_of(new).with_name("stranger.jsonl")
    stranger.write_bytes(b"")
    long_ago = time.time() - running.KEPT.total_seconds() - 60
    os.utime(stranger, (long_ago, long_ago))
    assert running.forget_old_exports() == 1
    assert list(running.file_of(new).parent.iterdir()) == [running.file_of(new)]
    assert list(Export.objects.all()) == [new]


def test_one_whose_job_is_gone_is_not_waited_for_for_ever():
    export = asked(fill_desk().annotator)
    going_on = asked(export.by)
    ProcrastinateJob.objects.filter(args__export_id=export.pk).delete()
    Export.objects.update(created_at=timezone.now() - timedelta(hours=2))
    running.forget_old_exports()
    assert now(export).state == Export.State.FAILED
    assert now(going_on).state == Export.State.WAITING
