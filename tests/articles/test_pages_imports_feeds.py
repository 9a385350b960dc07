"""The page of subscriptions. Feeds that answer, on a real server, are in test_subscriptions.py."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import FeedSubscription, ImportRun
from tests.accounts import make_user
from tests.articles.factories import make_source
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db
ADDRESS = "https://news.example/feed"


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def make_feed(address: str = ADDRESS, **fields) -> FeedSubscription:
    return FeedSubscription.objects.create(address=address, **fields)


def rows(client) -> list[str]:
    return [words(row) for row in with_class(page_in(client.get(reverse("feed_list"))), "feed-row")]


def errors(response) -> str:
    return " ".join(words(error) for error in with_class(page_in(response), "errorlist"))


def test_a_subscription_says_what_it_is_when_it_is_fetched_and_what_it_brought(editor):
    now = timezone.now()
    feed = make_feed(title="جريدة السكة", source=make_source("السكة"), fetched_at=now, next_at=now + timedelta(hours=1))
    ImportRun.objects.create(inputs="x", subscription=feed, created=1_186)
    newest = ImportRun.objects.create(inputs="x", subscription=feed, created=14, updated=2, refused=1)
    (row,) = rows(editor)
    for told in ("جريدة السكة", ADDRESS, "السكة", "كل 30 دقيقة", "مفعّلة", "1,200", "آخر جلب", "الجلب القادم"):
        assert told in row
    assert "جديدة 14، محدّثة 2، مرفوضة 1" in row
    assert reverse("import_run", args=[newest.pk]) in editor.get(reverse("feed_list")).content.decode()


def test_a_new_one_was_not_fetched_yet(editor):
    make_feed()
    (row,) = rows(editor)
    assert "لم تُجلب بعد" in row
    assert "الجلب القادم" not in row


def test_a_failing_one_says_so_in_a_line(editor):
    make_feed(failures=2, failure="لم يجب الخادم في 20 ثانية")
    (row,) = rows(editor)
    assert "تتعذّر قراءتها" in row
    assert "لم يجب الخادم في 20 ثانية" in row


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"address": ""}, "اكتب عنوان الخلاصة أولاً."),
        ({"address": "file:///etc/passwd"}, "ليس هذا عنواناً يبدأ بـ http أو https."),
        ({"address": "https://a b"}, "ليس هذا عنواناً يبدأ بـ http أو https."),
        ({"address": ADDRESS}, "هذه الخلاصة مشترك بها من قبل."),
        ({"address": "news.example/feed"}, "هذه الخلاصة مشترك بها من قبل."),
        ({"every": "4"}, "5"),
        ({"every": "10081"}, "10080"),
        ({"every": "x"}, ""),
        ({"source": "0"}, ""),
    ],
)
def test_what_cannot_be_subscribed_to_is_one_line_and_the_form_stays(editor, given, line):
    make_feed()
    response = editor.post(reverse("feed_list"), {"address": "https://other.example/x", "every": "30"} | given)
    assert response.status_code == 422
    assert errors(response)
    assert line in errors(response)
    assert FeedSubscription.objects.count() == 1


def test_it_is_paused_and_resumed(editor):
    feed = make_feed()
    response = editor.post(reverse("pause_feed", args=[feed.pk]))
    assert (response.status_code, response["Location"]) == (303, reverse("feed_list"))
    feed.refresh_from_db()
    assert not feed.active
    assert "متوقفة مؤقتاً" in rows(editor)[0]
    editor.post(reverse("resume_feed", args=[feed.pk]))
    feed.refresh_from_db()
    assert feed.active


def test_it_is_fetched_at_once_when_somebody_asks(editor):
    response = editor.post(reverse("fetch_feed", args=[make_feed(title="السكة").pk]), follow=True)
    assert "ستُجلب الخلاصة «السكة» بعد لحظات." in response.content.decode()


def test_removing_asks_first_and_what_it_brought_stays(editor):
    feed = make_feed()
    run = ImportRun.objects.create(inputs="x", subscription=feed)
    address = reverse("remove_feed", args=[feed.pk])
    assert "ما استُورد منها باقٍ" in editor.get(address).content.decode()
    assert FeedSubscription.objects.exists()
    assert editor.post(address)["Location"] == reverse("feed_list")
    assert not FeedSubscription.objects.exists()
    run.refresh_from_db()
    assert run.subscription is None


@pytest.mark.parametrize("number", [1, 70])
def test_the_page_asks_twelve_times_at_most_however_many_feeds(editor, django_assert_max_num_queries, number):
    for index in range(number):
        feed = make_feed(f"https://{index}.example/feed", source=make_source(f"وسيلة {index % 5}"))
        ImportRun.objects.create(inputs="x", subscription=feed)
    with django_assert_max_num_queries(12):
        page = page_in(editor.get(reverse("feed_list")))
    assert len(with_class(page, "feed-row")) == min(number, 30)


WRITES = ("pause_feed", "resume_feed", "fetch_feed", "remove_feed")


@pytest.mark.parametrize("name", ["feed_list", *WRITES])
@pytest.mark.parametrize("role", ["reader", "annotator"])
def test_feeds_are_for_those_who_import(client, name, role):
    feed = make_feed()
    client.force_login(make_user(role))
    assert client.post(reverse(name, args=[feed.pk] if name in WRITES else [])).status_code == 403
    assert FeedSubscription.objects.filter(active=True).exists()


@pytest.mark.parametrize("name", WRITES)
def test_feeds_are_changed_by_post_from_our_own_pages(editor, name):
    address = reverse(name, args=[make_feed().pk])
    assert editor.get(address).status_code == (200 if name == "remove_feed" else 405)
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(make_user("editor"))
    assert stranger.post(address).status_code == 403
    assert editor.post(reverse(name, args=[0])).status_code == 404
    assert FeedSubscription.objects.filter(active=True).exists()
