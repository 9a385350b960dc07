"""What the archive says of one entity, as one person may read it. A fixed number of queries, whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import connection
from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language_bidi

from articles.language.tokens import sentences
from articles.models import Article, Entity, Mention
from articles.models.articles import ArticleQuerySet
from articles.rendering import Segment
from articles.timelines import Timeline, beginning, timeline, unit_for
from articles.views.entity_offices import Office, Written, offices_of

Reader = AbstractBaseUser | AnonymousUser

# Of whom many articles name, company is read from the newest of them, of whom thousands do also forms and offices; the
# page says so.
RECENT, WHOLE = 500, 2_000
COMPANY = 24
FORMS = 30
SENTENCES = 3  # of one article
# Code points of a long sentence shown on either side of the name.
AROUND = 160


# The articles are gone through once for both. Days are those of the newsroom's time zone.
_SUMMARY = """
    SELECT source_id, name, day, COUNT(*),
           CASE GROUPING(source_id) WHEN 0 THEN MIN(appeared_at) END,
           CASE GROUPING(source_id) WHEN 0 THEN MAX(appeared_at) END
    FROM (
        SELECT source_id, name, appeared_at, (appeared_at AT TIME ZONE %s)::date AS day
        FROM ({articles}) AS named (source_id, name, appeared_at)
    ) AS dated
    GROUP BY GROUPING SETS ((source_id, name), (day))
"""


# Who is named in these revisions beside an entity, in how many of them.
_COMPANY = """
    SELECT entity.*, counted.together
    FROM (
        SELECT entity_id, COUNT(DISTINCT revision_id) AS together FROM articles_mention
        WHERE revision_id = ANY (%s) AND entity_id <> %s GROUP BY entity_id ORDER BY together DESC, entity_id LIMIT %s
    ) AS counted
    JOIN articles_entity AS entity ON entity.id = counted.entity_id
    WHERE entity.only_in_id IS NULL
