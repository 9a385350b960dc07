from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.models import Placement, WaitingMark
from annotations.refusals import MarkRefused
from annotations.reviewing import confirm_place, drop_place


@admin.register(WaitingMark)
class WaitingMarkAdmin(admin.ModelAdmin):
    """Marks whose words changed, or went, with their article's text: nothing is dropped until somebody says so."""

    list_display = ("old_words", "new_words", "kind", "standing_now", "decided_by_name", "article", "again")
    list_display_links = None
    list_filter = ("kind", "revision__article__source")
    list_per_page = 50
    show_full_result_count = False
    actions = ("confirm_selected", "drop_selected")

    def has_module_permission(self, request):
        return request.user.has_perm("annotations.change_annotation")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("annotations.change_annotation")

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request) and obj is None

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        waiting = Placement.objects.waiting()
        places = Placement.objects.on_current_text().select_related("revision")
        marks = super().get_queryset(request).filter(Exists(waiting.filter(part__annotation=OuterRef("pk"))))
        return (
            marks.visible_to(request.user)
            .select_related("revision__article__source")
            .defer("revision__text", "revision__blocks")
            .prefetch_related("parts", Prefetch("parts__placements", queryset=places, to_attr="here"))
            .order_by("-revision__article__appeared_at", "pk")
        )

    @admin.display(description=_("في النص السابق"))
    def old_words(self, mark):
        return mark.exact

    @admin.display(description=_("في النص الحالي"))
    def new_words(self, mark):
        places = [place for part in mark.content for place in part.here if place.stands]
        return " … ".join(place.revision.text[place.start : place.end] for place in places) or "–"

    @admin.display(description=_("الموضع"))
    def standing_now(self, mark):
        states = [place.get_state_display() for part in mark.content for place in part.here if not place.is_settled]
        return _("، ").join(dict.fromkeys(map(str, states)))

    @admin.display(description=_("المادة"))
    def article(self, mark):
        article = mark.revision.article
        return format_html('<a href="{}#waiting">{}</a>', article.get_absolute_url(), article)

    @admin.display(description=_("المراجعة"))
    def again(self, mark):
        return format_html('<a href="{}">{}</a>', reverse("mark_place", args=[mark.uuid]), _("حدّدها من جديد"))

    @admin.action(description=_("تثبيت العلامات المختارة في مواضعها الحالية"), permissions=["change"])
    def confirm_selected(self, request, queryset):
        number = self._decide(request, queryset, confirm_place)
        self.message_user(request, ngettext("ثُبّتت %(n)d علامة.", "ثُبّتت %(n)d علامات.", number) % {"n": number})

    @admin.action(description=_("ترك العلامات المختارة لنصوصها السابقة"), permissions=["change"])
    def drop_selected(self, request, queryset):
        number = self._decide(request, queryset, drop_place)
        self.message_user(request, ngettext("تُركت %(n)d علامة.", "تُركت %(n)d علامات.", number) % {"n": number})

    def _decide(self, request, queryset, decide) -> int:
        """Decide the selected one by one; those that cannot be (a lost one has no place to confirm) stay."""
        decided = 0
        for mark in list(queryset):
            try:
                decide(mark=mark, by=request.user)
            except MarkRefused as refused:
                self.message_user(request, f"{mark.exact[:60]}: {refused.reason}", level="warning")
            else:
                decided += 1
        return decided
