"""Everybody's mentions in an article, to be marked as speakers: by a speaker's mark, by entity, or by words."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from annotations.connecting import entity_named_by
from annotations.models import Annotation
from annotations.proposing.occurrences import occurrences
from annotations.refusals import MarkRefused
from annotations.spans import MarkedSpan, check_spans
from annotations.standing import spans_in, standing_parts
from articles.language.spans import Span
from articles.models import Entity, Revision

Kind = Annotation.Kind


def places_naming(
    revision: Revision,
    *,
    speaker: Annotation | None = None,
    entity: Entity | None = None,
    span: MarkedSpan | None = None,
) -> dict[str, Any]:
    """All the places where somebody is named, with the speaker mark that stands there; a few queries, no writes."""
    mentions = list(revision.mentions.select_related("entity__merged_into"))
    forms: set[str] = set()
    if speaker:
        content = [part for part in standing_parts(speaker, revision) if part.role == "content"]
        if not content:
            raise MarkRefused("lost", _("لم يُعثر على كلمات هذه العلامة في النص الحالي."))
        forms.add(content[0].exact)
        entity = entity or entity_named_by(speaker, revision)
    if span:
        check_spans(revision.text, Kind.SPEAKER, [span])
        forms.add(span.exact)
        at = (one.entity.standing for one in mentions if one.start < span.end and one.end > span.start)
        entity = entity or next(at, None)
    if entity:
        entity = entity.standing
        forms |= {entity.name, *entity.aliases.values_list("form", flat=True)}
        forms |= {one.surface for one in mentions if one.entity.standing == entity}
    if not forms:
        raise MarkRefused("no_speaker", _("اختر القائل أولاً."))
    own = {Span(one.start, one.end) for one in mentions if entity and one.entity.standing == entity}
    others = [Span(one.start, one.end) for one in mentions if not entity or one.entity.standing != entity]
    return {
        "name": entity.name if entity else next(iter(forms)),
        "entity": entity and entity.pk,
        "places": _places(revision, forms, own, others if entity else []),
    }


def _places(
    revision: Revision, forms: Collection[str], own: Collection[Span], others: list[Span]
) -> list[dict[str, Any]]:
    marked = [(span, str(uuid)) for span, uuid in spans_in(revision, Kind.SPEAKER)]
    return [
        {
            "start": place.start,
            "end": place.end,
            "exact": revision.text[place.start : place.end],
            "known": place.known,
            "sure": place.sure,
            "marked": next((uuid for span, uuid in marked if span.start < place.end and span.end > place.start), None),
        }
        for place in occurrences(revision.text, forms, own, others)
    ]
