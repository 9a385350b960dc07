from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import publishing
from articles.models import Article, Revision
from articles.search.finding import matching
from articles.search.query import SearchQuery


class RevisionInline(admin.TabularInline):
    """The states of the text, to look at: a revision is never edited."""

    model = Revision
    fields = ("number", "created_at", "cleaner_version", "text")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


class TextBeyondCorrectionFilter(admin.SimpleListFilter):
    """Corrected articles for which an import has brought another text since."""

    title = _("بعد التصحيح")
    parameter_name = "beyond_correction"

    def lookups(self, request, model_admin):
        return [("1", _("وصل من المصدر نص أحدث"))]

    def queryset(self, request, queryset):
        return queryset.with_text_beyond_correction() if self.value() else queryset


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ("title", "source", "status", "published_at", "language", "read")
    list_filter = ("status", TextBeyondCorrectionFilter, "source", "language")
    list_select_related = ("source",)
    search_fields = ("title",)  # shows the box; what is searched is decided below
    search_help_text = _("كلمات من العنوان أو النص؛ لا فرق بين أ وا، ولا بين ة وه")
    date_hierarchy = "appeared_at"
    ordering = ("-appeared_at", "-id")
    list_per_page = 50
    show_full_result_count = False
    actions = ("publish", "hide")
    inlines = (RevisionInline,)
    readonly_fields = ("url", "key", "current_revision", "imported_at", "metadata", "title", "byline", "published_at")
    fieldsets = (
        (None, {"fields": ("title", "source", "status", "language")}),
        (
            _("المصدر والتاريخ"),
            {"fields": ("url", "key", "byline", "published_at", "published_precision", "imported_at")},
        ),
        (_("بيانات أخرى"), {"fields": ("current_revision", "metadata"), "classes": ("collapse",)}),
    )

    def has_add_permission(self, request):
        return False  # articles come through an import, which keeps what they were read from

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "published_precision")

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        return matching(SearchQuery(text=search_term), queryset), False

    @admin.display(description=_("القراءة"))
    def read(self, article):
        return format_html('<a href="{}">{}</a>', article.get_absolute_url(), _("فتح"))

    @admin.action(description=_("نشر المواد المختارة"), permissions=["change"])
    def publish(self, request, queryset):
        number = publishing.publish(queryset)
        self.message_user(request, ngettext("نُشرت %(n)d مادة.", "نُشرت %(n)d مواد.", number) % {"n": number})

    @admin.action(description=_("حجب المواد المختارة"), permissions=["change"])
    def hide(self, request, queryset):
        number = publishing.hide(queryset)
        self.message_user(request, ngettext("حُجبت %(n)d مادة.", "حُجبت %(n)d مواد.", number) % {"n": number})
