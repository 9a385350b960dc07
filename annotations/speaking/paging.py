"""Quotes from the newest articles on, page by page, each page beginning where the one before it ended.

No page looks at more than so many articles. Of whom many articles speak and few quote, a page may end before it is
full: it then says down to which day it has looked, and the next one goes on from there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from annotations.models import Annotation
from annotations.models.annotations import AnnotationQuerySet
from annotations.speaking.audience import Audience
from annotations.speaking.loading import loaded
from annotations.speaking.selecting import newest, newest_ids
from articles.models.articles import ArticleQuerySet

PER_PAGE = 20
# Articles looked at for one page: so many, and where these hold too few quotes so many more.
WINDOWS = (200, 1_000)
# For a few lines on another page.
GLANCE = 200
EVERY = Q()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class After:
    """A place in the order of the list: behind a mark of an article that appeared at a moment."""

    moment: datetime
    article: int
    mark: int = _LARGEST

    def __str__(self) -> str:
        return f"{(self.moment - _EPOCH) // timedelta(microseconds=1)}_{self.article}_{self.mark}"

    @classmethod
    def read(cls, written: str) -> "After | None":
        """As `str` wrote it; None for anything else."""
        try:
            moment, article, mark = map(int, written.split("_"))
            after = cls(_EPOCH + timedelta(microseconds=moment), article, mark)
        except (ValueError, OverflowError):
            return None
        return after if min(article, mark) >= 0 and max(article, mark) <= _LARGEST else None

    @property
    def articles(self) -> Q:
        """The article itself while marks of it may follow, and those behind it."""
        behind = Q(id__lt=self.article) if self.mark == _LARGEST else Q(id__lte=self.article)
        return Q(appeared_at__lt=self.moment) | Q(appeared_at=self.moment) & behind


@dataclass(frozen=True)
class Quotes:
    """Which quotes are listed: in what articles they can stand (see selecting), and which of the marks there."""

    audience: Audience
    branches: Callable[[ArticleQuerySet], list[ArticleQuerySet]]
    chosen: Q
    marks: Q = EVERY
    articles: Q = EVERY

    def _branches(self, *, after: After | None = None) -> list[ArticleQuerySet]:
        readable = self.audience.articles.filter(self.articles)
        return self.branches(readable.filter(after.articles) if after else readable)

    @property
    def _quotes(self) -> AnnotationQuerySet:
        return self.audience.quotes.filter(self.marks).filter(self.chosen)

    def glance(self, most: int) -> list[Annotation]:
        """The newest few, as far as they stand in the newest articles; one query."""
        articles = newest_ids(self._branches(), GLANCE)
        found = self._quotes.filter(revision__article__in=articles)
        ordered = found.order_by("-revision__article__appeared_at", "-revision__article", "pk")
        return loaded(ordered[:most], self.audience)

    def page(self, after: After | None = None, *, per_page: int = PER_PAGE) -> "QuotesPage":
        """At most two queries a window, and one or two for what is shown."""
        found: list[After] = []
        place, more = after, True
        for most in WINDOWS:
            window = list(newest(self._branches(after=place), most))
            found += self._found_in(window, place)
            more = len(window) == most
            if len(found) > per_page or not more:
                break
            moment, article = window[-1][1], window[-1][0]
            place = After(moment, article)
        shown = found[:per_page]
        following = shown[-1] if len(found) > per_page else place if more else None
        return QuotesPage(self._loaded(shown), following, more and len(found) <= per_page)

    def _found_in(self, window: Sequence[tuple[int, datetime]], after: After | None) -> list[After]:
        """The places of the marks in these articles, in order, without those before a place."""
        ranks = {pk: rank for rank, (pk, _) in enumerate(window)}
        rows = self._quotes.filter(revision__article__in=list(ranks)).values_list("revision__article", "pk").order_by()
        places = sorted(rows, key=lambda row: (ranks[row[0]], row[1]))
        return [
            After(window[ranks[article]][1], article, mark)
            for article, mark in places
            if not (after and article == after.article and mark <= after.mark)
        ]

    def _loaded(self, places: Sequence[After]) -> list[Annotation]:
        """These marks; one that was changed meanwhile and is not among them any more is left out."""
        if not places:
            return []
        marks = loaded(self._quotes.filter(pk__in=[place.mark for place in places]), self.audience)
        known = {mark.pk: mark for mark in marks}
        return [known[place.mark] for place in places if place.mark in known]


@dataclass(frozen=True)
class QuotesPage:
    """`following` is where the next page begins. `cut_short`: older articles have not been looked at."""

    marks: list[Annotation]
    following: After | None
    cut_short: bool
