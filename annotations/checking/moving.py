"""From state to state: one table says which moves there are. Publishing and withdrawing close a check."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.checking.correcting import add_notice
from annotations.checking.rights import may_decide, may_move
from annotations.checking.writing import case_work, held
from annotations.models import Check
from annotations.permissions import Person
from annotations.refusals import MarkRefused
from articles.models import Article

Status = Check.Status
# From each state to which others; the first one is what usually follows.
TABLE: dict[str, tuple[str, ...]] = {
    Status.NEW: (Status.CHECKING, Status.WITHDRAWN),
    Status.CHECKING: (Status.WAITING, Status.CHECKED, Status.WITHDRAWN),
    Status.WAITING: (Status.CHECKING, Status.CHECKED, Status.WITHDRAWN),
    Status.CHECKED: (Status.PUBLISHED, Status.CHECKING, Status.WITHDRAWN),
    Status.PUBLISHED: (Status.WITHDRAWN,),
    Status.WITHDRAWN: (Status.CHECKING,),
}
CLOSED = (Status.PUBLISHED, Status.WITHDRAWN)
# Moves that only those who decide make: what readers see depends on them.
DECIDED = (Status.PUBLISHED, Status.WITHDRAWN)
# What the button of a move says; where a check was before decides what it means to check it.
SAYING = {
    Status.WAITING: gettext_lazy("ننتظر رداً"),
    Status.CHECKED: gettext_lazy("اكتمل التحقق"),
    Status.PUBLISHED: gettext_lazy("انشر"),
    Status.WITHDRAWN: gettext_lazy("اسحب"),
}
CHECKING_AFTER = {
    Status.NEW: gettext_lazy("ابدأ التحقق"),
    Status.WAITING: gettext_lazy("تابع التحقق"),
    Status.CHECKED: gettext_lazy("أعد فتح الملف"),
    Status.WITHDRAWN: gettext_lazy("أعد فتح الملف"),
}


def moves_open_to(check: Check, user: Person) -> list[tuple[str, str]]:
    """The states to which this person may move a check now, with what the button says.

    Without the withdrawal of a published one: that takes a notice, and is asked for on the check's page.
    """
    if not may_move(check, user):
        return []
    states = [state for state in TABLE[check.status] if not _needs_notice(check, state)]
    states = [state for state in states if state not in DECIDED or may_decide(user)]
    if not check.verdict_id:
        states = [state for state in states if state not in (Status.CHECKED, Status.PUBLISHED)]
    return [(state.value, SAYING.get(state) or CHECKING_AFTER[check.status]) for state in states]


def move(*, check: Check, to: str, by: AbstractBaseUser, notice: str = "") -> Check:
    """Move a check. What was published is withdrawn with a notice that stands at its address from then on.

    Raises MarkRefused, also where it is not any more in a state from which it could be moved so; PermissionDenied.
    """
    with case_work(by=by):
        check = held(check)
        if not may_move(check, by) or (to in DECIDED and not may_decide(by)):
            raise PermissionDenied
        if to not in TABLE[check.status]:
            raise MarkRefused("no_such_move", _("لا ينتقل الملف من «%(state)s» إلى هذه الحالة.") % _told(check))
        if to in (Status.CHECKED, Status.PUBLISHED) and not check.verdict_id:
            raise MarkRefused("no_verdict", _("لم تُعتمد للملف نتيجة بعد."))
        if to == Status.PUBLISHED:
            _refuse_unpublished(check)
        if _needs_notice(check, to):
            add_notice(check, notice, by)
        set_status(check, to, by)
        check.save()
    return check


def set_status(check: Check, status: str, by: AbstractBaseUser) -> None:
    """With who closed it and when; the caller saves."""
    closed = status in CLOSED
    check.status, check.closed_at = status, timezone.now() if closed else None
    check.closed_by, check.closed_by_name = (by, by.get_username()) if closed else (None, "")
    if status == Status.PUBLISHED and not check.published_at:
        check.published_at = check.closed_at


def _needs_notice(check: Check, to: str) -> bool:
    return check.is_published and to == Status.WITHDRAWN


def _refuse_unpublished(check: Check) -> None:
    """A check would tell readers of what stands in no article that they could know of."""
    open_articles = Article.objects.published().of_open_sources()
    marks = check.claims.filter(mark__status="accepted", mark__revision__article__in=open_articles)
    if not marks.exists():
        raise MarkRefused("no_open_article", _("لا يرد هذا الادعاء في مادة منشورة يقرؤها الزوار، فلا يُنشر ملفه بعد."))


def _told(check: Check) -> dict[str, str]:
    return {"state": str(check.get_status_display())}
