"""How a mark of a file differs from the mark here that has its UUID."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import datetime

from annotations.exports.records import MarkRecord, PlaceRecord
from annotations.models.circumstances import UNKNOWN
from annotations.models.tags import folded_tag
from annotations.receiving.linking import Links
from annotations.receiving.naming import Entities
from annotations.receiving.people import People
from annotations.receiving.planning import Draft
from annotations.receiving.rows import SAME, Row, says_something
from annotations.states import State
from articles.language.letters import Letters

_DEFAULTS = {one.name: one.default for one in fields(MarkRecord) if one.default is not MISSING}


def differences(
    draft: Draft, links: Links, now: State, *, people: People, entities: Entities, is_complete: bool
) -> list[str]:
    """The names of what is not the same, in the order of a record's fields.

    Only what the file says is compared: in a format that is not complete nothing is said of what is empty. Comments,
    tags and places that are here beside the file's are no difference where there is no such thing in it at all.
    """
    told = {name for name in _DEFAULTS if is_complete or getattr(draft.original, name) != _DEFAULTS[name]}
    found = [*_fields(draft, now, people, told), *_parts(draft, now)]
    if "quote" in told and now["mark"]["quote_id"] != links.quote:
        found.append("quote")
    if "attributions" in told and not _same_attributions(links, now["attributions"], entities):
        found.append("attributions")
    names = {folded_tag(name) for name in (now["told"]["tags"] or {}).values()}
    if "tags" in told and {folded_tag(name) for name in links.tags} != names:
        found.append("tags")
    if missing_comments(draft, now, people):
        found.append("comments")
    return found


def missing_comments(draft: Draft, now: State, people: People) -> list[int]:
    """The positions of the file's comments that are not here."""
    here = [(row["author_name"], row["text"], _moment(row["created_at"])) for row in now["comments"]]
    missing = []
    for position, comment in enumerate(draft.mark.comments):
        if not says_something(comment):
            continue
        wanted = (people.named(comment.author).name, comment.text)
        times = [at for author, text, at in here if (author, text) == wanted]
        if not times or (comment.created_at and comment.created_at not in times):
            missing.append(position)
    return missing


def _fields(draft: Draft, now: State, people: People, told: set[str]) -> Iterator[str]:
    row = UNKNOWN | now["mark"]
    for name in SAME:
        wanted = getattr(draft.mark, name)
        wanted = wanted.isoformat() if name == "said_on" and wanted else wanted
        # Kind and status are always said; a quote's type follows from its words where it is not.
        if (name in told or name in ("kind", "status")) and row[name] != wanted:
            yield name
    for name in ("created_by", "decided_by"):
        wanted = getattr(draft.original, name)
        if name in told and wanted and row[f"{name}_name"] != people.named(wanted).name:
            yield name
    for name in ("created_at", "decided_at"):
        wanted = getattr(draft.original, name)
        if wanted and _moment(row[name]) != wanted:
            yield name


def _parts(draft: Draft, now: State) -> Iterator[str]:
    """Words that were looked for are the same wherever they were found before; others are where they stand in the text
    that the file's mark was made on.
    """
    parts = draft.placed.parts
    if draft.placed.found:
        wanted = [(part.role, Letters(part.exact).letters) for part in parts]
        here = [(row["role"], Letters(row["exact"]).letters) for row in now["parts"]]
    else:
        wanted = [(part.role, part.start, part.end) for part in parts]
        here = _standing(now, draft.placed.revision.pk)
    if wanted != here:
        yield "parts"
    elif not all(_is_placed(place, now) for place in _keyed_places(draft, now["parts"])):
        yield "places"


def _standing(now: State, revision: int) -> list[tuple[str, int, int]]:
    """(role, start, end) of the parts of a mark that are in a revision."""
    if now["mark"]["revision_id"] == revision:
        return [(row["role"], row["start"], row["end"]) for row in now["parts"]]
    roles = {row["id"]: row["role"] for row in now["parts"]}
    places = [row for row in now["placements"] if row["revision_id"] == revision and row["start"] is not None]
    return sorted(((roles[row["part_id"]], row["start"], row["end"]) for row in places), key=lambda part: part[1])


def _keyed_places(draft: Draft, rows: list[Row]) -> Iterator[tuple[int, PlaceRecord]]:
    """The places that the file tells, each with the key of the part here; none where the parts are not the same."""
    if len(rows) == len(draft.placed.parts):
        for part, row in zip(draft.placed.parts, rows, strict=True):
            yield from ((row["id"], place) for place in part.places)


def _is_placed(keyed: tuple[int, PlaceRecord], now: State) -> bool:
    part, place = keyed
    here = (row for row in now["placements"] if (row["part_id"], row["revision_id"]) == (part, place.revision))
    told = (place.state, place.start, place.end)
    return any((row["state"], row["start"], row["end"]) == told for row in here)


def _same_attributions(links: Links, rows: list[Row], entities: Entities) -> bool:
    if len(rows) != len(links.attributions):
        return False
    return all(
        (row["name"], row["speaker_id"], row["role"], row["certainty"])
        == (link.name, link.speaker, link.role, link.certainty)
        and (entities.means(link.entity, row["entity_id"]) if link.entity else row["entity_id"] is None)
        for link, row in zip(links.attributions, rows, strict=True)
    )


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
