"""Who and what an article names, by kind."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from articles.models import Entity, Revision

LABELS = {
    Entity.Kind.PERSON: _("أشخاص"),
    Entity.Kind.ORGANISATION: _("جهات"),
    Entity.Kind.PLACE: _("أماكن"),
    Entity.Kind.OTHER: _("أخرى"),
}


@dataclass(frozen=True)
class NamesOfKind:
    """The entities of one kind with their `occurrences` in the text, the most frequent first."""

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
    for entity in entities.order_by("-occurrences", "name"):
        by_kind[entity.kind].append(entity)
    return [NamesOfKind(kind=kind.value, entities=by_kind[kind]) for kind in LABELS if by_kind[kind]]
