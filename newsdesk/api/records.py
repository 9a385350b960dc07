"""The marks of a page as records, which the W3C shape is written from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.exporting.gathering import records_of
from annotations.exporting.wanted import Wanted
from annotations.exports.records import SURE, ArticleRecord, Losses, MarkRecord
from annotations.models import Annotation, Attribution

_WANTED = Wanted(
    statuses=(Annotation.Status.ACCEPTED.value, Annotation.Status.SUGGESTED.value), comments=False, history=False
)


def records(marks: Sequence[Annotation], *, member: bool, site: str) -> Iterator[ArticleRecord]:
    """Of marks that somebody may see; who is no member gets no more of them than the pages tell."""
    articles = list(dict.fromkeys(mark.revision.article_id for mark in marks))
    chosen = [mark.pk for mark in marks]
    for record in records_of([articles] if articles else [], _WANTED, Losses(), site=site, chosen=chosen):
        yield record if member else _outside(record)


def _outside(record: ArticleRecord) -> ArticleRecord:
    """What stands on the text of now for sure: words that a later text has no more are not told to visitors."""
    told = (_told(mark) for mark in record.marks if mark.revision == record.revision and mark.standing in SURE)
    texts = tuple(text for text in record.texts if text.revision == record.revision)
    return replace(record, marks=tuple(told), texts=texts)


def _told(mark: MarkRecord) -> MarkRecord:
    """Without who made it, what members say about it, and speakers whom nobody confirmed."""
    confirmed = tuple(link for link in mark.attributions if link.certainty == Attribution.Certainty.CONFIRMED)
    parts = tuple(replace(part, places=()) for part in mark.parts)
    nobody = {"created_by": "", "decided_by": "", "created_at": None, "decided_at": None, "version": 1}
    detected = {"detector": "", "detector_version": "", "rule": "", "confidence": None}
    return replace(mark, attributions=confirmed, parts=parts, note="", tags=(), **nobody, **detected)
