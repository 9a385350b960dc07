"""What no mark can be, said before the database would; and what a file of others leaves open, filled in."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.exports.records import MarkRecord
from annotations.models import Annotation, Channel, Stance
from annotations.models.circumstances import UNKNOWN
from articles.importing.composing import storable

Kind, Status = Annotation.Kind, Annotation.Status
_CHOICES = {
    "kind": Kind.values,
    "status": Status.values,
    "quote_type": ["", *Annotation.QuoteType.values],
    "stance": ["", *Stance.values],
    "channel": ["", *Channel.values],
}
_LENGTHS = {
    name: Annotation._meta.get_field(name).max_length
    for name in ("occasion", "said_when", "framing", "detector", "detector_version", "rule")
}


class NoMark(Exception):
    """Why a record can be no mark; the message is a line that names the field."""


def checked(mark: MarkRecord, *, kind: str, now: datetime) -> MarkRecord:
    """The mark as it can be stored, with `kind` where it has none. Raises NoMark.

    Whoever is not named is empty: annotations.receiving.people gives it a name. A decision without a time was taken
    when the mark was made, at `now` where that is not said either.
    """
    mark = replace(mark, kind=mark.kind or kind)
    reason = next(_reasons(mark), "")
    if reason:
        raise NoMark(reason)
    if mark.detector == "":
        mark = replace(mark, created_at=mark.created_at or now)
    if mark.status == Status.SUGGESTED:
        return mark
    decided_at = mark.decided_at or mark.created_at or now
    return replace(mark, decided_at=decided_at, decided_by=mark.decided_by or mark.created_by)


def uuid_of(mark: MarkRecord) -> UUID | None:
    """Its own; None where it has none. Raises NoMark for what is none."""
    if not mark.uuid:
        return None
    try:
        return UUID(mark.uuid)
    except ValueError:
        raise NoMark(_("معرّف العلامة (UUID) غير صالح.")) from None


def _reasons(mark: MarkRecord) -> Iterator[str]:
    for name, choices in _CHOICES.items():
        value = getattr(mark, name)
        if value not in choices:
            yield _("قيمة غير معروفة في الحقل %(field)s: «%(value)s».") % {"field": name, "value": str(value)[:60]}
    for name, most in _LENGTHS.items():
        if len(getattr(mark, name)) > most:
            yield _("الحقل %(field)s أطول من %(most)d حرفاً.") % {"field": name, "most": most}
    unstorable = (field.name for field in fields(mark) if _is_unstorable(getattr(mark, field.name)))
    yield from (_("في الحقل %(field)s محارف لا تُخزَّن.") % {"field": name} for name in unstorable)
    if mark.kind != Kind.QUOTE and (mark.quote_type or any(getattr(mark, name) != UNKNOWN[name] for name in UNKNOWN)):
        yield _("للاقتباسات وحدها نوع ونبرة وظروف.")
    if mark.quote and mark.kind != Kind.CLAIM:
        yield _("لا يرد في الاقتباس إلا ادعاء.")
    yield from _about_makers(mark)


def _about_makers(mark: MarkRecord) -> Iterator[str]:
    if mark.detector:
        if not mark.detector_version or mark.confidence is None or not 0 <= mark.confidence <= 1 or mark.created_by:
            yield _("علامة من أداة رصد بلا إصدار أو بلا درجة ثقة بين 0 و1، أو منسوبة إلى شخص معها.")
    elif mark.detector_version or mark.rule or mark.confidence is not None:
        yield _("درجة ثقة أو قاعدة بلا أداة رصد.")
    if mark.status == Status.SUGGESTED and (not mark.detector or mark.decided_by or mark.decided_at):
        yield _("المقترح تضعه أداة رصد ولم يبتّ فيه أحد.")


def _is_unstorable(value: object) -> bool:
    return isinstance(value, str) and storable(value) != value
