from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from pghistory.admin import EventsAdmin

# Said by django-pghistory's templates, which bring no translations along.
gettext_noop("Events")

LABELS = {"insert": _("أُنشئ"), "update": _("عُدّل"), "delete": _("حُذف")}


class ModerationSite(admin.AdminSite):
    site_header = _("Newsdesk · إدارة النشر")
    site_title = _("إدارة النشر")
    index_title = _("مكتب المشرفين")


class HistoryAdmin(EventsAdmin):
    """Who changed what and when, in the moderators' words."""

    def get_list_display(self, request):
        return ("pgh_created_at", "who", "what", "action", "changes")

    def get_list_display_links(self, request, list_display):
        return None

    @admin.display(description=_("بواسطة"))
    def who(self, event):
        return (event.pgh_context or {}).get("username") or "–"

    @admin.display(description=_("العنصر"))
    def what(self, event):
        return f"{apps.get_model(event.pgh_obj_model)._meta.verbose_name} {event.pgh_obj_id}"

    @admin.display(description=_("الإجراء"))
    def action(self, event):
        return LABELS.get(event.pgh_label, event.pgh_label)

    @admin.display(description=_("ما تغيّر"))
    def changes(self, event):
        fields = apps.get_model(event.pgh_obj_model)._meta
        rows = ((_label(fields, name), before, after) for name, (before, after) in (event.pgh_diff or {}).items())
        return format_html_join("", "<div>{}: <del>{}</del> ← <ins>{}</ins></div>", rows) or "–"


def _label(fields, name: str) -> str:
    try:
        return fields.get_field(name.removesuffix("_id")).verbose_name
    except FieldDoesNotExist:
        return name
