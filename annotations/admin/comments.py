from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from annotations.commenting import delete_comment
from annotations.models import Comment


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """What members say about marks, the latest first: taken away here, never written in their names."""

    list_display = ("said", "author_name", "created_at", "mark")
    list_display_links = None
    list_filter = ("created_at",)
    search_fields = ("text", "author_name")
    show_full_result_count = False
    list_per_page = 50
    actions = ("delete_chosen",)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        comments = super().get_queryset(request).select_related("annotation__revision__article")
        comments = comments.defer("annotation__revision__text", "annotation__revision__blocks")
        return comments.prefetch_related("annotation__parts").order_by("-pk")

    def get_actions(self, request):
        """Django's own deletion would take the replies along."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.display(description=_("التعليق"))
    def said(self, comment):
        return str(comment)

    @admin.display(description=_("العلامة"))
    def mark(self, comment):
        return format_html('<a href="{}">{}</a>', comment.annotation.get_absolute_url(), comment.annotation.exact[:80])

    @admin.action(description=_("حذف نص التعليقات المختارة"), permissions=["delete"])
    def delete_chosen(self, request, queryset):
        chosen = list(queryset.filter(deleted_at=None))
        for comment in chosen:
            delete_comment(comment=comment, by=request.user)
        number = len(chosen)
        self.message_user(request, ngettext("حُذف %(n)d تعليق.", "حُذفت %(n)d تعليقات.", number) % {"n": number})
