"""Marks of many articles with all that an entry shows of them, in one query; two where some stand in a changed text."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from annotations.models import Annotation, Attribution, Part, Placement
from annotations.speaking.audience import Audience
from annotations.standing import stand
from articles.models import Entity, Revision

_HEAVY = ("text", "blocks", "evidence")
_OF_ENTITY = ("kind", "name", "distinction")


def loaded(marks: QuerySet[Annotation], audience: Audience) -> list[Annotation]:
    """In the order of the query, each as it stands in the text that its article has now, with article and source.

    Those who are no members get no attribution that nobody has confirmed, and no mark whose place is doubtful.
    """
    related = marks.select_related("revision__article__source")
    light = related.defer(
        *(f"revision__{name}" for name in _HEAVY), "revision__article__metadata", "revision__article__as_read"
    )
    links = _links(audience).order_by("order").values(told=JSONObject(**_LINK))
    parts = Part.objects.filter(annotation=OuterRef("pk")).order_by("order").values(told=JSONObject(**_PART))
    places = _places_now().values(told=JSONObject(**_PLACE))
    found = list(
        light.annotate(
            told_links=ArraySubquery(links), told_parts=ArraySubquery(parts), told_places=ArraySubquery(places)
        )
    )
    for mark in found:
        _remember(mark, "parts", list(_parts_of(mark)))
        _remember(mark, "attributions", [_link(mark, told) for told in mark.told_links])
    _stand_now(found)
    return [mark for mark in found if mark.content and (audience.member or mark.standing != Placement.State.DOUBTFUL)]


_PART = {name: name for name in ("id", "order", "role", "start", "end", "exact")}
_PLACE = {name: name for name in ("part", "start", "end", "state", "score", "decided_at")}
# Where neither entity nor name is known, the marked words tell who it is; a speaker's mark has one part.
_SPEAKER_WORDS = Part.objects.filter(annotation=OuterRef("speaker"), role=Part.Role.CONTENT).order_by("order")
_LINK = {
    **{name: name for name in ("order", "role", "certainty", "name", "entity")},
    **{f"entity_{name}": f"entity__{name}" for name in _OF_ENTITY},
    "words": Subquery(_SPEAKER_WORDS.values("exact")[:1]),
}


def _links(audience: Audience) -> QuerySet[Attribution]:
    links = Attribution.objects.filter(annotation=OuterRef("pk"))
    return links if audience.member else links.filter(certainty=Attribution.Certainty.CONFIRMED)


def _places_now() -> QuerySet[Placement]:
    return Placement.objects.filter(
        part__annotation=OuterRef("pk"), revision=OuterRef("revision__article__current_revision")
    )


def _parts_of(mark: Annotation) -> Iterable[Part]:
    places: dict[int, list[Placement]] = {}
    for told in mark.told_places:
        decided_at = parse_datetime(told["decided_at"]) if told["decided_at"] else None
        place = Placement(**told | {"part": None, "decided_at": decided_at})
        places.setdefault(told["part"], []).append(place)
    for told in mark.told_parts:
        part = Part(annotation=mark, **told)
        part.here = places.get(part.pk, [])  # as annotations.standing.places_in has them
        yield part


def _link(mark: Annotation, told: Mapping[str, Any]) -> Attribution:
    facts = {name: told[name] for name in ("order", "role", "certainty")}
    entity = None
    if told["entity"]:
        entity = Entity(pk=told["entity"], **{name: told[f"entity_{name}"] for name in _OF_ENTITY})
    return Attribution(annotation=mark, entity=entity, name=told["name"] or told["words"] or "", **facts)


def _stand_now(marks: Iterable[Annotation]) -> None:
    """Those of earlier texts get the words that they have in the one of now."""
    moved = [mark for mark in marks if mark.revision_id != mark.revision.article.current_revision_id]
    if not moved:
        return
    texts = Revision.objects.only("number", "text", "article").in_bulk(
        {mark.revision.article.current_revision_id for mark in moved}
    )
    for mark in moved:
        stand([mark], texts[mark.revision.article.current_revision_id])


def _remember(mark: Annotation, name: str, rows: list[Any]) -> None:
    """As if these had been prefetched."""
    known = getattr(mark, name).all()
    known._result_cache = rows
    mark.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known
