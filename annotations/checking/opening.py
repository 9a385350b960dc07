"""Opening a check, what it gathers, and who sees to it. Each action is atomic and leaves history.

Refusals: MarkRefused (with a line for the person) or PermissionDenied.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from annotations.checking.rights import TAKE_PART, may_add_to, may_decide, may_take_part
from annotations.checking.writing import case_work, held, written_text
from annotations.marking import accept
from annotations.models import Annotation, Check, CheckedClaim
from annotations.refusals import MarkRefused

LONGEST_WORDING = 500


def open_check(*, mark: Annotation, wording: str, by: AbstractBaseUser) -> Check:
    """Open a check of a claim. A suggestion is accepted by that, with its claimant: a person has looked at it."""
    if not may_take_part(by):
        raise PermissionDenied
    with case_work(by=by):
        wording = _checked_wording(wording)
        _decide_about(mark, by)
        check = Check.objects.create(wording=wording, opened_by=by, opened_by_name=by.get_username())
        CheckedClaim.objects.create(case=check, mark=mark)
    return check


def add_claim(*, check: Check, mark: Annotation, by: AbstractBaseUser) -> CheckedClaim:
    """The same claim in another place; accepted where nobody had decided about it.

    What readers see of a check grows only by those who decide.
    """
    with case_work(by=by):
        check = held(check)
        if not may_add_to(check, by):
            raise PermissionDenied
        _decide_about(mark, by)
        return CheckedClaim.objects.create(case=check, mark=mark)


def remove_claim(*, claim: CheckedClaim, by: AbstractBaseUser) -> None:
    """It is another claim after all. The last one stays: a check is of something that somebody said."""
    if not may_decide(by):
        raise PermissionDenied
    with case_work(by=by):
        check = held(claim.case)
        if check.claims.count() < 2:
            raise MarkRefused("last_claim", _("هذا آخر ادعاء في الملف. اسحب الملف إن لم يعد لازماً."))
        claim.delete()


def reword(*, check: Check, wording: str, by: AbstractBaseUser) -> Check:
    """Say the claim otherwise; not once it was published, for then people have read what was checked."""
    if not may_decide(by):
        raise PermissionDenied
    with case_work(by=by):
        check = held(check)
        if check.was_published:
            raise MarkRefused("was_published", _("نُشر الملف بهذه الصيغة، فلا تُغيَّر. أضف تصويباً إن كان فيها خطأ."))
        check.wording = _checked_wording(wording)
        check.save()
    return check


def assign(*, check: Check, to: AbstractBaseUser | None, by: AbstractBaseUser) -> Check:
    """Whoever decides assigns to anyone who takes part, or to nobody; who takes part may take one that is nobody's."""
    with case_work(by=by):
        check = held(check)
        takes_it = to is not None and to.pk == by.pk and check.assignee_id is None and may_take_part(by)
        if not (takes_it or may_decide(by)):
            raise PermissionDenied
        if to and not assignable().filter(pk=to.pk).exists():
            raise MarkRefused("not_assignable", _("لا يملك هذا الحساب صلاحية العمل على ملفات التحقق."))
        check.assignee = to
        check.save()
    return check


def assignable() -> QuerySet[AbstractBaseUser]:
    """The active accounts that may work on checks."""
    users = get_user_model()._default_manager
    return users.with_perm(TAKE_PART, backend="django.contrib.auth.backends.ModelBackend").order_by("username")


def _decide_about(mark: Annotation, by: AbstractBaseUser) -> None:
    """Held, so that two people do not open two checks of one claim."""
    mark = Annotation.objects.select_for_update(of=("self",)).filter(pk=mark.pk).first()
    if mark is None or mark.status == Annotation.Status.REJECTED:
        raise MarkRefused("gone", _("حُذفت هذه العلامة أو رُفضت قبل قليل."))
    if mark.kind != Annotation.Kind.CLAIM:
        raise MarkRefused("no_claim", _("لا يُفتح ملف تحقق إلا لادعاء."))
    known = CheckedClaim.objects.select_related("case").filter(mark=mark).first()
    if known:
        raise MarkRefused("already_checked", _("لهذا الادعاء ملف تحقق: «%(case)s».") % {"case": known.case})
    if mark.status == Annotation.Status.SUGGESTED:
        accept(mark=mark, by=by)


def _checked_wording(wording: str) -> str:
    return written_text(" ".join(wording.split()), _("اكتب الادعاء كما ستتحققون منه."), most=LONGEST_WORDING)
