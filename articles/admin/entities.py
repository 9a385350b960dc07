from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from articles.language.folding import fold
from articles.models import Alias, Entity


class AliasInline(admin.TabularInline):
    model = Alias
    fields = ("form",)
    extra = 0


@admin.register(Entity)
class EntityAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "distinction", "only_in", "merged_into")
    list_filter = ("kind",)
    list_select_related = ("only_in", "merged_into")
    search_fields = ("name",)
    search_help_text = _("أي صيغة من صيغ الاسم")
    show_full_result_count = False
    fields = ("name", "kind", "distinction", "only_in", "merged_into")
    readonly_fields = ("only_in", "merged_into")
    inlines = (AliasInline,)

    def get_search_results(self, request, queryset, search_term):
        folded = fold(search_term).strip()
        if not folded:
            return queryset, False
        by_alias = Exists(Alias.objects.filter(entity=OuterRef("pk"), folded__contains=folded))
        return queryset.filter(Q(folded__contains=folded) | by_alias), False
