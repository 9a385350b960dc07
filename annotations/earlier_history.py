"""What became of marks before their changes were kept whole: told from the rows that django-pghistory kept."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Model

from annotations.models import Annotation, ChangedMark, MarkChange

Act = MarkChange.Act
Status = Annotation.Status
_DECIDED = {Status.ACCEPTED: Act.ACCEPTED, Status.REJECTED: Act.REJECTED}


class EarlierChange(NamedTuple):
    """`before` and `after` are events with the fields of a mark, None where there was no mark."""

    act: Act
    at: datetime
    by: str
    before: Model | None
    after: Model | None


def earlier_changes(uuid: UUID, first: ChangedMark | None) -> Iterator[EarlierChange]:
    """The changes before the first one that was kept whole, in the order in which they were made."""
    if first and first.before is None:
        return
    events = list(Annotation.pgh_event_model.objects.filter(uuid=uuid).select_related("pgh_context").order_by("pgh_id"))
    if first:
        known = [number for number, event in enumerate(events) if _is(event, first.before["mark"])]
        events = events[: known[-1] + 1] if known else []
    for before, event in pairwise([None, *events]):
        gone = event.pgh_label == "delete"
        yield EarlierChange(_act(before, event), event.pgh_created_at, _by(event), before, None if gone else event)


def _is(event: Model, mark: dict[str, Any]) -> bool:
    """Whether the mark was so when the first change that was kept whole was made."""
    fields = ("status", "quote_type", "note", "decided_by_name")
    return event.pgh_label != "delete" and all(getattr(event, name) == mark[name] for name in fields)


def _act(before: Model | None, event: Model) -> Act:
    if event.pgh_label == "delete":
        return Act.DELETED
    if event.pgh_label == "insert":
        return Act.MARKED
    return Act.CHANGED if before and before.status == event.status else _DECIDED.get(event.status, Act.CHANGED)


def _by(event: Model) -> str:
    context = event.pgh_context.metadata if event.pgh_context else {}
    return context.get("username") or event.decided_by_name
