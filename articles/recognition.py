"""From the recogniser's spans to stored mentions of entities, and how the article page shows them."""

from collections.abc import Iterable

from django.db.models import Q

from articles.language.entities import RECOGNISER, VERSION, NamedEntity, recognise
from articles.language.folding import fold
from articles.layers import Layer, LayerSpan
from articles.models import Alias, Entity, Mention, Revision

Identity = tuple[str, str, int | None]
"""What decides that two names are one entity: kind, folded name, and the article when it holds in that one alone."""


def record_mentions(revision: Revision) -> None:
    """Find who and what is named in a revision and store where: a step that follows every new revision."""
    found = [entity for entity in recognise(revision.text) if fold(entity.name)]
    entities = _entities_for(found, revision)
    Mention.objects.bulk_create(
        Mention(
            revision=revision,
            entity=entities[_identity(entity, revision)],
            start=entity.start,
            end=entity.end,
            surface=revision.text[entity.start : entity.end],
            recogniser=f"{RECOGNISER} {VERSION}",
            score=entity.score,
        )
        for entity in found
    )


def entities_of(revision: Revision) -> list[tuple[NamedEntity, Entity]]:
    """A revision's stored mentions as the detectors read them, each beside its entity; one query."""
    mentions = revision.mentions.select_related("entity").order_by("start")
    return [
        (
            NamedEntity(mention.start, mention.end, mention.entity.kind, mention.entity.name, mention.score),
            mention.entity,
        )
        for mention in mentions
    ]


def mention_layer(revision: Revision, user) -> Layer:
    """The entities named in the text, to be drawn under its words."""
    kinds = dict(Entity.Kind.choices)
    return Layer(
        spans=[
            LayerSpan(
                entity.start,
                entity.end,
                f"mention mention-{entity.kind}",
                {"data-entity": str(stored.pk), "title": f"{kinds[entity.kind]}: {entity.name}"},
            )
            for entity, stored in entities_of(revision)
        ]
    )


def _identity(entity: NamedEntity, revision: Revision) -> Identity:
    """A person called by one word only (a surname) is nobody in particular outside this article."""
    alone = entity.kind == Entity.Kind.PERSON and " " not in entity.name.strip()
    return entity.kind, fold(entity.name), revision.article_id if alone else None


def _entities_for(found: Iterable[NamedEntity], revision: Revision) -> dict[Identity, Entity]:
    """The entity of every name found, made where there is none; merged ones stand for what they were merged into."""
    names = {_identity(entity, revision): entity.name for entity in found}
    entities = _stored(names)
    missing = sorted((identity for identity in names if identity not in entities), key=str)
    if missing:
        # Another import may store the same name at this moment: the second one to come takes what is there. All
        # insert in the same order, so that they wait for each other instead of locking each other out.
        Entity.objects.bulk_create(
            (
                Entity(kind=kind, name=names[kind, folded, only_in], folded=folded, only_in_id=only_in)
                for kind, folded, only_in in missing
            ),
            ignore_conflicts=True,
        )
        entities |= _stored(missing)
    return entities


def _stored(identities: Iterable[Identity]) -> dict[Identity, Entity]:
    """Entities known by name or alias, by identity. Known namesakes (with a distinction) are never chosen blindly."""
    wanted = set(identities)
    names = {folded for _, folded, _ in wanted}
    articles = {only_in for _, _, only_in in wanted if only_in}
    scope = Q(only_in=None) | Q(only_in__in=articles)
    known: dict[Identity, Entity] = {}
    aliases = Alias.objects.filter(folded__in=names, entity__distinction="", entity__only_in=None)
    for alias in aliases.select_related("entity__merged_into"):
        known[alias.entity.kind, alias.folded, None] = alias.entity.merged_into or alias.entity
    entities = Entity.objects.filter(scope, folded__in=names, distinction="").select_related("merged_into")
    for entity in entities:
        known[entity.kind, entity.folded, entity.only_in_id] = entity.merged_into or entity
    return {identity: entity for identity, entity in known.items() if identity in wanted}
