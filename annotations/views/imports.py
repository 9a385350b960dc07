"""/imports/marks/: files of marks that an editor sends, what they would do, and storing them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from annotations.import_form import MarkImportForm
from annotations.models import MarkImport
from annotations.receiving.asking import KEPT, NotTaken, aside_of, confirm, keep_file
from annotations.receiving.report import Fate, Report
from annotations.receiving.running import PERMISSION, READABLE
from annotations.receiving.told import LEFT_OUT, fates_told, left_out_told
from articles.import_forms import too_much
from articles.views.importing.importers import SeeOther
from articles.views.importing.uploads import UploadBound, is_too_large
from articles.views.results import page_number

PER_PAGE = 20
State = MarkImport.State


def for_mark_importers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    return login_required(permission_required(PERMISSION, raise_exception=True)(view))


@csrf_exempt  # _mark_imports is protected: that check reads the body, which has to be bounded before
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_mark_importers
def mark_imports(request: HttpRequest) -> HttpResponse:
    """Send a file of marks, and see those that one has sent."""
    request.upload_handlers.insert(0, UploadBound(request))
    return _mark_imports(request)


@csrf_protect
def _mark_imports(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, MarkImportForm(user=request.user))
    form = MarkImportForm(request.POST, request.FILES, user=request.user)
    if is_too_large(request):
        form.errors.clear()
        form.add_error("file", too_much())
        return _page(request, form, status=413)
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = form.cleaned_data
    how = {"form": asked["format"], "kind": asked["kind"], "replace": asked.get("replace", False)}
    try:
        kept = keep_file(file=asked["file"], by=request.user, **how)
    except NotTaken as refused:
        form.add_error(None, str(refused))
        return _page(request, form, status=409)
    return SeeOther(reverse("mark_import", args=[kept.uuid]))


@require_safe
@never_cache
@for_mark_importers
def mark_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a file would do, or did."""
    return render(request, "annotations/mark_import.html", {"one": _described(_own(request, uuid))})


@require_safe
@never_cache
def mark_import_state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the page asks for again and again while a worker is at it."""
    if not request.user.is_authenticated:  # The session ended while the page stood open.
        return HttpResponseClientRefresh()
    return render(request, "annotations/mark_import_state.html", {"one": _described(_own(request, uuid))})


@require_POST
@for_mark_importers
def confirm_mark_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    if not confirm(_own(request, uuid)):
        messages.info(request, _("لم يعد هذا الملف ينتظر التأكيد."))
    return SeeOther(reverse("mark_import", args=[uuid]))


@require_POST
@for_mark_importers
def forget_mark_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The file and what is told of it; marks that were stored stay."""
    asked = _own(request, uuid)
    if asked.state == State.STORING:
        messages.error(request, _("يُستورد الملف الآن. انتظر حتى ينتهي."))
        return SeeOther(reverse("mark_import", args=[uuid]))
    asked.delete()
    messages.success(request, _("حُذف الملف. ما استُورد منه باقٍ."))
    return SeeOther(reverse("mark_imports"))


@require_safe
@for_mark_importers
def mark_import_aside(request: HttpRequest, uuid: UUID) -> StreamingHttpResponse:
    """The marks that were not taken, with their reasons."""
    asked = _own(request, uuid)
    if not asked.parts.filter(is_aside=True).exists():
        raise Http404
    headers = {"Content-Disposition": 'attachment; filename="not-taken.jsonl"'}
    return StreamingHttpResponse(aside_of(asked), content_type="application/x-ndjson", headers=headers)


def _own(request: HttpRequest, uuid: UUID) -> MarkImport:
    return get_object_or_404(MarkImport.objects.of(request.user), uuid=uuid)


def _page(request: HttpRequest, form: MarkImportForm, status: int = 200) -> HttpResponse:
    page = Paginator(MarkImport.objects.of(request.user), PER_PAGE).get_page(page_number(request))
    context = {
        "form": form,
        "page": page,
        "imports": [_described(one) for one in page],
        "days": KEPT.days,
        "most_bytes": settings.UPLOAD_MAX_BYTES,
    }
    return render(request, "annotations/mark_imports.html", context, status=status)


def _described(asked: MarkImport) -> dict[str, Any]:
    form = READABLE.get(asked.format)
    values = asked.report or asked.found
    about = {"import": asked, "format": form.label if form else asked.format}
    return about | (_told(asked, Report.of(values)) if values else {})


def _told(asked: MarkImport, report: Report) -> dict[str, Any]:
    stores = (Fate.NEW, Fate.MOVED, Fate.REPLACED)
    return {
        "report": report,
        "fates": fates_told(report),
        "left_out": list(left_out_told(report)),
        "lines": [(line, LEFT_OUT.get(line.reason, line.reason)) for line in report.lines],
        "does_something": any(report.fates[fate] for fate in stores),
        "has_aside": bool(report.lines) and asked.parts.filter(is_aside=True).exists(),
    }
