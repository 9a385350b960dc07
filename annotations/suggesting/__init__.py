"""What the detectors find, stored as suggestions: a step that follows every new revision."""

import pgtrigger
from django.db import connection
from django.db.models import Q

from annotations.detection import DETECTOR, VERSION, detect
from annotations.models import Annotation
from annotations.precedents import Precedents
from annotations.suggesting.proposal import Proposal
from articles.analysing import analysis_step
from articles.inserting import insert_all
from articles.language.folding import fold
from articles.models import Revision
from articles.recognition import entities_of

# Of what a detection gives, more is stored than before: with this number what was stored then is made anew.
_STORED = 2

_HAS_MARKS = """
    SELECT EXISTS (
        SELECT FROM annotations_annotation AS annotation
        JOIN articles_revision AS revision ON revision.id = annotation.revision_id
        WHERE revision.article_id = %s
    )
"""


@analysis_step(f"{DETECTOR} {VERSION}, stored {_STORED}")
def suggest_annotations(revision: Revision) -> None:
    """Run the detectors over a revision and store what they find, beside what people have decided.

    Suggestions of an earlier run that nobody decided are replaced; what a person rejected is not proposed again, and
    nothing is proposed over what a person marked. A handful of queries, however many suggestions.
    """
    mentions = entities_of(revision)
    precedents = Precedents()
    if _has_marks(revision):
        _forget_undecided(revision)
        precedents = Precedents.of(revision)
    proposal = Proposal(revision, {fold(named.name): entity for named, entity in mentions}, precedents)
    proposal.add(detect(revision.text, [named for named, _ in mentions]))
    # What stands in a quote refers to its key.
    insert_all([mark for mark in proposal.annotations if mark.quote is None])
    insert_all([mark for mark in proposal.annotations if mark.quote is not None])
    insert_all(proposal.parts)
    insert_all(proposal.attributions)


def _has_marks(revision: Revision) -> bool:
    """Whether any mark is on the article yet; on most there is none, which a cheap query tells."""
    if revision.is_new:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_HAS_MARKS, [revision.article_id])
        return cursor.fetchone()[0]


def _forget_undecided(revision: Revision) -> None:
    """Drop an earlier run's suggestions, on this text and on those before it.

    Kept are speakers that a mark made or confirmed by a person speaks of, quotes in which an accepted claim stands, and
    what people have said something about, the quotes with their speakers.
    """
    undecided = Annotation.objects.suggested().filter(revision__article=revision.article_id)
    decided = Annotation.Status.ACCEPTED
    kept = undecided.filter(
        Q(attributed__annotation__status=decided)
        | Q(claims__status=decided)
        | Q(attributed__annotation__claims__status=decided)
        | Q(comments__isnull=False)
        | Q(attributed__annotation__comments__isnull=False)
    )
    stale = list(undecided.difference(kept).values_list("pk", flat=True))
    if stale:
        # Their parts would leave history, which is for what people did.
        with pgtrigger.ignore("annotations.Part:delete_delete"):
            Annotation.objects.filter(pk__in=stale).delete()
