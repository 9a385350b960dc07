"""Feeds that are fetched on a schedule: what is new in them becomes a run of its own."""

import logging
import random
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from articles.failures import DATABASE_FAILURES
from articles.importing.feeds.entries import due_entries, forget_unlisted, note_taken, to_try_again
from articles.importing.fetching import Fetched, FetchRefused, fetch
from articles.importing.fetching.targets import read_target
from articles.importing.listed import entry_record
from articles.importing.pages import Refused
from articles.importing.queue.chunks import add_chunk, portions
from articles.importing.queue.queueing import waiting_run
from articles.importing.readers.feed import Feed, FeedEntry, read_feed
from articles.importing.records import ReadingOptions
from articles.jobs import READING, defer
from articles.models import FeedSubscription, ImportRun, Source

logger = logging.getLogger(__name__)

# At one fetch; what is more than that is taken at the next ones.
MOST_ENTRIES = 200
_LONGEST = timedelta(hours=24)
# A fetch that was killed is repeated after this.
_LEASE = timedelta(minutes=5)
_SOON = timedelta(minutes=1)
# Hosts' clocks differ.
_SKEW = timedelta(seconds=5)
# So much earlier or later than planned, that feeds which were added together are not fetched together for ever.
_JITTER = 0.1
_LONGEST_ADDRESS = 2000
_LONGEST_TITLE = 300
_LONGEST_VALIDATOR = 600
_GONE = 410
# A person who waits for a feed goes before a thousand chunks, and before the feeds that are due.
_ASKED_FOR, _DUE = 3, 2
_FEWEST_MINUTES, _MOST_MINUTES = 5, 10_080


def subscribe(
    address: str, *, by: AbstractBaseUser | None, every: int = 30, source: Source | None = None
) -> FeedSubscription:
    """Raises Refused for what is no feed, may not be fetched on a schedule, or is subscribed to already."""
    if not _FEWEST_MINUTES <= every <= _MOST_MINUTES:
        raise Refused(gettext("تُجلب الخلاصة كل 5 دقائق على الأقل وكل أسبوع على الأكثر"))
    asked = read_target(address).url
    fetched = fetch(asked, scheduled=True)
    feed = _read(fetched)
    subscription = FeedSubscription(
        address=fetched.moved_to or asked,
        title=feed.title[:_LONGEST_TITLE],
        source=source,
        every=every,
        created_by=by,
        created_by_name=by.get_username() if by else "",
        next_at=timezone.now(),
    )
    if len(subscription.address) > _LONGEST_ADDRESS:
        raise Refused(gettext("الرابط أطول من %(limit)d حرف") % {"limit": _LONGEST_ADDRESS})
    try:
        with transaction.atomic():
            subscription.save()
            _defer(subscription, priority=_ASKED_FOR)
    except IntegrityError as error:
        raise Refused(gettext("هذه الخلاصة مشترك بها من قبل")) from error
    return subscription


@transaction.atomic
def set_active(subscription: FeedSubscription, active: bool, *, by: AbstractBaseUser | None) -> None:
    """One that is made active again is fetched at once."""
    subscription.active = active
    subscription.save(update_fields=["active"])
    logger.info("feed %s was made %s by %s", subscription.address, "active" if active else "inactive", by)
    if active:
        fetch_now(subscription, by=by)


@transaction.atomic
def fetch_now(subscription: FeedSubscription, *, by: AbstractBaseUser | None) -> None:
    """Have it fetched as soon as a worker is free, also where it is not active."""
    FeedSubscription.objects.filter(pk=subscription.pk).update(next_at=timezone.now())
    _defer(subscription, priority=_ASKED_FOR)
    logger.info("feed %s was asked for by %s", subscription.address, by)


def unsubscribe(subscription: FeedSubscription, *, by: AbstractBaseUser | None) -> None:
    """What it brought stays."""
    logger.info("feed %s was removed by %s", subscription.address, by)
    subscription.delete()


def defer_due_fetches(until: datetime) -> int:
    """A job for each feed that is due before then, to be begun when it is; how many were not waiting already."""
    due = FeedSubscription.objects.filter(Q(next_at=None) | Q(next_at__lt=until), active=True)
    return sum(_defer(subscription, priority=_DUE, at=subscription.next_at) for subscription in due.order_by("next_at"))


