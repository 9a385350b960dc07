"""What people correct in an article: its headline and text, and when it was published.

Each action is atomic, checks that `by` may do it and that nobody corrected the article meanwhile, and makes a revision
with a Correction that says who did it, when and why. Refusals: CorrectionRefused (with a line for the person),
ChangedMeanwhile or PermissionDenied.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.analysing import run_steps
from articles.corrections.blocks import corrected_lines, lines_of, moved_evidence
from articles.importing.composing import compose_lines
from articles.importing.pages import Block
from articles.models import Article, Correction, Revision

PERMISSION = "articles.change_article"


class CorrectionRefused(Exception):
    """What was asked for cannot be; the message is a line for the person."""


class ChangedMeanwhile(CorrectionRefused):
    """The article has another text than the person saw. `current` is its revision now."""

    def __init__(self, current: Revision) -> None:
        super().__init__(
            _("تغيّرت المادة منذ أن فتحتَها. نصك محفوظ أدناه، والنص الحالي بجانبه؛ راجعهما ثم احفظ من جديد.")
        )
        self.current = current


class Published(NamedTuple):
    """When an article was published, as a person says; neither is known when `at` is None."""

    at: datetime | None
    precision: str


def correct_article(
    *,
    article: Article,
    seen: int,
    title: str,
    body: str,
    note: str,
    by: AbstractBaseUser,
    published: Published | None = None,
) -> Revision:
    """Give an article another headline or text (a block a line) or, with `published`, another date.

    `seen` is the id of the revision that the person worked on, `note` says why. Returns the new current revision.
    """
    with _held(article, seen, note, by) as (article, current):
        before = lines_of(current)
        after = corrected_lines(before, title, body)
        _check_lines(before, after)
        _check_date(published)
        if after == before and published in (None, Published(article.published_at, article.published_precision)):
            raise CorrectionRefused(_("لم تغيّر شيئاً في المادة."))
        evidence = moved_evidence(current.evidence, before, after)
        return _store(article, current, after, evidence, note, by, published)


def restore_revision(*, revision: Revision, seen: int, note: str, by: AbstractBaseUser) -> Revision:
    """Let an article have the text of one of its revisions again: a new revision that says so.

    To restore the current one is to keep it, where an import has brought another text since it was corrected.
    """
    with _held(revision.article, seen, note, by) as (article, current):
        is_asked = Article.objects.with_text_beyond_correction().filter(pk=article.pk).exists()
        if revision.content_hash == current.content_hash and not is_asked:
            raise CorrectionRefused(_("هذا هو النص الحالي."))
        evidence = list(revision.evidence)
        return _store(article, current, lines_of(revision), evidence, note, by, None, restored=revision.number)


@contextmanager
def _held(article: Article, seen: int, note: str, by: AbstractBaseUser) -> Iterator[tuple[Article, Revision]]:
    """One transaction in which nobody else gives the article another text."""
    if not by.has_perm(PERMISSION):
        raise PermissionDenied
    if not note.strip():
        raise CorrectionRefused(_("اكتب سبب التصحيح."))
    with transaction.atomic(), pghistory.context(user=by.pk, username=by.get_username()):
        readable = Article.objects.visible_to(by).filter(pk=article.pk).exclude(current_revision=None)
        held = readable.select_for_update(no_key=True, of=("self",)).select_related("current_revision").first()
        if held is None:
            raise PermissionDenied
        if held.current_revision_id != seen:
            raise ChangedMeanwhile(held.current_revision)
        yield held, held.current_revision


def _check_lines(before: Sequence[Block], after: Sequence[Block]) -> None:
    if not after[0].text:
        raise CorrectionRefused(_("اكتب عنوان المادة."))
    if len(before) > 1 and len(after) == 1:
        raise CorrectionRefused(_("لا تبقى المادة بلا نص. إن أردت إخفاءها فاحجبها."))


def _check_date(published: Published | None) -> None:
    if published and published.at and published.at > timezone.now() + timedelta(days=1):
        raise CorrectionRefused(_("تاريخ النشر في المستقبل."))


def _store(
    article: Article,
    current: Revision,
    lines: Sequence[Block],
    evidence: list[dict[str, Any]],
    note: str,
    by: AbstractBaseUser,
    published: Published | None,
    **restored: int,
) -> Revision:
    composed = compose_lines(lines)
    was = _facts(article)
    article.title = lines[0].text
    if published and published != (article.published_at, article.published_precision):
        article.published_at, article.published_precision = published
        article.published_from = Article.DateFrom.PERSON
    is_now = _facts(article)
    # Read from the same page by the same cleaner: an import that knows the page leaves the article alone.
    revision = Revision.objects.create(
        article=article,
        number=article.next_revision_number(),
        text=composed.text,
        blocks=composed.blocks,
        evidence=evidence,
        content_hash=composed.content_hash,
        cleaner_version=current.cleaner_version,
        original_id=current.original_id,
    )
    changed = [name for name in was if was[name] != is_now[name]]
    Correction.objects.create(
        revision=revision,
        before={name: was[name] for name in changed} | {"revision": current.number},
        after={name: is_now[name] for name in changed} | restored,
        note=note.strip(),
        by=by,
        by_name=by.get_username(),
    )
    article.current_revision = revision
    article.save(update_fields=["title", "published_at", "published_precision", "published_from", "current_revision"])
    run_steps(revision)
    return revision


def _facts(article: Article) -> dict[str, str]:
    """What a correction says of an article beside its text."""
    at = article.published_at
    return {
        "title": article.title,
        "published_at": at.astimezone(UTC).isoformat() if at else "",
        "published_precision": article.published_precision,
    }
