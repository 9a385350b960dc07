"""An import by several processes: real ones, one of which is killed."""

import json
import multiprocessing
import os
import signal
from collections import Counter
from pathlib import Path

import pytest

from articles.importing.intake import Result
from articles.importing.running import import_inputs
from articles.models import Article, ImportItem
from tests.articles.pages import FIRST, SECOND, TITLE

pytestmark = pytest.mark.django_db(transaction=True)


def lines_of(folder: Path, number: int) -> Path:
    lines = [
        json.dumps({"url": f"https://village.example/r/{one}", "title": f"{TITLE} {one}", "text": f"{FIRST}\n{SECOND}"})
        for one in range(number)
    ]
    (folder / "articles.jsonl").write_text("\n".join(lines))
    return folder / "articles.jsonl"


def test_two_processes_import_what_one_would(tmp_path):
    file = lines_of(tmp_path, 90)
    (tmp_path / "empty.html").write_text("<p>x</p>")
    report = import_inputs([tmp_path], workers=2)
    assert (report.created, report.refused) == (90, 1)
    assert (report.run.created, report.run.refused, report.run.state) == (90, 1, "finished")
    assert report.weight_done == report.run.weight == file.stat().st_size + len("<p>x</p>")
    assert Article.objects.filter(revisions__mentions__isnull=False).distinct().count() == 90
    again = import_inputs([tmp_path], workers=2)
    assert (again.created, again.updated, again.unchanged, again.refused) == (0, 0, 90, 1)


def test_a_process_that_is_killed_is_replaced_and_nothing_is_lost_or_counted_twice(tmp_path):
    file = lines_of(tmp_path, 200)
    seen: Counter[str] = Counter()

    def kill_once(result: Result) -> None:
        if not seen:
            os.kill(multiprocessing.active_children()[0].pid, signal.SIGKILL)
        seen[result.name] += 1

    report = import_inputs([file], workers=2, progress=kill_once)
    assert report.created == 200
    assert set(seen.values()) == {1}
    assert Article.objects.count() == ImportItem.objects.filter(outcome="created").count() == 200


def test_ctrl_c_lets_the_processes_finish_what_they_have_begun(tmp_path):
    file = lines_of(tmp_path, 300)
    seen: list[Result] = []
    report = import_inputs([file], workers=2, progress=seen.append, stop=lambda: bool(seen))
    assert report.interrupted
    assert report.run.state == "stopped"
    assert 0 < report.created == Article.objects.count() < 300
    assert import_inputs([file], workers=2).created == 300 - report.created
