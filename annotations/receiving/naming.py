"""Entities and tags that marks of a file refer to, found here by what they are called, or made.

They are made as a person's decision makes them: an entity that stands for this article alone where its name says too
little for others, a tag of the vocabulary that all share.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from annotations.exports.records import EntityRecord
from annotations.models import Tag
from annotations.models.tags import folded_tag
from annotations.tagging import LONGEST_NAME as LONGEST_TAG
from articles.language.folding import fold
from articles.models import Entity, Revision
from articles.naming.correcting import LONGEST_NAME
from articles.naming.resolving import entities_for, name_of

_LONGEST_DISTINCTION = 200
Called = tuple[str, str, str]


def can_be_entity(record: EntityRecord) -> bool:
    kind, folded, _distinction = _called(record)
    return kind in Entity.Kind.values and bool(folded.strip()) and len(folded) <= LONGEST_NAME


def can_be_tag(name: str) -> bool:
    folded = folded_tag(name)
    return bool(folded) and len(folded) <= LONGEST_TAG and len(" ".join(name.split())) <= LONGEST_TAG


@dataclass
class Entities:
    """Those that may stand in one article, by what a file calls them."""

    revision: Revision
    known: dict[Called, Entity] = field(default_factory=dict)
    # Of entities that marks here are linked with: the one that stands for each, and what it is called.
    linked: dict[int, tuple[int, set[tuple[str, str]]]] = field(default_factory=dict)

    @classmethod
    def of(cls, revision: Revision, records: Iterable[EntityRecord], linked: Collection[int] = ()) -> "Entities":
        """`linked` are keys of entities that a record may mean."""
        wanted = {_called(record) for record in records}
        here = Q(only_in=None) | Q(only_in=revision.article_id)
        found = Entity.objects.filter(here, folded__in={folded for _, folded, _ in wanted}).select_related(
            "merged_into"
        )
        # One of this article alone says more of whom it means than one of all.
        ordered = sorted(found, key=lambda entity: (entity.only_in_id is not None, -entity.pk))
        known = {(entity.kind, entity.folded, entity.distinction): entity.standing for entity in ordered}
        return cls(revision, {called: known[called] for called in wanted if called in known}, _forms(linked))

    def means(self, record: EntityRecord, linked: int | None) -> bool:
        """Whether a record is the entity of this key: the one found by its name, else one that has it as a form."""
        if linked not in self.linked:
            return False
        standing, forms = self.linked[linked]
        found = self.known.get(_called(record))
        if found:
            return found.pk == standing
        return name_of(record.kind, record.name).key in forms

    def find_or_make(self, record: EntityRecord) -> Entity:
        called = kind, folded, distinction = _called(record)
        if called not in self.known:
            name = " ".join(record.name.split())[:LONGEST_NAME]
            if distinction:
                same = {"kind": kind, "folded": folded, "distinction": distinction, "only_in": None}
                self.known[called] = Entity.objects.get_or_create(**same, defaults={"name": name})[0].standing
            else:
                meant = name_of(kind, name)
                self.known[called] = entities_for([meant], self.revision, {})[meant.key].standing
        return self.known[called]


@dataclass
class Vocabulary:
    """The tags that the marks of one article name, by their folded names."""

    by: AbstractBaseUser
    known: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, by: AbstractBaseUser, names: Collection[str]) -> "Vocabulary":
        tags = Tag.objects.filter(folded__in={folded_tag(name) for name in names})
        return cls(by, dict(tags.values_list("folded", "pk")))

    def find_or_make(self, name: str) -> int:
        """The key of the tag."""
        folded = folded_tag(name)
        if folded not in self.known:
            added = {"name": name, "created_by": self.by, "created_by_name": self.by.get_username()}
            self.known[folded] = Tag.objects.get_or_create(folded=folded, defaults=added)[0].pk
        return self.known[folded]


def _forms(linked: Collection[int]) -> dict[int, tuple[int, set[tuple[str, str]]]]:
    entities = Entity.objects.filter(pk__in=linked).select_related("merged_into")
    found = {}
    for entity in entities.prefetch_related("aliases", "merged_into__aliases"):
        standing = entity.standing
        names = {standing.folded, *(alias.folded for alias in standing.aliases.all())}
        found[entity.pk] = (standing.pk, {(standing.kind, name) for name in names})
    return found


def _called(record: EntityRecord) -> Called:
    return record.kind, fold(" ".join(record.name.split())[:LONGEST_NAME]), record.distinction[:_LONGEST_DISTINCTION]
