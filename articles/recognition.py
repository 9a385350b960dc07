"""From the recogniser's spans to stored mentions of entities, and how the article page shows them."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection

from articles.analysing import analysis_step
from articles.inserting import insert_all
from articles.language.entities import NamedEntity
from articles.language.folding import fold
from articles.layers import Layer, LayerSpan
from articles.models import Entity, Mention, RemovedMention, Revision
from articles.models.entities import in_full
from articles.naming.precedents import Precedents
from articles.naming.resolving import Key, Name, entities_for, name_of
from articles.naming.roles import Role, role_beside
from articles.recognising import recognise, recogniser_label

Place = tuple[int, int]
# What the text shows of a name; an article has hundreds.
_DRAWN = ("entity", "entity__kind", "entity__name", "entity__distinction")

_WAS_LOOKED_AT = """
    SELECT EXISTS (SELECT FROM articles_mention WHERE revision_id = %(revision)s)
           OR EXISTS (SELECT FROM articles_removedmention WHERE revision_id = %(revision)s)
"""
_NAMED = """
    SELECT entity.id, mention.start, mention."end", entity.kind, entity.name, mention.score
    FROM articles_mention AS mention JOIN articles_entity AS entity ON entity.id = mention.entity_id
    WHERE mention.revision_id = %s ORDER BY mention.start
"""


@analysis_step(recogniser_label)
def record_mentions(revision: Revision) -> None:
    """Find who and what is named in a revision and store where: a step that follows every new revision.

    Run again, it replaces what nobody has decided: no name comes back where a person removed it, and none is put over
    a mention that a person added or changed, in this revision or at the same words of the one before.
    """
    stored, removed = _stored_before(revision)
    precedents = Precedents.of(revision, stored, removed)
    found = [
        named for named in recognise(revision.text) if fold(named.name) and precedents.allow(named.start, named.end)
    ]
    roles = _roles(revision.text, found)
    undecided = {(mention.start, mention.end): mention for mention in stored if not mention.decided_at}
    entities = _entities(found, roles, revision, precedents, undecided)
    label = recogniser_label()
    wanted = [
        _mention(revision, named, entity, roles.get(named[:2]), label)
        for named, entity in zip(found, entities, strict=True)
    ]
    _replace(undecided, wanted)
    if precedents.carried:
        Mention.objects.bulk_create(one for one in precedents.carried if isinstance(one, Mention))
        RemovedMention.objects.bulk_create(one for one in precedents.carried if isinstance(one, RemovedMention))


def entities_of(revision: Revision) -> list[tuple[NamedEntity, int]]:
    """A revision's stored mentions as the detectors read them, each beside its entity's key; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [revision.pk])
        return [(NamedEntity(*values), entity) for entity, *values in cursor.fetchall()]


def mention_layer(revision: Revision, user) -> Layer:
    """The entities named in the text, to be drawn under its words; each has an anchor that links lead to."""
    kinds = {kind.value: str(kind.label) for kind in Entity.Kind}
    spans = []
    # Not as objects: making hundreds of them takes longer than all that is drawn of them.
    drawn = revision.mentions.order_by("start").values_list("pk", "start", "end", *_DRAWN)
    for pk, start, end, entity, kind, name, distinction in drawn:
        attributes = {
            "id": f"mention-{pk}",
            "data-entity": str(entity),
            "data-mention": str(pk),
            "title": f"{kinds[kind]}: {in_full(name, distinction)}",
        }
        spans.append(LayerSpan(start, end, f"mention mention-{kind}", attributes))
    return Layer(spans=spans)


def _stored_before(revision: Revision) -> tuple[list[Mention], list[RemovedMention]]:
    """What is stored of the revision's names already; of most there is nothing, which a cheap query tells."""
    if revision.is_new:
        return [], []
    with connection.cursor() as cursor:
        cursor.execute(_WAS_LOOKED_AT, {"revision": revision.pk})
        if not cursor.fetchone()[0]:
            return [], []
    return list(revision.mentions.select_related("entity__merged_into")), list(revision.removed_mentions.all())


def _roles(text: str, found: Sequence[NamedEntity]) -> dict[Place, Role]:
    """The role beside each person named; what stands next to another person belongs to that one."""
    people = [named for named in found if named.kind == Entity.Kind.PERSON]
    edges = [0, *(named.end for named in people)]
    starts = [*(named.start for named in people[1:]), len(text)]
    found_roles = {
        (named.start, named.end): role_beside(text, named.start, named.end, floor=floor, ceiling=ceiling)
        for named, floor, ceiling in zip(people, edges, starts, strict=False)
    }
    return {place: role for place, role in found_roles.items() if role}


def _entities(
    found: Sequence[NamedEntity],
    roles: Mapping[Place, Role],
    revision: Revision,
    precedents: Precedents,
    before: Mapping[Place, Mention],
) -> list[Entity]:
    """The entity of each name found. What people chose for the same words elsewhere in the article goes first."""
    chosen = [precedents.entity_of(named.kind, revision.text[named.start : named.end]) for named in found]
    names: dict[Key, Name] = {}
    taken: dict[Key, Entity] = {}
    for named, decided in zip(found, chosen, strict=True):
        if decided is None:
            name = name_of(named.kind, named.name)
            kept = names.setdefault(name.key, name)
            kept.roles += [roles[named[:2]]] if named[:2] in roles else []
            if named[:2] in before:
                taken.setdefault(name.key, before[named[:2]].entity.standing)
    entities = entities_for(list(names.values()), revision, taken)
    return [
        decided.standing if decided else entities[name_of(named.kind, named.name).key]
        for named, decided in zip(found, chosen, strict=True)
    ]


def _mention(revision: Revision, named: NamedEntity, entity: Entity, role: Role | None, label: str) -> Mention:
    return Mention(
        revision_id=revision.pk,
        entity_id=entity.pk,
        start=named.start,
        end=named.end,
        surface=revision.text[named.start : named.end],
        role=role.words if role else "",
        recogniser=label,
        score=named.score,
    )


def _replace(undecided: Mapping[Place, Mention], wanted: Iterable[Mention]) -> None:
    """Store these mentions instead of the undecided ones. One that stays in its place keeps its row and its anchor."""
    new, kept, changed = [], set(), []
    for mention in wanted:
        old = undecided.get((mention.start, mention.end))
        if old is None:
            new.append(mention)
            continue
        kept.add(old.pk)
        mention.pk = old.pk
        if _said(old) != _said(mention):
            changed.append(mention)
    gone = [mention.pk for mention in undecided.values() if mention.pk not in kept]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    if changed:
        Mention.objects.bulk_update(changed, ["entity", "role", "recogniser", "score"])
    insert_all(new)


def _said(mention: Mention) -> tuple[int, str, str, float]:
    return mention.entity_id, mention.role, mention.recogniser, mention.score
