"""What the JSON API answers with, and where its views find the marks and texts that they are asked about."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404

from annotations.models import Annotation, ChangedMark
from annotations.payload import mark_payload
from annotations.reading import as_it_stands, some_of
from annotations.recording import Recording
from annotations.refusals import ChangedMeanwhile, TextChanged
from annotations.views.bodies import number_in
from articles.models import Article, Revision


def visible_mark(request: HttpRequest, uuid: UUID) -> Annotation:
    return get_object_or_404(Annotation.objects.visible_to(request.user).with_article(), uuid=uuid)


def mark_to_change(request: HttpRequest, uuid: UUID, version: int | None) -> Annotation:
    """The mark that a person wants to change. Who has seen a version of one that is gone is told what became of it."""
    if version is None:
        return visible_mark(request, uuid)
    try:
        return visible_mark(request, uuid)
    except Http404:
        readable = Article.objects.visible_to(request.user)
        rejected = Annotation.objects.filter(uuid=uuid, revision__article__in=readable).first()
        if rejected or ChangedMark.objects.filter(mark=uuid, change__revision__article__in=readable).exists():
            raise ChangedMeanwhile(rejected) from None
        raise


def current_text_of(request: HttpRequest, pk: int) -> Revision:
    """The text that an article has now, if this person may read it."""
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None)
    return get_object_or_404(readable.select_related("current_revision"), pk=pk).current_revision


def seen_text_of(request: HttpRequest, pk: int, body: dict[str, Any]) -> Revision:
    """The same, if it is the `revision` that the person has seen, where the request names one."""
    revision = current_text_of(request, pk)
    if number_in(body, "revision") not in (None, revision.pk):
        raise TextChanged
    return revision


def mark_answer(
    mark: Annotation, request: HttpRequest, change: Recording | None = None, *, status: int = 200
) -> JsonResponse:
    """The mark as it is now, where it stands now, and what undoes the change that made it so."""
    stored = Annotation.objects.select_related("revision__article__current_revision").get(pk=mark.pk)
    payload = mark_payload(as_it_stands(stored, request.user), request.user)
    return JsonResponse(payload | ({"undo": change.token} if change else {}), status=status)


def change_answer(change: Recording, request: HttpRequest, **more: Any) -> JsonResponse:
    """What a change of several marks left: those that are there, those that are gone, and what undoes it."""
    marks = marks_by_uuid(change.changed, request)
    gone = [str(uuid) for uuid in change.changed if str(uuid) not in marks]
    return JsonResponse({"undo": change.token, "marks": list(marks.values()), "gone": gone} | more)


def marks_by_uuid(uuids: Collection[UUID], request: HttpRequest) -> dict[str, dict[str, Any]]:
    """The payloads of the marks among these that this person may see, on the text that their article has now."""
    articles = (
        Article.objects.filter(revisions__annotations__uuid__in=uuids).distinct().select_related("current_revision")
    )
    shown = (mark for article in articles for mark in some_of(article.current_revision, uuids, request.user))
    return {str(mark.uuid): mark_payload(mark, request.user) for mark in shown}