"""


class SourceShare(NamedTuple):
    """How many articles of a source name the entity, and when the first and the last of them appeared."""

    source: int
    name: str
    number: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Place:
    """A sentence with the name in it; `mention` is the first one there, to link to."""

    mention: Mention
    segments: list[Segment]


@dataclass(frozen=True)
class Naming:
    """An article that names the entity: its first sentences that do, and how many mentions there are in all."""

    article: Article
    places: list[Place]
    mentions: int


class EntityFacts:
    """Each of these is asked for when it is first read: one pass over all articles that name the entity, one over the
    newest, and what the newest say."""

    def __init__(self, entity: Entity, user: Reader):
        self.entity = entity
        named = Mention.objects.filter(entity=entity)
        self.articles: ArticleQuerySet = Article.objects.visible_to(user).filter(
            current_revision__in=named.values("revision")
        )

    @cached_property
    def _summary(self) -> tuple[list[SourceShare], dict[date, int]]:
        """What each source says of it, and how many articles of each day do."""
        articles, values = (
            self.articles.order_by().values("source_id", "source__name", "appeared_at").query.sql_with_params()
        )
        with connection.cursor() as cursor:
            cursor.execute(_SUMMARY.format(articles=articles), [timezone.get_current_timezone_name(), *values])
            rows = cursor.fetchall()
        shares = [SourceShare(*row[:2], *row[3:]) for row in rows if row[2] is None]
        days = {day: number for _, _, day, number, *_ in rows if day is not None}
        return sorted(shares, key=lambda share: (-share.number, share.name)), days

    @property
    def sources(self) -> list[SourceShare]:
        """Who names it, the most frequent first."""
        return self._summary[0]

    @property
    def total(self) -> int:
        return sum(share.number for share in self.sources)

    @property
    def first(self) -> datetime:
        return min(share.first for share in self.sources)

    @property
    def last(self) -> datetime:
        return max(share.last for share in self.sources)

    @cached_property
    def timeline(self) -> Timeline:
        days = self._summary[1]
        unit = unit_for(min(days), max(days))
        numbers: Counter[date] = Counter()
        for day, number in days.items():
            numbers[beginning(day, unit)] += number
        return timeline(numbers, unit, backwards=get_language_bidi())

    @property
    def is_sampled(self) -> bool:
        """Whether company is that of the newest articles only."""
        return self.total > RECENT

    @property
    def is_written_sampled(self) -> bool:
        """Whether forms and offices are those of the newest articles only."""
        return self.total > WHOLE

    @cached_property
    def _written(self) -> list[Written]:
        few = self.total <= WHOLE
        texts = self.articles.order_by().values("current_revision") if few else list(self._recent.values())
        mentions = Mention.objects.filter(entity=self.entity, revision__in=texts).order_by()
        rows = mentions.values_list("surface", "role", "revision__article__source__name").annotate(
            Count("pk"), Min("revision__article__appeared_at"), Max("revision__article__appeared_at")
        )
        return [Written(*row) for row in rows]

    @property
    def forms(self) -> list[tuple[str, int]]:
        """The forms of the name as they stand in the texts."""
        total: Counter[str] = Counter()
        for row in self._written:
            total[" ".join(row.surface.split())] += row.number
        return total.most_common(FORMS)

    @cached_property
    def offices(self) -> list[Office]:
        """What it was called beside its name, as the texts have it, the latest first."""
        return offices_of(self._written)

    @cached_property
    def company(self) -> list[Entity]:
        """Who is named in the same articles, with `together`, the number of these, not only in one of them."""
        beside = [list(self._recent.values()), self.entity.pk, 3 * COMPANY]
        others = list(Entity.objects.raw(_COMPANY, beside))
        return sorted(others, key=lambda other: (-other.together, other.name))[:COMPANY]

    def newest(self, first: int, last: int) -> list[Article]:
        """The articles of these ranks (the newest is 0), with their sources and texts."""
        ids = list(self._recent)[first:last]
        if last > RECENT:
            ids = self.articles.newest_first().values_list("pk", flat=True)[first:last]
        found = Article.objects.select_related("source", "current_revision").in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    @cached_property
    def _recent(self) -> dict[int, int]:
        """The newest articles that name it, the newest first, each with its current revision."""
        return dict(self.articles.newest_first().values_list("pk", "current_revision")[:RECENT])


def namings(articles: Sequence[Article], entity: Entity) -> list[Naming]:
    """These articles with the sentences that name the entity; they bring their current revisions. One query."""
    mentions: dict[int, list[Mention]] = defaultdict(list)
    revisions = {article.current_revision_id: article for article in articles}
    for mention in Mention.objects.filter(entity=entity, revision__in=revisions).order_by("start"):
        mentions[mention.revision_id].append(mention)
    return [
        Naming(article, _places(article, found)[:SENTENCES], len(found))
        for article in articles
        if (found := mentions[article.current_revision_id])
    ]


def _places(article: Article, mentions: Iterable[Mention]) -> list[Place]:
    text = article.current_revision.text
    grouped: dict[tuple[int, int], list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault(_sentence_around(text, mention), []).append(mention)
    return [Place(found[0], _segments(text, span, found)) for span, found in grouped.items()]


def _sentence_around(text: str, mention: Mention) -> tuple[int, int]:
    begin = text.rfind("\n", 0, mention.start) + 1
    end = text.find("\n", mention.start)
    line = text[begin : len(text) if end < 0 else end]
    for span in sentences(line):
        if begin + span.start <= mention.start < begin + span.end:
            return begin + span.start, max(begin + span.end, mention.end)
    return begin, begin + len(line)


def _segments(text: str, span: tuple[int, int], mentions: Sequence[Mention]) -> list[Segment]:
    """The sentence, cut between words where it is long, with the name as segments of their own."""
    start, end = _shortened(text, span, mentions[0])
    inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    segments = [Segment("…" if start > span[0] else "", "", {})]
    for mention in inside:
        segments += [Segment(text[start : mention.start], "", {}), Segment(mention.surface, "named", {})]
        start = mention.end
    return [*segments, Segment(text[start:end] + ("…" if end < span[1] else ""), "", {})]


def _shortened(text: str, span: tuple[int, int], mention: Mention) -> tuple[int, int]:
    start, end = span
    if mention.start - start > AROUND:
        cut = text.find(" ", mention.start - AROUND, mention.start)
        start = cut + 1 if cut >= 0 else start
    if end - mention.end > AROUND:
        cut = text.rfind(" ", mention.end, mention.end + AROUND)
        end = cut if cut >= 0 else end
    return start, end
