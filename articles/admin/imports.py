"""What was imported, what was refused and is kept, and which feeds are read, as moderators see it."""

import gzip

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import F, Func, IntegerField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from articles.models import FeedSubscription, ImportItem, ImportRun, Quarantined
from articles.templatetags.imports import megabytes

# On the page of a run; all of them are in the list of its inputs, page by page.
_SHOWN = 20
_DOWNLOAD = "admin:articles_quarantined_download"


class WrittenByImports(admin.ModelAdmin):
    """To look at: imports write it, and nobody else."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(ImportRun)
class ImportRunAdmin(WrittenByImports):
    list_display = ("started_at", "what", "state", "by_name", "created", "updated", "unchanged", "refused")
    list_filter = ("state",)
    fields = (
        ("started_at", "finished_at", "alive_at"),
        ("state", "failure"),
        ("by_name", "subscription", "retry_of"),
        ("created", "updated", "unchanged", "refused"),
        "inputs",
        "refusals",
    )

    @admin.display(description=_("المدخلات"))
    def what(self, run):
        return str(run)

    @admin.display(description=_("المدخلات المرفوضة"))
    def refusals(self, run):
        refused = run.items.filter(outcome=ImportItem.Outcome.REFUSED).order_by("pk")[:_SHOWN]
        lines = format_html_join("", "<li><bdi>{}</bdi>: {}</li>", ((item.input, item.reason) for item in refused))
        address = f"{reverse('admin:articles_importitem_changelist')}?run__id__exact={run.pk}&outcome__exact=refused"
        return format_html('<ul>{}</ul><a href="{}">{}</a>', lines, address, _("كل المرفوضة"))


@admin.register(ImportItem)
class ImportItemAdmin(WrittenByImports):
    list_display = ("input", "outcome", "reason", "became", "kept")
    list_filter = ("outcome",)
    list_select_related = ("article",)
    search_fields = ("input", "reason")
    search_help_text = _("كلمات من اسم المدخل أو من السبب")
    ordering = ("-pk",)
    fields = ("of_run", "input", "outcome", "reason", "became", "kept", "taken_in_by")

    def lookup_allowed(self, lookup, value, request):
        return lookup == "run__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("عملية استيراد"))
    def of_run(self, item):
        address = reverse("admin:articles_importrun_change", args=[item.run_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, item.run)

    @admin.display(description=_("المادة"))
    def became(self, item):
        if item.article is None:
            return "–"
        return format_html('<a href="{}">{}</a>', item.article.get_absolute_url(), item.article)

    @admin.display(description=_("المحجوز منه"))
    def kept(self, item):
        if item.quarantined_id is None:
            return "–"
        address = reverse("admin:articles_quarantined_change", args=[item.quarantined_id])
        return format_html('<a href="{}">{}</a>', address, _("فتح"))


@admin.register(Quarantined)
class QuarantinedAdmin(WrittenByImports):
    """Inputs that failed. What they hold is foreign and unread: it is downloaded, and never shown."""

    list_display = ("name", "kept_at", "stored_size", "download")
    ordering = ("-pk",)
    fields = ("name", "kept_at", "stored_size", "download", "reasons")

    def get_queryset(self, request):
        stored = Func(F("compressed"), function="octet_length", output_field=IntegerField())
        return super().get_queryset(request).annotate(stored=stored).defer("compressed")

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.download_view))
        return [path("<int:pk>/download/", view, name="articles_quarantined_download"), *super().get_urls()]

    def download_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The bytes as they came, as a file that no browser opens by itself."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        kept = get_object_or_404(Quarantined, pk=pk, compressed__isnull=False)
        response = HttpResponse(gzip.decompress(kept.compressed), content_type="application/octet-stream")
        response["Content-Disposition"] = f'attachment; filename="quarantined-{pk}.bin"'
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        return response

    @admin.display(description=_("المدخل"))
    def name(self, kept):
        return kept.record.get("name") or kept.record.get("address") or str(kept.pk)

    @admin.display(description=_("الحجم مضغوطاً"))
    def stored_size(self, kept):
        return megabytes(kept.stored) if kept.stored else _("عنوان يُجلب من جديد")

    @admin.display(description=_("التنزيل"))
    def download(self, kept):
        if not kept.stored:
            return "–"
        return format_html('<a href="{}" download>{}</a>', reverse(_DOWNLOAD, args=[kept.pk]), _("نزّل"))

    @admin.display(description=_("الأسباب"))
    def reasons(self, kept):
        lines = kept.items.order_by("reason").values_list("reason").distinct()[:_SHOWN]
        return format_html_join("", "<div><bdi>{}</bdi></div>", lines) or "–"


@admin.register(FeedSubscription)
class FeedSubscriptionAdmin(WrittenByImports):
    """To look at; subscribing, pausing and removing have pages of their own, which tell the schedule."""

    list_display = ("__str__", "address", "every", "active", "fetched_at", "next_at", "failures")
    list_filter = ("active",)
    search_fields = ("title", "address")
    fields = (
        ("title", "source"),
        "address",
        ("every", "active"),
        ("fetched_at", "next_at"),
        ("failures", "failure"),
        ("created_at", "created_by_name"),
    )
