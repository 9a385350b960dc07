"""Whom the marks of a file speak of: speakers and quotes by UUID, entities and tags by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from annotations.exports.records import AttributionRecord, EntityRecord, MarkRecord
from annotations.models import Annotation, Attribution
from annotations.receiving.naming import can_be_entity, can_be_tag
from annotations.receiving.planning import Known
from annotations.tagging import MOST_TAGS

Kind, Status = Annotation.Kind, Annotation.Status
_LONGEST_NAME = 300
NO_SPEAKER = "speaker that is not here"
NO_QUOTE = "quote that is not here"
NO_ROLE = "attribution of an unknown role or certainty"
NOBODY = "attribution to nobody"
NO_ENTITY = "entity that can be none"
NO_TAG = "tag that can be none"
NO_CUE = "cue that is not found in the text"
NO_COMMENT = "comment that says nothing, or too much"
NO_CHANGE = "change of an unknown kind"
NAMES = "name in the text"


class Link(NamedTuple):
    """An attribution as it is to be; `speaker` is the key of a mark."""

    name: str
    speaker: int | None
    entity: EntityRecord | None
    role: str
    certainty: str


@dataclass
class Links:
    """What a mark is linked with; `left_out` names what could not be."""

    quote: int | None = None
    attributions: list[Link] = field(default_factory=list)
    tags: Sequence[str] = ()
    left_out: list[str] = field(default_factory=list)


def links_of(mark: MarkRecord, marks: Mapping[UUID, Known]) -> Links:
    """`marks` are those of the article, by the UUIDs that the file knows them by."""
    sound = [name for name in mark.tags if can_be_tag(name)]
    links = Links(tags=sound[:MOST_TAGS])
    links.left_out += [NO_TAG] * (len(mark.tags) - len(links.tags))
    if mark.quote:
        quote = _live(mark.quote, Kind.QUOTE, marks)
        links.quote = quote
        links.left_out += [] if quote else [NO_QUOTE]
    for said in mark.attributions if mark.kind != Kind.SPEAKER else ():
        _link(said, marks, links)
    return links


def _link(said: AttributionRecord, marks: Mapping[UUID, Known], links: Links) -> None:
    if said.role not in Attribution.Role.values or said.certainty not in Attribution.Certainty.values:
        links.left_out.append(NO_ROLE)
        return
    speaker = _live(said.speaker, Kind.SPEAKER, marks) if said.speaker else None
    if said.speaker and speaker is None:
        links.left_out.append(NO_SPEAKER)
    entity, name = said.entity, said.name[:_LONGEST_NAME]
    if entity and not can_be_entity(entity):
        links.left_out.append(NO_ENTITY)
        entity, name = None, name or entity.name[:_LONGEST_NAME].strip()
    if speaker or entity or name:
        links.attributions.append(Link(name, speaker, entity, said.role, said.certainty))
    else:
        links.left_out.append(NOBODY)


def _live(name: str, kind: str, marks: Mapping[UUID, Known]) -> int | None:
    try:
        known = marks.get(UUID(name))
    except ValueError:
        return None
    return known.pk if known and known.kind == kind and known.status != Status.REJECTED else None
