"""The searches that people keep, as administrators see them: whose they are, and whether their mails arrive."""

from django.contrib import admin

from articles.models import SavedSearch


@admin.register(SavedSearch)
class SavedSearchAdmin(admin.ModelAdmin):
    """To look at and to delete; what somebody looks for is changed by nobody else. The feed's secret is not shown."""

    list_display = ("name", "owner", "created_at", "last_seen", "mail", "last_mailed", "mail_failures")
    list_filter = ("mail",)
    list_select_related = ("owner",)
    search_fields = ("name", "owner__username")
    list_per_page = 50
    show_full_result_count = False
    fields = (
        ("name", "owner"),
        "query",
        ("created_at", "last_seen"),
        ("mail", "weekday", "hour"),
        ("last_mailed", "retry_at"),
        ("mail_failures", "mail_failure"),
    )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
