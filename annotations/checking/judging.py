"""Verdicts: one person gives it, another signs it off, and from then on it is in force. None is ever edited."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.checking.correcting import add_notice
from annotations.checking.moving import set_status
from annotations.checking.rights import may_decide, may_sign_off
from annotations.checking.writing import case_work, held, written_text
from annotations.models import Check, Rating, Verdict
from annotations.refusals import MarkRefused

Status = Check.Status


def pending_verdict(check: Check) -> Verdict | None:
    """The newest verdict, where nobody has signed it off yet; a newer one takes the place of those before it."""
    newest = check.verdicts.select_related("rating").order_by("-pk").first()
    return newest if newest and not newest.is_signed_off else None


def give_verdict(*, check: Check, rating: Rating, reasons: str, by: AbstractBaseUser) -> Verdict:
    """Say what the check found. It is in force once another person signs it off."""
    if not may_decide(by):
        raise PermissionDenied
    with case_work(by=by):
        check = held(check)
        if check.status == Status.WITHDRAWN:
            raise MarkRefused("withdrawn", _("سُحب هذا الملف. أعد فتحه قبل أن تصدر نتيجة."))
        if not rating.is_offered:
            raise MarkRefused("rating_not_offered", _("لم يعد هذا التقدير متاحاً."))
        reasons = written_text(reasons, _("اكتب أسباب النتيجة: بها يقتنع القارئ."))
        return Verdict.objects.create(case=check, rating=rating, reasons=reasons, by=by, by_name=by.get_username())


def sign_off(*, verdict: Verdict, by: AbstractBaseUser, notice: str = "") -> Verdict:
    """The second person agrees: the verdict is in force, and an open check is done.

    Where readers have seen another one, they are told: the notice is published with it.
    """
    with case_work(by=by):
        check = held(verdict.case)
        verdict = pending_verdict(check) if pending_verdict(check) == verdict else None
        if verdict is None:
            raise MarkRefused("not_pending", _("لم تعد هذه النتيجة بانتظار الاعتماد: اعتُمدت أو حلّت محلها أخرى."))
        if not may_sign_off(verdict, by):
            raise PermissionDenied
        if check.is_published:
            add_notice(check, notice, by)
        verdict.signed_off_at, verdict.signed_off_by = timezone.now(), by
        verdict.signed_off_by_name = by.get_username()
        verdict.save()
        check.verdict = verdict
        if not check.closed_at:
            set_status(check, Status.CHECKED, by)
        check.save()
    return verdict
