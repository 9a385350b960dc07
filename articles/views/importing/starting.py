"""The page on which an import is started, above the runs that there were."""

from django.conf import settings
from django.core.exceptions import TooManyFilesSent
from django.core.paginator import Paginator
from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Left, Length, Replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from articles.import_forms import COLUMN_LABELS, ImportForm, too_many, too_much
from articles.importing.pages import Refused
from articles.importing.queue.queueing import queue_import
from articles.models import ImportRun, Source
from articles.views.importing.importers import SeeOther, for_importers
from articles.views.importing.progress import progress_of
from articles.views.importing.uploads import UploadBound, discard_rest, is_too_large
from articles.views.results import page_number

PER_PAGE = 20
# Of the names to choose from; any other can be typed.
MOST_OUTLETS = 1_000
_LONGEST_INPUT = 300


@csrf_exempt  # _import_list is protected: that check reads the body, which has to be bounded before
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@for_importers
def import_list(request: HttpRequest) -> HttpResponse:
    """Start an import of files or addresses, and see those that were started."""
    request.upload_handlers.insert(0, UploadBound(request))
    try:
        return _import_list(request)
    except TooManyFilesSent:
        discard_rest(request)
        return _refused(request, ImportForm({}), too_many())


@csrf_protect
def _import_list(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if is_too_large(request):
        return _refused(request, form, too_much())
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = form.cleaned_data
    told = {name: asked[name] for name in ("source", "format", "columns")}
    try:
        run = queue_import(asked["addresses"], uploads=asked["files"], by=request.user, **told)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=422)
    return SeeOther(reverse("import_run", args=[run.pk]))


def described(runs: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
    """Runs with `first`, the first of their inputs, and `others`, how many more: there may be thousands of lines."""
    first = Func(F("inputs"), Value("\n"), Value(1), function="split_part", output_field=TextField())
    breaks = Length("inputs") - Length(Replace("inputs", Value("\n"), Value("")))
    return runs.annotate(first=Left(first, _LONGEST_INPUT), others=breaks).defer("inputs")


def _refused(request: HttpRequest, form: ImportForm, line: str) -> HttpResponse:
    """The form again, with this line alone: what else is wrong with it follows from its files being left out."""
    form.errors.clear()
    form.add_error("files", line)
    return _page(request, form, status=413)


def _page(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    runs = described(ImportRun.objects.order_by("-pk")).select_related("subscription")
    page = Paginator(runs, PER_PAGE).get_page(page_number(request))
    context = {
        "form": form,
        "page": page,
        "runs": [progress_of(run) for run in page],
        "outlets": Source.objects.order_by("name").values_list("name", flat=True)[:MOST_OUTLETS],
        "fields": COLUMN_LABELS,
        "most_bytes": settings.UPLOAD_MAX_BYTES,
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
    return render(request, "imports/imports.html", context, status=status)
