"""What marks tell the search index of an article: that there are quotes and claims, and who is said to have spoken.

What a reader who is not signed in would see of it stands apart from what members see besides: suggestions, marks whose
place in the text is doubtful, and speakers whom nobody has confirmed (annotations.reading.shown).
"""

from collections.abc import Sequence

from django.db import connection

from annotations.models import Annotation
from articles.search.facts import CLAIM, MARK, QUOTE, Facts

_OF_KIND = {Annotation.Kind.QUOTE: {QUOTE}, Annotation.Kind.CLAIM: {CLAIM}, Annotation.Kind.SPEAKER: set()}

# Marks on the text that the articles have now, as AnnotationQuerySet.on_current_text() and visible_to() have them.
_MARKS = """
    WITH made AS (
        SELECT article.id AS article, article.current_revision_id AS revision, annotation.id, annotation.kind,
               annotation.status = 'accepted' AS accepted, annotation.revision_id = article.current_revision_id AS here
        FROM articles_article AS article
        JOIN articles_revision AS revision ON revision.article_id = article.id
        JOIN annotations_annotation AS annotation ON annotation.revision_id = revision.id
        WHERE article.id = ANY (%s) AND annotation.status <> 'rejected'
    ), placed AS (
        SELECT made.id, bool_or(placement.state <> 'lost') AS found,
               bool_or(placement.state IN ('doubtful', 'lost') AND placement.decided_at IS NULL) AS waiting
        FROM made
        JOIN annotations_part AS part ON part.annotation_id = made.id AND part.role = 'content'
        JOIN annotations_placement AS placement
             ON placement.part_id = part.id AND placement.revision_id = made.revision
        GROUP BY made.id
    ), mark AS (
        SELECT made.article, made.id, made.kind, made.accepted,
               made.accepted AND NOT (coalesce(placed.found, FALSE) AND placed.waiting) AS shown
        FROM made LEFT JOIN placed USING (id) WHERE made.here OR placed.found
    )
"""
_KINDS = f"{_MARKS} SELECT DISTINCT article, kind, accepted, shown FROM mark"
# Where an attribution names no entity, the one that is named in the speaker's words: a person, or by just these words.
# Who only relays what another said is no speaker there; whom the speaker says to have said it is an uncertain one.
_SPEAKERS = f"""
    {_MARKS}
    SELECT DISTINCT mark.article, coalesce(attribution.entity_id, named.entity_id),
           mark.shown AND attribution.certainty = 'confirmed'
    FROM mark JOIN annotations_attribution AS attribution ON attribution.annotation_id = mark.id
    LEFT JOIN LATERAL (
        SELECT mention.entity_id
        FROM annotations_annotation AS speaker
        JOIN annotations_part AS part ON part.annotation_id = speaker.id AND part.role = 'content'
        JOIN articles_mention AS mention ON mention.revision_id = speaker.revision_id
        JOIN articles_entity AS entity ON entity.id = mention.entity_id
        WHERE attribution.entity_id IS NULL AND speaker.id = attribution.speaker_id
          AND mention.start >= part.start AND mention."end" <= part."end"
          AND (entity.kind = 'person' OR (mention.start, mention."end") = (part.start, part."end"))
    ) AS named ON TRUE
    WHERE coalesce(attribution.entity_id, named.entity_id) IS NOT NULL
          AND NOT (attribution.role = 'relayed' AND attribution."order" > 0)
"""


def facts(articles: Sequence[int]) -> dict[int, Facts]:
    """MARK is what people decided: a suggestion tells that there may be a quote, and is no mark yet."""
    told: dict[int, Facts] = {}
    with connection.cursor() as cursor:
        cursor.execute(_KINDS, [list(articles)])
        for article, kind, accepted, shown in cursor.fetchall():
            facts = told.setdefault(article, Facts())
            words = facts.has if shown else facts.has_suggested
            words |= _OF_KIND[kind] | ({MARK} if accepted else set())
        if not told:
            return told
        cursor.execute(_SPEAKERS, [list(told)])
        for article, entity, confirmed in cursor.fetchall():
            facts = told[article]
            (facts.speakers if confirmed else facts.speakers_suggested).add(entity)
    return told
