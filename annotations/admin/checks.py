from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from annotations.models import Check, Rating, Verdict
from articles.language.folding import fold

SAID = ("label", "label_en", "alternate_name", "value")


@admin.register(Rating)
class RatingAdmin(admin.ModelAdmin):
    """The scale. What readers have been told keeps its name and number; a rating that goes is offered no more."""

    list_display = ("label", "label_en", "value", "colour", "position", "is_offered")
    ordering = ("position",)
    fields = ("position", *SAID, "colour", "is_offered")

    def get_readonly_fields(self, request, obj=None):
        told = obj and Verdict.objects.filter(rating=obj, signed_off_at__isnull=False).exists()
        return SAID if told else ()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Check)
class CheckAdmin(admin.ModelAdmin):
    """Checks to look up, with their history; the work on them is done on their pages."""

    list_display = ("wording", "status", "rating", "assignee", "opened_at", "published_at", "page")
    list_filter = ("status", "verdict__rating")
    list_select_related = ("verdict__rating", "assignee")
    search_fields = ("folded",)
    search_help_text = _("كلمات من الادعاء؛ لا فرق بين أ وا، ولا بين ة وه")
    show_full_result_count = False
    list_per_page = 50

    def get_search_results(self, request, queryset, search_term):
        for word in fold(search_term).split():
            queryset = queryset.filter(folded__contains=word)
        return queryset, False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("التقدير"))
    def rating(self, check):
        return check.rating or "–"

    @admin.display(description=_("الصفحة"))
    def page(self, check):
        return format_html('<a href="{}">{}</a>', check.get_absolute_url(), _("ملف التحقق"))
