"""What people do on a check's page and on the board: one form each, back to where it was sent from."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from annotations.checking.cases import alike, appearance_of, with_claimants
from annotations.checking.correcting import publish_notice
from annotations.checking.judging import pending_verdict, sign_off
from annotations.checking.likeness import telling_stems
from annotations.checking.moving import move
from annotations.checking.opening import LONGEST_WORDING, add_claim, assign, open_check, remove_claim, reword
from annotations.checking.rights import may_take_part
from annotations.checking.weighing import accept_evidence, add_evidence, ask_for_reply, record_answer, remove_evidence
from annotations.models import Annotation, Check
from annotations.refusals import MarkRefused
from annotations.views.checks.forms import EvidenceForm, ReplyForm
from annotations.views.checks.page import cases_without_claims, check_page, visible_check


@require_http_methods(["GET", "POST"])
@never_cache
@login_required
def new_check(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A claim, the checks that are like it, and the wording of a new one."""
    if not may_take_part(request.user):
        raise PermissionDenied
    marks = Annotation.objects.visible_to(request.user).filter(kind=Annotation.Kind.CLAIM, uuid=uuid)
    mark = get_object_or_404(with_claimants(marks, request.user))
    appearance = appearance_of(mark)
    known = Check.objects.visible_to(request.user).filter(claims__mark=mark).first()
    if known:
        return redirect(known)
    wording, problem = request.POST.get("wording", appearance.words[:LONGEST_WORDING]), ""
    if request.method == "POST":
        try:
            return redirect(open_check(mark=mark, wording=wording, by=request.user))
        except MarkRefused as refused:
            problem = refused.reason
    similar = cases_without_claims(alike(telling_stems(appearance.words), request.user), request.user)
    context = {"appearance": appearance, "wording": wording, "problem": problem, "similar": similar}
    return render(request, "checks/new.html", context, status=422 if problem else 200)


@require_POST
@login_required
def add_claim_to_check(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    mark = get_object_or_404(Annotation.objects.visible_to(request.user), uuid=uuid)
    return _done(request, pk, "claims", lambda check: add_claim(check=check, mark=mark, by=request.user))


@require_POST
@login_required
def remove_claim_from_check(request: HttpRequest, pk: int, uuid: UUID) -> HttpResponse:
    claim = get_object_or_404(visible_check(request, pk).claims.select_related("case"), mark__uuid=uuid)
    return _done(request, pk, "claims", lambda check: remove_claim(claim=claim, by=request.user))


@require_POST
@login_required
def move_check(request: HttpRequest, pk: int) -> HttpResponse:
    """`to` a state; `back` says that it was the board's button, to which the person returns."""
    to, notice = request.POST.get("to", ""), request.POST.get("notice", "")
    back = reverse("check_board") if request.POST.get("back") == "board" else ""
    return _done(request, pk, "state", lambda check: move(check=check, to=to, notice=notice, by=request.user), back)


@require_POST
@login_required
def assign_check(request: HttpRequest, pk: int) -> HttpResponse:
    """`to` an account by its number, or nobody."""
    number = request.POST.get("to", "")
    chosen = number.isdecimal() and len(number) < 10
    to = get_object_or_404(get_user_model(), pk=number) if chosen else None
    return _done(request, pk, "state", lambda check: assign(check=check, to=to, by=request.user))


@require_POST
@login_required
def reword_check(request: HttpRequest, pk: int) -> HttpResponse:
    wording = request.POST.get("wording", "")
    return _done(request, pk, "state", lambda check: reword(check=check, wording=wording, by=request.user))


@require_POST
@login_required
def sign_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """`verdict` is the one that the person read; another may have taken its place."""
    check = visible_check(request, pk)
    verdict = get_object_or_404(
        check.verdicts, pk=_number(request, "verdict") or getattr(pending_verdict(check), "pk", 0)
    )
    notice = request.POST.get("notice", "")
    return _done(request, pk, "verdict", lambda check: sign_off(verdict=verdict, notice=notice, by=request.user))


@require_POST
@login_required
def new_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    own = request.build_absolute_uri("/").rstrip("/")
    form = EvidenceForm(request.POST, user=request.user, own=own)
    if not form.is_valid():
        return check_page(request, visible_check(request, pk), evidence_form=form, status=422)
    return _done(request, pk, "evidence", lambda check: add_evidence(check=check, by=request.user, **form.cleaned_data))


@require_POST
@login_required
def change_evidence(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`act` accept or remove."""
    evidence = get_object_or_404(visible_check(request, pk).evidence, pk=number)
    act = remove_evidence if request.POST.get("act") == "remove" else accept_evidence
    return _done(request, pk, "evidence", lambda check: act(evidence=evidence, by=request.user))


@require_POST
@login_required
def new_reply(request: HttpRequest, pk: int) -> HttpResponse:
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return check_page(request, visible_check(request, pk), reply_form=form, status=422)
    return _done(request, pk, "replies", lambda check: ask_for_reply(check=check, by=request.user, **form.cleaned_data))


@require_POST
@login_required
def answer_reply(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    reply = get_object_or_404(visible_check(request, pk).replies.select_related("case"), pk=number)
    answer = request.POST.get("answer", "")
    return _done(request, pk, "replies", lambda check: record_answer(reply=reply, answer=answer, by=request.user))


@require_POST
@login_required
def new_notice(request: HttpRequest, pk: int) -> HttpResponse:
    text = request.POST.get("text", "")
    return _done(request, pk, "notices", lambda check: publish_notice(check=check, text=text, by=request.user))


def _done(request: HttpRequest, pk: int, part: str, act: Callable[[Check], object], back: str = "") -> HttpResponse:
    """Back to that part of the page, with a line where it could not be done."""
    check = visible_check(request, pk)
    try:
        act(check)
    except MarkRefused as refused:
        messages.error(request, refused.reason)
    address = back or f"{check.get_absolute_url()}#{part}"
    return HttpResponse(status=303, headers={"Location": address})


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else None
