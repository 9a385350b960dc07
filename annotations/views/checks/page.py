"""/claims/<id>/: one check, its history, and the page on which a verdict is given."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotations.checking.cases import Case, alike, cases_of
from annotations.checking.claimreview import claim_review
from annotations.checking.history import acts_on
from annotations.checking.judging import give_verdict
from annotations.checking.moving import moves_open_to
from annotations.checking.opening import assignable
from annotations.checking.rights import may_add_to, may_decide, may_remove, may_sign_off, may_take_part
from annotations.models import Check, Evidence, Rating
from annotations.refusals import MarkRefused
from annotations.views.checks.forms import EvidenceForm, ReplyForm, VerdictForm
from articles.models import Article


@require_safe
@never_cache
def check(request: HttpRequest, pk: int) -> HttpResponse:
    if not (request.user.is_authenticated or settings.PUBLIC_READING):
        return redirect_to_login(request.get_full_path())
    return check_page(request, visible_check(request, pk))


@require_safe
@never_cache
@login_required
def check_history(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_check(request, pk)
    return render(request, "checks/history.html", {"check": found, "acts": acts_on(found)})


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def check_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a verdict, with the evidence beside it; it waits for another person then."""
    found = visible_check(request, pk)
    if not may_decide(request.user):
        raise PermissionDenied
    form = VerdictForm(request.POST or None)
    problem = ""
    if form.is_valid():
        try:
            give_verdict(check=found, by=request.user, **form.cleaned_data)
        except MarkRefused as refused:
            problem = refused.reason
        else:
            return redirect(f"{found.get_absolute_url()}#verdict")
    evidence = _evidence(found, request)
    context = {
        "check": found,
        "form": form,
        "problem": problem,
        "evidence": [one for one in evidence if one.is_accepted],
    }
    return render(request, "checks/verdict_form.html", context, status=422 if form.errors or problem else 200)


def visible_check(request: HttpRequest, pk: int) -> Check:
    """With `best_value`, the best number of the scale."""
    values = Rating.objects.exclude(value=None).order_by("-value").values("value")
    related = Check.objects.select_related("verdict__rating", "assignee").annotate(best_value=Subquery(values[:1]))
    return get_object_or_404(related.visible_to(request.user), pk=pk)


def check_page(request: HttpRequest, found: Check, *, status: int = 200, **forms: Any) -> HttpResponse:
    """`forms` are those that were sent and could not be taken, by their names in the template."""
    user = request.user
    case = cases_of([found], user)[0]
    context = {
        "case": case,
        "check": found,
        "similar": cases_without_claims(alike(found.stems, user, but=found), user),
        "notices": list(found.notices.all()),
        **(_papers(request, found) if user.is_authenticated or found.is_published else {}),
        "may_take_part": may_take_part(user),
        "may_add": may_add_to(found, user),
        "may_decide": may_decide(user),
        "moves": moves_open_to(found, user),
    }
    if found.is_published:
        context["claim_review"] = claim_review(case, absolute=request.build_absolute_uri, best=found.best_value)
    if context["may_take_part"]:
        context |= _forms(request) | forms
    if context["may_decide"]:
        context["people"] = list(assignable())
    return render(request, "checks/check.html", context, status=status)


def cases_without_claims(checks: list[Check], user: Any) -> list[Case]:
    """For lists that name checks with their ratings alone."""
    return [Case(check, user.is_authenticated) for check in checks]


def _papers(request: HttpRequest, found: Check) -> dict[str, Any]:
    """What readers of the check are shown: members all of it, visitors what counts."""
    member = request.user.is_authenticated
    verdicts = list(found.verdicts.select_related("rating").order_by("-pk"))
    newest = verdicts[0] if verdicts else None
    pending = newest if member and newest and not newest.is_signed_off else None
    superseded = [one for one in verdicts if one.is_signed_off and one.pk != found.verdict_id]
    return {
        "verdict": found.verdict if member or found.is_published else None,
        "pending": pending,
        "may_sign_off": bool(pending and may_sign_off(pending, request.user)),
        "superseded": superseded if member else [],
        "evidence": _evidence(found, request),
        "replies": list(found.replies.all()),
    }


def _evidence(found: Check, request: HttpRequest) -> list[Evidence]:
    """What counts, and for members what is proposed; not what stands in an article that this person may not read."""
    readable = Article.objects.visible_to(request.user)
    rows = found.evidence.select_related("article__source").filter(article=None)
    rows |= found.evidence.select_related("article__source").filter(article__in=readable)
    rows = rows if request.user.is_authenticated else rows.exclude(accepted_at=None)
    evidence = list(rows.order_by("pk"))
    for one in evidence:
        one.may_remove = may_remove(one, request.user)
    return evidence


def _forms(request: HttpRequest) -> dict[str, Any]:
    own = request.build_absolute_uri("/").rstrip("/")
    return {"evidence_form": EvidenceForm(user=request.user, own=own), "reply_form": ReplyForm()}
