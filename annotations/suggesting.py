"""What the detectors find, stored as suggestions: a step that follows every new revision."""

from dataclasses import dataclass, field

import pgtrigger
from django.db import connection
from django.db.models import Q

from annotations.detection import DETECTOR, VERSION, Claim, Detection, Quote, detect
from annotations.models import Annotation, Attribution, Part
from annotations.precedents import Precedents
from annotations.spans import MarkedSpan, part_at
from articles.analysing import analysis_step
from articles.inserting import insert_all
from articles.language.folding import fold
from articles.language.spans import Span
from articles.models import Revision
from articles.recognition import entities_of

# From here on a detected speaker is shown as probable, below as uncertain.
PROBABLE = 0.7

_HAS_MARKS = """
    SELECT EXISTS (
        SELECT FROM annotations_annotation AS annotation
        JOIN articles_revision AS revision ON revision.id = annotation.revision_id
        WHERE revision.article_id = %s
    )
"""


@analysis_step(f"{DETECTOR} {VERSION}")
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
    insert_all(proposal.annotations)
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

    Speakers that a mark made or confirmed by a person speaks of are kept, and what people have said something about.
    """
    undecided = Annotation.objects.suggested().filter(revision__article=revision.article_id)
    spoken_of = Q(attributed__annotation__status=Annotation.Status.ACCEPTED)
    kept = undecided.filter(spoken_of | Q(comments__isnull=False) | Q(attributed__annotation__comments__isnull=False))
    stale = list(undecided.difference(kept).values_list("pk", flat=True))
    if stale:
        # Their parts would leave history, which is for what people did.
        with pgtrigger.ignore("annotations.Part:delete_delete"):
            Annotation.objects.filter(pk__in=stale).delete()


@dataclass
class Proposal:
    """Unsaved rows for what was detected in one revision."""

    revision: Revision
    entities: dict[str, int]
    precedents: Precedents
    annotations: list[Annotation] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    speakers: dict[Span, Annotation | None] = field(default_factory=dict)

    def add(self, detection: Detection) -> None:
        for quote in detection.quotes:
            self._add_quote(quote)
        for claim in detection.claims:
            if self.precedents.allow(Annotation.Kind.CLAIM, claim.start, claim.end):
                self._annotate(Annotation.Kind.CLAIM, claim, claim.score, ",".join(claim.reasons))

    def _add_quote(self, quote: Quote) -> None:
        if not self.precedents.allow(Annotation.Kind.QUOTE, quote.start, quote.end):
            return
        mark = self._annotate(Annotation.Kind.QUOTE, quote, quote.confidence, quote.rule, quote_type=quote.type)
        if quote.cue:
            self._cover(mark, quote.cue, Part.Role.CUE, order=1)
        refused = quote.speaker and self._speaker(quote) is None
        if (quote.speaker or quote.name) and not refused:
            self._attribute(mark, quote)

    def _speaker(self, quote: Quote) -> Annotation | None:
        """The one mark over a speaker's words, however many quotes are theirs; none where a person rejected it."""
        span = quote.speaker
        if span not in self.speakers:
            mark = self.precedents.speaker_at(span.start, span.end)
            if mark is None and self.precedents.allow(Annotation.Kind.SPEAKER, span.start, span.end):
                mark = self._annotate(Annotation.Kind.SPEAKER, span, quote.confidence, quote.rule)
            self.speakers[span] = mark
        return self.speakers[span]

    def _attribute(self, mark: Annotation, quote: Quote) -> None:
        certainty = Attribution.Certainty
        self.attributions.append(
            Attribution(
                annotation=mark,
                order=0,
                speaker=self.speakers.get(quote.speaker),
                entity_id=self.entities.get(fold(quote.name)),
                name=quote.name[:300],
                certainty=certainty.PROBABLE if quote.confidence >= PROBABLE else certainty.UNCERTAIN,
            )
        )

    def _annotate(
        self, kind: str, span: Quote | Claim | Span, confidence: float, rule: str, *, quote_type: str = ""
    ) -> Annotation:
        mark = Annotation(
            revision_id=self.revision.pk,
            kind=kind,
            status=Annotation.Status.SUGGESTED,
            quote_type=quote_type,
            detector=DETECTOR,
            detector_version=VERSION,
            rule=rule[:50],
            confidence=confidence,
        )
        self.annotations.append(mark)
        self._cover(mark, span, Part.Role.CONTENT, order=0)
        return mark

    def _cover(self, mark: Annotation, span: Quote | Claim | Span, role: str, *, order: int) -> None:
        text = self.revision.text
        self.parts.append(
            part_at(mark, text, MarkedSpan(span.start, span.end, text[span.start : span.end], role), order)
        )
