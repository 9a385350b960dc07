"""Inputs that failed, kept so that they can be tried again."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from articles.importing.inputs import records
from articles.importing.packing import described, record_of
from articles.importing.records import ReadingOptions, Record
from articles.models import ImportItem, ImportRun, Quarantined


def keep(record: Record, options: ReadingOptions) -> Quarantined | None:
    """The record in quarantine, once however often it failed; None where nothing of it can be kept."""
    if not record.data and not record.address:
        return None
    what = described(replace(record, refusal="", weight=0, quarantined=None))
    digest = hashlib.sha256(json.dumps([what, options.as_json()], sort_keys=True).encode())
    digest.update(record.data)
    kept, _ = Quarantined.objects.get_or_create(
        fingerprint=digest.hexdigest(),
        defaults={
            "record": what,
            "options": options.as_json(),
            "compressed": gzip.compress(record.data, mtime=0) if record.data else None,
        },
    )
    return kept


def failed_items(run: ImportRun):
    """The refused items of a run that can be tried again."""
    return run.items.filter(outcome=ImportItem.Outcome.REFUSED).exclude(quarantined=None)


def quarantined_records(items) -> Iterator[Record]:
    """What is kept of these items, each input once. An address that nobody has seen yet may become many records."""
    kept = Quarantined.objects.filter(items__in=items).distinct().order_by("pk")
    for pk in list(kept.values_list("pk", flat=True)):
        found = Quarantined.objects.filter(pk=pk).first()
        if found:
            yield from _records(found)


def release(record: Record, run: ImportRun) -> None:
    """It was taken in by this run: what failed before says so, and nothing is kept any more."""
    ImportItem.objects.filter(quarantined=record.quarantined).update(quarantined=None, taken_in_by=run)
    Quarantined.objects.filter(pk=record.quarantined).delete()


def forget_old_quarantine() -> int:
    """Drop what has been kept for longer than the settings say; how many inputs that were."""
    before = timezone.now() - timedelta(days=settings.QUARANTINE_DAYS)
    return Quarantined.objects.filter(kept_at__lt=before).delete()[1].get("articles.Quarantined", 0)


def _records(found: Quarantined) -> Iterator[Record]:
    record = record_of(found.record, gzip.decompress(found.compressed) if found.compressed else b"")
    if record.format or not record.address:
        yield replace(record, quarantined=found.pk)
        return
    options = ReadingOptions(settings.IMPORT_MAX_BYTES, **found.options)
    for seen in records([record.address], options):
        # Whatever it turned out to be, this input is done with as soon as one of its pages is.
        yield replace(seen, quarantined=found.pk)
