"""What every action on a check does first: one transaction, a history that says who, and the check held."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Check
from annotations.refusals import MarkRefused


@contextmanager
def case_work(*, by: AbstractBaseUser) -> Iterator[None]:
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        yield


def held(check: Check) -> Check:
    """The check as it is now, which nobody else changes before this transaction ends."""
    return Check.objects.select_for_update(of=("self",)).select_related("verdict__rating").get(pk=check.pk)


def written_text(text: str, line: str, *, most: int = 10_000) -> str:
    """Text that has to say something; `line` asks for it where it does not."""
    text = text.replace("\0", "").strip()
    if not text:
        raise MarkRefused("no_text", line)
    if len(text) > most:
        raise MarkRefused("too_long", _("النص أطول من %(most)d حرف.") % {"most": most})
    return text
