"""The JSON API for marks. Offsets are code points of the text; who may do what: annotations/permissions.py.

A request that changes a mark may say which `version` of it the person has seen; the answer says what undoes the change.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from annotations.connecting import connect_speaker, disconnect_speaker, link_to_quote, unlink_from_quote
from annotations.marking import accept, change_mark, create_mark, delete_mark, reject
from annotations.payload import page_payload
from annotations.reading import marks_of
from annotations.recording import Act, written
from annotations.tagging import LONGEST_NAME as LONGEST_TAG
from annotations.tagging import MOST_TAGS, set_tags
from annotations.views.answers import current_text_of, mark_answer, mark_to_change, seen_text_of, visible_mark
from annotations.views.bodies import (
    BadBody,
    body_of,
    circumstances_in,
    number_in,
    span_from,
    spans_in,
    text_in,
    texts_in,
    uuid_in,
)
from annotations.views.problems import json_api
from articles.models import Entity

LONGEST_NOTE = 10_000
LONGEST_NAME = 300


@json_api("GET", "POST")
def article_marks(request: HttpRequest, pk: int) -> HttpResponse:
    """GET the marks on an article's current text; POST {kind, revision, parts, quote_type?} to make one.

    With a quote may come how it was said, as the proposals offer it: stance, channel, occasion, said_on, translated.
    """
    if request.method == "GET":
        revision = current_text_of(request, pk)
        return JsonResponse(page_payload(revision, marks_of(revision, request.user), request.user))
    body = body_of(request)
    revision = seen_text_of(request, pk, body)
    with written(by=request.user, act=Act.MARKED) as change:
        mark = create_mark(
            revision=revision,
            kind=text_in(body, "kind", longest=20) or "",
            spans=spans_in(body) or [],
            quote_type=text_in(body, "quote_type", longest=20) or "",
            by=request.user,
        )
        circumstances = circumstances_in(body)
        if circumstances:
            mark = change_mark(mark=mark, circumstances=circumstances, by=request.user)
    return mark_answer(mark, request, change, status=201)


@json_api("GET", "PATCH", "DELETE")
def mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """GET a mark; PATCH any of {parts, quote_type, note} of the version seen; DELETE it.

    Of a quote also {stance, channel, occasion, said_on, translated}: an empty line, or null for the day, clears.
    """
    if request.method == "GET":
        return mark_answer(visible_mark(request, uuid), request)
    body = body_of(request)
    version = number_in(body, "version")
    found = mark_to_change(request, uuid, version)
    if request.method == "DELETE":
        with written(by=request.user, act=Act.DELETED) as change:
            delete_mark(mark=found, version=version, by=request.user)
        return JsonResponse({"undo": change.token})
    with written(by=request.user, act=Act.CHANGED) as change:
        found = change_mark(
            mark=found,
            spans=spans_in(body),
            quote_type=text_in(body, "quote_type", longest=20),
            note=text_in(body, "note", longest=LONGEST_NOTE),
            circumstances=circumstances_in(body),
            version=version,
            by=request.user,
        )
    return mark_answer(found, request, change)


@json_api("POST")
def accept_mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    version = number_in(body_of(request), "version")
    with written(by=request.user, act=Act.ACCEPTED) as change:
        found = accept(mark=mark_to_change(request, uuid, version), version=version, by=request.user)
    return mark_answer(found, request, change)


@json_api("POST")
def reject_mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    version = number_in(body_of(request), "version")
    with written(by=request.user, act=Act.REJECTED) as change:
        found = reject(mark=mark_to_change(request, uuid, version), version=version, by=request.user)
    return mark_answer(found, request, change)


@json_api("PUT", "DELETE")
def mark_speaker(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """PUT who said it, by any of {speaker: uuid, part: {start, end, exact}, entity: id, name}; DELETE the link."""
    body = body_of(request)
    version = number_in(body, "version")
    found = mark_to_change(request, uuid, version)
    if request.method == "DELETE":
        with written(by=request.user, act=Act.DISCONNECTED) as change:
            found = disconnect_speaker(mark=found, version=version, by=request.user)
        return mark_answer(found, request, change)
    speaker, entity, part = uuid_in(body, "speaker"), number_in(body, "entity"), body.get("part")
    with written(by=request.user, act=Act.CONNECTED) as change:
        connect_speaker(
            mark=found,
            speaker=None if speaker is None else visible_mark(request, speaker),
            span=None if part is None else span_from(part, "part"),
            entity=None if entity is None else get_object_or_404(Entity.objects.visible_to(request.user), pk=entity),
            name=text_in(body, "name", longest=LONGEST_NAME) or "",
            version=version,
            by=request.user,
        )
    return mark_answer(found, request, change)


@json_api("PUT", "DELETE")
def mark_quote(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """PUT {quote: uuid}: the quote that a claim stands in; DELETE the link."""
    body = body_of(request)
    version = number_in(body, "version")
    claim = mark_to_change(request, uuid, version)
    if request.method == "DELETE":
        with written(by=request.user, act=Act.UNLINKED) as change:
            claim = unlink_from_quote(claim=claim, version=version, by=request.user)
        return mark_answer(claim, request, change)
    quote = uuid_in(body, "quote")
    if quote is None:
        raise BadBody.of("quote")
    with written(by=request.user, act=Act.LINKED) as change:
        claim = link_to_quote(claim=claim, quote=visible_mark(request, quote), version=version, by=request.user)
    return mark_answer(claim, request, change)


@json_api("PUT")
def mark_tags(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """PUT {tags: [names]}: these and no others; names that nobody has used yet are added to the vocabulary."""
    body = body_of(request)
    version = number_in(body, "version")
    names = texts_in(body, "tags", longest=LONGEST_TAG, most=MOST_TAGS)
    with written(by=request.user, act=Act.TAGGED) as change:
        found = set_tags(mark=mark_to_change(request, uuid, version), names=names, version=version, by=request.user)
    return mark_answer(found, request, change)
