from django.contrib import admin


class RecordAdmin(admin.ModelAdmin):
    """For what is written down of what people did: to be read, and changed by nobody."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
