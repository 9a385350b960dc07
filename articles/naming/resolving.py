"""The entity of every name that an article gives: found by name, form and context, or made."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Q

from articles.language.folding import fold
from articles.models import Alias, Entity, Mention, Revision
from articles.naming import evidence
from articles.naming.curated import canonical_name, curated_forms, curated_roles, is_curated
from articles.naming.known import Key, known_bearers
from articles.naming.roles import Role, role_in
from articles.naming.sharing import share

Identity = tuple[str, str, str, int | None]
"""What an entity is stored once by: kind, folded name, distinction, and the article when it holds in that one alone."""

# Company that everybody keeps says nothing: whoever is named more often than this is left out.
_KNOWN_COMPANY = 150
_DISTINCTION = 200  # what Entity.distinction holds

_SELDOM_NAMED = """
    SELECT pk FROM unnest(%s) AS pk
    WHERE (SELECT COUNT(*) FROM (SELECT FROM articles_mention WHERE entity_id = pk LIMIT %s) AS named) <= %s
"""

_MADE = ("id", "kind", "name", "folded", "distinction", "only_in_id", "merged_into_id")
_MAKE = """
    INSERT INTO articles_entity (kind, name, folded, distinction, only_in_id)
    SELECT kind, name, folded, distinction, only_in_id FROM json_populate_recordset(NULL::articles_entity, %s)
    ON CONFLICT DO NOTHING
    RETURNING id, kind, name, folded, distinction, only_in_id, merged_into_id
"""


@dataclass
class Name:
    """A name as one article gives it, with the roles beside it wherever it stands."""

    kind: str
    written: str
    roles: list[Role] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.kind, fold(self.written)

    @property
    def is_full(self) -> bool:
        """A person's name of several parts («عبد الله» has one): what context must decide about."""
        return self.kind == Entity.Kind.PERSON and len(evidence.parts_of(self.written)) > 1


def name_of(kind: str, name: str) -> Name:
    """As the lexicon writes it, where it knows the name."""
    return Name(kind, canonical_name(kind, name))


def entities_for(names: Collection[Name], revision: Revision, before: Mapping[Key, Entity]) -> dict[Key, Entity]:
    """The entity of every name, made where there is none; merged ones stand for what they were merged into.

    `before`: whom these names were taken for when this revision was last looked at.
    """
    full = {name.key[1] for name in names if name.is_full}
    known = known_bearers({name.key[1] for name in names}, full, revision.article_id)
    chosen = {name.key: _plain(name, known[name.key], revision) for name in names if not name.is_full}
    people = [name for name in names if name.is_full]
    chosen |= _people(people, known, revision, before, [entity for entity in chosen.values() if entity])
    missing = {name.key: _identity(name, known[name.key], revision) for name in names if not chosen[name.key]}
    return {key: entity for key, entity in chosen.items() if entity} | _made(missing, {n.key: n.written for n in names})


def _plain(name: Name, known: Mapping[Entity, bool], revision: Revision) -> Entity | None:
    """The entity of a name that needs no context. One word for a person holds in its article alone, unless known."""
    own = _stands_alone(name)
    here = (None, revision.article_id) if own else (revision.article_id,)
    fitting = sorted((entity for entity in known if entity.only_in_id in here), key=lambda entity: entity.pk)
    exact = [entity for entity in fitting if not entity.distinction and entity.folded == name.key[1]]
    undistinguished = [entity for entity in fitting if not entity.distinction]
    return next(iter([*exact, *undistinguished, *(fitting if len(fitting) == 1 else [])]), None)


def _stands_alone(name: Name) -> bool:
    return name.kind != Entity.Kind.PERSON or is_curated(*name.key)


def _people(
    names: Iterable[Name],
    known: Mapping[Key, Mapping[Entity, bool]],
    revision: Revision,
    before: Mapping[Key, Entity],
    others: Collection[Entity],
) -> dict[Key, Entity | None]:
    """Whom full names mean. Who is certain is company for the rest, which cost two more queries if there are any."""
    chosen: dict[Key, Entity | None] = {}
    doubtful: list[Name] = []
    for name in names:
        shared = [entity for entity in known[name.key] if not entity.only_in_id]
        if not known[name.key]:
            chosen[name.key] = None
        elif len(shared) == 1 and _needs_no_context(name, shared[0]):
            chosen[name.key] = shared[0]
        else:
            doubtful.append(name)
    if doubtful:
        candidates = {entity for name in doubtful for entity in known[name.key]}
        company = [entity for entity in (*chosen.values(), *others) if entity]
        profiles = _profiles(candidates, company, revision)
        for name in doubtful:
            meant = _meant(name, known[name.key], profiles, before.get(name.key))
            chosen[name.key] = meant if meant and share(meant, revision.article_id) else None
    return chosen


def _needs_no_context(name: Name, bearer: Entity) -> bool:
    parts = evidence.parts_of(name.written)
    if evidence.says_who(parts):
        return True
    return not name.roles and is_curated(*name.key) and not bearer.distinction


