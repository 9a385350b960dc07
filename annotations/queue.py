"""What waits for a person: suggestions by article, marks in changed texts, what was said to them, what others changed.

Each part is a queryset that a page of few rows is taken from; nothing here counts an archive.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from annotations.commenting import mentions_waiting_for
from annotations.models import Annotation, Attribution, Backlog, ChangedMark, CommentMention, Placement
from annotations.permissions import decided_marks_open_to
from articles.models import Article

# Suggestions of an article that its line in the queue shows.
SHOWN_EACH = 2


@dataclass(frozen=True)
class Filters:
    """What the suggestions are narrowed by: a source, a kind (empty: quotes and claims), a least confidence."""

    source: int | None = None
    kind: str = ""
    confidence: float = 0


@dataclass
class WaitingArticle:
    """An article with how many suggestions wait in it, and the surest of them."""

    article: Article
    number: int
    best: float
    marks: list[Annotation] = field(default_factory=list)


class Numbers(NamedTuple):
    """How much waits beside the suggestions."""

    places: int
    comments: int
    changes: int


def backlog(user: AbstractBaseUser, filters: Filters) -> QuerySet[Backlog]:
    """Articles with suggestions, those with the most and the surest first."""
    waiting = Backlog.objects.filter(kind=filters.kind).visible_to(user).most_first()
    if filters.confidence:
        waiting = waiting.filter(best__gte=filters.confidence)
    if filters.source:
        waiting = waiting.filter(revision__article__source=filters.source)
    return waiting


def articles_of(rows: QuerySet[Backlog], filters: Filters) -> list[WaitingArticle]:
    """A page of the backlog with the surest suggestions of each article; four queries."""
    related = rows.select_related("revision__article__source")
    found = list(related.defer("revision__text", "revision__blocks", "revision__evidence"))
    surest = _surest([row.revision_id for row in found], filters)
    return [
        WaitingArticle(row.revision.article, row.number, row.best, surest.get(row.revision_id, [])) for row in found
    ]


def next_article(
    user: AbstractBaseUser, filters: Filters, *, after: int, number: int | None = None, best: float | None = None
) -> Article | None:
    """The article that follows one in the queue, and the first after the last; None where nothing else waits.

    `number` and `best` are what waited in it when the person came to it; by now it may wait for nobody any more.
    """
    waiting = backlog(user, filters).exclude(revision__article=after).select_related("revision__article__source")
    waiting = waiting.defer("revision__text", "revision__blocks", "revision__evidence")
    here = Backlog.objects.filter(kind=filters.kind, revision__article=after).order_by("-revision").first()
    revision = here.revision_id if here else 0
    if number is None:
        number, best = (here.number, here.best) if here else (0, 0)
    found = waiting.after(number, best or 0, revision).first() or waiting.first()
    return found.revision.article if found else None


def marks_in_doubt(user: AbstractBaseUser) -> QuerySet[Annotation]:
    """Marks about whose place in a changed text this person may decide, of the latest articles first."""
    waiting = Placement.objects.waiting().values("part__annotation")
    marks = Annotation.objects.visible_to(user).filter(decided_marks_open_to(user), pk__in=waiting)
    return marks.order_by("-revision__article__appeared_at", "pk")


def comments_to(user: AbstractBaseUser) -> QuerySet[CommentMention]:
    """What was said to this person and they have not seen, the latest first."""
    return mentions_waiting_for(user).order_by("-comment__pk")


def changes_for(user: AbstractBaseUser) -> QuerySet[ChangedMark]:
    """What others changed on this person's marks since they looked, the latest first."""
    readable = Article.objects.visible_to(user).filter(pk=OuterRef("change__revision__article"))
    return ChangedMark.objects.filter(Exists(readable), owner=user.pk, seen_at=None).order_by("-pk")


def numbers_for(user: AbstractBaseUser) -> Numbers:
    """One query."""
    parts = {"places": marks_in_doubt(user), "comments": comments_to(user), "changes": changes_for(user)}
    one = get_user_model().objects.filter(pk=user.pk)
    return Numbers(**one.values(**{name: _number(part) for name, part in parts.items()}).get())


def _number(rows: QuerySet) -> Coalesce:
    grouped = rows.order_by().annotate(all_of_them=Value(1)).values("all_of_them")
    return Coalesce(Subquery(grouped.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)


def _surest(revisions: Sequence[int], filters: Filters) -> dict[int, list[Annotation]]:
    kinds = [filters.kind] if filters.kind else [Annotation.Kind.QUOTE, Annotation.Kind.CLAIM]
    rank = Window(RowNumber(), partition_by=F("revision"), order_by=[F("confidence").desc(), F("pk")])
    marks = Annotation.objects.suggested().filter(
        revision__in=revisions, kind__in=kinds, confidence__gte=filters.confidence
    )
    found: dict[int, list[Annotation]] = {}
    named = Attribution.objects.exclude(entity=None, name="").select_related("entity").order_by("order")
    marks = marks.annotate(rank=rank).filter(rank__lte=SHOWN_EACH).order_by("rank")
    for mark in marks.prefetch_related("parts", Prefetch("attributions", queryset=named)):
        found.setdefault(mark.revision_id, []).append(mark)
    return found
