"""Where marks stand in a text that may not be the one they were made on."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from annotations.models import Annotation, Part, Placement
from articles.language.spans import Span
from articles.models import Revision

State = Placement.State
_RANKS = {state: rank for rank, state in enumerate(State.values)}


def standing_in(revision: Revision, marks: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """Those that were made on a revision, or whose words, or what may be them, were found in it."""
    found = Placement.objects.filter(
        part__annotation=OuterRef("pk"), part__role=Part.Role.CONTENT, revision=revision
    ).exclude(state=State.LOST)
    # The article leads to its few revisions and these to their marks, by index, before anything else is asked.
    return marks.filter(revision__article=revision.article_id).filter(Q(revision=revision) | Exists(found))


def places_in(revision: Revision) -> list[Prefetch]:
    """What `stand` needs to be prefetched beside the parts, as part.here; nothing for an article's first text."""
    if revision.number == 1:
        return []
    return [Prefetch("parts__placements", queryset=Placement.objects.filter(revision=revision), to_attr="here")]


def spans_in(revision: Revision, kind: str) -> list[tuple[Span, UUID]]:
    """Where the words of the live marks of a kind stand in a text for sure, in order; a query or two, no objects."""
    made = Part.objects.filter(annotation__revision=revision, role=Part.Role.CONTENT, annotation__kind=kind)
    live = made.exclude(annotation__status=Annotation.Status.REJECTED)
    rows = list(live.values_list("start", "end", "annotation__uuid"))
    if revision.number > 1:
        found = Placement.objects.filter(revision=revision, part__role=Part.Role.CONTENT, part__annotation__kind=kind)
        sure = found.filter(state__in=(State.EXACT, State.MOVED))
        live = sure.exclude(part__annotation__status=Annotation.Status.REJECTED)
        rows += live.values_list("start", "end", "part__annotation__uuid")
    return [(Span(start, end), uuid) for start, end, uuid in sorted(rows)]


def stand(marks: Iterable[Annotation], revision: Revision) -> None:
    """Give marks (with `places_in` prefetched) the parts that they have in a revision, and its certainty.

    The parts of a mark that was made on another text are copies without a row: they cannot be saved by mistake.
    """
    for mark in marks:
        if mark.revision_id != revision.pk:
            _stand(mark, revision)


def standing_parts(mark: Annotation, revision: Revision) -> list[Part]:
    """The parts that a mark has in a revision, without changing the mark."""
    copy = Annotation.objects.prefetch_related("parts", *places_in(revision)).get(pk=mark.pk)
    stand([copy], revision)
    return list(copy.parts.all())


def _stand(mark: Annotation, revision: Revision) -> None:
    placed = [(part, place) for part in mark.all_parts for place in getattr(part, "here", ())]
    content = [place.state for part, place in placed if part.role == Part.Role.CONTENT and not place.decided_at]
    worst = max(content, key=_RANKS.__getitem__, default=State.MOVED)
    mark.standing = State.DOUBTFUL if worst == State.LOST else worst
    copies = [
        Part(
            annotation=mark,
            order=part.order,
            role=part.role,
            start=place.start,
            end=place.end,
            exact=revision.text[place.start : place.end],
        )
        for part, place in placed
        # A doubtful cue is left out: what was said is not to be doubted for it.
        if place.stands and (place.is_settled or part.role == Part.Role.CONTENT)
    ]
    parts = mark.parts.all()
    parts._result_cache = sorted(copies, key=lambda part: part.start)
    mark._prefetched_objects_cache["parts"] = parts