def fetch_subscription(pk: int) -> ImportRun | None:
    """Fetch a feed that is due, and put what is new in it before the workers; None when there is nothing."""
    now = timezone.now()
    # Of two jobs for one feed the second finds that it is not due.
    due = FeedSubscription.objects.filter(Q(next_at=None) | Q(next_at__lte=now + _SKEW), pk=pk)
    if not due.update(next_at=now + _LEASE):
        return None
    subscription = FeedSubscription.objects.select_related("source").get(pk=pk)
    try:
        fetched = _fetch(subscription)
        feed = None if fetched.not_modified else _read(fetched)
    except Refused as refused:
        _note_failure(subscription, refused)
        return None
    except (*DATABASE_FAILURES, MemoryError):
        raise
    except Exception as error:
        logger.exception("feed %s could not be read", subscription.address)
        reason = gettext("خطأ غير متوقع (%(error)s)؛ التفاصيل في السجل") % {"error": type(error).__name__}
        _note_failure(subscription, Refused(reason))
        return None
    with transaction.atomic():
        run = _import_due(subscription, feed, fetched) if feed else None
        _note_success(subscription, feed, fetched)
    return run


def _fetch(subscription: FeedSubscription) -> Fetched:
    """Unless pages of it are to be tried again, a feed that has not changed is not sent."""
    known = {"etag": subscription.etag, "last_modified": subscription.last_modified}
    again = to_try_again(subscription).exists()
    return fetch(subscription.address, scheduled=True, **({} if again else known))


def _read(fetched: Fetched) -> Feed:
    return read_feed(fetched.body, address=fetched.final_url, declared_encoding=fetched.charset)


def _import_due(subscription: FeedSubscription, feed: Feed, fetched: Fetched) -> ImportRun | None:
    due = due_entries(subscription, feed.entries)
    taken = due[:MOST_ENTRIES]
    # Where some are left, the feed has to come whole the next time, although nothing in it has changed.
    whole = len(due) == len(taken)
    subscription.etag = fetched.etag if whole and len(fetched.etag) <= _LONGEST_VALIDATOR else ""
    subscription.last_modified = fetched.last_modified[:_LONGEST_VALIDATOR] if whole else ""
    forget_unlisted(subscription, feed.entries)
    return _queue_entries(subscription, taken) if taken else None


def _queue_entries(subscription: FeedSubscription, entries: list[FeedEntry]) -> ImportRun:
    note_taken(subscription, entries)
    source = subscription.source.key if subscription.source else ""
    options = ReadingOptions(settings.IMPORT_MAX_BYTES, source=source, scheduled=True)
    run = waiting_run(by=None, options=options.as_json(), inputs=subscription.address, subscription=subscription)
    found = (entry_record(entry, feed=subscription.address) for entry in entries)
    for number, portion in enumerate(portions(found)):
        add_chunk(run.pk, portion, number=number, turn=number)
    return run


def _note_success(subscription: FeedSubscription, feed: Feed | None, fetched: Fetched) -> None:
    told = {"title": feed.title[:_LONGEST_TITLE]} if feed and feed.title else {}
    validators = {"etag": subscription.etag, "last_modified": subscription.last_modified}
    _note_fetch(subscription, timedelta(minutes=subscription.every), failures=0, failure="", **validators, **told)
    moved = fetched.moved_to
    if moved and len(moved) <= _LONGEST_ADDRESS and not FeedSubscription.objects.filter(address=moved).exists():
        FeedSubscription.objects.filter(pk=subscription.pk).update(address=moved)


def _note_failure(subscription: FeedSubscription, refused: Refused) -> None:
    """Each failure in a row doubles the time to the next fetch."""
    failures, usual = subscription.failures + 1, timedelta(minutes=subscription.every)
    wait, told = min(usual * 2 ** min(failures, 20), max(_LONGEST, usual)), {}
    if isinstance(refused, FetchRefused):
        asked = timedelta(seconds=min(refused.retry_after, _LONGEST.total_seconds()))
        if refused.rule == "busy":
            # Not the feed's fault: many ask its host.
            FeedSubscription.objects.filter(pk=subscription.pk).update(next_at=timezone.now() + max(asked, _SOON))
            return
        wait, told = max(wait, asked), {"active": False} if refused.status == _GONE else {}
    _note_fetch(subscription, wait, failures=failures, failure=str(refused), **told)


def _note_fetch(subscription: FeedSubscription, wait: timedelta, **told: object) -> None:
    """Only what the fetch found out: people may have changed the rest meanwhile."""
    now = timezone.now()
    next_at = now + wait * random.uniform(1 - _JITTER, 1 + _JITTER)
    FeedSubscription.objects.filter(pk=subscription.pk).update(fetched_at=now, next_at=next_at, **told)


def _defer(subscription: FeedSubscription, *, priority: int, at: datetime | None = None) -> bool:
    lock = f"feed {subscription.pk}"
    how = {"queue": READING, "priority": priority, "queueing_lock": lock, "schedule_at": at}
    return defer("articles.tasks.fetch_feed", subscription_id=subscription.pk, **how)
