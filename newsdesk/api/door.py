"""What every request to /api/ passes: tokens, languages, how many there are, ETags, and errors that programs read."""

from datetime import timedelta
from hashlib import sha256
from http import HTTPStatus
from time import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from annotations.models import Annotation, Comment
from annotations.views.problems import problem
from articles.models import Article
from newsdesk.api.models import Token, hash_of

_SCHEME = "bearer "
_WINDOW = 60  # seconds
_NOTED = timedelta(minutes=1)
# These tell what waits for a person at the page, and whom the page may name; they are nothing for programs.
_PAGES_OWN = {"api_next_in_queue", "api_members"}
_CODES = {400: "bad_request", 403: "not_permitted", 404: "not_found", 405: "method"}


class ApiMiddleware:
    """Behind AuthenticationMiddleware, and before all that asks who somebody is."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        # Other programs have no cookies, and so no language that somebody chose on the site.
        language = None if request.COOKIES else translation.get_language_from_request(request)
        with translation.override(language or translation.get_language()):
            if language:
                request.LANGUAGE_CODE = language
            response = _conditional(request, self._answered(request))
            if language:
                response.headers["Content-Language"] = language
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language", "Accept"])
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        token = _token_of(request)
        if token is not None and not _signs_in(token, request):
            refused = problem(401, "bad_token", _("رمز الوصول غير معروف، أو أُلغي."))
            refused.headers["WWW-Authenticate"] = 'Bearer realm="Newsdesk", error="invalid_token"'
            return refused
        waits = _waits(request)
        if waits:
            refused = problem(429, "too_many", _("طلبات كثيرة. أعد المحاولة بعد قليل."))
            refused.headers["Retry-After"] = str(waits)
            return refused
        if token is not None and _stays_in(request):
            return problem(404, "not_found", _("لا شيء هنا، أو لا يُتاح لك الاطلاع عليه."))
        return _readable(self.get_response(request))


def _token_of(request: HttpRequest) -> str | None:
    header = request.headers.get("Authorization", "")
    return header[len(_SCHEME) :].strip() if header.lower().startswith(_SCHEME) else None


def _signs_in(token: str, request: HttpRequest) -> bool:
    """For this request alone. What a browser sends unasked is no token: nothing can be forged with one."""
    row = Token.objects.valid().select_related("owner").filter(hashed=hash_of(token)).first()
    if row is None:
        return False
    request.user, request.api_token, request._dont_enforce_csrf_checks = row.owner, row, True
    now = timezone.now()
    if row.used_at is None or row.used_at < now - _NOTED:
        Token.objects.filter(pk=row.pk).update(used_at=now)
    return True


def _waits(request: HttpRequest) -> int:
    """Seconds until this person or address may ask again, 0 for now; each web process counts its own requests."""
    who, most = _address_of(request), settings.API_RATES["address"]
    if request.user.is_authenticated:
        who, most = f"user {request.user.pk}", settings.API_RATES["user"]
    window, since = divmod(int(time()), _WINDOW)
    key = f"api.{sha256(who.encode()).hexdigest()[:32]}.{window}"
    cache.add(key, 0, 2 * _WINDOW)
    try:
        number = cache.incr(key)
    except ValueError:  # forgotten in between, among very many others
        number = 1
    return _WINDOW - since if number > most else 0


def _address_of(request: HttpRequest) -> str:
    """Of the proxy's own word the last: what stands before it anybody may have written."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


def _stays_in(request: HttpRequest) -> bool:
    """Whether a program asks the marks' endpoints, which the page uses too, for what does not leave the house."""
    try:
        asked = resolve(request.path_info)
    except Resolver404:
        return False
    key, named = asked.kwargs.get("pk"), asked.url_name or ""
    articles = Article.objects.none()
    if "uuid" in asked.kwargs:
        marks = Annotation.objects.filter(uuid=asked.kwargs["uuid"])
        articles = Article.objects.filter(pk__in=marks.values("revision__article"))
    elif named == "api_comment":
        comments = Comment.objects.filter(pk=key)
        articles = Article.objects.filter(pk__in=comments.values("annotation__revision__article"))
    elif asked.route.startswith("api/articles/<int:pk>/"):
        articles = Article.objects.filter(pk=key)
    return named in _PAGES_OWN or articles.filter(source__rights="internal").exists()


def _readable(response: HttpResponse) -> HttpResponse:
    """Errors that Django tells as pages (no such address, no CSRF token) as problem details."""
    if response.status_code < 400 or not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    code = _CODES.get(response.status_code, HTTPStatus(response.status_code).name.lower())
    told = problem(response.status_code, code, _("تعذّر هذا الطلب."))
    if "Allow" in response.headers:
        told.headers["Allow"] = response.headers["Allow"]
    return told


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An ETag on what may be kept, and 304 to whoever has it; the marks' own answers are not to be stored."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.streaming:
        return response
    if "no-store" in response.headers.get("Cache-Control", ""):
        return response
    etag = quote_etag(sha256(response.content).hexdigest()[:32])
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=etag, response=response)
