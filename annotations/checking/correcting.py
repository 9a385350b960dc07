"""Public notices of what was wrong. They stand on the check's page and in its feed for good."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from annotations.checking.rights import may_decide
from annotations.checking.writing import case_work, held, written_text
from annotations.models import Check, CorrectionNotice
from annotations.refusals import MarkRefused


def publish_notice(*, check: Check, text: str, by: AbstractBaseUser) -> CorrectionNotice:
    """Tell readers what was wrong with a check that they could read. Raises MarkRefused or PermissionDenied."""
    if not may_decide(by):
        raise PermissionDenied
    with case_work(by=by):
        check = held(check)
        if not check.was_published:
            raise MarkRefused("not_published", _("لم يُنشر هذا الملف بعد، فلا تصويب له."))
        notice = add_notice(check, text, by)
        check.save()
    return notice


def add_notice(check: Check, text: str, by: AbstractBaseUser) -> CorrectionNotice:
    """Inside another action, which saves the check: a feed tells of it by when it was changed."""
    text = written_text(text, _("اكتب للقارئ ما الذي تغيّر ولماذا: سيبقى التصويب على هذا العنوان."))
    return CorrectionNotice.objects.create(case=check, text=text, by=by, by_name=by.get_username())
