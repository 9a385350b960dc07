from django.contrib import admin
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.entity_desk import undo_view
from articles.admin.records import RecordAdmin
from articles.models import EntityChange
from articles.naming.merging import PERMISSION


@admin.register(EntityChange)
class EntityChangeAdmin(RecordAdmin):
    """What was merged and split, by whom, and how to take it back."""

    list_display = ("kind", "source_name", "target_name", "number_moved", "made_by_name", "made_at", "undone")
    list_display_links = None
    list_filter = ("kind",)
    list_per_page = 50

    def get_urls(self):
        undo = path(
            "<int:pk>/undo/", self.admin_site.admin_view(undo_view), {"desk": self}, name="articles_entitychange_undo"
        )
        return [undo, *super().get_urls()]

    def get_list_display(self, request):
        return (*self.list_display, "take_back") if request.user.has_perm(PERMISSION) else self.list_display

    @admin.display(description=_("ما نُقل"))
    def number_moved(self, change):
        return sum(len(ids) for ids in change.moved["references"].values())

    @admin.display(description=_("تراجع عنه"))
    def undone(self, change):
        if change.undone_at:
            return f"{change.undone_by_name} · {date_format(change.undone_at, 'SHORT_DATETIME_FORMAT')}"
        return ""

    @admin.display(description=_("التراجع"))
    def take_back(self, change):
        if change.undone_at:
            return ""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:articles_entitychange_undo", args=[change.pk]), _("تراجع…")
        )
