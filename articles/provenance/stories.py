"""Copies make a story: articles join and leave it as their texts appear, change, are hidden or deleted."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from articles.models import Article, Story, StoryDue
from articles.provenance.duplicates import Candidate, Known, bodies_of, copies_of, known, sign, sign_new
from articles.provenance.grouping import groups_of
from articles.provenance.origins import Copy, choose_origin
from articles.provenance.signatures import Body

logger = logging.getLogger(__name__)

# One process at a time makes, joins or parts stories. Any number that nothing else here locks by.
_LOCK = 7_301_446_003
# What copy_of() reads.
ORIGIN_FIELDS = (
    *("url", "key", "published_at", "published_precision", "credited_source_id", "credit"),
    *("source__key", "source__kind"),
)


# Without a savepoint of its own: whatever fails here, the import of the article fails as a whole and is tried again.
@transaction.atomic(savepoint=False)
def place(article: int, body: Body) -> int | None:
    """Let the article stand in the story of its copies, or in none; the story's id.

    The outcome for a set of articles is the same in whatever order they come, also when several processes store them.
    """
    before = known(article, body.keys)
    if before is None:
        return None
    sign(article, body.keys, before.keys)
    return _placed(article, body, before)


@transaction.atomic(savepoint=False)
def place_new(article: int, body: Body, status: str) -> int | None:
    """The same for an article that this transaction stored: in no story, and without keys."""
    sign_new(article, body.keys)
    return _placed(article, body, Known(status, story=None, keys=None))


def _placed(article: int, body: Body, before: Known) -> int | None:
    copies = [] if before.status == Article.Status.HIDDEN else copies_of(article, body)
    is_alone = not copies and before.story is None
    stays = before.keys == body.keys and copies and all(copy.story == before.story is not None for copy in copies)
    return before.story if is_alone or stays else _moved(article, copies, is_new=before.keys is None)


def _moved(article: int, copies: Collection[Candidate], *, is_new: bool) -> int | None:
    """Join the copies' stories into one with this article, after parting its own where its text changed."""
    # Rows before stories: who imports one of these again holds its row and then waits for the stories.
    ids = {article, *(copy.article for copy in copies)}
    rows = Article.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    list(rows.values_list("pk", flat=True))
    _lock_stories()
    changed: set[int] = set()
    if not is_new and (own := Article.objects.values_list("story_id", flat=True).get(pk=article)):
        changed |= _part(own)
    standing = dict(rows.exclude(status=Article.Status.HIDDEN).values_list("pk", "story_id"))
    if len(standing) > 1 and article in standing:
        standing[article] = _join(standing)
        changed.add(standing[article])
    _settle_origins(changed)
    return standing.get(article)


def settle_stories(limit: int = 1000) -> int:
    """Look again at what the triggers noted: articles shown, hidden or deleted, and new dates; how many notes.

    A transaction for each, so that nobody waits for long. What another process is at is left to it, and what comes in
    the way of another transaction (a deadlock) to the next time.
    """
    settled = 0
    try:
        while settled < limit and (taken := _settle_one()):
            settled += taken
    except OperationalError:
        logger.warning("stories are settled later", exc_info=True)
    return settled


@transaction.atomic
def _settle_one() -> int:
    """Take the oldest note, and those that say the same; how many."""
    due = StoryDue.objects.order_by("pk").select_for_update(skip_locked=True).first()
    if due is None:
        return 0
    taken, _ = StoryDue.objects.filter(article_id=due.article_id, story_id=due.story_id).delete()
    # No import changes the text between its reading and its placing.
    article = Article.objects.filter(pk=due.article_id).select_for_update(of=("self",), no_key=True)
    for pk, body in bodies_of(list(article.values_list("pk", flat=True))).items():
        place(pk, body)
    if due.story_id:
        _lock_stories()
        _settle_origins(_part(due.story_id))
    return taken


def decide_origin(*, story: Story, origin: Article | None, by: AbstractBaseUser) -> None:
    """Let a person's choice be the origin; without one, credits and dates decide again."""
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        _lock_stories()
        story.origin, story.origin_by = origin, Story.OriginBy.DECIDED if origin else ""
        story.save(update_fields=["origin", "origin_by"])
        _settle_origins({story.pk})


def copy_of(article: Article) -> Copy:
    """What its place in a story is decided by; `article` with its source."""
    since, until = _published(article.published_at, article.published_precision)
    # Who says that the text is others', though not of a source we know, is no origin either.
    credits_unknown = bool(article.credit) and article.credited_source_id is None
    return Copy(
        article.pk,
        article.source_id,
        article.credited_source_id,
        since,
        until,
        article.source.kind == article.source.Kind.REPUBLISHER or credits_unknown,
        article.url or f"{article.source.key} {article.key}",
    )


def _published(at: datetime | None, precision: str) -> tuple[datetime | None, datetime | None]:
    """The time within which an article was published, as far as it is known."""
    if at is None or precision == Article.Precision.MINUTE:
        return at, at and at + timedelta(minutes=1)
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    if precision == Article.Precision.DAY:
        return day, day + timedelta(days=1)
    month = day.replace(day=1)
    return month, (month + timedelta(days=32)).replace(day=1)


def _lock_stories() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _join(standing: dict[int, int | None]) -> int:
    """Make one story of these articles {id: its story} and their stories; its id. A person's decision is kept."""
    stories = {story for story in standing.values() if story}
    kept = sorted(Story.objects.filter(pk__in=stories), key=_endurance) if stories else []
    story = kept[0] if kept else Story.objects.create()
    others = stories - {story.pk}
    if others:
        Article.objects.filter(story__in=others).update(story=story)
        Story.objects.filter(pk__in=others).delete()
    Article.objects.filter(pk__in=[pk for pk, its in standing.items() if its != story.pk]).update(story=story)
    return story.pk


def _endurance(story: Story) -> tuple[bool, int]:
    """Which of several stories stays when they become one."""
    return story.origin_by != Story.OriginBy.DECIDED, story.pk


def _part(story: int) -> set[int]:
    """Let go whatever is no copy of the others any more; the stories that came of it. The largest part stays it."""
    members = Article.objects.filter(story=story)
    members.filter(status=Article.Status.HIDDEN).update(story=None)
    groups = groups_of(bodies_of(members.values_list("pk", flat=True)))
    origin = Story.objects.filter(pk=story, origin_by=Story.OriginBy.DECIDED).values_list("origin", flat=True).first()
    groups.sort(key=lambda group: (origin not in group, -len(group), min(group)))
    if not groups or len(groups[0]) < 2:
        Story.objects.filter(pk=story).delete()
        groups = [group for group in groups if len(group) > 1]
        return {_join(dict.fromkeys(group)) for group in groups}
    apart = set().union(*groups[1:])
    if apart:
        Article.objects.filter(pk__in=apart).update(story=None)
    return {story} | {_join(dict.fromkeys(group)) for group in groups[1:] if len(group) > 1}


def _settle_origins(stories: Collection[int]) -> None:
    """Say for each of these stories where its text came from, unless a person did."""
    for story in Story.objects.filter(pk__in=stories):
        if story.origin_by == Story.OriginBy.DECIDED and story.origin_id:
            continue
        articles = Article.objects.filter(story=story).select_related("source").only(*ORIGIN_FIELDS)
        origin = choose_origin([copy_of(article) for article in articles])
        if (story.origin_id, story.origin_by) != (origin.article, origin.by):
            story.origin_id, story.origin_by = origin.article, origin.by
            story.save(update_fields=["origin", "origin_by"])
