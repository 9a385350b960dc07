"""What people have decided about an article's words, which a detector must respect."""

from dataclasses import dataclass, field
from typing import Self

from annotations.models import Annotation, Part, Placement
from articles.models import Revision


@dataclass
class Precedents:
    """The decided marks that stand in a revision, wherever they were made; several spans where they have parts."""

    accepted: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    speakers: dict[tuple[int, int], Annotation] = field(default_factory=dict)
    quotes: dict[tuple[int, int], Annotation] = field(default_factory=dict)
    rejected: dict[str, list[tuple[int, int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, revision: Revision) -> Self:
        """The content of marks made on the revision, and of those that were found in it; a query each."""
        found = cls()
        content = Part.objects.filter(role=Part.Role.CONTENT)
        for part in content.filter(annotation__revision=revision).select_related("annotation"):
            found._note(part.annotation, part.start, part.end)
        if revision.number > 1:
            placed = Placement.objects.filter(revision=revision, part__in=content).exclude(state=Placement.State.LOST)
            for place in placed.select_related("part__annotation"):
                found._note(place.part.annotation, place.start, place.end)
        return found

    def allow(self, kind: str, start: int, end: int) -> bool:
        """Whether [start, end) may be proposed: not rejected, not mostly under an accepted mark.

        What a later version sees a word longer or shorter is what was rejected; a part of it is something else.
        """
        if any(_nearly_equal((start, end), other) for other in self.rejected.get(kind, [])):
            return False
        spans = self.accepted.get(kind, [])
        return not any(_mostly_the_same((start, end), other) for other in spans)

    def speaker_at(self, start: int, end: int) -> Annotation | None:
        """The live speaker mark over these words, or over most of them: a person may have left out a title."""
        near = (mark for span, mark in self.speakers.items() if _mostly_the_same((start, end), span))
        return self.speakers.get((start, end)) or next(near, None)

    def _note(self, mark: Annotation, start: int, end: int) -> None:
        if mark.status == Annotation.Status.REJECTED:
            self.rejected.setdefault(mark.kind, []).append((start, end))
            return
        if mark.kind == Annotation.Kind.SPEAKER:
            self.speakers[start, end] = mark
        elif mark.kind == Annotation.Kind.QUOTE:
            self.quotes[start, end] = mark
        self.accepted.setdefault(mark.kind, []).append((start, end))


def _mostly_the_same(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return _shared(one, other) * 2 > min(one[1] - one[0], other[1] - other[0])


def _nearly_equal(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return _shared(one, other) * 5 >= 4 * max(one[1] - one[0], other[1] - other[0])


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])
