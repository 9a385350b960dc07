"""Unsaved rows for what was detected in one revision, beside what people have decided about it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from annotations.detection import DETECTOR, VERSION, Claim, Detection, Quote, Voice
from annotations.detection.quotes import UNKNOWN
from annotations.models import Annotation, Attribution, Part
from annotations.precedents import Precedents
from annotations.spans import MarkedSpan, parts_of
from annotations.suggesting.circumstances import told_of
from articles.language.folding import fold
from articles.language.spans import Span
from articles.models import Revision

# From here on a detected speaker is shown as probable, below as uncertain.
PROBABLE = 0.7
# A voice of which it is open who is meant is uncertain, however sure the words are.
DOUBTFUL = 0.25

Kind = Annotation.Kind
Certainty = Attribution.Certainty


class Said(NamedTuple):
    """Words of a quote that is proposed, or that a person accepted (`name` is then unknown: people decide it)."""

    span: Span
    mark: Annotation
    name: str | None


@dataclass
class Proposal:
    """`entities` are keys by folded name; `speakers` the one mark over a speaker's words, None where refused."""

    revision: Revision
    entities: dict[str, int]
    precedents: Precedents
    annotations: list[Annotation] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    speakers: dict[Span, Annotation | None] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def add(self, detection: Detection) -> None:
        self.said = [Said(Span(*span), mark, None) for span, mark in self.precedents.quotes.items()]
        for statement in statements(detection.quotes):
            self._add_statement(statement)
        for claim in detection.claims:
            if self.precedents.allow(Kind.CLAIM, claim.start, claim.end):
                self._add_claim(claim)

    def _add_statement(self, quotes: Sequence[Quote]) -> None:
        """One mark over what only its cue interrupts; without the parts about which a person has decided."""
        open_ones = [quote for quote in quotes if self.precedents.allow(Kind.QUOTE, quote.start, quote.end)]
        if not open_ones:
            return
        first = open_ones[0]
        types = {quote.type for quote in open_ones}
        mark = self._annotate(
            Kind.QUOTE,
            [*(self._marked(quote) for quote in open_ones), *self._cue(first)],
            confidence=min(quote.confidence for quote in open_ones),
            rule=first.rule,
            quote_type=types.pop() if len(types) == 1 else Annotation.QuoteType.MIXED,
            **told_of(first, self.revision),
        )
        self._attribute(mark, first)
        self.said += [Said(Span(quote.start, quote.end), mark, first.name) for quote in open_ones]

    def _add_claim(self, claim: Claim) -> None:
        """With the quote that it stands in, or that it mostly covers, and whoever is said to claim it."""
        mark = self._annotate(Kind.CLAIM, [self._marked(claim)], confidence=claim.score, rule=",".join(claim.reasons))
        around = self._quotes_around(claim)
        mark.quote = around[0].mark if around else None
        claimed = next((said for said in around if said.name in (None, claim.claimant)), None)
        if claim.claimant and claimed:
            self.attributions += [_claims(mark, link) for link in self._speaking(claimed.mark)]

    def _quotes_around(self, claim: Claim) -> list[Said]:
        """Those that share at least half of the claim or of themselves with it; first whose share is largest."""
        shares = [(min(one.span.end, claim.end) - max(one.span.start, claim.start), one) for one in self.said]
        half = [
            (shared, one)
            for shared, one in shares
            if shared > 0 and 2 * shared >= min(claim.end - claim.start, one.span.end - one.span.start)
        ]
        return [one for _, one in sorted(half, key=lambda pair: -pair[0])]

    def _speaking(self, quote: Annotation) -> list[Attribution]:
        """To whom a quote is attributed, in this proposal or by people."""
        if quote.pk:
            return [link for link in self._decided if link.annotation_id == quote.pk and link.speaks]
        return [link for link in self.attributions if link.annotation is quote and link.speaks]

    @cached_property
    def _decided(self) -> list[Attribution]:
        marks = list(self.precedents.quotes.values())
        return list(Attribution.objects.filter(annotation__in=marks).select_related("speaker").order_by("order"))

    def _attribute(self, mark: Annotation, quote: Quote) -> None:
        """To each of its voices, but not by words of which a person said that they are no speaker."""
        voices = ordered_voices(quote)
        for order, voice in enumerate(voices):
            speaker = self._speaker(voice.span, quote) if voice.span else None
            if voice.name in ("", UNKNOWN) or (voice.span and speaker is None):
                continue
            self.attributions.append(
                Attribution(
                    annotation=mark,
                    order=order,
                    speaker=speaker,
                    entity_id=self.entities.get(fold(voice.name)),
                    name=voice.name[:300],
                    role=voice.role,
                    certainty=_certainty(quote, voice, order),
                )
            )

    def _speaker(self, span: Span, quote: Quote) -> Annotation | None:
        """The one mark over a speaker's words, however many quotes are theirs; none where a person rejected it."""
        if span not in self.speakers:
            mark = self.precedents.speaker_at(span.start, span.end)
            if mark is None and self.precedents.allow(Kind.SPEAKER, span.start, span.end):
                words = [self._marked(span)]
                mark = self._annotate(Kind.SPEAKER, words, confidence=quote.confidence, rule=quote.rule)
            self.speakers[span] = mark
        return self.speakers[span]

    def _annotate(
        self, kind: str, spans: Sequence[MarkedSpan], *, confidence: float, rule: str, **told: Any
    ) -> Annotation:
        mark = Annotation(
            revision_id=self.revision.pk,
            kind=kind,
            status=Annotation.Status.SUGGESTED,
            detector=DETECTOR,
            detector_version=VERSION,
            rule=rule[:50],
            confidence=confidence,
            **told,
        )
        self.annotations.append(mark)
        self.parts += parts_of(mark, self.revision.text, spans)
        return mark

    def _cue(self, quote: Quote) -> list[MarkedSpan]:
        return [self._marked(quote.cue, Part.Role.CUE)] if quote.cue else []

    def _marked(self, span: Quote | Claim | Span, role: str = Part.Role.CONTENT) -> MarkedSpan:
        return MarkedSpan(span.start, span.end, self.revision.text[span.start : span.end], role)


