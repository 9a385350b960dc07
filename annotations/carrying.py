"""Marks that people decided, found again in an article's next revision: a step that follows every new revision.

A mark stays on the revision where it was made; a Placement a part says where it stands in a later one. Undecided
suggestions are made anew by the detectors instead. Rejected ones come along too, or they would be proposed again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from annotations.anchoring import LOST, Anchored, Span, State, TextChange
from annotations.models import Annotation, Part, Placement
from articles.analysing import analysis_step
from articles.models import Revision

# Tashkeel, spaces and quotation marks apart.
SAME_WORDS = 0.99
_RANKS = {state: rank for rank, state in enumerate(State)}


@analysis_step("anchoring 1")
def carry_marks(revision: Revision) -> None:
    """Say where the article's decided marks stand in this revision; what is said of it already stays.

    An article with one text costs no query, one without decided marks one.
    """
    if revision.number == 1:
        return
    marks = list(_decided_elsewhere(revision))
    if marks:
        carrier = _Carrier(revision, _texts(marks))
        Placement.objects.bulk_create(placement for mark in marks for placement in carrier.placements(mark))


def _decided_elsewhere(revision: Revision) -> QuerySet[Annotation]:
    """Decided marks, and proposed speakers that accepted ones speak of, from other revisions and not placed in this."""
    decided = ~Q(status=Annotation.Status.SUGGESTED) | Q(attributed__annotation__status=Annotation.Status.ACCEPTED)
    placed = Placement.objects.filter(revision=revision).values("part__annotation")
    placements = Placement.objects.select_related("revision").defer("revision__text", "revision__blocks")
    return (
        Annotation.objects.filter(decided, revision__article=revision.article_id)
        .exclude(revision=revision)
        .exclude(pk__in=placed)
        .distinct()
        .select_related("revision")
        .defer("revision__text", "revision__blocks")
        .prefetch_related("parts", Prefetch("parts__placements", queryset=placements))
    )


def _texts(marks: Iterable[Annotation]) -> dict[int, str]:
    """The texts of the revisions that marks stand in, by revision."""
    ids = {mark.revision_id for mark in marks}
    ids |= {placement.revision_id for mark in marks for part in mark.parts.all() for placement in part.placements.all()}
    return dict(Revision.objects.filter(pk__in=ids).values_list("pk", "text"))


@dataclass
class _Carrier:
    """Compares each earlier text with the revision's once, however many marks stand in it."""

    revision: Revision
    texts: dict[int, str]
    changes: dict[int, TextChange] = field(default_factory=dict)

    def placements(self, mark: Annotation) -> list[Placement]:
        """Unsaved placements of a mark's parts, from where it stood last, or better from where it stood before."""
        parts = list(mark.parts.all())
        found: dict[int, Anchored] = {}
        # A text that the article had before gives every mark its place back.
        standings = sorted(_standings(mark), key=lambda standing: self.texts[standing[1]] != self.revision.text)
        for spans, before in standings:
            again = dict(zip(spans, self._change(before).find_parts(list(spans.values())), strict=True))
            if not found or _doubt(parts, again) < _doubt(parts, found):
                found = again
            if _is_sure(parts, found) and all(one.score >= SAME_WORDS for one in found.values()):
                break
        dropped = None if _is_sure(parts, found) else _dropped(mark)
        return [self._placement(part, LOST if dropped else found.get(part.pk, LOST), dropped) for part in parts]

    def _change(self, before: int) -> TextChange:
        if before not in self.changes:
            self.changes[before] = TextChange(self.texts[before], self.revision.text)
        return self.changes[before]

    def _placement(self, part: Part, found: Anchored, dropped: Placement | None) -> Placement:
        start, end = found.span or (None, None)
        placement = Placement(
            part=part, revision=self.revision, start=start, end=end, state=found.state.value, score=found.score
        )
        if dropped:
            placement.decided_at, placement.decided_by_id = dropped.decided_at, dropped.decided_by_id
            placement.decided_by_name = dropped.decided_by_name
        return placement


def _standings(mark: Annotation) -> list[tuple[dict[int, Span], int]]:
    """Where a mark stood for sure, the latest first and at last where it was made: spans by part, and the revision."""
    home = {part.pk: Span(part.start, part.end) for part in mark.parts.all()}
    later: dict[tuple[int, int], list[Placement]] = {}
    for part in mark.parts.all():
        for placement in part.placements.all():
            later.setdefault((placement.revision.number, placement.revision_id), []).append(placement)
    content = {part.pk for part in mark.content}
    standings = [
        ({one.part_id: Span(one.start, one.end) for one in placements if one.stands}, revision)
        for (_, revision), placements in sorted(later.items(), reverse=True)
        if all(one.is_settled for one in placements if one.part_id in content)
    ]
    return [*((spans, revision) for spans, revision in standings if content & spans.keys()), (home, mark.revision_id)]


def _dropped(mark: Annotation) -> Placement | None:
    """The decision that the article's last text has no place for the mark; it holds until the words are there again."""
    latest = max(
        (placement for part in mark.content for placement in part.placements.all()),
        key=lambda placement: placement.revision.number,
        default=None,
    )
    return latest if latest and latest.decided_at and not latest.stands else None


def _doubt(parts: Iterable[Part], found: dict[int, Anchored]) -> tuple[int, float]:
    """How doubtful it is where the content stands: the least sure part decides."""
    anchored = [found.get(part.pk, LOST) for part in parts if part.role == Part.Role.CONTENT]
    return max(_RANKS[one.state] for one in anchored), -sum(one.score for one in anchored)


def _is_sure(parts: Iterable[Part], found: dict[int, Anchored]) -> bool:
    return all(found.get(part.pk, LOST).state.is_sure for part in parts if part.role == Part.Role.CONTENT)
