"""Taking back, doing again, and the history of a mark: the JSON API and the page that works without JavaScript."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotations.history import MarkHistory, history_of
from annotations.models import ChangedMark, MarkChange
from annotations.permissions import may_restore
from annotations.refusals import MarkRefused
from annotations.undoing import restore, undo
from annotations.views.answers import change_answer
from annotations.views.bodies import BadBody, body_of, uuid_in
from annotations.views.problems import json_api
from articles.models import Article


@json_api("POST")
def undo_change(request: HttpRequest) -> HttpResponse:
    """POST {undo: what an answer gave}: the marks are what they were before; what this answers does it again."""
    token = uuid_in(body_of(request), "undo")
    if token is None:
        raise BadBody.of("undo")
    readable = Article.objects.visible_to(request.user)
    changes = MarkChange.objects.filter(by=request.user, revision__article__in=readable)
    change = get_object_or_404(changes.select_related("revision"), uuid=token)
    return change_answer(undo(change=change, by=request.user), request)


@json_api("GET", members=True)
def mark_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who changed a mark, when and what, the latest first; also of one that is gone."""
    return JsonResponse({"history": [entry.payload for entry in _history(request, uuid).entries]})


@json_api("POST")
def restore_mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """POST {change: of the mark's history}: the mark is again what it was after it."""
    change = uuid_in(body_of(request), "change")
    if change is None:
        raise BadBody.of("change")
    return change_answer(restore(changed=_changed(request, uuid, change), by=request.user), request)


@require_safe
@never_cache
@login_required
def history_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The history alone where a script asks for it, else a page with it."""
    history = _history(request, uuid)
    context = {"history": history, "article": history.article, "may_restore": may_restore(request.user)}
    fragment = request.headers.get("X-Requested-With") == "fetch"
    return render(request, "annotations/history.html" if fragment else "annotations/history_page.html", context)


@require_POST
@login_required
def restore_from_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    try:
        change = UUID(request.POST.get("change", ""))
    except ValueError:
        raise Http404 from None
    changed = _changed(request, uuid, change)
    try:
        restore(changed=changed, by=request.user)
    except MarkRefused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, _("استُعيدت العلامة."))
    return HttpResponse(
        status=303, headers={"Location": f"{changed.change.revision.article.get_absolute_url()}#mark-{uuid}"}
    )


def _history(request: HttpRequest, uuid: UUID) -> MarkHistory:
    history = history_of(uuid, request.user)
    if history is None:
        raise Http404
    return history


def _changed(request: HttpRequest, uuid: UUID, change: UUID) -> ChangedMark:
    if not request.user.is_authenticated:
        raise PermissionDenied
    readable = Article.objects.visible_to(request.user)
    changed = ChangedMark.objects.filter(mark=uuid, change__revision__article__in=readable)
    return get_object_or_404(changed.select_related("change__revision__article"), change__uuid=change)
