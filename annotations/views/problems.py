"""Errors of the JSON API as problem details (RFC 9457): a stable code and one clear line for the person."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from annotations.models import Annotation
from annotations.payload import mark_payload
from annotations.reading import as_it_stands
from annotations.refusals import ChangedMeanwhile, MarkRefused
from annotations.views.bodies import BadBody, body_of

View = Callable[..., HttpResponse]


def problem(status: int, code: str, detail: str, **more: Any) -> JsonResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "code": code, "detail": detail}
    return JsonResponse(
        body | more, status=status, content_type="application/problem+json", json_dumps_params={"ensure_ascii": False}
    )


def json_api(*methods: str, members: bool = False) -> Callable[[View], View]:
    """A view that answers these methods, errors in JSON too; reading without an account only where that is open.

    With `members` what is read is for those who are signed in alone.
    """

    def decorate(view: View) -> View:
        guarded = csrf_protect(view)

        # Who is signed out is told so first: their token is gone with their session, and that says nothing to a person.
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method not in methods:
                refused = problem(405, "method", _("هذا الطلب غير متاح هنا."))
                refused.headers["Allow"] = ", ".join(methods)
                return refused
            reads_openly = settings.PUBLIC_READING and request.method == "GET" and not members
            if not request.user.is_authenticated and not reads_openly:
                return problem(401, "sign_in", _("سجّل الدخول أولاً، ثم أعد المحاولة."))
            return _answered(guarded, request, *args, **kwargs)

        return answer

    return decorate


def _answered(view: View, request: HttpRequest, *args, **kwargs) -> HttpResponse:
    try:
        response = view(request, *args, **kwargs)
    except ChangedMeanwhile as refused:
        return problem(
            refused.status,
            refused.code,
            refused.reason,
            theirs=_state_of(refused.mark, request) if refused.mark else None,
            yours=body_of(request),
        )
    except MarkRefused as refused:
        return problem(refused.status, refused.code, refused.reason)
    except (BadBody, RequestDataTooBig) as error:
        return problem(400, "bad_request", str(error))
    except PermissionDenied:
        return problem(403, "not_permitted", _("لا تملك صلاحية هذا الإجراء."))
    except Http404:
        return problem(404, "not_found", _("لم تعد هذه العلامة أو المادة هنا. أعد تحميل الصفحة."))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _state_of(mark: Annotation, request: HttpRequest) -> dict[str, Any]:
    stored = Annotation.objects.select_related("revision__article__current_revision").get(pk=mark.pk)
    return mark_payload(as_it_stands(stored, request.user), request.user)
