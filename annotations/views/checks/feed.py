"""/claims/feed/: an Atom feed of the checks in one state, with what was found and what had to be corrected."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.http import http_date, quote_etag
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from annotations.checking.cases import Case
from annotations.models import Check, CorrectionNotice
from articles.delivering.plain_text import printable

MOST_ENTRIES = 50
Status = Check.Status


@require_safe
def check_feed(request: HttpRequest) -> HttpResponse:
    """?status= one of the states, published unless said; visitors know of what was published, where reading is open."""
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    status = request.GET.get("status", Status.PUBLISHED)
    if status not in Status.values:
        raise Http404
    cases = _newest(status, request)
    etag = _etag(request, cases)
    updated = _updated(cases[0]) if cases else None
    unchanged = get_conditional_response(request, etag, int(updated.timestamp()) if updated else None)
    response = unchanged or HttpResponse(_atom(request, status, cases), content_type=Atom1Feed.content_type)
    response["ETag"] = etag
    if updated:
        response["Last-Modified"] = http_date(updated.timestamp())
    patch_cache_control(response, private=True)
    return response


def _newest(status: str, request: HttpRequest) -> list[Case]:
    """By what readers see of them: a notice brings a check back to the top."""
    checks = Check.objects.visible_to(request.user).filter(status=status).select_related("verdict__rating")
    notices = Prefetch("notices", CorrectionNotice.objects.order_by("-pk"))
    rows = checks.prefetch_related(notices).order_by("-changed_at", "-pk")[:MOST_ENTRIES]
    cases = [Case(check, request.user.is_authenticated) for check in rows]
    return sorted(cases, key=_updated, reverse=True)


def _updated(case: Case) -> datetime:
    """What is done inside the house (who is assigned, what is proposed) is no news."""
    check = case.check
    told = [check.opened_at, check.published_at, check.verdict and check.verdict.signed_off_at]
    told += [notice.at for notice in check.notices.all()]
    return max(moment for moment in told if moment)


def _atom(request: HttpRequest, status: str, cases: Sequence[Case]) -> str:
    state = str(Status(status).label)
    own = request.build_absolute_uri(f"{request.path}?status={status}")
    feed = Atom1Feed(
        title=gettext("ملفات التحقق: %(state)s") % {"state": state},
        link=request.build_absolute_uri(f"{reverse('check_list')}?status={status}"),
        description="",
        language=get_language(),
        author_name="Newsdesk",
        feed_url=own,
        feed_guid=own,
    )
    feed.latest_post_date = lambda: _updated(cases[0]) if cases else timezone.now()
    for case in cases:
        feed.add_item(**_entry(request, case))
    return feed.writeString("utf-8")


def _entry(request: HttpRequest, case: Case) -> dict[str, object]:
    check = case.check
    link = request.build_absolute_uri(check.get_absolute_url())
    return {
        "title": printable(f"{case.rating}: {check.wording}" if case.rating else check.wording),
        "link": link,
        "unique_id": link,
        "description": printable(_summary(case)),
        "pubdate": check.published_at or check.opened_at,
        "updateddate": _updated(case),
    }


def _summary(case: Case) -> SafeString:
    """What was corrected comes first."""
    notices = format_html_join(
        "", "<p><b>{}</b> {}</p>", ((gettext("تصويب:"), one.text) for one in case.check.notices.all())
    )
    reasons = case.check.verdict.reasons if case.rating else ""
    return format_html("{}<p>{}</p>", notices, reasons) if reasons else notices


def _etag(request: HttpRequest, cases: Sequence[Case]) -> str:
    told = [(case.check.pk, _updated(case).isoformat(), str(case.rating)) for case in cases]
    said = repr((request.get_full_path(), get_language(), request.user.is_authenticated, told))
    return quote_etag(hashlib.sha256(said.encode()).hexdigest()[:32])
