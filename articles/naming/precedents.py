"""What people decided about the names of an article, which a recogniser must respect."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from articles.language.folding import fold
from articles.models import Entity, Mention, RemovedMention, Revision

CONTEXT = 32  # code points on either side by which a place is known again in another revision


@dataclass
class Precedents:
    """The decided places of one revision: mentions that a person added or changed, and words that are no name.

    `carried` are mentions, not stored yet, that people decided in the revision before this one.
    """

    mentions: list[Mention]
    removed: list[RemovedMention]
    carried: list[Mention | RemovedMention] = field(default_factory=list)

    @classmethod
    def of(cls, revision: Revision, stored: Iterable[Mention], removed: Iterable[RemovedMention]) -> Self:
        """From what is stored of the revision; two queries where the article had another text before."""
        found = cls([mention for mention in stored if mention.decided_at], list(removed))
        if revision.number > 1:
            found._carry_over(revision)
        return found

    def allow(self, start: int, end: int) -> bool:
        """Whether a recogniser may name [start, end): no person's mention lies there, and none removed these words."""
        if any(one.start < end and start < one.end for one in self.mentions):
            return False
        return not any((one.start, one.end) == (start, end) for one in self.removed)

    def entity_of(self, kind: str, surface: str) -> Entity | None:
        """Whom people chose for these words in this article; None where nobody did, or not the same one each time."""
        chosen = {
            mention.entity
            for mention in self.mentions
            if _key(mention.entity.kind, mention.surface) == _key(kind, surface)
        }
        return chosen.pop() if len(chosen) == 1 else None

    def _carry_over(self, revision: Revision) -> None:
        before = revision.article.revisions.filter(number=revision.number - 1).first()
        if before is None:
            return
        decided = [*before.mentions.decided().select_related("entity__merged_into"), *before.removed_mentions.all()]
        for one in decided:
            for start in _places(revision.text, before.text, one):
                if self._is_free(start, start + len(one.surface)):
                    self._carry(one, revision, start)

    def _is_free(self, start: int, end: int) -> bool:
        """Nothing was decided here, in this revision or by what is carried already."""
        return not any(one.start < end and start < one.end for one in (*self.mentions, *self.removed))

    def _carry(self, one: Mention | RemovedMention, revision: Revision, start: int) -> None:
        """The same decision, by the same person, at the same words."""
        # The copy keeps every field but the place; the row that it was made of stays as it is.
        copy = type(one)(**{f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields if not f.primary_key})
        copy.revision, copy.start, copy.end = revision, start, start + len(one.surface)
        if isinstance(copy, Mention):
            copy.entity = one.entity.standing
            self.mentions.append(copy)
        else:
            self.removed.append(copy)
        self.carried.append(copy)


def _key(kind: str, surface: str) -> tuple[str, str]:
    return kind, fold(surface)


def _places(text: str, before: str, one: Mention | RemovedMention) -> list[int]:
    """Where the same words stand between the same words, on one side at least."""
    prefix, suffix = before[max(0, one.start - CONTEXT) : one.start], before[one.end : one.end + CONTEXT]
    found: list[int] = []
    start = text.find(one.surface)
    while start >= 0:
        end = start + len(one.surface)
        if (prefix and text.endswith(prefix, 0, start)) or (suffix and text.startswith(suffix, end)):
            found.append(start)
        start = text.find(one.surface, end)
    return found
