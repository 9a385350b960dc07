from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "newsdesk.api"
    label = "api"
    verbose_name = "API"

    def ready(self):
        from newsdesk.api import schema  # noqa: F401, PLC0415 - drf-spectacular knows what was imported
