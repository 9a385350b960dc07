"""The next generation is built beside the one that is searched, by one process or several."""

import pytest

from articles.models import Article
from articles.search.index import schema
from articles.search.index.checking import differences
from articles.search.index.folder import search_folder
from articles.search.index.following import Follower, catch_up
from articles.search.index.reading import searcher
from articles.search.index.rebuilding import rebuild
from articles.search.index.writing import Documents
from tests.articles.factories import make_article
from tests.articles.searching.index_states import found_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def articles() -> list[Article]:
    return [make_article(title=f"خبر رقم {number}") for number in range(40)]


def test_several_processes_build_the_same_index_as_one(articles, monkeypatch):
    assert rebuild(processes=1) == 40
    alone = {word: found_by("surface", word) for word in ("خبر", "7", "رقم", "الجسر")}
    monkeypatch.setattr("articles.search.index.rebuilding._MANY", 1)
    monkeypatch.setattr("articles.search.index.rebuilding._BATCH", 7)
    progress: list[tuple[int, int]] = []
    assert rebuild(lambda done, total: progress.append((done, total)), processes=2) == 40
    assert {word: found_by("surface", word) for word in alone} == alone
    assert progress == [(7, 40), (14, 40), (21, 40), (28, 40), (35, 40), (40, 40)]
    assert differences().lines() == []


def test_what_changes_while_it_is_built_is_in_it(articles, monkeypatch):
    monkeypatch.setattr("articles.search.index.rebuilding._BATCH", 10)
    assert catch_up()
    seen: list[int] = []

    def change(done: int, total: int) -> None:
        seen.append(searcher().num_docs)
        if done == 20:
            Article.objects.filter(pk=articles[0].pk).update(status="hidden")
            articles[1].delete()

    rebuild(change)
    assert seen == [40] * 4
    assert searcher().num_docs == 39
    assert found_by(schema.STATUS, "hidden") == [articles[0].pk]
    assert differences().lines() == []


def test_an_index_is_made_of_few_segments(articles):
    rebuild()
    assert Documents.of(search_folder().current()) == (40, 0, 1)


def test_an_index_of_which_much_was_replaced_is_built_anew(articles, monkeypatch):
    """Replaced documents stay on the disk until then."""
    monkeypatch.setattr("articles.search.index.following._WORTH_BUILDING", 5)
    monkeypatch.setattr("articles.search.index.following._WORN_OUT", 0.5)
    assert catch_up()
    follower, before = Follower(search_folder()), search_folder().current().name
    for first in (0, 10, 20):
        Article.objects.filter(pk__in=[article.pk for article in articles[first : first + 10]]).update(status="hidden")
        follower.step()
    assert (search_folder().current().name, Documents.of(search_folder().current()).deleted) == (before, 30)
    follower.step()
    follower.close()
    assert search_folder().current().name != before
    assert Documents.of(search_folder().current()) == (40, 0, 1)
    assert len(found_by(schema.STATUS, "hidden")) == 30


def test_an_archive_without_articles_has_an_index_too():
    assert rebuild() == 0
    assert searcher().num_docs == 0
    assert differences().lines() == []
