"""Which articles are new since when: what was imported since, and what waited for review and was published since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from articles.models import Article, Release

# An import's transaction may end after one that began later; none takes so long.
_SETTLED = timedelta(minutes=2)
# More that moderators published between two looks are told of by their number alone.
_MOST_RELEASED = 10_000


@dataclass(frozen=True)
class Point:
    """A moment of the archive: the newest article's primary key then, and the time."""

    article: int
    at: datetime


@dataclass(frozen=True)
class Period:
    """What came in a time: articles of a primary key above `after` and up to `until`, and those that were released."""

    after: int
    until: int
    released: list[int]


def present() -> Point:
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Point(newest or 0, timezone.now())


def settled() -> Point:
    """A moment a little ago, before which nothing is added any more: what is told up to here is told of completely."""
    at = timezone.now() - _SETTLED
    newest = Article.objects.filter(imported_at__lte=at).order_by("-pk").values_list("pk", flat=True).first()
    return Point(newest or 0, at)


def periods(begun: Sequence[Point], until: Point) -> list[Period]:
    """The time from each of these moments to another; one query for all of them."""
    first = min((point.at for point in begun), default=until.at)
    rows = Release.objects.filter(released_at__gt=first, released_at__lte=until.at).order_by("-released_at")
    released = list(rows.values_list("pk", "released_at")[:_MOST_RELEASED])
    return [Period(point.article, until.article, [pk for pk, at in released if at > point.at]) for point in begun]
