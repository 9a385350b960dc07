"""The JSON API for what is proposed to who selects words, and for marking everybody's mentions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from annotations.deciding import MOST_AT_ONCE, mark_each
from annotations.models import Annotation
from annotations.permissions import may_mark
from annotations.proposing.answering import proposal_for
from annotations.proposing.naming import places_naming
from annotations.views.answers import seen_text_of
from annotations.views.bodies import BadBody, body_of, number_in, span_from, spans_in, text_in, uuid_in
from annotations.views.deciding import outcome_answer
from annotations.views.problems import json_api
from articles.models import Entity


@json_api("POST")
def proposals(request: HttpRequest, pk: int) -> HttpResponse:
    """POST {start, end, kind, revision?}: whole words, cue, type, and who may have said it, the likeliest first."""
    body = _body_of_who_marks(request)
    start, end = number_in(body, "start"), number_in(body, "end")
    kind = text_in(body, "kind", longest=10) or Annotation.Kind.QUOTE
    if start is None or end is None:
        raise BadBody.of("start")
    if kind not in Annotation.Kind.values:
        raise BadBody.of("kind")
    return JsonResponse(proposal_for(seen_text_of(request, pk, body), start, end, kind))


@json_api("POST")
def mentions_of(request: HttpRequest, pk: int) -> HttpResponse:
    """POST {speaker: uuid, entity: id or part: {start, end, exact}}: where that name stands, to be looked at first."""
    body = _body_of_who_marks(request)
    speaker, entity, part = uuid_in(body, "speaker"), number_in(body, "entity"), body.get("part")
    found = places_naming(
        seen_text_of(request, pk, body),
        speaker=None if speaker is None else get_object_or_404(_speakers(request, pk), uuid=speaker),
        entity=None if entity is None else get_object_or_404(Entity.objects.visible_to(request.user), pk=entity),
        span=None if part is None else span_from(part, "part"),
    )
    return JsonResponse(found)


@json_api("POST")
def mark_mentions(request: HttpRequest, pk: int) -> HttpResponse:
    """POST {parts: [{start, end, exact}]}: a speaker mark over each of them, all of it undone at once."""
    body = _body_of_who_marks(request)
    spans = spans_in(body)
    if not spans or len(spans) > MOST_AT_ONCE:
        raise BadBody.of("parts")
    outcome = mark_each(
        revision=seen_text_of(request, pk, body), kind=Annotation.Kind.SPEAKER, spans=spans, by=request.user
    )
    return outcome_answer(outcome, request)


def _body_of_who_marks(request: HttpRequest) -> dict[str, Any]:
    if not may_mark(request.user):
        raise PermissionDenied
    return body_of(request)


def _speakers(request: HttpRequest, article: int) -> QuerySet[Annotation]:
    marks = Annotation.objects.visible_to(request.user).filter(kind=Annotation.Kind.SPEAKER)
    return marks.filter(revision__article=article).select_related("revision")
