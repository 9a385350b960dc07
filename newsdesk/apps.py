from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class NewsdeskConfig(AppConfig):
    name = "newsdesk"
    verbose_name = "Newsdesk"

    def ready(self):
        from newsdesk.roles import grant_roles  # noqa: PLC0415 - models are not loaded before this point

        self._name_the_history()
        # Every app's permissions exist once the last app with models has had its turn.
        last = [config for config in self.apps.get_app_configs() if config.models_module][-1]
        post_migrate.connect(grant_roles, sender=last, dispatch_uid="newsdesk.roles")

    def _name_the_history(self):
        """django-pghistory calls its list "Events", and has no setting for it."""
        self.apps.get_app_config("pghistory").verbose_name = _("السجل")
        self.apps.get_model("pghistory", "Events")._meta.verbose_name_plural = _("سجل التغييرات")


class ModerationConfig(AdminConfig):
    """Django's admin under Newsdesk's name: the moderators' desk."""

    default_site = "newsdesk.moderation.ModerationSite"
    verbose_name = _("إدارة النشر")
