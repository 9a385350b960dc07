"""Which quotes are somebody's own, and which are about somebody.

The articles in which they can stand are found first, by their indexes; marks are looked at in a bounded number of them.
"""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotations.models import Attribution, Part
from articles.models import Entity, Mention
from articles.models.articles import ArticleQuerySet

Role, Certainty = Attribution.Role, Attribution.Certainty
# As Attribution.speaks.
SPEAKS = Q(order=0) | Q(role=Role.JOINT)


def articles_quoting(entity: Entity, articles: ArticleQuerySet) -> list[ArticleQuerySet]:
    """Where quotes of an entity can stand: in articles that name it, or that attribute words to it.

    Apart, as each has its index; an article may be in several.
    """
    linked = Attribution.objects.filter(entity=entity)
    merged = Attribution.objects.filter(entity__merged_into=entity)
    return [
        *articles_naming(entity, articles),
        *(articles.filter(pk__in=links.values("annotation__revision__article")) for links in (linked, merged)),
    ]


def articles_naming(entity: Entity, articles: ArticleQuerySet) -> list[ArticleQuerySet]:
    return [articles.filter(current_revision__in=Mention.objects.filter(entity=entity).values("revision"))]


def said_by(entity: Entity, *, confirmed: bool) -> Q:
    """Quotes whose words are this one's, by the rule of annotations.searching.

    Where an attribution names no entity, the one that is named in the speaker's words has spoken: a person, or who is
    named by just these words. `confirmed`: as far as people have confirmed it.
    """
    links = Attribution.objects.filter(SPEAKS, annotation=OuterRef("pk"))
    if confirmed:
        links = links.filter(certainty=Certainty.CONFIRMED)
    by_entity = links.filter(Q(entity=entity) | Q(entity__merged_into=entity))
    words = Part.objects.filter(annotation=OuterRef("speaker"), role=Part.Role.CONTENT)
    named = _naming(entity)
    if entity.kind != Entity.Kind.PERSON:
        named = named.filter(start=OuterRef("start"), end=OuterRef("end"))
    by_name = links.filter(Exists(words.filter(Exists(named))), entity=None)
    return Q(Exists(by_entity)) | Q(Exists(by_name))


def said_about(entity: Entity) -> Q:
    """Quotes of others whose words name the entity, in the text on which they were marked."""
    words = Part.objects.filter(annotation=OuterRef("pk"), role=Part.Role.CONTENT)
    return Q(Exists(words.filter(Exists(_naming(entity))))) & ~said_by(entity, confirmed=False)


def _naming(entity: Entity) -> QuerySet[Mention]:
    """Mentions of an entity inside a part, for a subquery about parts."""
    return Mention.objects.filter(
        entity=entity,
        revision=OuterRef("annotation__revision"),
        start__gte=OuterRef("start"),
        end__lte=OuterRef("end"),
    )


def newest(branches: list[ArticleQuerySet], most: int) -> QuerySet:
    """The newest articles of several queries, as rows (id, appeared_at), the newest first."""
    first, *others = [branch.newest_first().values_list("id", "appeared_at")[:most] for branch in branches]
    return first.union(*others).order_by("-appeared_at", "-id")[:most] if others else first


def newest_ids(branches: list[ArticleQuerySet], most: int) -> QuerySet:
    """For a subquery: the newest articles of each query, in no order."""
    first, *others = [branch.newest_first().annotate(found=F("id")).values("found")[:most] for branch in branches]
    return first.union(*others) if others else first
