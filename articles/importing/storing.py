"""From a page to its stored article: found or created, with a new revision when its text is new."""

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, OperationalError, transaction
from pghistory import context as history_context
from psycopg.errors import DeadlockDetected, SerializationFailure

from articles.analysing import run_steps
from articles.importing.captured import is_later
from articles.importing.cleaning import CLEANER_VERSION
from articles.importing.composing import Composed, compose, storable
from articles.importing.emptied import refuse_emptied
from articles.importing.finding import find_article, free_key
from articles.importing.learning.accepted import without_learned
from articles.importing.pages import Page
from articles.importing.sources import resolve_source
from articles.importing.taking_over import as_read, fields_of, is_noted, note_reading, reads_the_same, take_over
from articles.inserting import insert_all, insert_together
from articles.models import Article, Correction, Original, Revision, Source
from articles.provenance.crediting import credited_by

# Two processes that import the same page, or name the same new people, get in each other's way once or twice.
_ATTEMPTS = 5


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Stored:
    """`article` is None only for what a dry run would create."""

    outcome: Outcome
    article: Article | None


def store_page(
    page: Page, *, by: AbstractBaseUser | None = None, record: Callable[[Stored], None] | None = None
) -> Stored:
    """Store a page with all that follows from it, or nothing at all.

    A text that the article has had before is no news, so that importing an older copy again changes nothing; but where
    it is known that it was captured later, the outlet went back to it. A state that was captured earlier than the
    current one is added to the article's history.
    What a person corrected (title, byline, date, status, source) is left as it is. `record` writes down what was
    done, in the same transaction.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with transaction.atomic():
                stored = _store(page, by)
                if record:
                    record(stored)
                return stored
        except (IntegrityError, OperationalError) as error:
            if attempt == _ATTEMPTS or not _is_a_race(error):
                raise
    raise AssertionError("unreachable")


def foresee(page: Page) -> Outcome:
    """What storing this page would come to; writes nothing."""
    page = without_learned(page)
    composed = compose(page)
    article = find_article(page, composed)
    if article is None:
        return Outcome.CREATED
    if _is_known(article, page, composed):
        return Outcome.UNCHANGED
    refuse_emptied(article.current_revision.text, composed)
    return Outcome.UPDATED


def _is_a_race(error: Exception) -> bool:
    return isinstance(error, IntegrityError) or isinstance(error.__cause__, DeadlockDetected | SerializationFailure)


def _store(page: Page, by: AbstractBaseUser | None) -> Stored:
    page = without_learned(page)
    composed = compose(page)
    article = find_article(page, composed)
    if article is None:
        return Stored(Outcome.CREATED, _create(page, composed))
    if _is_known(article, page, composed) and _is_read(article, composed):
        return Stored(Outcome.UNCHANGED, article)
    # Another process may have stored the same text since it was looked up; under the lock nobody can.
    article = Article.objects.select_for_update(of=("self",)).select_related("current_revision").get(pk=article.pk)
    if _is_known(article, page, composed):
        if not _is_read(article, composed):
            note_reading(article)
        return Stored(Outcome.UNCHANGED, article)
    with history_context(user=by.pk if by else None, username=by.get_username() if by else "", importing=True):
        _update(article, page, composed)
    return Stored(Outcome.UPDATED, article)


def _create(page: Page, composed: Composed) -> Article:
    source = resolve_source(page)
    article = Article(
        source=source,
        url=page.url,
        key="" if page.url else free_key(page, source, composed),
        status=settings.IMPORT_STATUS,
        metadata=storable(dict(page.metadata)),
        as_read=as_read(page),
        **fields_of(page),
        **_credit(page, source),
    )
    original = Original(article=article, sha256=fingerprint(page.original), **_original(page))
    article.current_revision = _new_revision(article, page, composed, original, number=1)
    insert_together(article, original, article.current_revision)
    article.current_revision.is_new = True
    run_steps(article.current_revision)
    article.current_revision.is_new = False
    return article


def _update(article: Article, page: Page, composed: Composed) -> None:
    original, _ = Original.objects.get_or_create(
        article=article, sha256=fingerprint(page.original), defaults=_original(page)
    )
    is_older = is_later(page.headers, article) is False
    is_corrected = _holds_a_correction(article)
    before, revision = article.current_revision, _revision_of(article, page, composed, original)
    # A later state of the page stays, and so does a person's correction; moderators are asked about the new text then
    # (articles.models.articles).
    if not (is_older or is_corrected):
        article.current_revision = revision
    if not is_older:
        take_over(article, page, but=("title",) if is_corrected else ())
        if revision.pk != before.pk:
            for name, value in _credit(page, article.source).items():
                setattr(article, name, value)
        article.metadata, article.as_read = storable(dict(page.metadata)), as_read(page, article.as_read)
        article.save()
    if article.current_revision.pk != before.pk:
        run_steps(article.current_revision)


def _revision_of(article: Article, page: Page, composed: Composed, original: Original) -> Revision:
    """The article's revision with this text, a new one where it has none. Raises Refused for what empties the text."""
    if article.current_revision.content_hash == composed.content_hash:
        return article.current_revision
    known = article.revisions.filter(content_hash=composed.content_hash).order_by("-number").first()
    if known:
        return known if is_later(page.headers, article) else article.current_revision
    refuse_emptied(article.current_revision.text, composed)
    revision = _new_revision(article, page, composed, original, number=article.next_revision_number())
    insert_all([revision])
    return revision


def _holds_a_correction(article: Article) -> bool:
    """Whether a person gave the article another text than its outlet's latest one."""
    if not Correction.objects.filter(revision=article.current_revision_id).exists():
        return False
    imported = article.revisions.filter(correction=None).order_by("-number").values_list("content_hash", flat=True)
    return article.current_revision.content_hash != imported.first()


def _is_known(article: Article, page: Page, composed: Composed) -> bool:
    """Whether neither the text nor anything else that was read is new, or these very bytes were taken in before."""
    current = article.current_revision
    has_text = current.content_hash == composed.content_hash or (
        article.revisions.filter(content_hash=composed.content_hash).exists()
    )
    if not has_text:
        return False
    if current.content_hash != composed.content_hash and is_later(page.headers, article):
        return _holds_a_correction(article)
    if reads_the_same(article, page) and article.metadata == storable(dict(page.metadata)):
        return True
    return (
        current.cleaner_version == CLEANER_VERSION
        and article.originals.filter(sha256=fingerprint(page.original)).exists()
    )


def _is_read(article: Article, composed: Composed) -> bool:
    """Whether there is nothing to note of the page: its text is an earlier one, or this cleaner has read it before."""
    return article.current_revision.content_hash != composed.content_hash or is_noted(article)


def _new_revision(article: Article, page: Page, composed: Composed, original: Original, *, number: int) -> Revision:
    """Not stored yet."""
    return Revision(
        article=article,
        number=number,
        text=composed.text,
        blocks=composed.blocks,
        evidence=storable(list(page.evidence)),
        content_hash=composed.content_hash,
        cleaner_version=CLEANER_VERSION,
        original=original,
    )


def _original(page: Page) -> dict[str, Any]:
    return {
        "final_url": page.final_url,
        "media_type": page.media_type,
        "headers": storable(dict(page.headers)),
        "compressed": gzip.compress(page.original, compresslevel=4, mtime=0),
    }


def fingerprint(original: bytes) -> str:
    return hashlib.sha256(original).hexdigest()


def _credit(page: Page, source: Source) -> dict[str, Any]:
    credited = credited_by(page, source)
    return {"credited_source": credited.source, "credit": storable(credited.words)}
