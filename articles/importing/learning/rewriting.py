"""New revisions of stored articles without the lines that are accepted as their source's boilerplate.

An article that lost lines which were rejected since gets them back: its text is made anew from the revision of the same
page that holds most of them, or where they were dropped by the import itself from the page that was kept.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from articles.analysing import run_steps
from articles.failures import DATABASE_FAILURES
from articles.importing.composing import compose_lines
from articles.importing.learning.accepted import forget_accepted_lines, kept_lines, moved, whatever_follows
from articles.importing.learning.fuller import RejectedLines, earlier_of_the_page, fullest, text_of
from articles.importing.pages import Block
from articles.models import Article, Revision

logger = logging.getLogger(__name__)

# How many articles are looked through at a time.
_BATCH = 200


def apply_boilerplate(source_id: int, *, between: Callable[[], None] = lambda: None) -> int:
    """Bring the source's stored articles in line with what is accepted; how many got a new revision.

    An article whose current text is a person's correction is left alone. Each article is a transaction of its own with
    all the steps that follow a revision; what was broken off is taken up by running it again. `between` is called
    between two articles, and may raise. Raises what concerns every article (the database is gone).
    """
    forget_accepted_lines()
    rewritten, rejected = 0, RejectedLines(source_id)
    for pk in _to_rewrite(source_id, rejected):
        between()
        try:
            rewritten += _rewrite(pk, source_id, rejected)
        except (*DATABASE_FAILURES, MemoryError):
            raise
        except Exception:
            # One article that a step cannot cope with keeps its text; the others get theirs.
            logger.exception("article %s keeps its text", pk)
    return rewritten


def _to_rewrite(source_id: int, rejected: RejectedLines) -> Iterator[int]:
    """Articles with a line to drop in their current text, or that may have had a fuller one, in the order of their age.

    `first` is when their page was read first.
    """
    articles = Article.objects.filter(source=source_id, current_revision__correction=None).order_by("pk")
    earlier = earlier_of_the_page().filter(article=OuterRef("pk")).order_by("number").values("created_at")[:1]
    articles = articles.annotate(earlier=Subquery(earlier), first=Coalesce("earlier", "current_revision__created_at"))
    last = 0
    while batch := list(
        articles.filter(pk__gt=last).values_list("pk", "current_revision__text", "earlier", "first")[:_BATCH]
    ):
        for pk, text, earlier_text, first in batch:
            lines = text.split("\n")[1:]
            may_lack = earlier_text or rejected.may_be_missing(lines, first)
            if may_lack or len(kept_lines(lines, source_id)) < len(lines):
                yield pk
        last = batch[-1][0]


@transaction.atomic
def _rewrite(pk: int, source_id: int, rejected: RejectedLines) -> bool:
    """Whether the article got a new revision: it may have changed or gone since it was looked up."""
    articles = Article.objects.select_for_update(of=("self",)).select_related("current_revision")
    article = articles.filter(pk=pk, source=source_id, current_revision__correction=None).first()
    if article is None:
        return False
    fuller = fullest(article.current_revision, rejected)
    headline, *body = fuller.lines
    kept = whatever_follows([line.text for line in body], partial(kept_lines, source_id=source_id))
    lines = [headline, *(body[number] for number in kept)]
    if lines == text_of(article.current_revision).lines:
        return False
    article.current_revision = _add_revision(article, lines, moved(fuller.evidence, kept))
    article.save(update_fields=["current_revision"])
    run_steps(article.current_revision)
    return True


def _add_revision(article: Article, lines: Sequence[Block], evidence: Sequence[dict[str, Any]]) -> Revision:
    composed, before = compose_lines(lines), article.current_revision
    return Revision.objects.create(
        article=article,
        number=article.next_revision_number(),
        text=composed.text,
        blocks=composed.blocks,
        evidence=list(evidence),
        content_hash=composed.content_hash,
        cleaner_version=before.cleaner_version,
        original=before.original,
    )