def statements(quotes: Iterable[Quote]) -> list[list[Quote]]:
    """Quotes in the order of the text, those that only their cue interrupts together."""
    found: list[list[Quote]] = []
    for quote in quotes:
        if quote.continues and found:
            found[-1].append(quote)
        else:
            found.append([quote])
    return found


def ordered_voices(quote: Quote) -> list[Voice]:
    """First whose words they are: who said them; but who tells what another said goes before that other."""
    said = [voice for voice in quote.voices if voice.role != "relayed"]
    relays = [voice for voice in quote.voices if voice.role == "relayed"]
    tells_of_another = bool(relays) and relays[0].span == quote.speaker
    return [*relays, *said] if tells_of_another else [*said, *relays]


def _certainty(quote: Quote, voice: Voice, order: int) -> str:
    """What one puts into another's mouth is never sure to be the other's."""
    at_second_hand = voice.role == Attribution.Role.SAID and order > 0
    sure = quote.confidence >= PROBABLE and voice.certainty > DOUBTFUL and not at_second_hand
    return Certainty.PROBABLE if sure else Certainty.UNCERTAIN


def _claims(claim: Annotation, link: Attribution) -> Attribution:
    """Who said the quote claims what stands in it; nobody has confirmed it of the claim."""
    return Attribution(
        annotation=claim,
        order=link.order,
        speaker=link.speaker,
        entity_id=link.entity_id,
        name=link.name,
        role=link.role,
        certainty=Certainty.PROBABLE if link.certainty == Certainty.CONFIRMED else link.certainty,
    )
