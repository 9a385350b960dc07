"""The ledger on its own, for the page to renew it after a change, and its buttons for readers without JavaScript."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotations.layers import ledger_context
from annotations.marking import accept, delete_mark, reject
from annotations.models import Annotation
from annotations.reading import marks_of
from annotations.refusals import MarkRefused
from articles.models import Article


@require_safe
@never_cache
def ledger(request: HttpRequest, pk: int) -> HttpResponse:
    readable = Article.objects.visible_to(request.user).exclude(current_revision=None)
    article = get_object_or_404(readable.select_related("source", "current_revision"), pk=pk)
    revision = article.current_revision
    revision.article = article
    marks = marks_of(revision, request.user)
    return render(request, "annotations/ledger.html", ledger_context(revision, marks, request.user))


@require_POST
@login_required
def accept_in_ledger(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _decided(request, uuid, accept)


@require_POST
@login_required
def reject_in_ledger(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _decided(request, uuid, reject)


@require_POST
@login_required
def delete_in_ledger(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _decided(request, uuid, delete_mark)


def _decided(request: HttpRequest, uuid: UUID, decide: Callable[..., object]) -> HttpResponse:
    """Back to the ledger, with a line where the decision could not be taken."""
    visible = Annotation.objects.visible_to(request.user).select_related("revision__article")
    mark = get_object_or_404(visible, uuid=uuid)
    address = f"{mark.revision.article.get_absolute_url()}#ledger"
    try:
        decide(mark=mark, by=request.user)
    except MarkRefused as refused:
        messages.error(request, refused.reason)
    return HttpResponse(status=303, headers={"Location": address})
