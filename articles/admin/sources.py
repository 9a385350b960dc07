from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from articles.language.folding import fold
from articles.models import Source, SourceDomain
from articles.search.sql import Folded


class DomainInline(admin.TabularInline):
    model = SourceDomain
    extra = 0


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("name", "name_en", "kind", "rights", "key", "article_count")
    list_filter = ("kind", "rights")
    actions = ("allow_all", "allow_excerpts", "keep_inside")
    search_fields = ("name",)
    search_help_text = _("الاسم أو المعرّف أو النطاق")
    inlines = (DomainInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(article_total=Count("articles"))

    def get_search_results(self, request, queryset, search_term):
        folded = fold(search_term).strip()
        if not folded:
            return queryset, False
        by_name = queryset.annotate(folded=Folded("name")).filter(folded__contains=folded)
        by_key = queryset.filter(key__icontains=search_term.strip())
        by_domain = queryset.filter(domains__domain__icontains=search_term.strip())
        return queryset.filter(pk__in={row.pk for rows in (by_name, by_key, by_domain) for row in rows}), False

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj else ()

    @admin.action(description=_("اسمح بخروج النص الكامل"), permissions=["change"])
    def allow_all(self, request, queryset):
        self._set_rights(request, queryset, Source.Rights.FULL)

    @admin.action(description=_("اسمح بخروج المقتطفات فقط"), permissions=["change"])
    def allow_excerpts(self, request, queryset):
        self._set_rights(request, queryset, Source.Rights.EXCERPT)

    @admin.action(description=_("اجعلها للاستعمال الداخلي"), permissions=["change"])
    def keep_inside(self, request, queryset):
        self._set_rights(request, queryset, Source.Rights.INTERNAL)

    def _set_rights(self, request, queryset, rights):
        changed = queryset.order_by().exclude(rights=rights).update(rights=rights)
        told = _("%(rights)s: عدد وسائل الإعلام التي تغيّرت %(number)d.")
        self.message_user(request, told % {"rights": Source.Rights(rights).label, "number": changed})

    @admin.display(description=_("المواد"), ordering="article_total")
    def article_count(self, source):
        return source.article_total
