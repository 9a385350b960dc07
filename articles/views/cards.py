"""What a list shows of each article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models.functions import Substr
from django.utils.text import Truncator

from articles.layers import MarkCount, counts_of
from articles.models import Article
from articles.search.asking import Asked
from articles.search.passages import Excerpt, excerpt_of, marks_in, passages_of

# Enough characters of the text to hold a long headline and the first lines after it.
OPENING = 1200
# So much of a text is looked through for passages.
READ_FOR_PASSAGES = 50_000
FIRST_LINES = 45  # words
LONGEST_LINES = 400  # characters, for a text of words without end
# A comma before the ellipsis says nothing.
BEFORE_ELLIPSIS = re.compile(r"[\s،؛:,;.]+…$")


@dataclass(frozen=True)
class Card:
    """An article in a list; its first lines stand where no passage of it holds what was asked."""

    article: Article
    title: Excerpt
    first_lines: str
    marks: MarkCount
    passages: list[Excerpt] = field(default_factory=list)


def cards_of(ids: Sequence[int], user: AbstractBaseUser | AnonymousUser, asked: Asked | None = None) -> list[Card]:
    """The articles of these ids, in this order, that the person may read; two queries and one per kind of count.

    Asked for something, they show where it stands.
    """
    articles = (
        Article.objects.visible_to(user)
        .filter(pk__in=ids)
        .select_related("source")
        .annotate(opening=Substr("current_revision__text", 1, READ_FOR_PASSAGES if asked else OPENING))
        .in_bulk()
    )
    marks = counts_of(list(articles), user)
    return [_card(articles[pk], marks.get(pk, MarkCount()), asked) for pk in ids if pk in articles]


def _card(article: Article, marks: MarkCount, asked: Asked | None) -> Card:
    text = article.opening or ""
    passages = [excerpt_of(text, passage) for passage in passages_of(text, asked)] if asked else []
    return Card(
        article=article,
        title=Excerpt(article.title, marks_in(article.title, asked) if asked else []),
        first_lines="" if passages else _first_lines(text[:OPENING]),
        marks=marks,
        passages=passages,
    )


def _first_lines(opening: str) -> str:
    """What follows the headline, cut between words."""
    _, _, body = opening.partition("\n")
    lines = Truncator(body.replace("\n", " ")).words(FIRST_LINES, truncate="…")
    return BEFORE_ELLIPSIS.sub("…", Truncator(lines).chars(LONGEST_LINES, truncate="…"))
