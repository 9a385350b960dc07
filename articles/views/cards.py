"""What a list shows of each article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models.functions import Substr
from django.utils.text import Truncator

from articles.layers import MarkCount, counts_of
from articles.models import Article

# Enough characters of the text to hold a long headline and the first lines after it.
OPENING = 1200
FIRST_LINES = 45  # words
LONGEST_LINES = 400  # characters, for a text of words without end
# A comma before the ellipsis says nothing.
BEFORE_ELLIPSIS = re.compile(r"[\s،؛:,;.]+…$")


@dataclass(frozen=True)
class Card:
    article: Article
    first_lines: str
    marks: MarkCount


def cards_of(ids: Sequence[int], user: AbstractBaseUser | AnonymousUser) -> list[Card]:
    """The articles of these ids, in this order, that the person may read; two queries and one per kind of count."""
    articles = (
        Article.objects.visible_to(user)
        .filter(pk__in=ids)
        .select_related("source")
        .annotate(opening=Substr("current_revision__text", 1, OPENING))
        .in_bulk()
    )
    marks = counts_of(list(articles), user)
    return [
        Card(article=articles[pk], first_lines=_first_lines(articles[pk].opening), marks=marks.get(pk, MarkCount()))
        for pk in ids
        if pk in articles
    ]


def _first_lines(opening: str | None) -> str:
    """What follows the headline, cut between words."""
    _, _, body = (opening or "").partition("\n")
    lines = Truncator(body.replace("\n", " ")).words(FIRST_LINES, truncate="…")
    return BEFORE_ELLIPSIS.sub("…", Truncator(lines).chars(LONGEST_LINES, truncate="…"))
