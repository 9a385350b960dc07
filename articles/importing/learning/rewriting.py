"""New revisions of stored articles without the lines that were accepted as their source's boilerplate."""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction

from articles.analysing import run_steps
from articles.failures import DATABASE_FAILURES
from articles.importing.composing import compose_lines
from articles.importing.learning.accepted import forget_accepted_lines, kept_lines, moved
from articles.importing.pages import Block
from articles.models import Article, Revision

logger = logging.getLogger(__name__)

# How many articles are looked through at a time.
_BATCH = 200


def apply_boilerplate(source_id: int, *, between: Callable[[], None] = lambda: None) -> int:
    """Take the accepted lines off the source's stored articles; how many got a new revision.

    An article whose current text is a person's correction is left alone. Each article is a transaction of its own with
    all the steps that follow a revision; what was broken off is taken up by running it again. `between` is called
    between two articles, and may raise. Raises what concerns every article (the database is gone).
    """
    forget_accepted_lines()
    rewritten = 0
    for pk in _to_rewrite(source_id):
        between()
        try:
            rewritten += _rewrite(pk, source_id)
        except (*DATABASE_FAILURES, MemoryError):
            raise
        except Exception:
            # One article that a step cannot cope with keeps its line; the others lose theirs.
            logger.exception("article %s keeps its boilerplate", pk)
    return rewritten


def _to_rewrite(source_id: int) -> Iterator[int]:
    """Articles with a line to drop in their current text, in the order of their age."""
    articles = Article.objects.filter(source=source_id, current_revision__correction=None).order_by("pk")
    last = 0
    while batch := list(articles.filter(pk__gt=last).values_list("pk", "current_revision__text")[:_BATCH]):
        for pk, text in batch:
            lines = text.split("\n")[1:]
            if len(kept_lines(lines, source_id)) < len(lines):
                yield pk
        last = batch[-1][0]


@transaction.atomic
def _rewrite(pk: int, source_id: int) -> bool:
    """Whether the article got a new revision: it may have changed or gone since it was looked up."""
    articles = Article.objects.select_for_update(of=("self",)).select_related("current_revision")
    article = articles.filter(pk=pk, source=source_id, current_revision__correction=None).first()
    if article is None:
        return False
    lines = article.current_revision.text.split("\n")[1:]
    kept = kept_lines(lines, source_id)
    if len(kept) == len(lines):
        return False
    article.current_revision = _without(article, kept)
    article.save(update_fields=["current_revision"])
    run_steps(article.current_revision)
    return True


def _without(article: Article, kept: Sequence[int]) -> Revision:
    before = article.current_revision
    blocks = [before.blocks[0], *(before.blocks[number + 1] for number in kept)]
    composed = compose_lines([Block(block["kind"], before.text[block["start"] : block["end"]]) for block in blocks])
    latest: dict[str, Any] = article.revisions.order_by("-number").values("number")[0]
    return Revision.objects.create(
        article=article,
        number=latest["number"] + 1,
        text=composed.text,
        blocks=composed.blocks,
        evidence=moved(before.evidence, kept),
        content_hash=composed.content_hash,
        cleaner_version=before.cleaner_version,
        original=before.original,
    )
