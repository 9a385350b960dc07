"""What one reader is told of a story: the copies they may read, and where the text came from as far as these tell."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from articles.language.folding import fold
from articles.models import Article, Source, Story
from articles.provenance.duplicates import bodies_of
from articles.provenance.origins import EARLIEST, Origin, choose_origin, in_time
from articles.provenance.signatures import Body
from articles.provenance.stories import copy_of

Reader = AbstractBaseUser | AnonymousUser
# More copies than any page shows; a text that a thousand sites have is told of by these.
_MOST = 500


@dataclass(frozen=True)
class Telling:
    """A story's articles in time, the undated last, and the origin among them; `outside` is credited but not there."""

    story: Story
    articles: Sequence[Article]
    origin: Origin
    outside: Source | None

    @property
    def first(self) -> Article | None:
        """The article that is the origin."""
        return next((article for article in self.articles if article.pk == self.origin.article), None)

    @property
    def is_firm(self) -> bool:
        """Whether the text is known to have come from the origin, rather than the origin to be the oldest here."""
        return self.origin.by != EARLIEST or not (self.origin.uncertain or self.outside)

    @property
    def sources(self) -> int:
        return len({article.source_id for article in self.articles})

    def others(self, article: Article) -> list[Article]:
        return [other for other in self.articles if other.pk != article.pk]


class Change(NamedTuple):
    """How one copy differs from another, in words: `alike` is the share of words that both have, in percent.

    `numbers` are those of one text alone, the first text's and the second's.
    """

    alike: int
    added: int
    dropped: int
    new_title: bool
    numbers: tuple[list[str], list[str]]


def telling_of(story: int, user: Reader) -> Telling | None:
    """The story of this id; None where this reader may see fewer than two of its articles. One query."""
    visible = Article.objects.visible_to(user).filter(story=story).exclude(current_revision=None)
    related = visible.select_related("source", "credited_source", "story").defer("metadata", "as_read")
    articles = list(related.order_by("pk")[:_MOST])
    if len(articles) < 2:
        return None
    its = articles[0].story
    copies = {article.pk: copy_of(article) for article in articles}
    origin = choose_origin(list(copies.values()))
    if its.origin_by == Story.OriginBy.DECIDED and its.origin_id in copies:
        origin = Origin(its.origin_id, Story.OriginBy.DECIDED)
    credited = {article.credited_source_id: article.credited_source for article in articles}
    articles.sort(key=lambda article: in_time(copies[article.pk]))
    return Telling(its, articles, origin, credited.get(origin.outside))


def changes(articles: Sequence[Article], against: Article) -> Mapping[int, Change]:
    """How each of these differs from one of them, by id; one query."""
    bodies = bodies_of({against.pk, *(article.pk for article in articles)})
    base = bodies.get(against.pk)
    return {
        article.pk: change(base, bodies[article.pk], fold(against.title) != fold(article.title))
        for article in articles
        if base and article.pk != against.pk and article.pk in bodies
    }


def change(old: Body, new: Body, new_title: bool) -> Change:
    before, after = Counter(old.words), Counter(new.words)
    added, dropped = after - before, before - after
    both = 2 * (before & after).total()
    alike = 100 * both // max(len(old.words) + len(new.words), 1)
    numbers = tuple([word for word in words if word.isdigit()] for words in (dropped, added))
    return Change(alike, added.total(), dropped.total(), new_title, numbers)
