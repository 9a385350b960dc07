"""Taking marks away from the desk: what was chosen in a list leads to the page on which it is said how."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.export_form import MOST_CHOSEN
from articles.admin.articles import ArticleAdmin
from articles.models import Article


@admin.action(description=_("تصدير علامات المواد المختارة"))
def export_marks_of(modeladmin, request, queryset):
    return _led_to_form(request, "article", queryset)


@admin.action(description=_("تصدير العلامات المختارة"))
def export_marks(modeladmin, request, queryset):
    return _led_to_form(request, "mark", queryset)


def _led_to_form(request: HttpRequest, name: str, queryset) -> HttpResponseRedirect | None:
    keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_CHOSEN + 1])
    if len(keys) > MOST_CHOSEN:
        line = _("اختر %(most)d على الأكثر، أو صدّر نتائج بحث كلها من صفحة النتائج.")
        messages.warning(request, line % {"most": MOST_CHOSEN})
        return None
    return HttpResponseRedirect(f"{reverse('new_export')}?{urlencode({name: ','.join(map(str, keys))})}")


# The desk of articles knows nothing of marks.
admin.site.unregister(Article)


@admin.register(Article)
class MarkedArticleAdmin(ArticleAdmin):
    actions = (*ArticleAdmin.actions, export_marks_of)
