"""Marks taken away as files: asked for, watched while they are made, downloaded by who asked."""

import tempfile
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from annotations.export_form import ExportForm, ScopeForm
from annotations.exporting import running
from annotations.exporting.scopes import NoSuchScope, Scope
from annotations.exporting.told import told
from annotations.exporting.wanted import Wanted
from annotations.exporting.writing import about, write_export
from annotations.exports.formats import FORMATS
from annotations.models import Export
from articles.search.index.reading import SearchUnavailable
from articles.views.importing.importers import SeeOther
from articles.views.results import page_number

PER_PAGE = 20
# What is answered at once; more is made in the background.
MOST_MARKS, MOST_ARTICLES = 2_000, 200


@require_safe
@never_cache
@login_required
def export_list(request: HttpRequest) -> HttpResponse:
    """A person's own exports, the latest first."""
    page = Paginator(Export.objects.of(request.user), PER_PAGE).get_page(page_number(request))
    context = {"page": page, "exports": [_described(export) for export in page]}
    return render(request, "annotations/exports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def new_export(request: HttpRequest) -> HttpResponseBase:
    """What is to be exported and how; a small file comes at once, a large one is made in the background."""
    scope = ScopeForm(request.GET, user=request.user).scope
    if scope is None or not scope.is_readable:
        raise Http404
    form = ExportForm(request.POST if request.method == "POST" else None, user=request.user)
    problem, status = "", 200
    try:
        if request.method == "POST" and form.is_valid():
            return _made(request, scope, form)
        rights = scope.rights()
    except running.NotAsked as refused:
        problem, status, rights = str(refused), 409, scope.rights()
    except NoSuchScope as refused:
        problem, status, rights = str(refused), 400, {}
    except SearchUnavailable as unavailable:
        problem, status, rights = unavailable.why, 503, {}
    context = {"form": form, "scope": scope, "rights": rights, "problem": problem, "query": request.GET.urlencode()}
    return render(request, "annotations/export_form.html", context, status=422 if form.errors else status)


@require_safe
@never_cache
def export_row(request: HttpRequest, uuid) -> HttpResponse:
    """What the list asks for again and again until an export is over."""
    if not request.user.is_authenticated:  # The session ended while the page stood open.
        return HttpResponseClientRefresh()
    export = get_object_or_404(Export.objects.of(request.user), uuid=uuid)
    return render(request, "annotations/export_row.html", {"one": _described(export)})


@require_safe
@never_cache
@login_required
def export_file(request: HttpRequest, uuid) -> FileResponse:
    export = get_object_or_404(Export.objects.of(request.user), uuid=uuid, state=Export.State.DONE)
    try:
        file = running.file_of(export).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return _download(file, export.format, export.file_name)


@require_POST
@login_required
def cancel_export(request: HttpRequest, uuid) -> HttpResponse:
    if running.cancel_export(get_object_or_404(Export.objects.of(request.user), uuid=uuid)):
        messages.success(request, _("أُلغي التصدير."))
    return SeeOther(reverse("export_list"))


@require_POST
@login_required
def delete_export(request: HttpRequest, uuid) -> HttpResponse:
    running.delete_export(get_object_or_404(Export.objects.of(request.user), uuid=uuid))
    messages.success(request, _("حُذف الملف."))
    return SeeOther(reverse("export_list"))


def _made(request: HttpRequest, scope: Scope, form: ExportForm) -> HttpResponseBase:
    wanted, key = form.wanted.for_person(request.user), form.cleaned_data["format"]
    site = f"{request.scheme}://{request.get_host()}"
    if scope.mark_count(wanted, most=MOST_MARKS + 1) <= MOST_MARKS and scope.total(wanted) <= MOST_ARTICLES:
        return _at_once(request, scope, wanted, key, site)
    running.ask_export(by=request.user, scope=scope, wanted=wanted, form=key, site=site)
    messages.success(request, _("بدأ إعداد الملف. يظهر هنا حين يجهز، ويمكنك إغلاق هذه الصفحة."))
    return SeeOther(reverse("export_list"))


def _at_once(request: HttpRequest, scope: Scope, wanted: Wanted, key: str, site: str) -> FileResponse:
    # Closed by the response.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    said = about(scope=scope, by=request.user.get_username(), site=site)
    write_export(file, FORMATS[key], scope, wanted, said)
    file.seek(0)
    return _download(file, key, running.name_for(key))


def _download(file: Any, key: str, name: str) -> FileResponse:
    media_type = FORMATS[key].media_type if key in FORMATS else "application/octet-stream"
    return FileResponse(file, as_attachment=True, filename=name, content_type=media_type)


def _described(export: Export) -> dict[str, Any]:
    form = FORMATS.get(export.format)
    return {"export": export, "format": form.label if form else export.format, "losses": told(export.losses)}
