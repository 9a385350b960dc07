"""The history that a file tells of a mark, kept beside what was done here: who changed it elsewhere, and when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from annotations.exports.records import ChangeRecord
from annotations.models import ChangedMark, MarkChange
from annotations.receiving.linking import NO_CHANGE
from annotations.receiving.people import People
from annotations.receiving.planning import Draft
from annotations.receiving.rows import Keys, Row
from annotations.states import store


def keep_history(drafts: Iterable[Draft], *, people: People, keys: Keys, article: int) -> dict[UUID, list[str]]:
    """Store the changes that files tell of marks that were taken; what could not be kept, by the mark's UUID.

    One change may be told by several marks. What is known here already stays as it is.
    """
    told: dict[UUID, tuple[ChangeRecord, list[Draft]]] = {}
    left_out: dict[UUID, list[str]] = {}
    for draft in drafts:
        for change in draft.mark.changes:
            uuid = _uuid(change)
            if uuid is None:
                left_out.setdefault(draft.uuid, []).append(NO_CHANGE)
            else:
                told.setdefault(uuid, (change, []))[1].append(draft)
    if told:
        _store(told, people, keys, article)
    return left_out


def _store(told: Mapping[UUID, tuple[ChangeRecord, list[Draft]]], people: People, keys: Keys, article: int) -> None:
    rows = MarkChange.objects.filter(uuid__in=told).values_list("uuid", "pk", "revision__article")
    known = {uuid: (pk, of) for uuid, pk, of in rows}
    # In the order in which they were made: a mark's history is read in the order of its rows.
    new = sorted((uuid for uuid in told if uuid not in known), key=lambda uuid: told[uuid][0].at)
    changes = dict(zip(new, keys.take(MarkChange, len(new)), strict=True))
    store(MarkChange, [_change_row(uuid, changes[uuid], *told[uuid], people) for uuid in new])
    changes |= {uuid: pk for uuid, (pk, of) in known.items() if of == article}
    ordered = sorted(changes, key=lambda uuid: told[uuid][0].at)
    ChangedMark.objects.bulk_create(
        (ChangedMark(change_id=changes[uuid], mark=draft.uuid) for uuid in ordered for draft in told[uuid][1]),
        ignore_conflicts=True,
    )


def _change_row(uuid: UUID, pk: int, change: ChangeRecord, drafts: list[Draft], people: People) -> Row:
    """Of the text that its marks were made on here; what is told takes nothing back (`undoes`) by itself."""
    by = people.named(change.by)
    return {
        "id": pk,
        "uuid": str(uuid),
        "revision_id": drafts[0].placed.revision.pk,
        "act": change.act,
        "at": change.at.isoformat(),
        "by_id": None,
        "by_name": by.name,
        "undoes_id": None,
    }


def _uuid(change: ChangeRecord) -> UUID | None:
    if change.act not in MarkChange.Act.values or not isinstance(change.at, datetime):
        return None
    try:
        return UUID(change.uuid)
    except ValueError:
        return None
