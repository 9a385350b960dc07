"""What lies over an article's text: each app adds its layer through settings.ARTICLE_LAYERS.

Articles know nothing of annotations; the page asks every layer for spans to draw and panels to show beside the text.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.module_loading import import_string

from articles.models import Revision


class LayerSpan(NamedTuple):
    """Code points [start, end) of the revision's text, and what the element over them carries."""

    start: int
    end: int
    classes: str
    attributes: dict[str, str]


class Panel(NamedTuple):
    """A part of the article page beside the text: a template and what it is given."""

    template: str
    context: dict[str, Any]


class MarkCount(NamedTuple):
    """What people made or confirmed, and what waits for their decision."""

    marks: int = 0
    suggestions: int = 0


@dataclass
class Layer:
    spans: list[LayerSpan] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)


def layers_of(revision: Revision, user: AbstractBaseUser | AnonymousUser) -> list[Layer]:
    """Every layer of a revision as this person may see it, in the order of the settings."""
    return [import_string(path)(revision, user) for path in settings.ARTICLE_LAYERS]


def counts_of(articles: list[int], user: AbstractBaseUser | AnonymousUser) -> dict[int, MarkCount]:
    """Marks per article id, summed over what the apps count; ids without any are left out."""
    totals: dict[int, MarkCount] = {}
    for path in settings.ARTICLE_COUNTS:
        count: Callable[..., dict[int, MarkCount]] = import_string(path)
        for article, number in count(articles, user).items():
            before = totals.get(article, MarkCount())
            totals[article] = MarkCount(before.marks + number.marks, before.suggestions + number.suggestions)
    return totals
