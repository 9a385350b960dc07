"""What is asked of the search, and what it answers."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from articles.models import Article, Source
from articles.models.articles import ArticleQuerySet


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Reader:
    """What somebody may find: articles of these statuses, and with `member` true what is suggested in them.

    `closed` are the sources (primary keys) whose articles this one may not find.
    """

    statuses: tuple[str, ...]
    member: bool
    closed: tuple[int, ...] = ()

    @classmethod
    def of(cls, user: AbstractBaseUser | AnonymousUser) -> "Reader":
        """As ArticleQuerySet.visible_to."""
        if user.has_perm("articles.view_unpublished"):
            return cls(tuple(Article.Status.values), member=True)
        if user.is_authenticated:
            return cls((Article.Status.PUBLISHED,), member=True)
        return cls((Article.Status.PUBLISHED,), member=False).outside() if settings.PUBLIC_READING else cls((), False)

    def outside(self) -> "Reader":
        """The same where what was found leaves the house: without the internal sources. One query."""
        closed = Source.objects.internal().order_by("pk").values_list("pk", flat=True)
        return replace(self, closed=tuple(closed))

    def articles(self) -> ArticleQuerySet:
        """What may be found, as the database knows it at this moment."""
        readable = Article.objects.filter(status__in=self.statuses)
        return readable.exclude(source__in=self.closed) if self.closed else readable


@dataclass(frozen=True)
class SearchQuery:
    """What a reader asks for. Days are in the newsroom's time zone, both included; empty means not restricted.

    `text` is in the query language (articles.search.asking). An article fits when it names every one of the entities,
    and is of one of the sources, languages and statuses. `marked` asks for articles with or without marks.
    """

    text: str = ""
    sources: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    entities: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    marked: bool | None = None
    sort: Sort = Sort.RELEVANCE


@dataclass(frozen=True)
class SearchPage:
    """One page of results: article ids in order, and how many there are in all.

    `every`: whether `total` counts articles that hold every word. Where none does it counts those that hold some, and
    where few do the last `nearby` of the ids hold only some and are not counted. `scores` goes with the ids; all are 0
    where nothing was asked that one article could answer better than another. `notes`: what was not understood.
    """

    ids: list[int]
    total: int
    scores: list[float] = field(default_factory=list)
    nearby: int = 0
    notes: tuple[str, ...] = ()
    every: bool = True
