"""The JSON API for marks. Offsets are code points of the text; who may do what: annotations/permissions.py."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from annotations.connecting import connect_speaker, disconnect_speaker
from annotations.marking import accept, change_mark, create_mark, delete_mark, reject
from annotations.models import Annotation
from annotations.payload import mark_payload, page_payload
from annotations.reading import as_it_stands, marks_of
from annotations.refusals import TextChanged
from annotations.views.bodies import body_of, number_in, span_from, spans_in, text_in, uuid_in
from annotations.views.problems import json_api
from articles.models import Article, Entity

LONGEST_NOTE = 10_000
LONGEST_NAME = 300


@json_api("GET", "POST")
def article_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """GET the marks on an article's current text; POST {kind, revision, parts, quote_type?} to make one."""
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None)
    article = get_object_or_404(readable.select_related("current_revision"), pk=pk)
    revision = article.current_revision
    if request.method == "GET":
        return JsonResponse(page_payload(revision, marks_of(revision, request.user), request.user))
    body = body_of(request)
    if number_in(body, "revision") not in (None, revision.pk):
        raise TextChanged
    mark = create_mark(
        revision=revision,
        kind=text_in(body, "kind", longest=20) or "",
        spans=spans_in(body) or [],
        quote_type=text_in(body, "quote_type", longest=20) or "",
        by=request.user,
    )
    return _shown(mark, request, status=201)


@json_api("GET", "PATCH", "DELETE")
def mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET a mark; PATCH any of {parts, quote_type, note}; DELETE it."""
    found = _visible(request, uuid)
    if request.method == "DELETE":
        delete_mark(mark=found, by=request.user)
        return HttpResponse(status=204)
    if request.method == "PATCH":
        body = body_of(request)
        found = change_mark(
            mark=found,
            spans=spans_in(body),
            quote_type=text_in(body, "quote_type", longest=20),
            note=text_in(body, "note", longest=LONGEST_NOTE),
            by=request.user,
        )
    return _shown(found, request)


@json_api("POST")
def accept_mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _shown(accept(mark=_visible(request, uuid), by=request.user), request)


@json_api("POST")
def reject_mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _shown(reject(mark=_visible(request, uuid), by=request.user), request)


@json_api("PUT", "DELETE")
def mark_speaker(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """PUT who said it, by any of {speaker: uuid, part: {start, end, exact}, entity: id, name}; DELETE the link."""
    found = _visible(request, uuid)
    if request.method == "DELETE":
        return _shown(disconnect_speaker(mark=found, by=request.user), request)
    body = body_of(request)
    speaker, entity, part = uuid_in(body, "speaker"), number_in(body, "entity"), body.get("part")
    connect_speaker(
        mark=found,
        speaker=None if speaker is None else _visible(request, speaker),
        span=None if part is None else span_from(part, "part"),
        entity=None if entity is None else get_object_or_404(Entity.objects.visible_to(request.user), pk=entity),
        name=text_in(body, "name", longest=LONGEST_NAME) or "",
        by=request.user,
    )
    return _shown(found, request)


def _visible(request: HttpRequest, uuid: UUID) -> Annotation:
    return get_object_or_404(Annotation.objects.visible_to(request.user).select_related("revision"), uuid=uuid)


def _shown(mark: Annotation, request: HttpRequest, *, status: int = 200) -> JsonResponse:
    """The mark as it is now, where it stands now."""
    stored = Annotation.objects.select_related("revision__article__current_revision").get(pk=mark.pk)
    return JsonResponse(mark_payload(as_it_stands(stored, request.user), request.user), status=status)
