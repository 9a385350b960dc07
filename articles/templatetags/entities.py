"""Links to entities and to the articles that name them."""

from datetime import date
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from articles.models import Entity

register = template.Library()


@register.simple_tag
def articles_naming(*entities: Entity | int, since: date | None = None, until: date | None = None) -> str:
    """The address of the articles that name all of these, in these days."""
    asked: list[tuple[str, object]] = [("entity", getattr(entity, "pk", entity)) for entity in entities]
    asked += [(name, day.isoformat()) for name, day in (("since", since), ("until", until)) if day]
    return f"{reverse('article_list')}?{urlencode(asked)}"


@register.simple_tag(takes_context=True)
def without_entity(context: template.Context, entity: Entity) -> str:
    """The address of this list without one of the entities that its form restricts it to, from its first page."""
    asked = context["request"].GET.copy()
    # Not what was asked for: an entity that was merged may stand there under its old number.
    asked.setlist("entity", [str(other.pk) for other in context["form"].cleaned_data["entity"] if other != entity])
    asked.pop("page", None)
    return f"{reverse('article_list')}?{asked.urlencode()}"
