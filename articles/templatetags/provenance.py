"""Where an article comes from, for its page."""

from typing import NamedTuple

from django import template

from articles.models import Article, Source
from articles.provenance.credits import names_no_origin
from articles.provenance.telling import Telling, telling_of

register = template.Library()
# The story's page has the rest.
MOST_BESIDE = 8


class Provenance(NamedTuple):
    """`telling` is None where the reader sees no copy of the article."""

    telling: Telling | None
    credited: Source | None

    @property
    def is_known(self) -> bool:
        return bool(self.credited or self.telling)


@register.simple_tag(takes_context=True)
def provenance_of(context: template.Context, article: Article) -> Provenance:
    """One query at most."""
    telling = telling_of(article.story_id, context["user"]) if article.story_id else None
    if telling:
        own = next((copy for copy in telling.articles if copy.pk == article.pk), article)
        return Provenance(telling, own.credited_source)
    return Provenance(None, article.credited_source)


@register.filter
def leaves_origin_unnamed(article: Article) -> bool:
    """Whether the article is known to be others', and nothing says whose."""
    if article.credited_source_id:
        return False
    return names_no_origin(article.credit) if article.credit else article.source.kind == Source.Kind.REPUBLISHER


@register.filter
def copies_beside(telling: Telling, article: Article) -> list[Article]:
    """The other copies, as many as stand beside a text."""
    return telling.others(article)[:MOST_BESIDE]
