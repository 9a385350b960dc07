"""Files that are received while others are at work on the same articles."""

from threading import Thread

import pytest
from django.db import connection

from annotations.marking import create_mark
from annotations.models import Annotation, MarkChange
from annotations.receiving.running import Asked, receive_file
from annotations.refusals import MarkRefused
from tests.accounts import make_user
from tests.annotations.exports.samples import whole
from tests.annotations.marks import span
from tests.annotations.receiving.arriving import stored_sample, told, written

pytestmark = pytest.mark.django_db(transaction=True)


def side_by_side(*acts) -> list:
    """What each act gave back, or why it could not; each in a thread with a connection of its own."""
    results = [None] * len(acts)

    def act(number: int) -> None:
        try:
            results[number] = acts[number]()
        except MarkRefused as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [Thread(target=act, args=[number]) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_same_file_twice_at_once_is_stored_once(tmp_path):
    editor = make_user("editor")
    stored_sample()
    file = written(tmp_path / "marks.jsonl", whole())
    first, second = side_by_side(*[lambda: receive_file(Asked(file, "jsonl", editor))] * 2)
    assert sorted([told(first), told(second)], key=str) == [{"new": 9}, {"unchanged": 9}]
    assert Annotation.objects.count() == 9
    assert MarkChange.objects.filter(act="imported").count() == 1


def test_words_that_somebody_marks_meanwhile_are_marked_once(tmp_path):
    editor, annotator = make_user("editor"), make_user("annotator")
    article = stored_sample()
    file = written(tmp_path / "marks.jsonl", whole())
    wanted = [span(article, "وزيرة المياه سلمى الرافعي")]
    report, _mark = side_by_side(
        lambda: receive_file(Asked(file, "jsonl", editor)),
        lambda: create_mark(revision=article.current_revision, kind="speaker", spans=wanted, by=annotator),
    )
    assert report.fates["new"] + report.fates["already"] == 9
    assert Annotation.objects.filter(kind="speaker", parts__exact=wanted[0].exact).count() == 1
