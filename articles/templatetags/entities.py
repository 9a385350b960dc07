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
