"""Which entries of a subscribed feed were dealt with: each is imported once, and again when the feed changes it.

An entry's page that was refused is tried again at the next fetches, MOST_ATTEMPTS times in all.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from articles.importing.packing import unpacked
from articles.importing.readers.feed import FeedEntry as ReadEntry
from articles.models import FeedEntry, FeedSubscription, ImportChunk, ImportItem

MOST_ATTEMPTS = 4
# Stands before the stamp of an entry whose page could not be had.
_FAILED = "!"
# What a feed has not listed for so long is forgotten; listed once more, its page is found unchanged.
_REMEMBERED = timedelta(days=30)
_LONGEST_LINK = 2000


def due_entries(subscription: FeedSubscription, listed: Sequence[ReadEntry]) -> list[ReadEntry]:
    """Of the listed ones those that are new or changed, in their order, and whatever failed, listed or not."""
    entries: dict[str, ReadEntry] = {}
    for entry in listed:
        entries.setdefault(identity(entry), entry)
    known = {entry.link: entry for entry in subscription.entries.filter(link__in=list(entries))}
    due = [entry for link, entry in entries.items() if _is_due(entry, known.get(link))]
    gone = to_try_again(subscription).exclude(link__in=list(entries)).filter(link__startswith="http")
    return [*due, *(ReadEntry(entry.link) for entry in gone)]


def to_try_again(subscription: FeedSubscription) -> QuerySet[FeedEntry]:
    """Entries whose page could not be had."""
    return subscription.entries.filter(stamp__startswith=_FAILED, attempts__lt=MOST_ATTEMPTS).order_by("pk")


def note_taken(subscription: FeedSubscription, entries: Iterable[ReadEntry]) -> None:
    """These are imported now."""
    by_link = {identity(entry): entry for entry in entries}
    known = {entry.link: entry for entry in subscription.entries.filter(link__in=list(by_link))}
    FeedEntry.objects.bulk_create(
        [_noted(subscription, link, entry, known.get(link)) for link, entry in by_link.items()],
        update_conflicts=True,
        unique_fields=["subscription", "link"],
        update_fields=["stamp", "attempts", "seen_at"],
    )


def note_refused(run: int) -> None:
    """The run (its primary key) is over: what it was refused failed."""
    refused = ImportItem.objects.filter(run=run, outcome=ImportItem.Outcome.REFUSED).values("input")
    _note_failed(run, refused)


def note_untried(run: int) -> None:
    """The run (its primary key) is given up: what nobody came to failed."""
    for chunk in ImportChunk.objects.filter(run=run, run__subscription__isnull=False, payload__isnull=False):
        _note_failed(run, [record.name for record in unpacked(chunk.payload)[chunk.done :]])


def forget_unlisted(subscription: FeedSubscription, listed: Sequence[ReadEntry]) -> None:
    """Drop what the feed has not had for long, so that the entries kept do not grow with the years."""
    old = subscription.entries.filter(seen_at__lt=timezone.now() - _REMEMBERED)
    old.exclude(link__in=[identity(entry) for entry in listed]).delete()


def identity(entry: ReadEntry) -> str:
    """What an entry is known by: its link, where there is one that fits."""
    if entry.link and len(entry.link) <= _LONGEST_LINK:
        return entry.link
    return "sha256:" + _digest(entry.link or entry.key or entry.title)


def stamp_of(entry: ReadEntry) -> str:
    """Changes whenever the feed says anything else of the entry."""
    at = entry.published.at.isoformat() if entry.published else ""
    return _digest("\n".join((at, entry.updated, entry.title, entry.summary)))


def _is_due(entry: ReadEntry, known: FeedEntry | None) -> bool:
    if known is None or known.stamp.removeprefix(_FAILED) != stamp_of(entry):
        return True
    return known.stamp.startswith(_FAILED) and known.attempts < MOST_ATTEMPTS


def _noted(subscription: FeedSubscription, link: str, entry: ReadEntry, known: FeedEntry | None) -> FeedEntry:
    """Of one that the feed no longer lists, only the link is known: its stamp stays."""
    told = stamp_of(entry)
    before = known.stamp.removeprefix(_FAILED) if known else told
    again = known is not None and (before == told or entry == ReadEntry(entry.link))
    stamp, attempts = (before, known.attempts + 1) if again else (told, 1)
    return FeedEntry(subscription=subscription, link=link, stamp=stamp, attempts=attempts)


def _note_failed(run: int, links: QuerySet | Sequence[str]) -> None:
    entries = FeedEntry.objects.filter(subscription__runs=run, link__in=links).exclude(stamp__startswith=_FAILED)
    entries.update(stamp=Concat(Value(_FAILED), F("stamp")))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
