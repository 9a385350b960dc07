"""One run of an import: how far it is, what became of its inputs, and trying the refused ones again."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from articles.import_forms import COLUMN_LABELS, FORMAT_LABELS
from articles.importing.queue.queueing import NothingToRetry, queue_retry, stop_run
from articles.models import ImportChunk, ImportItem, ImportRun, Upload
from articles.views.importing.importers import SeeOther, for_importers
from articles.views.importing.items import MOST_REASONS, listing_of, reasons_of, refusals_of
from articles.views.importing.progress import Progress, progress_of
from articles.views.importing.starting import described

# How many refused inputs are read from the database at once for a download.
_AT_ONCE = 2_000


@require_safe
@never_cache
@for_importers
def import_run(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a run is, and what became of its inputs."""
    runs = _with_work(described(ImportRun.objects.select_related("subscription")))
    progress = progress_of(get_object_or_404(runs, pk=pk))
    context = _progress_context(progress) | {
        "listing": listing_of(progress.run, request),
        "retries": progress.run.retries.only("pk", "started_at", "retry_of").order_by("pk"),
        "options": _options(progress.run),
    }
    return render(request, "imports/run.html", context)


@require_safe
@never_cache
def import_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """What the page of a run asks for again and again until the run is over."""
    if not request.user.is_authenticated:  # The session ended while the page stood open.
        page = urlencode({"next": reverse("import_run", args=[pk])})
        return HttpResponseClientRedirect(f"{reverse('login')}?{page}")
    return _progress(request, pk=pk)


@for_importers
def _progress(request: HttpRequest, pk: int) -> HttpResponse:
    progress = progress_of(get_object_or_404(_with_work(ImportRun.objects.defer("inputs")), pk=pk))
    response = render(request, "imports/progress_answer.html", _progress_context(progress))
    return trigger_client_event(response, "import-over") if progress.is_over else response


@require_POST
@for_importers
def stop_import(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_object_or_404(_with_work(ImportRun.objects.all()), pk=pk)
    if run.is_queued and stop_run(run, by=request.user):
        messages.success(request, _("أُوقفت العملية. ما استُورد منها باقٍ."))
    else:
        messages.info(request, _("لم تعد هذه العملية مما يُوقف من هنا."))
    return SeeOther(reverse("import_run", args=[pk]))


@require_POST
@for_importers
def retry_import(request: HttpRequest, pk: int) -> HttpResponse:
    """Try the refused inputs of a run again, or the one that is named by `item`; leads to the new run."""
    run = get_object_or_404(ImportRun, pk=pk)
    items = run.items.filter(outcome=ImportItem.Outcome.REFUSED, quarantined__isnull=False)
    asked = request.POST.get("item", "")
    if asked:
        items = items.filter(pk=int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else 0)
    try:
        again = queue_retry(run, by=request.user, items=items, named=bool(asked))
    except NothingToRetry:
        messages.error(request, _("لم يبقَ ما تمكن إعادة محاولته."))
        return SeeOther(reverse("import_run", args=[pk]))
    return SeeOther(reverse("import_run", args=[again.pk]))


@require_safe
@for_importers
def import_refusals(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The refused inputs of a run as a table for a spreadsheet."""
    run = get_object_or_404(ImportRun.objects.only("pk"), pk=pk)
    response = StreamingHttpResponse(_table(run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{pk}-refused.csv"'
    return response


def _with_work(runs: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
    """Runs with `is_queued`: whether workers do them. What a command does at the server is stopped there."""
    uploads, chunks = (model.objects.filter(run=OuterRef("pk")) for model in (Upload, ImportChunk))
    return runs.annotate(is_queued=Exists(uploads) | Exists(chunks))


def _progress_context(progress: Progress) -> dict[str, Any]:
    reasons = reasons_of(progress.run) if progress.run.refused else []
    refusals = refusals_of(progress.run) if progress.is_over else None
    run = {"progress": progress, "run": progress.run}
    return run | {"reasons": reasons, "most_reasons": MOST_REASONS, "refusals": refusals}


def _options(run: ImportRun) -> list[tuple[str, str]]:
    """What a run was told beside its inputs, as pairs of what it is and what it says."""
    format, columns = run.options.get("format", ""), run.options.get("columns") or {}
    told = [
        (_("وسيلة الإعلام"), run.options.get("source", "")),
        (_("نوع الملفات"), str(FORMAT_LABELS.get(format, format))),
        *((str(label), columns.get(field, "")) for field, label in COLUMN_LABELS.items()),
    ]
    return [(name, value) for name, value in told if value]


class _Line:
    """A file that hands on what is written to it."""

    def write(self, line: str) -> str:
        return line


def _table(run: ImportRun) -> Iterator[str]:
    """A line at a time, after the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    yield writer.writerow([_("المدخل"), _("السبب"), _("استُورد لاحقاً في العملية")])
    refused = run.items.filter(outcome=ImportItem.Outcome.REFUSED).order_by("pk")
    for name, reason, later in refused.values_list("input", "reason", "taken_in_by").iterator(_AT_ONCE):
        yield writer.writerow([_cell(name), _cell(reason), later or ""])


def _cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) or text.startswith(("\t", "\r", "\n")) else text
