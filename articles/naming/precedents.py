"""What people decided about the names of an article, which a recogniser must respect."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from articles.language.alignment import Alignment
from articles.language.folding import fold
from articles.models import Entity, Mention, RemovedMention, Revision

# How many earlier texts of an article are looked at, of those in which somebody decided about a name.
MOST_TEXTS = 5


@dataclass
class Precedents:
    """The decided places of one revision: mentions that a person added or changed, and words that are no name.

    `carried` are mentions, not stored yet, that people decided in the article's texts before this one.
    """

    mentions: list[Mention]
    removed: list[RemovedMention]
    carried: list[Mention | RemovedMention] = field(default_factory=list)

    @classmethod
    def of(cls, revision: Revision, stored: Iterable[Mention], removed: Iterable[RemovedMention]) -> Self:
        """From what is stored of the revision; two queries or three where the article had another text before."""
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
        """What was decided in earlier texts, the newest of them first, where its words stand now."""
        for text, decided in _decided_before(revision):
            alignment = Alignment(text, revision.text)
            for one in decided:
                place = alignment.same_place(one.start, one.end)
                if place and self._is_free(*place):
                    self._carry(one, revision, *place)

    def _is_free(self, start: int, end: int) -> bool:
        """Nothing was decided here, in this revision or by what is carried already."""
        return not any(one.start < end and start < one.end for one in (*self.mentions, *self.removed))

    def _carry(self, one: Mention | RemovedMention, revision: Revision, start: int, end: int) -> None:
        """The same decision, by the same person, at the same words."""
        # The copy keeps every field but the place; the row that it was made of stays as it is.
        copy = type(one)(**{f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields if not f.primary_key})
        copy.revision, copy.start, copy.end, copy.surface = revision, start, end, revision.text[start:end]
        if isinstance(copy, Mention):
            copy.entity = one.entity.standing
            self.mentions.append(copy)
        else:
            self.removed.append(copy)
        self.carried.append(copy)


def _decided_before(revision: Revision) -> Iterator[tuple[str, list[Mention | RemovedMention]]]:
    """The newest earlier texts of the article in which people decided about names, with what they decided.

    A text that comes back finds what was decided when it was there last, beyond the texts in between.
    """
    elsewhere = {"revision__article": revision.article_id, "revision__number__lt": revision.number}
    decided: dict[int, list[Mention | RemovedMention]] = defaultdict(list)
    for mention in Mention.objects.decided().filter(**elsewhere).select_related("entity__merged_into"):
        decided[mention.revision_id].append(mention)
    for removed in RemovedMention.objects.filter(**elsewhere):
        decided[removed.revision_id].append(removed)
    if decided:
        texts = Revision.objects.filter(pk__in=decided).order_by("-number").values_list("pk", "text")
        for pk, text in texts[:MOST_TEXTS]:
            yield text, decided[pk]


def _key(kind: str, surface: str) -> tuple[str, str]:
    return kind, fold(surface)
