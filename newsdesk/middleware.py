"""Whether the site is well, the language of its interface, and who is behind a change."""

from django.conf import settings
from django.db import Error, connection
from django.http import HttpResponse
from django.utils import translation
from pghistory.middleware import HistoryMiddleware as UrlHistoryMiddleware


class HealthMiddleware:
    """Answers /healthz before hosts are checked and HTTPS is demanded: those who ask sit in the same container."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info != "/healthz":
            return self.get_response(request)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
        return HttpResponse("ok\n", content_type="text/plain")


class ChosenLanguageMiddleware:
    """Arabic unless the reader chose otherwise.

    Django's own middleware would follow the browser's Accept-Language, and most browsers in Arab newsrooms run in
    English; the interface is Arabic first, so only the cookie that the switch sets counts.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class HistoryMiddleware(UrlHistoryMiddleware):
    """History keeps the name beside the account's id, so that it still says who after the account is gone."""

    def get_context(self, request):
        return super().get_context(request) | {"username": request.user.get_username()}
