"""Who and what an article names, by kind."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models import Entity, Revision

# Stands for an entity's number in the address of its page.
_ANY = 987_654_321
LABELS = {
    Entity.Kind.PERSON: _("أشخاص"),
    Entity.Kind.ORGANISATION: _("جهات"),
    Entity.Kind.PLACE: _("أماكن"),
    Entity.Kind.OTHER: _("أخرى"),
}


@dataclass(frozen=True)
class NamesOfKind:
    """The entities of one kind with `address` and `occurrences` in the text, the most frequent first."""

    kind: str
    entities: list[Entity]

    @property
    def label(self) -> str:
        return LABELS[self.kind]

    @property
    def occurrences(self) -> int:
        return sum(entity.occurrences for entity in self.entities)


def names_in(revision: Revision) -> list[NamesOfKind]:
    """One query; kinds that the text does not name are left out."""
    entities = Entity.objects.filter(mentions__revision=revision).annotate(occurrences=Count("mentions"))
    by_kind: dict[str, list[Entity]] = defaultdict(list)
    # Looked up once: for hundreds of names that is more work than all else in this list.
    [before, after] = reverse("entity", args=[_ANY]).split(str(_ANY))
    for entity in entities.order_by("-occurrences", "name"):
        entity.address = f"{before}{entity.pk}{after}"
        by_kind[entity.kind].append(entity)
    return [NamesOfKind(kind=kind.value, entities=by_kind[kind]) for kind in LABELS if by_kind[kind]]
