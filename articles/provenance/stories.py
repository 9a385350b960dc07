"""Copies make a story: articles join and leave it as their texts appear, change, are hidden or deleted."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, Story, StoryDue
from articles.provenance.duplicates import Candidate, bodies_of, copies_of, groups_of, lock_keys, sign
from articles.provenance.origins import Copy, choose_origin
from articles.provenance.signatures import Body

# One process at a time makes, joins or parts stories. Any number that nothing else here locks by.
_LOCK = 7_301_446_003


# Without a savepoint of its own: whatever fails here, the import of the article fails as a whole and is tried again.
@transaction.atomic(savepoint=False)
def place(article: int, body: Body) -> int | None:
    """Let the article stand in the story of its copies, or in none; the story's id.

    The outcome for a set of articles is the same in whatever order they come, also when several processes store them.
    Raises Article.DoesNotExist.
    """
    known = Article.objects.values_list("status", "story_id", "signature__keys")
    status, story, before = known.get(pk=article)
    lock_keys({*body.keys, *(before or ())})
    sign(article, body.keys, before)
    copies = [] if status == Article.Status.HIDDEN else copies_of(article, body)
    is_alone = not copies and story is None
    if is_alone or (before == body.keys and copies and _stand_together(story, copies)):
        return story
    return _moved(article, copies)


def _stand_together(story: int | None, copies: Iterable[Candidate]) -> bool:
    return story is not None and all(copy.story == story for copy in copies)


def _moved(article: int, copies: Collection[Candidate]) -> int | None:
    """Join the copies' stories into one with this article, after parting its own where its text changed."""
    ids = {article, *(copy.article for copy in copies)}
    # Rows before stories: who imports one of these again holds its row and then waits for the stories.
    rows = Article.objects.filter(pk__in=ids).order_by("pk").select_for_update(of=("self",), no_key=True)
    list(rows.values_list("pk", flat=True))
    _lock_stories()
    changed: set[int] = set()
    own = Article.objects.values_list("story_id", flat=True).get(pk=article)
    if own:
        changed |= _part(own)
    standing = dict(rows.exclude(status=Article.Status.HIDDEN).values_list("pk", "story_id"))
    if len(standing) > 1 and article in standing:
        changed.add(_join(standing))
    _settle_origins(changed)
    return Article.objects.values_list("story_id", flat=True).get(pk=article)


def settle_stories(limit: int = 1000) -> int:
    """Look again at what the triggers noted: articles shown, hidden or deleted, and new dates; how many notes.

    A transaction for each, so that nobody waits for long. What another process is at is left to it.
    """
    settled = 0
    while settled < limit and (taken := _settle_one()):
        settled += taken
    return settled


@transaction.atomic
def _settle_one() -> int:
    """Take the oldest note, and those that say the same; how many."""
    due = StoryDue.objects.order_by("pk").select_for_update(skip_locked=True).first()
    if due is None:
        return 0
    taken, _ = StoryDue.objects.filter(article_id=due.article_id, story_id=due.story_id).delete()
    for pk, body in bodies_of([due.article_id] if due.article_id else []).items():
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
    return Copy(
        article.pk,
        article.source_id,
        article.credited_source_id,
        since,
        until,
        article.source.kind == article.source.Kind.REPUBLISHER,
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
    kept = Story.objects.filter(pk__in=stories)
    decided = kept.filter(origin_by=Story.OriginBy.DECIDED).order_by("pk").first()
    story = decided or kept.order_by("pk").first() or Story.objects.create()
    others = stories - {story.pk}
    if others:
        Article.objects.filter(story__in=others).update(story=story)
        Story.objects.filter(pk__in=others).delete()
    Article.objects.filter(pk__in=[pk for pk, its in standing.items() if its != story.pk]).update(story=story)
    return story.pk


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
        articles = Article.objects.filter(story=story).select_related("source").defer("metadata", "as_read")
        origin = choose_origin([copy_of(article) for article in articles])
        if (story.origin_id, story.origin_by) != (origin.article, origin.by):
            story.origin_id, story.origin_by = origin.article, origin.by
            story.save(update_fields=["origin", "origin_by"])