def _meant(
    name: Name,
    known: Mapping[Entity, bool],
    profiles: Mapping[int, evidence.Candidate],
    before: Entity | None,
) -> Entity | None:
    bearers = list(known)
    candidates = [
        evidence.Candidate(
            roles=profiles[entity.pk].roles,
            known=not entity.distinction and is_curated(entity.kind, entity.folded),
            written=known[entity],
            # One that exists in this article alone was the answer of doubt, not one to hold on to.
            before=entity == before and not entity.only_in_id,
            people=profiles[entity.pk].people,
            bodies=profiles[entity.pk].bodies,
            alone=entity.only_in_id is not None,
        )
        for entity in bearers
    ]
    sighting = evidence.Sighting(evidence.parts_of(name.written), tuple(name.roles))
    index = evidence.choose(sighting, candidates)
    return None if index is None else bearers[index]


def _profiles(
    candidates: Collection[Entity], company: Iterable[Entity], revision: Revision
) -> dict[int, evidence.Candidate]:
    """The roles of each candidate so far, and how many of this article's names were named with it elsewhere."""
    roles: dict[int, list[Role]] = {entity.pk: [] for entity in candidates}
    for entity in candidates:
        roles[entity.pk] += [role for role in (role_in(entity.distinction),) if role]
        roles[entity.pk] += curated_roles(entity.folded) if not entity.distinction else ()
    elsewhere = Mention.objects.filter(entity__in=candidates).exclude(revision__article=revision.article_id)
    for pk, written in elsewhere.exclude(role="").values_list("entity", "role").order_by().distinct():
        roles[pk] += [role for role in (role_in(written),) if role]
    people, bodies = _company(candidates, company, revision)
    return {
        entity.pk: evidence.Candidate(tuple(roles[entity.pk]), people=people[entity.pk], bodies=bodies[entity.pk])
        for entity in candidates
    }


def _company(
    candidates: Collection[Entity], company: Iterable[Entity], revision: Revision
) -> tuple[dict[int, int], dict[int, int]]:
    """People and organisations of this article that another article names together with each candidate."""
    kinds = (Entity.Kind.PERSON, Entity.Kind.ORGANISATION)
    beside = Mention.objects.filter(
        entity__in=_telling([entity.pk for entity in company if entity.kind in kinds]),
        revision__mentions__entity__in=candidates,
    ).exclude(revision__article=revision.article_id)
    counted = beside.values_list("revision__mentions__entity", "entity__kind").annotate(Count("entity", distinct=True))
    people: dict[int, int] = defaultdict(int)
    bodies: dict[int, int] = defaultdict(int)
    for pk, kind, number in counted.order_by():
        (people if kind == Entity.Kind.PERSON else bodies)[pk] = number
    return people, bodies


def _telling(entities: list[int]) -> list[int]:
    """Those of them that are not named all over the archive; counted no further than that, from the index alone."""
    if not entities:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SELDOM_NAMED, [entities, _KNOWN_COMPANY + 1, _KNOWN_COMPANY])
        return [pk for (pk,) in cursor.fetchall()]


def _identity(name: Name, bearers: Mapping[Entity, bool], revision: Revision) -> Identity:
    """How a new entity is kept apart: by its role beside namesakes, else by its article, else not at all."""
    kind, folded = name.key
    if not name.is_full:
        return kind, folded, "", None if _stands_alone(name) else revision.article_id
    shared = [entity for entity in bearers if not entity.only_in_id]
    if not shared and (evidence.says_who(evidence.parts_of(name.written)) or is_curated(kind, folded)):
        return kind, folded, "", None
    if name.roles:
        return kind, folded, name.roles[0].words[:_DISTINCTION], None
    return kind, folded, "", revision.article_id


def _made(missing: Mapping[Key, Identity], written: Mapping[Key, str]) -> dict[Key, Entity]:
    """New entities, those of the lexicon with its forms.

    Another import may store the same name at this moment: the second one to come takes what is there. All insert in the
    same order, so that they wait for each other instead of locking each other out.
    """
    if not missing:
        return {}
    rows = [
        {"kind": kind, "name": written[key], "folded": folded, "distinction": distinction, "only_in_id": only_in}
        for key, (kind, folded, distinction, only_in) in sorted(missing.items(), key=lambda item: str(item[1]))
    ]
    with connection.cursor() as cursor:
        cursor.execute(_MAKE, [json.dumps(rows, ensure_ascii=False)])
        new = [Entity.from_db(connection.alias, _MADE, values) for values in cursor.fetchall()]
    found = new if len(new) == len(rows) else _stored(missing.values())
    by_identity = {(e.kind, e.folded, e.distinction, e.only_in_id): e for e in found}
    entities = {key: by_identity[identity] for key, identity in missing.items()}
    _write_forms(entities.values())
    return {key: entity.standing for key, entity in entities.items()}


def _stored(identities: Collection[Identity]) -> Iterable[Entity]:
    """These entities, and others of the same names."""
    scope = Q(only_in=None) | Q(only_in__in={only_in for *_, only_in in identities})
    named = Entity.objects.filter(scope, folded__in={folded for _, folded, _, _ in identities})
    return named.select_related("merged_into")


def _write_forms(entities: Iterable[Entity]) -> None:
    Alias.objects.bulk_create(
        (
            Alias(entity=entity, form=form, folded=fold(form), curated=True)
            for entity in entities
            if not entity.distinction and not entity.only_in_id
            for form in curated_forms(entity.kind, entity.folded)
        ),
        ignore_conflicts=True,
    )
