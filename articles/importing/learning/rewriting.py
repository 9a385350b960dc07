"""New revisions of stored articles without the lines that are accepted as their source's boilerplate.

An article that lost lines which were rejected since gets them back: its text is made anew from the earliest revision of
the same page that holds all of its lines.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

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
    """Bring the source's stored articles in line with what is accepted; how many got a new revision.

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
            # One article that a step cannot cope with keeps its text; the others get theirs.
            logger.exception("article %s keeps its text", pk)
    return rewritten


def _to_rewrite(source_id: int) -> Iterator[int]:
    """Articles with a line to drop in their current text, or with a fuller one before it, in the order of their age."""
    articles = Article.objects.filter(source=source_id, current_revision__correction=None).order_by("pk")
    articles = articles.annotate(has_earlier=Exists(_earlier().filter(article=OuterRef("pk"))))
    last = 0
    while batch := list(
        articles.filter(pk__gt=last).values_list("pk", "current_revision__text", "has_earlier")[:_BATCH]
    ):
        for pk, text, has_earlier in batch:
            lines = text.split("\n")[1:]
            if has_earlier or len(kept_lines(lines, source_id)) < len(lines):
                yield pk
        last = batch[-1][0]


@transaction.atomic
def _rewrite(pk: int, source_id: int) -> bool:
    """Whether the article got a new revision: it may have changed or gone since it was looked up."""
    articles = Article.objects.select_for_update(of=("self",)).select_related("current_revision")
    article = articles.filter(pk=pk, source=source_id, current_revision__correction=None).first()
    if article is None:
        return False
    fullest = _fullest(article.current_revision)
    headline, *body = _lines_of(fullest)
    kept = _kept(body, source_id)
    lines = [headline, *(body[number] for number in kept)]
    if lines == _lines_of(article.current_revision):
        return False
    article.current_revision = _add_revision(article, fullest, lines, moved(fullest.evidence, kept))
    article.save(update_fields=["current_revision"])
    run_steps(article.current_revision)
    return True


def _earlier() -> QuerySet[Revision]:
    """What was read of an article's page before its current revision, by the same cleaner; no person's corrections."""
    current = "article__current_revision__"
    return Revision.objects.filter(
        original=F(f"{current}original"),
        number__lt=F(f"{current}number"),
        cleaner_version=F(f"{current}cleaner_version"),
        correction=None,
    )


def _fullest(current: Revision) -> Revision:
    """The earliest revision of which the current one may be what was left, or the current one itself."""
    lines = _lines_of(current)
    earlier = _earlier().filter(article=current.article_id).order_by("number")
    return next((one for one in earlier if _stands_in(lines, _lines_of(one))), current)


def _stands_in(lines: Sequence[Block], fuller: Sequence[Block]) -> bool:
    """Whether all the lines are there, in this order, under the same headline."""
    rest = iter(fuller)
    return lines[0] == fuller[0] and all(line in rest for line in lines)


def _kept(body: Sequence[Block], source_id: int) -> list[int]:
    """Numbers of the lines that stay, however often what is left is looked through.

    Behind a line that goes another one comes into the opening or closing; the order in which the lines were accepted
    makes no difference.
    """
    kept = list(range(len(body)))
    while len(left := kept_lines([body[number].text for number in kept], source_id)) < len(kept):
        kept = [kept[number] for number in left]
    return kept


def _lines_of(revision: Revision) -> list[Block]:
    return [Block(block["kind"], revision.text[block["start"] : block["end"]]) for block in revision.blocks]


def _add_revision(
    article: Article, before: Revision, lines: Sequence[Block], evidence: Sequence[dict[str, Any]]
) -> Revision:
    composed = compose_lines(lines)
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
