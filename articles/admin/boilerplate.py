from django.contrib import admin
from django.contrib.admin.widgets import AdminRadioSelect
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles.importing.learning.masking import ADDRESS, BELOW, NUMBER, SLOT
from articles.importing.learning.proposing import articles_with, decide
from articles.models import BoilerplateLine

MOST_SHOWN = 120
# What stands in a line's form for what varies, as people write it.
SIGNS = {SLOT: "…", NUMBER: "#", ADDRESS: "@", BELOW: "↓"}


@admin.register(BoilerplateLine)
class BoilerplateLineAdmin(admin.ModelAdmin):
    """Lines that repeat themselves on a source's pages: a moderator says which are no part of its articles."""

    list_display = ("line", "source", "place", "articles", "status", "decided_by_name")
    list_filter = ("status", "place", "source")
    list_select_related = ("source",)
    list_per_page = 50
    search_fields = ("text",)
    ordering = ("source__name", "-articles", "pk")
    actions = ("accept", "reject")
    fields = ("source", "place", "text", "compared", "articles", "examples", "status", "decided_by_name", "decided_at")
    readonly_fields = tuple(field for field in fields if field != "status")

    def has_add_permission(self, request):
        return False  # lines are proposed by what repeats itself

    def has_delete_permission(self, request, obj=None):
        return False  # a line that is forgotten would be proposed again

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        decisions = (BoilerplateLine.Status.ACCEPTED, BoilerplateLine.Status.REJECTED)
        kwargs |= {"choices": [(status.value, status.label) for status in decisions], "widget": AdminRadioSelect()}
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        line = BoilerplateLine.objects.filter(pk=obj.pk)
        was_accepted = line.filter(status=BoilerplateLine.Status.ACCEPTED).count()
        if decide(line, status=obj.status, by=request.user):
            follows = going_away() if obj.status == BoilerplateLine.Status.ACCEPTED else coming_back(was_accepted)
            if follows:
                self.message_user(request, follows)

    @admin.display(description=_("السطر"), ordering="text")
    def line(self, line):
        shown = line.text if len(line.text) <= MOST_SHOWN else f"{line.text[:MOST_SHOWN]}…"
        return format_html("{} <small>{}</small>", shown, _("وما تحته من عناوين")) if is_headed(line) else shown

    @admin.display(description=_("ما يُقارن منه"))
    def compared(self, line):
        form = " ".join(SIGNS.get(token, token) for token in line.folded.split(" "))
        notes = [_("مكان … كلمات تتغير، ومكان # أرقام وتواريخ.")]
        if is_headed(line):
            notes.append(_("تُحذف معه العناوين التي تحته."))
        return format_html("{}<br><small>{}</small>", form, " ".join(map(str, notes)))

    @admin.display(description=_("أمثلة"))
    def examples(self, line):
        found = ((article.get_absolute_url(), article.title) for article in articles_with(line))
        return format_html_join(mark_safe("<br>"), '<a href="{}">{}</a>', found) or "–"

    @admin.action(description=_("قبول الأسطر المختارة: تُحذف من مواد الوسيلة"), permissions=["change"])
    def accept(self, request, queryset):
        number = decide(queryset, status=BoilerplateLine.Status.ACCEPTED, by=request.user)
        said = ngettext("قُبل %(n)d سطر.", "قُبلت %(n)d أسطر.", number) % {"n": number}
        self.message_user(request, f"{said} {going_away()}" if number else said)

    @admin.action(description=_("رفض الأسطر المختارة: تبقى في النص"), permissions=["change"])
    def reject(self, request, queryset):
        were_accepted = queryset.filter(status=BoilerplateLine.Status.ACCEPTED).count()
        number = decide(queryset, status=BoilerplateLine.Status.REJECTED, by=request.user)
        said = ngettext("رُفض %(n)d سطر.", "رُفضت %(n)d أسطر.", number) % {"n": number}
        self.message_user(request, f"{said} {coming_back(were_accepted)}".strip())


def going_away() -> str:
    return gettext("تُحذف من المواد المحفوظة في إصدارات جديدة خلال دقائق، ومن كل استيراد لاحق.")


def coming_back(were_accepted: int) -> str:
    """What becomes of stored articles when so many lines are rejected that had been accepted."""
    if not were_accepted:
        return ""
    return ngettext(
        "السطر الذي كان مقبولاً يعود خلال دقائق إلى المواد المحفوظة التي حُذف منها، ويبقى في كل استيراد لاحق.",
        "الأسطر التي كانت مقبولة (%(n)d) تعود خلال دقائق إلى المواد المحفوظة التي حُذفت منها، وتبقى في كل استيراد لاحق.",
        were_accepted,
    ) % {"n": were_accepted}


def is_headed(line: BoilerplateLine) -> bool:
    """Whether the titles of other articles stand under the line, and go with it."""
    return line.folded.endswith(BELOW)
