"""Names in a query → primary keys, from PostgreSQL: outlets, and entities with all that was merged into them."""

from collections.abc import Collection

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from articles.language.folding import fold
from articles.models import Alias, Entity, Mention, Source
from articles.search.asking.parts import Field
from articles.search.query import Reader
from articles.search.sql import Folded

KINDS = {
    Field.PERSON: (Entity.Kind.PERSON,),
    Field.ORGANISATION: (Entity.Kind.ORGANISATION,),
    Field.PLACE: (Entity.Kind.PLACE,),
    Field.SPEAKER: tuple(Entity.Kind),
}
# A name that so many bear says nothing; those that most articles name are meant.
MOST_BEARERS = 200
_MOST_SOURCES = 500

# Primary key of an entity → its kind, which is the field of the index that holds it.
Kinds = dict[int, str]


def sources_named(text: str) -> list[int]:
    """Outlets of which the name in either language, the key or a domain contains the text, folded."""
    folded = _collapsed(text)
    if not folded:
        return []
    domain = folded.removeprefix("www.")
    named = Source.objects.annotate(folded=Folded("name"), folded_en=Folded("name_en"), folded_key=Folded("key"))
    fits = (
        Q(folded__contains=folded)
        | Q(folded_en__contains=folded)
        | Q(folded_key__contains=domain)
        | Q(domains__domain__contains=domain)
    )
    return list(named.filter(fits).order_by("pk").values_list("pk", flat=True).distinct()[:_MOST_SOURCES])


def entities_named(field: Field, text: str) -> Kinds:
    """The entities that bear a name, with those that are one with them.

    Who bears exactly this name in any article comes alone; else all whose name or other form holds these words.
    """
    folded = _collapsed(text)
    if not folded:
        return {}
    exactly, within = Q(folded=folded), _holds(folded)
    found = _bearers(exactly, KINDS[field], anywhere=True)
    found = found or _bearers(within, KINDS[field], anywhere=False)
    return {pk: kind for family in families(found) for pk, kind in family.items()}


def families(entities: Collection[int]) -> list[Kinds]:
    """For each entity what it is one with: itself, what it was merged into, and all that was merged into that.

    In an order of their own; an id that nothing has gives an empty one.
    """
    if not entities:
        return []
    one_with = Coalesce("merged_into", "pk")
    standing = Entity.objects.filter(pk__in=entities).values(standing=one_with)
    rows = Entity.objects.filter(Q(pk__in=standing) | Q(merged_into__in=standing)).order_by("pk")
    stands_for: dict[int, int] = {}
    members: dict[int, Kinds] = {}
    for pk, kind, into in rows.values_list("pk", "kind", one_with):
        stands_for[pk] = into
        members.setdefault(into, {})[pk] = kind
    return [members[into] if into else {} for into in dict.fromkeys(stands_for.get(pk) for pk in entities)]


def stand_in(field: Field, named: Collection[int], reader: Reader) -> bool:
    """Whether an article that this reader may find is of one of the outlets, or names one of the entities.

    Who may read no other articles does not learn from an answer that such a name exists.
    """
    if field is Field.SOURCE:
        return reader.articles().filter(source__in=named).exists()
    readable = Q(revision__article__status__in=reader.statuses, revision__article__current_revision=F("revision"))
    mentions = Mention.objects.filter(readable, entity__in=named)
    return (mentions.exclude(revision__article__source__in=reader.closed) if reader.closed else mentions).exists()


def _bearers(names: Q, kinds: Collection[str], *, anywhere: bool) -> list[int]:
    """The most named first. `anywhere`: without those that stand for one article alone, whose name is but a surname."""
    named = Entity.objects.filter(names).values("pk").union(Alias.objects.filter(names).values("entity"))
    found = Entity.objects.filter(kind__in=kinds, pk__in=named)
    if anywhere:
        found = found.filter(only_in=None)
    ordered = found.order_by(F("count__in_all").desc(nulls_last=True), "pk")
    return list(ordered.values_list("pk", flat=True)[:MOST_BEARERS])


def _holds(folded: str) -> Q:
    """Names that hold the words, whole and in this order."""
    return (
        Q(folded=folded)
        | Q(folded__startswith=f"{folded} ")
        | Q(folded__endswith=f" {folded}")
        | Q(folded__contains=f" {folded} ")
    )


def _collapsed(text: str) -> str:
    return " ".join(fold(text).split())
