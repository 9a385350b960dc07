"""Which articles are new since when: what was imported since, and what waited for review and was published since."""

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


def present() -> Point:
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first()
    return Point(newest or 0, timezone.now())


def settled() -> Point:
    """A moment a little ago, before which nothing is added any more: what is told up to here is told of completely."""
    at = timezone.now() - _SETTLED
    newest = Article.objects.filter(imported_at__lte=at).order_by("-pk").values_list("pk", flat=True).first()
    return Point(newest or 0, at)


def released_between(after: Point, until: Point) -> list[int]:
    """Primary keys of articles that were published after a review between two moments, the newest of them."""
    released = Release.objects.filter(released_at__gt=after.at, released_at__lte=until.at)
    return list(released.order_by("-released_at").values_list("pk", flat=True)[:_MOST_RELEASED])
