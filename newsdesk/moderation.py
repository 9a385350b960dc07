from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ModerationSite(admin.AdminSite):
    site_header = _("Newsdesk · إدارة النشر")
    site_title = _("إدارة النشر")
    index_title = _("مكتب المشرفين")
