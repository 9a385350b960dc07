"""What a claim is held against, and what those whom it concerns say of it. Each action is atomic and leaves history.

Refusals: MarkRefused (with a line for the person) or PermissionDenied.
"""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.checking.moving import Status, set_status
from annotations.checking.rights import may_add_to, may_decide, may_remove, may_take_part
from annotations.checking.writing import case_work, held, written_text
from annotations.models import Check, Evidence, Reply
from annotations.refusals import MarkRefused
from articles.delivering.plain_text import web_address
from articles.models import Article


def add_evidence(
    *,
    check: Check,
    stance: str,
    by: AbstractBaseUser,
    url: str = "",
    article: Article | None = None,
    title: str = "",
    archived_url: str = "",
    quote: str = "",
    note: str = "",
) -> Evidence:
    """Hold something against the claim: an address, or an article of ours. What an editor adds counts at once."""
    if not may_take_part(by):
        raise PermissionDenied
    if bool(url) == bool(article):
        raise MarkRefused("no_place", _("اذكر عنوان الدليل على الشبكة، أو مادة من الأرشيف."))
    if not all(web_address(one) for one in (url, archived_url) if one):
        raise MarkRefused("no_address", _("العنوان يبدأ بـ http:// أو https://"))
    evidence = Evidence(
        case=check, url=url, article=article, title=title, archived_url=archived_url, stance=stance, quote=quote
    )
    evidence.note, evidence.by, evidence.by_name = note, by, by.get_username()
    if may_decide(by):
        _accept(evidence, by)
    with case_work(by=by):
        evidence.save()
    return evidence


def accept_evidence(*, evidence: Evidence, by: AbstractBaseUser) -> Evidence:
    """It counts from now on, and is published with the check."""
    if not may_decide(by):
        raise PermissionDenied
    with case_work(by=by):
        evidence = _held_evidence(evidence)
        if not evidence.is_accepted:
            _accept(evidence, by)
            evidence.save()
    return evidence


def remove_evidence(*, evidence: Evidence, by: AbstractBaseUser) -> None:
    """History keeps it."""
    with case_work(by=by):
        evidence = _held_evidence(evidence)
        if not may_remove(evidence, by):
            raise PermissionDenied
        evidence.delete()


def ask_for_reply(
    *, check: Check, asked: str, channel: str, by: AbstractBaseUser, deadline: date | None = None
) -> Reply:
    """Somebody whom the claim concerns was asked; a check that is under way waits for them from now on."""
    if not may_take_part(by):
        raise PermissionDenied
    with case_work(by=by):
        check = held(check)
        if check.closed_at:
            raise MarkRefused("closed", _("أُغلق هذا الملف. أعد فتحه قبل أن تسأل أحداً."))
        asked = written_text(asked, _("اذكر من سُئل."), most=300)
        reply = Reply.objects.create(
            case=check, asked=asked, channel=channel, deadline=deadline, asked_by=by, asked_by_name=by.get_username()
        )
        if check.status in (Status.NEW, Status.CHECKING):
            set_status(check, Status.WAITING, by)
        check.save()
    return reply


def record_answer(*, reply: Reply, answer: str, by: AbstractBaseUser) -> Reply:
    """What they said. Nobody waits any more where all have answered."""
    with case_work(by=by):
        check = held(reply.case)
        if not may_add_to(check, by):
            raise PermissionDenied
        reply = Reply.objects.select_for_update().get(pk=reply.pk)
        reply.answer, reply.answered_at = written_text(answer, _("اكتب الرد كما ورد.")), timezone.now()
        reply.save()
        if check.status == Status.WAITING and not check.replies.filter(answered_at=None).exists():
            set_status(check, Status.CHECKING, by)
        check.save()
    return reply


def _held_evidence(evidence: Evidence) -> Evidence:
    found = Evidence.objects.select_for_update(of=("self",)).filter(pk=evidence.pk).first()
    if found is None:
        raise MarkRefused("gone", _("حُذف هذا الدليل قبل قليل."))
    return found


def _accept(evidence: Evidence, by: AbstractBaseUser) -> None:
    evidence.accepted_at, evidence.accepted_by, evidence.accepted_by_name = timezone.now(), by, by.get_username()
