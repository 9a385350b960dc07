from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from annotations.history import words_of
from annotations.models import ChangedMark, MarkChange
from articles.admin.records import RecordAdmin

# Of a change of very many marks so many are listed.
MOST_LISTED = 5


@admin.register(MarkChange)
class MarkChangeAdmin(RecordAdmin):
    """What people did to marks, the latest first, also to those that are gone; each leads to the mark's history."""

    list_display = ("at", "by_name", "act", "article", "changed")
    list_display_links = None
    list_filter = ("act", "at")
    search_fields = ("by_name__exact",)
    search_help_text = _("اسم من غيّرها")
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request):
        changes = super().get_queryset(request).select_related("revision__article").prefetch_related("marks")
        return changes.defer("revision__text", "revision__blocks")

    @admin.display(description=_("المادة"))
    def article(self, change):
        return format_html('<a href="{}">{}</a>', change.revision.article.get_absolute_url(), change.revision.article)

    @admin.display(description=_("العلامات"))
    def changed(self, change):
        rows = change.marks.all()[:MOST_LISTED]
        return format_html_join(
            " ",
            '<a href="{}">{}</a>',
            ((reverse("mark_history", args=[row.mark]), _words(row)) for row in rows),
        )


def _words(row: ChangedMark) -> str:
    """Of a change that an imported file tells of, the words are not told."""
    return str(row.mark) if row.is_told else words_of(row.after or row.before)[:60]
