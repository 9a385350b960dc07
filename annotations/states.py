"""Marks with all that belongs to them, read and put back row by row, so that what is taken back is exactly as it was.

A state is what PostgreSQL makes of the rows as JSON: {"mark": {…}, "parts": [{…}], …, "told": {…}}. `told` names what
the rows only refer to, for a history that outlives it; it is no part of the state itself, and neither is what is said
about a mark (comments): that goes and comes back with a mark alone. States are kept for years: what a mark did not have
yet when one was kept is as where nothing is known.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model
from psycopg.types.json import Jsonb

from annotations.models import Annotation, Attribution, Comment, CommentMention, Part, Placement, Tagging
from annotations.models.circumstances import UNKNOWN

State = dict[str, Any]

# What belongs to a mark, in the order in which its rows can be stored.
OWNED: dict[str, type[Model]] = {
    "parts": Part,
    "placements": Placement,
    "attributions": Attribution,
    "taggings": Tagging,
    "comments": Comment,
    "mentions": CommentMention,
}
SAID = ("comments", "mentions")

_WORDS = """
    (SELECT string_agg(part.exact, ' … ' ORDER BY part."order") FROM annotations_part AS part
        WHERE part.annotation_id = {mark} AND part.role = 'content')
"""
_STATES = f"""
    SELECT mark.id, jsonb_build_object(
        'mark', to_jsonb(mark),
        'parts', (SELECT coalesce(jsonb_agg(part ORDER BY part."order"), '[]')
            FROM annotations_part AS part WHERE part.annotation_id = mark.id),
        'placements', (SELECT coalesce(jsonb_agg(place ORDER BY place.id), '[]')
            FROM annotations_placement AS place JOIN annotations_part AS part ON part.id = place.part_id
            WHERE part.annotation_id = mark.id),
        'attributions', (SELECT coalesce(jsonb_agg(link ORDER BY link."order"), '[]')
            FROM annotations_attribution AS link WHERE link.annotation_id = mark.id),
        'taggings', (SELECT coalesce(jsonb_agg(tagging ORDER BY tagging.id), '[]')
            FROM annotations_tagging AS tagging WHERE tagging.annotation_id = mark.id),
        'comments', (SELECT coalesce(jsonb_agg(comment ORDER BY comment.id), '[]')
            FROM annotations_comment AS comment WHERE comment.annotation_id = mark.id),
        'mentions', (SELECT coalesce(jsonb_agg(mention ORDER BY mention.id), '[]')
            FROM annotations_commentmention AS mention JOIN annotations_comment AS comment
            ON comment.id = mention.comment_id WHERE comment.annotation_id = mark.id),
        'told', jsonb_build_object(
            'speakers', (SELECT jsonb_object_agg(
                    link.id, coalesce(entity.name, nullif(link.name, ''), {_WORDS.format(mark="link.speaker_id")}))
                FROM annotations_attribution AS link
                LEFT JOIN articles_entity AS entity ON entity.id = link.entity_id
                WHERE link.annotation_id = mark.id),
            'tags', (SELECT jsonb_object_agg(tag.id, tag.name)
                FROM annotations_tagging AS tagging JOIN annotations_tag AS tag ON tag.id = tagging.tag_id
                WHERE tagging.annotation_id = mark.id),
            'quote', {_WORDS.format(mark="mark.quote_id")}
        )
    )
    FROM annotations_annotation AS mark
"""
_BY_ID = f"{_STATES} WHERE mark.id = ANY(%(marks)s)"
_BY_UUID = f"{_STATES} WHERE mark.uuid = ANY(%(marks)s)"
_AROUND = f"""
    WITH around AS (
        SELECT unnest(%(marks)s) AS id
        UNION SELECT speaker_id FROM annotations_attribution
            WHERE annotation_id = ANY(%(marks)s) AND speaker_id IS NOT NULL
        UNION SELECT annotation_id FROM annotations_attribution WHERE speaker_id = ANY(%(marks)s)
        UNION SELECT id FROM annotations_annotation WHERE quote_id = ANY(%(marks)s)
    )
    {_STATES} WHERE mark.id IN (SELECT id FROM around)
