"""What is new since when, and what may go out."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from articles.delivering.arrivals import periods, present, settled
from articles.delivering.results import articles_of, found, found_in, published_reader
from articles.models import Article, Release
from articles.search.query import Reader, SearchQuery, Sort
from tests.accounts import make_user
from tests.articles.delivering.found import article_in_index
from tests.articles.factories import make_article
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
PUBLISHED = Reader((Article.Status.PUBLISHED,), member=False)
BRIDGE = SearchQuery(text="الجسر")


def new_since(point, *, reader=PUBLISHED, until=None) -> list[int]:
    index_everything()
    (period,) = periods([point], until or present())
    new = found_in(BRIDGE, reader=reader, period=period, most=10)
    assert new.total == len(new.ids)
    return new.ids


def test_what_was_imported_since_is_new_whenever_it_was_published():
    make_article()
    before = present()
    old_news = make_article(published_at=timezone.now() - timedelta(days=900))
    make_article(title="سد", paragraphs=["لا صلة له."])
    assert new_since(before) == [old_news.pk]
    assert new_since(present()) == []


def test_what_waited_for_review_is_new_when_it_is_published():
    waiting = make_article(status="pending")
    before = present()
    assert new_since(before) == []
    Article.objects.filter(pk=waiting.pk).update(status="published")
    Release.objects.update(released_at=timezone.now())  # A test is one transaction, and its now() is one moment.
    assert new_since(before) == [waiting.pk]
    assert new_since(present()) == []


def test_what_is_published_again_or_edited_is_not_new():
    article = make_article()
    before = present()
    for status in ("hidden", "published", "pending", "hidden", "published"):
        Article.objects.filter(pk=article.pk).update(status=status)
    Article.objects.filter(pk=article.pk).update(title="الجسر من جديد")
    assert new_since(before) == []


def test_what_was_published_after_two_reviews_was_new_once():
    article = make_article(status="pending")
    Article.objects.update(status="published")
    first = Release.objects.get()
    Article.objects.update(status="pending")
    Article.objects.update(status="published")
    assert Release.objects.get().released_at == first.released_at
    article.delete()
    assert not Release.objects.exists()


def test_a_moment_ago_leaves_out_what_may_still_be_on_its_way():
    old, fresh = make_article(), make_article()
    Article.objects.filter(pk=old.pk).update(imported_at=timezone.now() - timedelta(minutes=3))
    assert settled().article == old.pk
    assert present().article == fresh.pk
    assert new_since(settled()) == [fresh.pk]


def test_without_any_article_the_moments_are_there_all_the_same():
    assert (present().article, settled().article) == (0, 0)


@pytest.mark.parametrize("role", ["reader", "editor", "administrator"])
def test_what_leaves_by_itself_is_published_and_decided_whoever_asks(role):
    assert published_reader(make_user(role)) == PUBLISHED


def test_who_may_not_read_gets_nothing(settings):
    settings.PUBLIC_READING = False
    gone = make_user("reader")
    gone.is_active = False
    assert published_reader(AnonymousUser()).statuses == published_reader(gone).statuses == ()
    article_in_index()
    assert found(BRIDGE, reader=published_reader(gone), most=5).ids == []


def test_results_come_in_their_order_and_what_was_hidden_meanwhile_is_left_out():
    days = [timezone.now() - timedelta(days=day) for day in range(5)]
    articles = [make_article(published_at=day) for day in days]
    index_everything()
    ids = found(SearchQuery(text="الجسر", sort=Sort.NEWEST), reader=PUBLISHED, most=4)
    assert (ids.ids, ids.total) == ([article.pk for article in articles[:4]], 5)
    Article.objects.filter(pk=articles[1].pk).update(status="hidden")
    assert [article.pk for article in articles_of(ids.ids, reader=PUBLISHED)] == [articles[n].pk for n in (0, 2, 3)]


def test_reading_the_results_asks_twice_a_batch_at_most(django_assert_max_num_queries):
    ids = [make_article().pk for _ in range(120)]
    with django_assert_max_num_queries(2):
        assert [article.pk for article in articles_of(ids, reader=PUBLISHED)] == ids


def test_what_holds_some_of_the_words_goes_out_only_where_it_is_asked_for():
    article = article_in_index(paragraphs=["افتتح الجسر اليوم."])
    query = SearchQuery(text="الجسر والطائرة")
    assert found(query, reader=PUBLISHED, most=5).ids == []
    loosely = found(query, reader=PUBLISHED, most=5, loosely=True)
    assert (loosely.ids, loosely.every) == ([article.pk], False)
