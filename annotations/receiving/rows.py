"""A mark of a file as the rows that annotations.states reads and puts back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model

from annotations.commenting import LONGEST_COMMENT
from annotations.exports.records import CommentRecord, PartRecord
from annotations.models import Attribution, Comment, CommentMention, Part, Placement, Tagging
from annotations.models.circumstances import UNKNOWN
from annotations.receiving.linking import Links
from annotations.receiving.naming import Entities, Vocabulary
from annotations.receiving.people import People
from annotations.receiving.planning import Draft
from annotations.spans import CONTEXT
from annotations.states import State

Row = dict[str, Any]

# Fields of a mark that its row has under the same name.
SAME = (
    "kind", "status", "quote_type", "note", "detector", "detector_version", "rule", "confidence", *UNKNOWN,
)  # fmt: skip


@dataclass
class Keys:
    """Keys for rows that are to be stored, fetched so many at once at least."""

    at_once: int
    ready: dict[type[Model], list[int]] = field(default_factory=dict)

    def take(self, model: type[Model], number: int) -> list[int]:
        """In their order."""
        ready = self.ready.setdefault(model, [])
        if number > len(ready):
            ready += self._fetched(model, max(number - len(ready), self.at_once))
        taken, self.ready[model] = ready[:number], ready[number:]
        return taken

    def _fetched(self, model: type[Model], number: int) -> list[int]:
        table = connection.ops.quote_name(model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number]
            )
            return [key for (key,) in cursor.fetchall()]


def mark_row(draft: Draft, pk: int, quote: int | None, people: People, now: datetime) -> Row:
    mark = draft.mark
    row = {name: getattr(mark, name) for name in SAME}
    row["said_on"] = mark.said_on.isoformat() if mark.said_on else None
    made, decided = people.named(mark.created_by), people.named(mark.decided_by)
    by_person, is_decided = not mark.detector, mark.decided_at is not None
    # Put back as it was, a mark has a version that nobody has seen: one more.
    return row | {
        "id": pk,
        "uuid": str(draft.uuid),
        "revision_id": draft.placed.revision.pk,
        "quote_id": quote,
        "version": max(0, min(mark.version, 2**31 - 2) - 1),
        "created_at": (mark.created_at or now).isoformat(),
        "created_by_id": made.account if by_person else None,
        "created_by_name": made.name if by_person else "",
        "decided_at": mark.decided_at.isoformat() if is_decided else None,
        "decided_by_id": decided.account if is_decided else None,
        "decided_by_name": decided.name if is_decided else "",
    }


def part_rows(draft: Draft, pk: int, keys: Keys) -> list[Row]:
    text = draft.placed.revision.text
    taken = keys.take(Part, len(draft.placed.parts))
    return [
        {
            "id": key,
            "annotation_id": pk,
            "order": order,
            "role": part.role,
            "start": part.start,
            "end": part.end,
            "exact": part.exact,
            "prefix": text[max(0, part.start - CONTEXT) : part.start],
            "suffix": text[part.end : part.end + CONTEXT],
        }
        for order, (part, key) in enumerate(zip(draft.placed.parts, taken, strict=True))
    ]


def place_rows(parts: Sequence[PartRecord], part_keys: Sequence[int], people: People, keys: Keys) -> list[Row]:
    """Where parts stand in other revisions; `places` of a placed part are known by the revisions' keys."""
    both = [(place, key) for part, key in zip(parts, part_keys, strict=True) for place in part.places]
    rows = []
    for (place, part), key in zip(both, keys.take(Placement, len(both)), strict=True):
        lost = place.state == Placement.State.LOST
        by = people.named(place.decided_by)
        rows.append(
            {
                "id": key,
                "part_id": part,
                "revision_id": place.revision,
                "start": None if lost else place.start,
                "end": None if lost else place.end,
                "state": place.state,
                "score": 0 if lost else place.score,
                "decided_at": place.decided_at.isoformat() if place.decided_at else None,
                "decided_by_id": by.account if place.decided_at else None,
                "decided_by_name": by.name if place.decided_at else "",
            }
        )
    return rows


def attribution_rows(links: Links, pk: int, entities: Entities, keys: Keys) -> list[Row]:
    """Makes the entities that are not here."""
    taken = keys.take(Attribution, len(links.attributions))
    return [
        {
            "id": key,
            "annotation_id": pk,
            "order": order,
            "name": link.name,
            "speaker_id": link.speaker,
            "entity_id": entities.find_or_make(link.entity).pk if link.entity else None,
            "role": link.role,
            "certainty": link.certainty,
        }
        for order, (link, key) in enumerate(zip(links.attributions, taken, strict=True))
    ]


def tagging_rows(links: Links, pk: int, vocabulary: Vocabulary, keys: Keys) -> list[Row]:
    """Adds the tags that are not here to the vocabulary."""
    wanted = list(dict.fromkeys(vocabulary.find_or_make(name) for name in links.tags))
    return [
        {"id": key, "annotation_id": pk, "tag_id": tag}
        for tag, key in zip(wanted, keys.take(Tagging, len(wanted)), strict=True)
    ]


def comment_rows(
    comments: Sequence[CommentRecord], pk: int, people: People, keys: Keys, now: datetime
) -> tuple[list[Row], list[Row]]:
    """Comments and whom they name: accounts that the importing person named, who have seen it.

    Those that say nothing, or more than a comment may, are left out.
    """
    kept = [(position, one) for position, one in enumerate(comments) if says_something(one)]
    own = dict(zip((position for position, _ in kept), keys.take(Comment, len(kept)), strict=True))
    rows = [_comment_row(one, own[position], pk, own, people, now) for position, one in kept]
    named = [(own[position], account) for position, one in kept for account in _members(one, people)]
    mentions = [
        {"id": key, "comment_id": comment, "member_id": account, "seen_at": now.isoformat()}
        for (comment, account), key in zip(named, keys.take(CommentMention, len(named)), strict=True)
    ]
    return rows, mentions


def state_of(mark: Row, **owned: Iterable[Row]) -> State:
    nothing = {name: [] for name in ("parts", "placements", "attributions", "taggings", "comments", "mentions")}
    return {"mark": mark} | nothing | {name: list(rows) for name, rows in owned.items()}


def says_something(comment: CommentRecord) -> bool:
    """Whether it can be one here."""
    if comment.deleted_at:
        return not comment.text
    return bool(comment.text.strip()) and len(comment.text) <= LONGEST_COMMENT


def _comment_row(
    comment: CommentRecord, key: int, pk: int, own: Mapping[int, int], people: People, now: datetime
) -> Row:
    author = people.named(comment.author)
    deleted_by = people.named(comment.deleted_by).name if comment.deleted_at else ""
    # A comment answers one that was there before it.
    reply_to = own.get(comment.reply_to) if comment.reply_to is not None else None
    return {
        "id": key,
        "annotation_id": pk,
        "author_id": author.account,
        "author_name": author.name,
        "text": comment.text,
        "reply_to_id": reply_to if reply_to is not None and reply_to < key else None,
        "created_at": (comment.created_at or now).isoformat(),
        "edited_at": comment.edited_at.isoformat() if comment.edited_at else None,
        "deleted_at": comment.deleted_at.isoformat() if comment.deleted_at else None,
        "deleted_by_name": deleted_by,
    }


def _members(comment: CommentRecord, people: People) -> list[int]:
    accounts = (people.account(name) for name in comment.mentions)
    return list(dict.fromkeys(account for account in accounts if account is not None))
