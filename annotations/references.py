"""What annotations say of an entity, for those who merge and split entities."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from annotations.models import Attribution
from articles.models import Entity
from articles.naming.references import References


def attributions_of(entity: Entity, articles: Collection[int] | None = None) -> References:
    """The quotes and claims attributed to an entity, all of them or those in some articles."""
    rows = Attribution.objects.filter(entity=entity)
    if articles is not None:
        rows = rows.filter(annotation__revision__article__in=articles)
    return References("attributions", _("الاقتباسات والادعاءات المسندة"), rows)
