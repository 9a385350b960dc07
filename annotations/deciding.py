"""Deciding many suggestions of one article at once, and marking many places: one transaction, taken back as one."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from annotations.marking import accept, create_mark, hold_current, reject
from annotations.models import Annotation
from annotations.permissions import may_mark
from annotations.recording import Act, Recording, written
from annotations.refusals import MarkRefused
from annotations.spans import MarkedSpan
from annotations.standing import standing_in
from articles.models import Revision

Kind = Annotation.Kind
# More at once is a job for a script, which may ask again.
MOST_AT_ONCE = 500
# Deciding a quote decides its speaker; speakers that are left come last.
_ORDER = {Kind.QUOTE: 0, Kind.CLAIM: 1, Kind.SPEAKER: 2}


@dataclass(frozen=True)
class Refusal:
    """Why one of several was left as it was; `subject` tells which: a mark's uuid, or a place."""

    subject: object
    code: str
    reason: str


@dataclass
class Outcome:
    """What became of many: which marks were decided or made, which not and why, and the change that they are."""

    change: Recording
    done: list[Annotation] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def decide_all(
    *,
    revision: Revision,
    by: AbstractBaseUser,
    accepting: bool,
    uuids: Collection[UUID] | None = None,
    kind: str | None = None,
    min_confidence: float = 0,
    max_confidence: float = 1,
) -> Outcome:
    """Accept or reject the suggestions on an article's text: those named, or those of a kind and confidence.

    One that cannot be decided is told with its reason and hinders no other.
    """
    marks = standing_in(revision, Annotation.objects.visible_to(by))
    with written(by=by, act=Act.ACCEPTED if accepting else Act.REJECTED) as change:
        hold_current(revision, by)
        outcome = Outcome(change)
        if uuids is not None:
            chosen = list(marks.suggested().filter(uuid__in=uuids))
            known = {mark.uuid for mark in chosen}
            outcome.refused = [_not_waiting(uuid) for uuid in uuids if uuid not in known]
        else:
            chosen = marks.suggested().filter(confidence__gte=min_confidence, confidence__lte=max_confidence)
            chosen = list(chosen.filter(kind=kind) if kind else chosen)
        _refuse_too_many(chosen)
        change.touch(*(mark.pk for mark in chosen))
        decide = accept if accepting else reject
        for mark in sorted(chosen, key=lambda mark: _ORDER[mark.kind]):
            _try(outcome, mark.uuid, lambda mark=mark: _decided(decide, mark, by))
    return outcome


def mark_each(*, revision: Revision, kind: str, spans: Sequence[MarkedSpan], by: AbstractBaseUser) -> Outcome:
    """A mark over each of these places; where one stands already the place is told as refused."""
    if not may_mark(by):
        raise PermissionDenied
    with written(by=by, act=Act.MARKED) as change:
        hold_current(revision, by)
        outcome = Outcome(change)
        _refuse_too_many(spans)
        for span in spans:
            _try(
                outcome,
                {"start": span.start, "end": span.end},
                lambda span=span: create_mark(revision=revision, kind=kind, spans=[span], by=by),
            )
    return outcome


def _decided(decide: Callable[..., Annotation], mark: Annotation, by: AbstractBaseUser) -> Annotation | None:
    """None where deciding another one has decided it, or taken it away."""
    current = Annotation.objects.suggested().filter(pk=mark.pk).with_article().first()
    return decide(mark=current, by=by) if current else None


def _try(outcome: Outcome, subject: object, act: Callable[[], Annotation | None]) -> None:
    try:
        mark = act()
    except MarkRefused as refused:
        outcome.refused.append(Refusal(subject, refused.code, refused.reason))
    except PermissionDenied:
        outcome.refused.append(Refusal(subject, "not_permitted", _("لا تملك صلاحية هذا الإجراء.")))
    else:
        outcome.done += [mark] if mark else []


def _not_waiting(uuid: UUID) -> Refusal:
    return Refusal(uuid, "not_suggested", _("لم تعد هذه العلامة مقترحاً في نص المادة."))


def _refuse_too_many(chosen: Iterable[object]) -> None:
    if len(list(chosen)) > MOST_AT_ONCE:
        raise MarkRefused("too_many", _("لا يُبتّ في أكثر من %(most)d مقترح معاً.") % {"most": MOST_AT_ONCE})
