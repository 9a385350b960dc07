"""Feeds on a schedule, from a real server on this machine: what is new or changed becomes a run, and nothing else."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.importing.feeds.subscriptions import (
    defer_due_fetches,
    fetch_now,
    fetch_subscription,
    set_active,
    subscribe,
    unsubscribe,
)
from articles.importing.fetching import FetchRefused
from articles.importing.pages import Refused
from articles.models import Article, FeedEntry, FeedSubscription, ImportRun
from tests.accounts import make_user
from tests.articles.factories import make_source
from tests.articles.fetching.site import Site, answered, moved, serving
from tests.articles.pages import FIRST, SECOND, TITLE
from tests.articles.working import empty_queue, waiting_jobs, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _one_step_and_an_empty_queue(settings):
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]
    settings.FETCH_ALLOW, settings.FETCH_DELAY = ["127.0.0.1"], 0
    empty_queue()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def page(number: int, words: str = "") -> bytes:
    return answered(
        f"<html lang='ar'><head><meta charset='utf-8'><title>{TITLE} {number}</title></head><body><article>"
        f"<h1>{TITLE} {number}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} {number} {words}</p></article></body></html>"
        .encode()
    )  # fmt: skip


def item(site: Site, number: int, **told: str) -> str:
    told = {"link": site.url(f"/{number}"), "title": f"{TITLE} {number}"} | told
    return "<item>" + "".join(f"<{name}>{words}</{name}>" for name, words in told.items()) + "</item>"


def feed(*items: str, title: str = "صحيفة القرية", **headers: str) -> bytes:
    body = f"<rss version='2.0'><channel><title>{title}</title>{''.join(items)}</channel></rss>"
    return answered(body.encode(), media_type="application/rss+xml; charset=utf-8", **headers)


def serve(site: Site, number: int, **headers: str) -> None:
    site.answers["/feed"] = feed(*(item(site, one) for one in range(number)), **headers)
    site.answers |= {f"/{one}": page(one) for one in range(number)}


def subscribed(site: Site, **told: object) -> FeedSubscription:
    subscription = subscribe(site.url("/feed"), by=None, **told)
    empty_queue()
    return subscription


def fetch(subscription: FeedSubscription) -> ImportRun | None:
    """As when it is due the next time; the run is done."""
    FeedSubscription.objects.filter(pk=subscription.pk).update(next_at=timezone.now())
    run = fetch_subscription(subscription.pk)
    work_off()
    subscription.refresh_from_db()
    if run:
        run.refresh_from_db()
    return run


def test_a_feed_that_is_subscribed_to_is_fetched_at_once(site):
    serve(site, 3)
    editor = make_user("editor")
    subscription = subscribe(site.url("/feed"), by=editor, every=60)
    assert (subscription.title, subscription.created_by, subscription.active) == ("صحيفة القرية", editor, True)
    assert waiting_jobs() == [("fetch_feed", {"subscription_id": subscription.pk})]
    work_off()
    run = ImportRun.objects.get()
    assert (run.subscription, run.state, run.created) == (subscription, "finished", 3)
    assert run.inputs == subscription.address
    assert set(Article.objects.values_list("url", flat=True)) == {site.url(f"/{number}") for number in range(3)}
    subscription.refresh_from_db()
    wait = subscription.next_at - subscription.fetched_at
    assert timedelta(minutes=54) <= wait <= timedelta(minutes=66)
    assert (subscription.failures, subscription.failure) == (0, "")


def test_what_is_no_feed_is_refused_and_so_is_a_second_subscription(site):
    site.answers["/page"] = page(1)
    with pytest.raises(Refused, match="RSS"):
        subscribe(site.url("/page"), by=None)
    with pytest.raises(FetchRefused, match="404"):
        subscribe(site.url("/nothing"), by=None)
    with pytest.raises(Refused, match="http"):
        subscribe("ftp://feeds.example/", by=None)
    serve(site, 1)
    with pytest.raises(Refused, match="5 دقائق"):
        subscribe(site.url("/feed"), by=None, every=1)
    assert not FeedSubscription.objects.exists()
    subscribe(site.url("/feed"), by=None)
    with pytest.raises(Refused, match="من قبل"):
        subscribe(site.url("/feed"), by=None)
    assert FeedSubscription.objects.count() == 1


def test_a_feed_that_may_not_be_fetched_on_a_schedule_is_refused_when_it_is_asked_for(site):
    serve(site, 1)
    site.answers["/robots.txt"] = answered(b"User-agent: *\nDisallow: /feed", media_type="text/plain")
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        subscribe(site.url("/feed"), by=None)


def test_nothing_new_makes_no_run_and_what_has_not_changed_is_not_sent(site):
    serve(site, 2, etag='"1"')
    subscription = subscribed(site)
    assert fetch(subscription).created == 2
    site.answers["/feed"] = answered(b"", status="304 Not Modified")
    assert fetch(subscription) is None
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    serve(site, 2, etag='"2"')
    assert fetch(subscription) is None
    assert ImportRun.objects.count() == 1


def test_new_and_changed_entries_become_a_run(site):
    serve(site, 3)
    subscription = subscribed(site)
    fetch(subscription)
    site.answers["/feed"] = feed(
        item(site, 3), item(site, 2, title="عنوان صحّحته الصحيفة"), item(site, 1), item(site, 0)
    )
    site.answers |= {"/2": page(2, "وزيدت جملة."), "/3": page(3)}
    run = fetch(subscription)
    assert (run.created, run.updated, run.unchanged, run.refused) == (1, 1, 0, 0)
    assert set(run.items.values_list("input", flat=True)) == {site.url("/2"), site.url("/3")}


def test_a_page_takes_the_outlet_and_the_missing_date_from_its_feed(site):
    source = make_source("صحيفة القرية", key="village")
    site.answers |= {"/feed": feed(item(site, 1, pubDate="Sat, 03 Aug 2013 10:00:00 GMT")), "/1": page(1)}
    fetch(subscribed(site, source=source))
    article = Article.objects.get()
    assert article.source == source
    assert article.published_at.date().isoformat() == "2013-08-03"
    assert article.published_from == "feed"


def test_a_page_that_fails_is_tried_at_the_next_fetches_four_times_in_all(site):
    serve(site, 2, etag='"1"')
    site.answers["/1"] = answered(b"", status="404 Not Found")
    subscription = subscribed(site)
    first = fetch(subscription)
    assert (first.created, first.refused) == (1, 1)
    for attempt in (2, 3, 4):
        run = fetch(subscription)
        assert "if-none-match" not in next(asked for asked in reversed(site.asked) if asked.path == "/feed").headers
        assert (run.created, run.refused) == (0, 1)
        assert FeedEntry.objects.get(link=site.url("/1")).attempts == attempt
    assert fetch(subscription) is None
    # Once the feed says that it changed, it is another one.
    site.answers |= {"/feed": feed(item(site, 0), item(site, 1, title="عنوان آخر")), "/1": page(1)}
    assert fetch(subscription).created == 1
    assert fetch(subscription) is None


def test_a_page_that_failed_is_tried_again_although_its_feed_no_longer_lists_it(site):
    serve(site, 2)
    site.answers["/1"] = answered(b"", status="404 Not Found")
    subscription = subscribed(site)
    fetch(subscription)
    site.answers |= {"/feed": feed(item(site, 0)), "/1": page(1)}
    assert fetch(subscription).created == 1
    assert fetch(subscription) is None


def test_more_entries_than_one_fetch_takes_are_taken_at_the_next(site, monkeypatch):
    monkeypatch.setattr("articles.importing.feeds.subscriptions.MOST_ENTRIES", 5)
    serve(site, 8, etag='"1"')
    subscription = subscribed(site)
    assert fetch(subscription).created == 5
    assert fetch(subscription).created == 3
    assert fetch(subscription) is None


def test_a_feed_that_fails_is_fetched_less_and_less_often_and_says_why(site):
    serve(site, 1)
    subscription = subscribed(site, every=30)
    site.answers["/feed"] = answered(b"", status="403 Forbidden")
    waits = []
    for failures in range(1, 9):
        assert fetch(subscription) is None
        assert subscription.failures == failures
        waits.append((subscription.next_at - subscription.fetched_at) / timedelta(minutes=30))
    planned = [2, 4, 8, 16, 32, 48, 48, 48]
    assert all(0.9 * plan <= wait <= 1.1 * plan for wait, plan in zip(waits, planned, strict=True))
    assert "403" in subscription.failure
    assert subscription.active
    serve(site, 1)
    assert fetch(subscription).created == 1
    assert (subscription.failures, subscription.failure) == (0, "")


def test_a_feed_that_is_gone_is_fetched_no_more(site):
    serve(site, 1)
    subscription = subscribed(site)
    site.answers["/feed"] = answered(b"", status="410 Gone")
    fetch(subscription)
    assert not subscription.active
    assert "410" in subscription.failure
    assert defer_due_fetches(timezone.now() + timedelta(days=9)) == 0


def test_a_feed_that_moved_for_good_is_known_by_its_new_address_unless_another_has_it(site):
    serve(site, 1)
    subscription = subscribed(site)
    site.answers |= {"/new": site.answers["/feed"], "/feed": moved(site.url("/new"), "301 Moved Permanently")}
    fetch(subscription)
    assert subscription.address == site.url("/new")
    site.answers |= {"/other": site.answers["/new"], "/new": moved(site.url("/other"))}
    fetch(subscription)
    assert subscription.address == site.url("/new")
    subscribe(site.url("/other"), by=None)
    site.answers["/new"] = moved(site.url("/other"), "308 Permanent Redirect")
    fetch(subscription)
    assert (subscription.address, subscription.failure) == (site.url("/new"), "")


def test_feeds_that_are_due_are_spread_over_the_minute_and_wait_once_each(site):
    now = timezone.now()
    for number in range(50):
        FeedSubscription.objects.create(
            address=f"https://feeds.example/{number}", next_at=now + timedelta(seconds=number)
        )
    FeedSubscription.objects.create(address="https://feeds.example/later", next_at=now + timedelta(minutes=2))
    FeedSubscription.objects.create(address="https://feeds.example/paused", next_at=now, active=False)
    assert defer_due_fetches(now + timedelta(minutes=1)) == 50
    assert defer_due_fetches(now + timedelta(minutes=1)) == 0
    planned = ProcrastinateJob.objects.filter(status="todo").values_list("scheduled_at", flat=True)
    assert len(set(planned)) == 50


def test_of_two_jobs_for_one_feed_the_second_asks_nobody(site):
    serve(site, 1)
    subscription = subscribed(site)
    assert fetch_subscription(subscription.pk)
    asked = len(site.asked)
    assert fetch_subscription(subscription.pk) is None
    assert len(site.asked) == asked


def test_a_person_pauses_a_feed_resumes_it_has_it_fetched_and_removes_it(site):
    serve(site, 1)
    editor = make_user("editor")
    subscription = subscribed(site)
    fetch(subscription)
    set_active(subscription, False, by=editor)
    assert defer_due_fetches(timezone.now() + timedelta(days=1)) == 0
    fetch_now(subscription, by=editor)
    fetch_now(subscription, by=editor)
    assert len(waiting_jobs()) == 1
    empty_queue()
    set_active(subscription, True, by=editor)
    assert FeedSubscription.objects.get().active
    assert len(waiting_jobs()) == 1
    unsubscribe(subscription, by=editor)
    work_off()
    assert not FeedSubscription.objects.exists()
    assert (Article.objects.count(), ImportRun.objects.get().subscription) == (1, None)


def test_a_page_whose_site_forbids_machines_is_refused(site):
    serve(site, 2)
    subscription = subscribed(site)
    site.answers["/1"] = answered(page(1).split(b"\r\n\r\n", 1)[1], X_Robots_Tag="noarchive")
    run = fetch(subscription)
    assert (run.created, run.refused) == (1, 1)
    assert "X-Robots-Tag" in run.items.get(outcome="refused").reason
