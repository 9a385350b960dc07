"""Entities by what a person types of their name."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q

from articles.language.folding import fold
from articles.models import Alias, Entity, EntityCount

# Of fewer letters most names hold some, so that their other forms need not be asked: the first ones met are enough.
_TELLING = 3
_SPARE = 3


def entities_called(text: str, user: AbstractBaseUser | AnonymousUser, *, most: int) -> list[Entity]:
    """At most so many whose name or another form of it holds the text, in any spelling, the most named first.

    Each has `articles`, how many articles that this person may read name it: those that none names are left out. So are
    names that stand for one article alone, which mean somebody else in another.
    """
    folded = " ".join(fold(text).split())
    if not folded:
        return []
    holds = Q(folded__contains=folded)
    counts = EntityCount.objects.counted_for(user)
    shared = Entity.objects.standing().filter(only_in=None)
    if len(folded) < _TELLING:
        counts = counts.filter(entity__folded__contains=folded, entity__only_in=None, entity__merged_into=None)
    else:
        by_form = Alias.objects.filter(holds).values("entity")
        counts = counts.filter(entity__in=shared.filter(holds).order_by().values("pk").union(by_form))
    # A count may be a moment old: a few more are asked for, and what nobody may see any more is left out.
    counted = dict(counts.values_list("entity", "articles")[: _SPARE * most])
    visible = shared.visible_to(user).in_bulk(counted)
    for pk, entity in visible.items():
        entity.articles = counted[pk]
    return [visible[pk] for pk in counted if pk in visible][:most]
