"""What speaks of an entity and moves with it: each app names its own through settings.ENTITY_REFERENCES."""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from articles.models import Entity, Mention


class References(NamedTuple):
    """Rows of one model with a foreign key `entity`, and what they are called where a merge or split is previewed."""

    label: str
    name: str | Promise
    rows: QuerySet

    def of(self, ids: Collection[int]) -> QuerySet:
        """The rows of these primary keys, whatever entity they speak of by now."""
        return self.rows.model.objects.filter(pk__in=ids)


def mentions_of(entity: Entity, articles: Collection[int] | None = None) -> References:
    """The entity's mentions, all of them or those in any revision of some articles."""
    rows = Mention.objects.filter(entity=entity)
    if articles is not None:
        rows = rows.filter(revision__article__in=articles)
    return References("mentions", _("مواضع الورود"), rows)


def references_to(entity: Entity, articles: Collection[int] | None = None) -> Iterator[References]:
    """Everything that speaks of an entity, all of it or what belongs to some articles."""
    for path in settings.ENTITY_REFERENCES:
        refer: Callable[..., References] = import_string(path)
        yield refer(entity, articles)
