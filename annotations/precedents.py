"""What people have decided about an article's words, which a detector must respect."""

from dataclasses import dataclass, field
from typing import Self

from annotations.models import Annotation, Part
from articles.models import Revision

Context = tuple[str, str, str, str]
"""A mark's kind with its words and those around them: the same place in another revision of the article."""


@dataclass
class Precedents:
    """The decided marks of an article, as far as they speak about one of its revisions."""

    text: str
    accepted: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    speakers: dict[tuple[int, int], Annotation] = field(default_factory=dict)
    rejected: set[tuple[str, int, int]] = field(default_factory=set)
    rejected_before: list[Context] = field(default_factory=list)

    @classmethod
    def of(cls, revision: Revision) -> Self:
        """One query: the content parts of every decided mark of the article."""
        found = cls(revision.text)
        parts = Part.objects.filter(role=Part.Role.CONTENT, annotation__revision__article=revision.article_id)
        for part in parts.select_related("annotation"):
            found._note(part, part.annotation, current=part.annotation.revision_id == revision.pk)
        return found

    def allow(self, kind: str, start: int, end: int) -> bool:
        """Whether [start, end) may be proposed: not rejected here or before, not mostly under an accepted mark."""
        if (kind, start, end) in self.rejected or self._rejected_before(kind, start, end):
            return False
        spans = self.accepted.get(kind, [])
        return not any(_mostly_the_same((start, end), other) for other in spans)

    def speaker_at(self, start: int, end: int) -> Annotation | None:
        """The live speaker mark over these words, or over most of them: a person may have left out a title."""
        near = (mark for span, mark in self.speakers.items() if _mostly_the_same((start, end), span))
        return self.speakers.get((start, end)) or next(near, None)

    def _note(self, part: Part, mark: Annotation, *, current: bool) -> None:
        live = mark.status != Annotation.Status.REJECTED
        if current and live:
            if mark.kind == Annotation.Kind.SPEAKER:
                self.speakers[part.start, part.end] = mark
            self.accepted.setdefault(mark.kind, []).append((part.start, part.end))
        elif current:
            self.rejected.add((mark.kind, part.start, part.end))
        elif not live:
            self.rejected_before.append((mark.kind, part.prefix, part.exact, part.suffix))

    def _rejected_before(self, kind: str, start: int, end: int) -> bool:
        words = self.text[start:end]
        return any(
            (kind, words) == (kind_before, exact)
            and (self.text.endswith(prefix, 0, start) or self.text.startswith(suffix, end))
            for kind_before, prefix, exact, suffix in self.rejected_before
        )


def _mostly_the_same(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 > min(one[1] - one[0], other[1] - other[0])
