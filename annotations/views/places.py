"""A mark whose words changed with the article's text: confirmed, dropped or marked again. Works without JavaScript."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotations.models import Annotation
from annotations.refusals import MarkRefused
from annotations.reviewing import confirm_place, drop_place, mark_again, waiting_places

# A mark over a whole long article stays below this.
LONGEST_WORDS = 100_000


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def mark_place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The passages side by side, and the words of the present text to mark instead: a line for each stretch."""
    mark = _visible(request, uuid)
    typed, refusal = request.POST.get("words", "").replace("\0", "")[:LONGEST_WORDS], ""
    if request.method == "POST":
        try:
            mark_again(mark=mark, words=[line.strip() for line in typed.splitlines() if line.strip()], by=request.user)
        except MarkRefused as refused:
            refusal = refused.reason
        else:
            messages.success(request, _("وُضعت العلامة على كلماتها."))
            return _back(request, mark)
    revision = mark.revision.article.current_revision
    if revision.pk == mark.revision_id:
        return redirect(mark.get_absolute_url())
    [place] = waiting_places(Annotation.objects.filter(pk=mark.pk), request.user)
    context = {
        "place": place,
        "article": mark.revision.article,
        "revision": revision,
        "typed": typed or "\n".join(passage.words for passage in place.new),
        "refusal": refusal,
    }
    return render(request, "annotations/place.html", context, status=422 if refusal else 200)


@require_POST
@login_required
def confirm_mark_place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _decided(request, _visible(request, uuid), confirm_place, _("ثُبّتت العلامة في موضعها."))


@require_POST
@login_required
def drop_mark_place(request: HttpRequest, uuid: UUID) -> HttpResponse:
    return _decided(request, _visible(request, uuid), drop_place, _("تُركت العلامة للنص السابق."))


def _visible(request: HttpRequest, uuid: UUID) -> Annotation:
    marks = Annotation.objects.visible_to(request.user).accepted()
    return get_object_or_404(marks.select_related("revision__article__current_revision"), uuid=uuid)


def _decided(request: HttpRequest, mark: Annotation, decide: Callable[..., object], done: str) -> HttpResponse:
    """Back to what else waits, with a line that says what was done or why not."""
    try:
        decide(mark=mark, by=request.user)
    except MarkRefused as refused:
        messages.error(request, refused.reason)
    else:
        messages.success(request, done)
    return _back(request, mark)


def _back(request: HttpRequest, mark: Annotation) -> HttpResponse:
    """To the queue where the person came from there, else to what waits in the article."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        address = f"{mark.revision.article.get_absolute_url()}#waiting"
    return HttpResponse(status=303, headers={"Location": address})
