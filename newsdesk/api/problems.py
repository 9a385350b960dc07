"""Errors of the API as problem details, of the same form as those of the marks' own endpoints."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions

from annotations.views.problems import problem
from articles.search.index.reading import SearchUnavailable


def problem_of(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """For REST_FRAMEWORK; None for a fault of ours, which is raised."""
    answer = _answer(error)
    if answer and isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="Newsdesk"'
    return answer


def _answer(error: Exception) -> JsonResponse | None:
    match error:
        case SearchUnavailable():
            later = problem(503, "search_unavailable", error.why)
            later.headers["Retry-After"] = "120"
            return later
        case exceptions.ValidationError():
            told = _("في الطلب قيم لا تصلح: %(names)s.") % {"names": _("، ").join(error.detail)}
            return problem(400, "bad_request", told, errors=error.detail)
        case Http404() | exceptions.NotFound():
            return not_here()
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return problem(401, "sign_in", _("سجّل الدخول أولاً، ثم أعد المحاولة."))
        case exceptions.PermissionDenied() | PermissionDenied():
            return problem(403, "not_permitted", _("لا تملك صلاحية هذا الإجراء."))
        case exceptions.MethodNotAllowed():
            refused = problem(405, "method", _("هذا الطلب غير متاح هنا."))
            refused.headers["Allow"] = "GET, HEAD, OPTIONS"
            return refused
        case exceptions.APIException():
            return problem(error.status_code, str(error.default_code), str(error.detail))
    return None


def not_here() -> JsonResponse:
    return problem(404, "not_found", _("لا شيء هنا، أو لا يُتاح لك الاطلاع عليه."))
