"""Processes that follow and build are killed, follow each other, and make way for each other."""

import os
import random
import signal
import statistics
import time
from pathlib import Path

import pytest

from articles.models import Article
from articles.search.index import schema
from articles.search.index.checking import differences
from articles.search.index.folder import search_folder
from articles.search.index.following import catch_up
from articles.search.index.reading import SearchUnavailable, searcher
from tests.articles.factories import make_article
from tests.articles.searching.index_processes import search_index
from tests.articles.searching.index_states import found_by
from tests.processes import until

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = 10


def documents() -> int:
    try:
        return searcher().num_docs
    except SearchUnavailable:
        return -1


def cursor() -> int:
    generation = search_folder().current()
    state = generation and generation.state()
    return state.cursor if state else -1


def change_something(chance: random.Random) -> None:
    ids = list(Article.objects.values_list("pk", flat=True))
    Article.objects.filter(pk__in=chance.sample(ids, len(ids) // 2)).update(status=chance.choice(["hidden", "pending"]))
    Article.objects.filter(pk__in=chance.sample(ids, 2)).first().delete()
    for _ in range(4):
        make_article(title=f"خبر {chance.random()}")


def test_a_follower_that_is_killed_again_and_again_leaves_an_equal_index():
    chance = random.Random(11)
    for number in range(60):
        make_article(title=f"خبر {number}")
    for _ in range(KILLS):
        before = cursor()
        change_something(chance)
        with search_index("--follow") as process:
            assert until(lambda before=before: cursor() > before), process.communicate(timeout=1)
            for _ in range(chance.randint(0, 3)):
                change_something(chance)
                time.sleep(chance.random() / 4)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert documents() > 0
    assert catch_up(wait=30)
    assert differences().lines() == []
    assert documents() == Article.objects.count()
    assert len(found_by(schema.STATUS, "hidden")) == Article.objects.filter(status="hidden").count()


def test_a_builder_that_is_killed_leaves_the_old_index_serving_and_the_next_one_builds():
    for number in range(300):
        make_article(title=f"خبر {number}")
    assert catch_up()
    before, chance = search_folder().current().name, random.Random(5)
    for _ in range(3):
        with search_index("--rebuild") as process:
            assert until(lambda: len(list(search_folder().path.glob("generation-*"))) > 1)
            time.sleep(chance.random() / 2)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert documents() == 300
    with search_index("--rebuild") as process:
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert out.startswith("300 articles indexed; 300 documents in ")
    assert [path.name for path in search_folder().path.glob("generation-*")] == [search_folder().current().name]
    assert search_folder().current().name != before
    assert differences().lines() == []


def test_a_second_follower_stands_by_and_takes_over_when_the_first_dies():
    make_article()
    with search_index("--follow") as first:
        assert until(lambda: documents() == 1)
        with search_index("--follow") as second:
            assert second.stderr.readline().endswith("this one stands by\n")
            make_article()
            assert until(lambda: documents() == 2)
            first.kill()
            make_article()
            assert until(lambda: documents() == 3)


def test_a_follower_goes_on_with_what_another_process_built():
    make_article()
    with search_index("--follow"):
        assert until(lambda: documents() == 1)
        before = search_folder().current().name
        with search_index("--rebuild") as builder:
            assert builder.wait(60) == 0
        assert search_folder().current().name != before
        make_article()
        assert until(lambda: documents() == 2)


@pytest.mark.parametrize("damage", ["folder", "state", "files"])
def test_a_follower_heals_what_is_damaged_under_it(damage):
    make_article()
    with search_index("--follow"):
        assert until(lambda: documents() == 1)
        generation = search_folder().current()
        if damage == "folder":
            os.rename(search_folder().path, f"{search_folder().path}-elsewhere")
        elif damage == "state":
            (generation.path / "state.json").write_text("{")
        else:
            for path in generation.index.glob("*.idx"):
                replace_with_half(path)
            generation.suspect("a test says so")
        make_article()
        assert until(lambda: documents() == 2)
    assert differences().lines() == []


def replace_with_half(path: Path) -> None:
    """Not cut in its place, for it is mapped into the follower."""
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data[: len(data) // 2])


def test_a_follower_that_is_told_to_stop_does():
    make_article()
    with search_index("--follow") as process:
        assert until(lambda: documents() == 1)
        process.terminate()
        _, errors = process.communicate(timeout=20)
        assert (process.returncode, errors) == (0, "")


def test_a_changed_article_is_searchable_within_two_seconds():
    make_article()
    with search_index("--follow"):
        assert until(lambda: documents() == 1)
        waits = []
        for number in range(2, 9):
            make_article()
            begun = time.monotonic()
            assert until(lambda number=number: documents() == number)
            waits.append(time.monotonic() - begun)
    assert statistics.median(waits) <= 2
