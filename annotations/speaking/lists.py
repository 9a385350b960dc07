"""The two lists of an entity: what it said, and what others said about it."""

from functools import partial

from django.db.models import Q

from annotations.speaking.audience import Audience
from annotations.speaking.paging import EVERY, Quotes
from annotations.speaking.selecting import articles_naming, articles_quoting, said_about, said_by
from articles.models import Entity


def quotes_by(entity: Entity, audience: Audience, *, marks: Q = EVERY, articles: Q = EVERY) -> Quotes:
    """What an entity said, as far as people have confirmed it for those who are no members."""
    chosen = said_by(entity, confirmed=not audience.member)
    return Quotes(audience, partial(articles_quoting, entity), chosen, marks, articles)


def quotes_about(entity: Entity, audience: Audience, *, marks: Q = EVERY, articles: Q = EVERY) -> Quotes:
    """Quotes of others in whose words the entity is named."""
    return Quotes(audience, partial(articles_naming, entity), said_about(entity), marks, articles)
