from django.contrib import admin
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.admin.exports import export_marks
from annotations.history import entries_of
from annotations.marking import accept, change_mark, delete_mark, reject
from annotations.models import Annotation, Attribution, Part
from articles.language.folding import fold
from articles.models import Article
from articles.search.finding import matching
from articles.search.query import SearchQuery
from articles.search.sql import Folded

SUGGESTED_FIRST = Case(When(status="suggested", then=Value(0)), default=Value(1), output_field=IntegerField())


SHOWN = ("words", "kind", "quote_type", "status", "article")
TOLD = ("stance", "channel", "occasion", "said_when", "said_on", "translated", "framing")


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PartInline(ReadOnlyInline):
    model = Part
    fields = ("role", "exact", "start", "end")


class AttributionInline(ReadOnlyInline):
    model = Attribution
    fk_name = "annotation"
    fields = ("display_name", "entity", "role", "certainty")
    readonly_fields = ("display_name",)


@admin.register(Annotation)
class AnnotationAdmin(admin.ModelAdmin):
    """Marks to look at and to decide; their words are changed on the article's page, where the text is."""

    list_display = ("words", "kind", "said_by", "status", "made_by", "decision", "article")
    list_filter = ("status", "kind", "quote_type", "stance", "channel", "created_at")
    search_fields = ("parts__exact",)
    search_help_text = _("كلمات من العلامة، أو اسم القائل، أو اسم من أنشأها")
    show_full_result_count = False
    list_per_page = 50
    actions = ("accept_selected", "reject_selected", export_marks)
    inlines = (PartInline, AttributionInline)
    readonly_fields = (*SHOWN, *TOLD, "made_by", "created_at", "decision", "history")
    fields = (*SHOWN, "note", *readonly_fields[len(SHOWN) :])

    def has_add_permission(self, request):
        return False

    def get_queryset(self, request):
        marks = super().get_queryset(request).select_related("revision__article").with_spans()
        return marks.order_by(SUGGESTED_FIRST, "-id")

    def get_search_results(self, request, queryset, search_term):
        folded = fold(search_term).strip()
        if not folded:
            return queryset, False
        # The index finds the few articles that hold the words; only their marks are then folded and compared.
        within = matching(SearchQuery(text=search_term), Article.objects.all()).values("pk")
        parts = Part.objects.filter(annotation=OuterRef("pk")).annotate(folded=Folded("exact"))
        names = Attribution.objects.filter(annotation=OuterRef("pk")).annotate(folded=Folded("name"))
        said = Exists(parts.filter(folded__contains=folded)) | Exists(
            names.filter(Q(folded__contains=folded) | Q(entity__folded__contains=folded))
        )
        made = Q(created_by_name__iexact=search_term.strip()) | Q(decided_by_name__iexact=search_term.strip())
        return queryset.filter(Q(said, revision__article__in=within) | made), False

    def save_model(self, request, obj, form, change):
        change_mark(mark=obj, note=form.cleaned_data["note"], by=request.user)

    def delete_model(self, request, obj):
        """As everywhere: kept in the history, a detector's as rejected."""
        delete_mark(mark=obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for mark in queryset:
            delete_mark(mark=mark, by=request.user)

    @admin.display(description=_("السجل"))
    def history(self, mark):
        entries = entries_of(mark.uuid)
        lines = ((entry.by, date_format(localtime(entry.at), "DATETIME_FORMAT"), entry.label) for entry in entries)
        told = format_html_join("", "<div>{} · {} · {}</div>", lines)
        return format_html('{}<a href="{}">{}</a>', told, reverse("mark_history", args=[mark.uuid]), _("السجل كاملاً"))

    @admin.display(description=_("النص"))
    def words(self, mark):
        return mark.exact

    @admin.display(description=_("القائل"))
    def said_by(self, mark):
        return _("، ").join(link.display_name for link in mark.said_by)

    @admin.display(description=_("أنشأها"))
    def made_by(self, mark):
        return mark.created_by_name or f"{mark.detector} {mark.detector_version}"

    @admin.display(description=_("بُتّ فيها"), ordering="decided_at")
    def decision(self, mark):
        if not mark.decided_at:
            return _("لم يُبتّ فيها بعد")
        return f"{mark.decided_by_name} · {date_format(localtime(mark.decided_at), 'DATETIME_FORMAT')}"

    @admin.display(description=_("المادة"))
    def article(self, mark):
        return format_html('<a href="{}">{}</a>', mark.get_absolute_url(), mark.revision.article)

    @admin.action(description=_("قبول المقترحات المختارة"), permissions=["change"])
    def accept_selected(self, request, queryset):
        number = self._decide(request, queryset, accept)
        self.message_user(request, ngettext("قُبل %(n)d مقترح.", "قُبلت %(n)d مقترحات.", number) % {"n": number})

    @admin.action(description=_("رفض المقترحات المختارة"), permissions=["change"])
    def reject_selected(self, request, queryset):
        number = self._decide(request, queryset, reject)
        self.message_user(request, ngettext("رُفض %(n)d مقترح.", "رُفضت %(n)d مقترحات.", number) % {"n": number})

    def _decide(self, request, queryset, decide) -> int:
        """Decide the undecided among the selected, one by one: each is a decision with its own history."""
        decided = 0
        for pk in list(queryset.suggested().values_list("pk", flat=True)):
            # Deciding a quote may decide its proposed speaker too, or take it away.
            mark = Annotation.objects.suggested().filter(pk=pk).first()
            if mark:
                decide(mark=mark, by=request.user)
                decided += 1
        return decided
