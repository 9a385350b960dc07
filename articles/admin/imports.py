from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from articles.models import ImportItem, ImportRun


class RefusedInline(admin.TabularInline):
    """The inputs that did not become articles, each with its reason."""

    model = ImportItem
    fk_name = "run"
    fields = readonly_fields = ("input", "reason")
    extra = 0
    can_delete = False
    verbose_name_plural = _("المدخلات المرفوضة")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(outcome=ImportItem.Outcome.REFUSED)

    def has_add_permission(self, request, obj=None):
        return False


@admin.register(ImportRun)
class ImportRunAdmin(admin.ModelAdmin):
    list_display = ("started_at", "inputs", "by_name", "created", "updated", "unchanged", "refused", "finished_at")
    inlines = (RefusedInline,)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
