from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles.admin.entity_desk import merge_view, split_view
from articles.language.folding import fold
from articles.models import Alias, Entity
from articles.naming.counting import settle_all_counts
from articles.naming.merging import PERMISSION

MOST_NAMESAKES = 20


class AliasInline(admin.TabularInline):
    model = Alias
    fields = ("form", "curated")
    readonly_fields = ("curated",)
    extra = 0


class NamesakesFilter(admin.SimpleListFilter):
    """Names that several entities bear: the candidates for a merge."""

    title = _("قد تكون اسماً واحداً")
    parameter_name = "namesakes"

    def lookups(self, request, model_admin):
        return [("yes", _("لها سميّ"))]

    def queryset(self, request, queryset):
        if self.value() != "yes":
            return queryset
        same = Entity.objects.standing().filter(kind=OuterRef("kind"), folded=OuterRef("folded"))
        return queryset.standing().filter(Exists(same.exclude(pk=OuterRef("pk")))).order_by("folded", "kind", "pk")


class StandingFilter(admin.SimpleListFilter):
    title = _("الدمج")
    parameter_name = "merged"

    def lookups(self, request, model_admin):
        return [("no", _("قائمة بذاتها")), ("yes", _("دُمجت في غيرها"))]

    def queryset(self, request, queryset):
        return queryset.filter(merged_into__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "distinction", "articles", "only_in", "merged_into")
    list_filter = ("kind", NamesakesFilter, StandingFilter)
    list_select_related = ("only_in", "merged_into", "count")
    search_fields = ("name",)
    search_help_text = _("أي صيغة من صيغ الاسم")
    show_full_result_count = False
    list_per_page = 50
    fields = ("name", "kind", "distinction", "only_in", "merged_into", "page", "namesakes")
    readonly_fields = ("only_in", "merged_into", "page", "namesakes")
    inlines = (AliasInline,)
    actions = ("merge_selected",)

    def get_urls(self):
        own = [
            path("merge/", self.admin_site.admin_view(merge_view), {"desk": self}, name="articles_entity_merge"),
            path(
                "<int:pk>/split/", self.admin_site.admin_view(split_view), {"desk": self}, name="articles_entity_split"
            ),
        ]
        return own + super().get_urls()

    def get_queryset(self, request):
        return super().get_queryset(request).order_by(F("count__in_all").desc(nulls_last=True), "name", "pk")

    def changelist_view(self, request, extra_context=None):
        settle_all_counts()
        return super().changelist_view(request, extra_context)

    def get_search_results(self, request, queryset, search_term):
        folded = fold(search_term).strip()
        if not folded:
            return queryset, False
        by_alias = Exists(Alias.objects.filter(entity=OuterRef("pk"), folded__contains=folded))
        return queryset.filter(Q(folded__contains=folded) | by_alias), False

    def has_merge_permission(self, request):
        return request.user.has_perm(PERMISSION)

    @admin.action(description=_("دمج الأسماء المختارة…"), permissions=["merge"])
    def merge_selected(self, request, queryset):
        """Nothing is merged yet: the next page shows what would move, and asks."""
        chosen = urlencode({"entity": list(queryset.standing().values_list("pk", flat=True))}, doseq=True)
        return HttpResponseRedirect(f"{reverse('admin:articles_entity_merge')}?{chosen}")

    @admin.display(description=_("المواد"), ordering="count__in_all")
    def articles(self, entity):
        return entity.count.in_all if hasattr(entity, "count") else 0

    @admin.display(description=_("الصفحة"))
    def page(self, entity):
        return format_html('<a href="{}">{}</a>', entity.get_absolute_url(), _("فتح"))

    @admin.display(description=_("قد يكونان اسماً واحداً"))
    def namesakes(self, entity):
        """Others of the same name or form, each with a link to the page that compares and merges."""
        forms = {entity.folded, *entity.aliases.values_list("folded", flat=True)}
        by_alias = Exists(Alias.objects.filter(entity=OuterRef("pk"), folded__in=forms))
        others = (
            Entity.objects.standing().filter(Q(folded__in=forms) | by_alias, kind=entity.kind).exclude(pk=entity.pk)
        )
        address = reverse("admin:articles_entity_merge")
        return format_html_join(
            mark_safe("<br>"),
            '<a href="{}?entity={}&amp;entity={}">{}{}</a>',
            (
                (address, entity.pk, other.pk, other, f" — {other.only_in}" if other.only_in else "")
                for other in others.select_related("only_in")[:MOST_NAMESAKES]
            ),
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may = self.has_merge_permission(request)
        return super().change_view(request, object_id, form_url, {"may_merge": may, **(extra_context or {})})
