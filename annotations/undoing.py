"""Taking back what was done to marks, and doing it again; earlier states of a mark brought back from its history.

Nothing is erased: what takes back a change is a change itself, with who and when. Refusals: MarkRefused (CannotUndo,
AlreadyMarked) or PermissionDenied.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from annotations.carrying import carry_marks
from annotations.marking import hold_article
from annotations.models import Annotation, Attribution, ChangedMark, MarkChange
from annotations.permissions import may_mark, may_restore
from annotations.recording import Act, Recording, written
from annotations.refusals import AlreadyMarked, CannotUndo
from annotations.standing import places_in, stand, standing_in
from annotations.states import State, put_back, same, states_by_uuid, without_the_gone
from articles.models import Article, Revision

Status = Annotation.Status
States = dict[int, State | None]


def undo(*, change: MarkChange, by: AbstractBaseUser) -> Recording:
    """Make the marks of one's own change what they were before it, if nobody has changed them since.

    An undone change is done again by undoing what undid it.
    """
    if change.by_id != by.pk or not may_mark(by):
        raise PermissionDenied
    act = Act.REDONE if change.act == Act.UNDONE else Act.UNDONE
    with written(by=by, act=act, undoes=change) as recording:
        revision = _held_text(change.revision.article_id, by)
        if revision.pk != change.revision_id:
            raise CannotUndo(_("تغيّر نص المادة بعد ذلك، فلا يمكن التراجع."))
        rows = list(change.marks.all())
        known = states_by_uuid([row.mark for row in rows])
        now = {_key(row): known.get(str(row.mark)) for row in rows}
        if not all(same(now[_key(row)], row.after) for row in rows):
            raise CannotUndo(_("تغيّرت هذه العلامة بعد ذلك، فلا يمكن التراجع. انظر ما صارت إليه."))
        _put_back({_key(row): row.before for row in rows}, now, recording)
        _refuse_second_marks(recording, revision)
    return recording


def restore(*, changed: ChangedMark, by: AbstractBaseUser) -> Recording:
    """Make a mark what it was after a change of its history, or before the one that took it away.

    What it referred to and is not there any more is left out.
    """
    if not may_restore(by):
        raise PermissionDenied
    if changed.is_told:
        raise CannotUndo(_("لا يُعرف ما كانت عليه العلامة حينها، فقد جرى ذلك في نظام آخر."))
    with written(by=by, act=Act.RESTORED) as recording:
        revision = _held_text(changed.change.revision.article_id, by)
        now = {_key(changed): states_by_uuid([changed.mark]).get(str(changed.mark))}
        _put_back({_key(changed): without_the_gone(changed.after or changed.before)}, now, recording)
        # A text that came since does not know it yet.
        carry_marks(revision)
        _refuse_second_marks(recording, revision)
    return recording


def _held_text(article: int, by: AbstractBaseUser) -> Revision:
    """The text that an article has now, which no import changes until the end of the transaction."""
    if not Article.objects.visible_to(by).filter(pk=article).exists():
        raise PermissionDenied
    return Revision.objects.select_related("article").get(pk=hold_article(article))


def _key(row: ChangedMark) -> int:
    return (row.before or row.after)["mark"]["id"]


def _put_back(wanted: States, now: Mapping[int, State | None], recording: Recording) -> None:
    recording.before.update(now)
    going = [pk for pk, state in wanted.items() if not _is_live(state)]
    if _links_from_elsewhere(going, wanted):
        raise CannotUndo(_("رُبطت بهذه العلامة علامات أخرى بعد ذلك، فلا يمكن التراجع."))
    _leave_confirmed_speakers(wanted, now)
    try:
        with transaction.atomic():
            put_back(wanted, {pk: state for pk, state in now.items() if state})
    except IntegrityError as error:
        raise CannotUndo(_("ما تشير إليه هذه العلامة لم يعد موجوداً، فلا يمكن إعادتها.")) from error


def _is_live(state: State | None) -> bool:
    return state is not None and state["mark"]["status"] != Status.REJECTED


def _links_from_elsewhere(marks: Collection[int], but: Collection[int]) -> bool:
    """Whether other marks than these speak of marks that are about to go."""
    spoken = Attribution.objects.filter(speaker__in=marks).exclude(annotation__in=but)
    return spoken.exists() or Annotation.objects.filter(quote__in=marks).exclude(pk__in=but).exists()


def _leave_confirmed_speakers(wanted: States, now: Mapping[int, State | None]) -> None:
    """A speaker whom another quote was accepted with meanwhile does not become a suggestion again."""
    suggested = [pk for pk, state in wanted.items() if state and state["mark"]["status"] == Status.SUGGESTED]
    confirmed = Attribution.objects.filter(speaker__in=suggested, annotation__status=Status.ACCEPTED)
    confirmed = confirmed.filter(certainty=Attribution.Certainty.CONFIRMED).exclude(annotation__in=wanted)
    for pk in confirmed.values_list("speaker", flat=True):
        wanted[pk] = now[pk]


def _refuse_second_marks(recording: Recording, revision: Revision) -> None:
    """Where the same words were marked anew in the meantime, what comes back would be there twice."""
    back = {pk for pk, state in recording.before.items() if not _is_live(state)}
    if not back:
        return
    marks = list(standing_in(revision, Annotation.objects.accepted()).prefetch_related("parts", *places_in(revision)))
    stand(marks, revision)
    places = [(mark.kind, *((part.start, part.end) for part in mark.content)) for mark in marks]
    often = Counter(places)
    if any(mark.pk in back and often[place] > 1 for mark, place in zip(marks, places, strict=True)):
        raise AlreadyMarked