"""


def states_of(marks: Collection[int]) -> dict[int, State]:
    """By the key of the mark; those that are not there are left out. One query."""
    return _read(_BY_ID, list(marks))


def states_around(marks: Collection[int]) -> dict[int, State]:
    """Of marks and of all that are linked with them, which a change of theirs may change too. One query."""
    return _read(_AROUND, list(marks))


def states_by_uuid(marks: Collection[UUID]) -> dict[str, State]:
    return {state["mark"]["uuid"]: state for state in _read(_BY_UUID, list(marks)).values()}


def same(one: State | None, other: State | None) -> bool:
    """Whether the marks are the same, whatever was said about them and however often they were changed on the way."""
    return _bare(one) == _bare(other)


def put_back(wanted: Mapping[int, State | None], now: Mapping[int, State]) -> None:
    """Make marks what they were, by the keys of the marks; None where there was none. `now` is what they are.

    Rows get the keys that they had. Raises IntegrityError where what they refer to is gone; accounts that are gone
    leave their names.
    """
    gone = [pk for pk, state in wanted.items() if state is None]
    if gone:
        Annotation.objects.filter(pk__in=gone).delete()
    kept = [(_as_stored(state, now.get(pk)), now.get(pk)) for pk, state in wanted.items() if state]
    _forget_gone_accounts([state for state, _ in kept])
    for name, model in reversed(OWNED.items()):
        stale = [row["id"] for state, before in kept if before for row in _rows_beyond(before[name], state[name])]
        if stale:
            model._base_manager.filter(pk__in=stale).delete()
    store(Annotation, [state["mark"] for state, before in kept if not before or before["mark"] != state["mark"]])
    for name, model in OWNED.items():
        store(model, [row for state, before in kept for row in _changed(state[name], before[name] if before else [])])
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def without_the_gone(state: State) -> State:
    """A state by itself: what it refers to and is not there any more is left out, the speaker's name stays."""
    ids = {link["speaker_id"] for link in state["attributions"]} | {state["mark"]["quote_id"]}
    live = set(Annotation.objects.filter(pk__in=ids - {None}).exclude(status="rejected").values_list("pk", flat=True))
    entities = _present(Attribution, "entity", {link["entity_id"] for link in state["attributions"]})
    tags = _present(Tagging, "tag", {tagging["tag_id"] for tagging in state["taggings"]})
    names = state["told"]["speakers"] or {}
    links = []
    for link in state["attributions"]:
        speaker = link["speaker_id"] if link["speaker_id"] in live else None
        entity = link["entity_id"] if link["entity_id"] in entities else None
        name = link["name"] or ("" if speaker or entity else (names.get(str(link["id"])) or "")[:300])
        links.append(link | {"speaker_id": speaker, "entity_id": entity, "name": name})
    quote = state["mark"]["quote_id"] if state["mark"]["quote_id"] in live else None
    return state | {
        "mark": state["mark"] | {"quote_id": quote},
        "attributions": links,
        "taggings": [tagging for tagging in state["taggings"] if tagging["tag_id"] in tags],
    }


def _read(query: str, marks: list[Any]) -> dict[int, State]:
    if not marks:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(query, {"marks": marks})
        return {pk: _parsed(state) for pk, state in cursor.fetchall()}


def _parsed(state: Any) -> State:
    return json.loads(state) if isinstance(state, str) else state


def _bare(state: State | None) -> State | None:
    if state is None:
        return None
    mark = {name: value for name, value in (UNKNOWN | state["mark"]).items() if name != "version"}
    return {"mark": mark} | {name: state[name] for name in OWNED if name not in SAID}


def _as_stored(state: State, now: State | None) -> State:
    """What is to be stored: with a version that nobody has seen, and what was said about a mark that is there left."""
    mark = UNKNOWN | state["mark"]
    if now is None:
        return state | {"mark": mark | {"version": mark["version"] + 1}}
    said = {name: now[name] for name in SAID}
    return state | {"mark": mark | {"version": now["mark"]["version"]}} | said


def _rows_beyond(now: Iterable[dict[str, Any]], wanted: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    ids = {row["id"] for row in wanted}
    return [row for row in now if row["id"] not in ids]


def _changed(wanted: Iterable[dict[str, Any]], now: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    known = {row["id"]: row for row in now}
    return [row for row in wanted if known.get(row["id"]) != row]


def store(model: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Store rows under their own keys, over what is there."""
    if not rows:
        return
    name = connection.ops.quote_name
    table = name(model._meta.db_table)
    columns = [name(field.column) for field in model._meta.concrete_fields if not field.generated]
    listed, excluded = ", ".join(columns), ", ".join(f"EXCLUDED.{column}" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM jsonb_populate_recordset(NULL::{table}, %s)"
            f" ON CONFLICT (id) DO UPDATE SET ({listed}) = ROW({excluded})",
            [Jsonb(list(rows))],
        )


def _forget_gone_accounts(states: Sequence[State]) -> None:
    """Accounts are no part of what was decided: their names stand beside them."""
    rows = [row for state in states for row in (state["mark"], *(row for name in OWNED for row in state[name]))]
    columns = ("created_by_id", "decided_by_id", "author_id")
    ids = {row[column] for row in rows for column in columns if row.get(column)}
    members = {mention["member_id"] for state in states for mention in state["mentions"]}
    live = set(get_user_model().objects.filter(pk__in=ids | members).values_list("pk", flat=True))
    for row in rows:
        row.update({column: None for column in columns if row.get(column) and row[column] not in live})
    for state in states:
        state["mentions"] = [mention for mention in state["mentions"] if mention["member_id"] in live]


def _present(model: type[Model], name: str, ids: set[int | None]) -> set[int]:
    referred = model._meta.get_field(name).related_model
    return set(referred._base_manager.filter(pk__in=ids - {None}).values_list("pk", flat=True))
