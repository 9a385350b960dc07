"""What people decide about a mark whose words changed, or are gone, since the article's text changed.

Each action is atomic, checks that `by` may decide the mark, and leaves history. Refusals: MarkRefused or
PermissionDenied.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.marking import change_mark, current_text, held, hold_current
from annotations.models import Annotation, Part, Placement
from annotations.permissions import Person, may_decide
from annotations.recording import Act, written
from annotations.refusals import MarkRefused
from annotations.spans import MarkedSpan
from articles.language.letters import Letters
from articles.models import Revision

State = Placement.State
# Code points of a passage shown on either side of a mark.
AROUND = 160


class Passage(NamedTuple):
    """A mark's words with what stands beside them in their line."""

    before: str
    words: str
    after: str


@dataclass(frozen=True)
class WaitingPlace:
    """A mark beside the passages that it was made on and, where there are such, those that may be its words now."""

    mark: Annotation
    old: Sequence[Passage]
    new: Sequence[Passage]
    may_decide: bool

    @property
    def old_words(self) -> str:
        return " … ".join(passage.words for passage in self.old)

    @property
    def new_words(self) -> str:
        return " … ".join(passage.words for passage in self.new)


def waiting_on(revision: Revision, user: Person) -> list[WaitingPlace]:
    """The accepted marks that wait for this person's decision on an article's current text; a few queries."""
    if revision.number == 1:
        return []
    # Mostly none: that is asked for by an index of its own, before the marks are.
    waiting = set(Placement.objects.waiting().filter(revision=revision).values_list("part__annotation", flat=True))
    if not waiting:
        return []
    marks = Annotation.objects.visible_to(user).filter(pk__in=waiting).order_by("pk")
    return [place for place in waiting_places(marks, user) if place.may_decide]


def waiting_places(marks: QuerySet[Annotation], user: Person) -> list[WaitingPlace]:
    """Marks beside the passages of the texts that they were made on and that their articles have now; four queries."""
    places = Prefetch("parts__placements", queryset=Placement.objects.on_current_text(), to_attr="here")
    related = marks.select_related("revision__article__source").defer("revision__text", "revision__blocks")
    found = list(related.prefetch_related("parts", places))
    needed = {mark.revision_id for mark in found} | {mark.revision.article.current_revision_id for mark in found}
    texts = dict(Revision.objects.filter(pk__in=needed).values_list("pk", "text"))
    return [
        WaitingPlace(
            mark=mark,
            old=[passage(texts[mark.revision_id], part.start, part.end) for part in mark.content],
            new=[
                passage(texts[place.revision_id], place.start, place.end)
                for part in mark.content
                for place in part.here
                if place.stands
            ],
            may_decide=may_decide(mark, user),
        )
        for mark in found
    ]


def passage(text: str, start: int, end: int) -> Passage:
    """The words at [start, end) and what stands beside them in their lines, cut between words."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:].partition(" ")[2]
    after = text[end:].partition("\n")[0] if end < len(text) else ""
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0] + "…"
    return Passage(before, text[start:end], after)


def confirm_place(*, mark: Annotation, by: AbstractBaseUser) -> Annotation:
    """Say that the words found are the mark's words in the text that the article has now."""
    with written(by=by, act=Act.PLACED):
        mark, places = _undecided(mark, by)
        if not any(place.stands for place in places):
            raise MarkRefused("lost", _("لم يُعثر على كلمات هذه العلامة. حدّدها من جديد أو اتركها للنص السابق."))
        for place in places:
            _settle(place, State.MOVED if place.stands else State.LOST, by)
    return mark


def drop_place(*, mark: Annotation, by: AbstractBaseUser) -> Annotation:
    """Say that the text has no such words any more. The mark stays with the text that it was made on."""
    with written(by=by, act=Act.DROPPED):
        mark = _undecided(mark, by)[0]
        for place in _places(mark, current_text(mark)):
            place.start = place.end = None
            place.score = 0
            _settle(place, State.LOST, by)
    return mark


def mark_again(*, mark: Annotation, words: Sequence[str], by: AbstractBaseUser) -> Annotation:
    """Give a mark these words of the article's current text, one stretch after the other."""
    with written(by=by, act=Act.CHANGED):
        mark, places = _undecided(mark, by)
        revision = current_text(mark)
        floor = min((place.start for place in places if place.stands), default=0)
        spans: list[MarkedSpan] = []
        for stretch in words:
            after = spans[-1].end if spans else 0
            spans.append(_found(revision.text, stretch, near=max(floor, after), after=after))
        return change_mark(mark=mark, spans=spans, by=by)


def _undecided(mark: Annotation, by: AbstractBaseUser) -> tuple[Annotation, list[Placement]]:
    """The mark held, and the places of its content that wait for a person."""
    mark = held(mark)
    if not may_decide(mark, by):
        raise PermissionDenied
    revision = current_text(mark)
    hold_current(revision, by)
    places = [place for place in _places(mark, revision) if not place.is_settled]
    if not any(place.part.role == Part.Role.CONTENT for place in places):
        raise MarkRefused("nothing_waits", _("بُتّ في هذه العلامة قبل قليل. أعد تحميل الصفحة."))
    return mark, [place for place in places if place.part.role == Part.Role.CONTENT]


def _places(mark: Annotation, revision: Revision) -> list[Placement]:
    placed = Placement.objects.filter(part__annotation=mark, revision=revision).select_related("part")
    return list(placed.order_by("part__order"))


def _settle(place: Placement, state: str, by: AbstractBaseUser) -> None:
    place.state = state
    place.decided_by, place.decided_by_name, place.decided_at = by, by.get_username(), timezone.now()
    place.save()


def _found(text: str, words: str, *, near: int, after: int) -> MarkedSpan:
    """Where a person's words stand, in any spelling: the place nearest to where the mark was guessed."""
    letters, wanted = Letters(text), Letters(words).letters
    places = []
    at = letters.letters.find(wanted) if wanted else -1
    while at >= 0:
        start, end = letters.span(at, at + len(wanted))
        if start >= after:
            places.append((start, end))
        at = letters.letters.find(wanted, at + 1)
    if not places:
        raise MarkRefused("not_found", _("لا ترد هذه الكلمات في النص الحالي: «%(words)s».") % {"words": words[:80]})
    start, end = min(places, key=lambda place: abs(place[0] - near))
    return MarkedSpan(start, end, text[start:end])
