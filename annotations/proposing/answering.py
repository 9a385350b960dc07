"""What is proposed for a selection, joined with the article's names and marks. Reads, and writes nothing."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from annotations.circumstances import CHANGEABLE
from annotations.connecting import SPEAKING_KINDS
from annotations.detection import Quote
from annotations.models import Annotation
from annotations.proposing.snapping import snapped
from annotations.proposing.voices import Voice, propose
from annotations.quotetypes import quote_type_of
from annotations.refusals import MarkRefused
from annotations.standing import spans_in
from annotations.suggesting.circumstances import told_of
from articles.language.entities import NamedEntity
from articles.language.folding import fold
from articles.language.spans import Span
from articles.models import Revision
from articles.recognition import entities_of

Kind = Annotation.Kind
Mentions = Sequence[tuple[NamedEntity, int]]


def proposal_for(revision: Revision, start: int, end: int, kind: str) -> dict[str, Any]:
    """For the words [start, end): whole words, and for a quote or claim its cue, type and who may have said it.

    Of a quote that the detector knows also how it was said (`circumstances`, ready to be stored with the mark).
    Refuses a place outside the text.
    """
    text = revision.text
    if not 0 <= start < end <= len(text):
        raise MarkRefused("outside_text", _("الموضع خارج نص المادة."))
    mentions = entities_of(revision)
    names = [Span(named.start, named.end) for named, _key in mentions]
    words = snapped(text, start, end, names)
    answer = {"words": _place(text, words.words), "bare": _place(text, words.bare)}
    if kind == Kind.SPEAKER:
        over = [named for named, _key in mentions if named.start < words.words.end and named.end > words.words.start]
        voices = [Voice(Span(one.start, one.end), one.name, "named") for one in over if one.kind in SPEAKING_KINDS]
        return answer | {"speakers": _speakers(text, voices, mentions, [])}
    speakers = spans_in(revision, Kind.SPEAKER)
    entities = [named for named, _key in mentions]
    proposal = propose(text, words.words.start, words.words.end, entities, [span for span, _uuid in speakers])
    answer |= {
        "cue": proposal.cue and _place(text, proposal.cue),
        "speakers": _speakers(text, proposal.voices, mentions, speakers),
        "confidence": proposal.quote.confidence if proposal.quote else None,
    }
    if kind == Kind.QUOTE:
        parts = [words.words, *proposal.further]
        return answer | {
            "quote_type": quote_type_of(text, parts),
            "further": [_place(text, span) for span in proposal.further],
            "circumstances": _circumstances(proposal.quote, revision) if proposal.quote else {},
        }
    return answer | {"quote": _quote_around(revision, words.words)}


def _circumstances(quote: Quote, revision: Revision) -> dict[str, Any]:
    """How it was said, in the names that PATCH takes; the day as YYYY-MM-DD, and only where it is sure."""
    told = told_of(quote, revision)
    day = told["said_on"]
    return {name: told[name] for name in CHANGEABLE} | {"said_on": day.isoformat() if day else None}


def _place(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "exact": text[span.start : span.end]}


def _speakers(
    text: str, voices: Sequence[Voice], mentions: Mentions, marks: Sequence[tuple[Span, UUID]]
) -> list[dict[str, Any]]:
    """Each as it can be said to be the speaker: by its mark, its words, or its entity."""
    marked = {span: str(uuid) for span, uuid in marks}
    names = {name: fold(name) for name in {named.name for named, _key in mentions}}
    answers = []
    for voice in voices:
        named = _entity(voice, mentions, names)
        answers.append(
            {
                "part": voice.span and _place(text, voice.span),
                "speaker": marked.get(voice.span),
                "entity": named and {"id": named[1], "kind": named[0].kind, "name": named[0].name},
                "name": named[0].name if named else voice.name or text[slice(*voice.span)],
                "why": voice.why,
                "reason": _reason(voice),
            }
        )
    return answers


def _entity(voice: Voice, mentions: Mentions, names: Mapping[str, str]) -> tuple[NamedEntity, int] | None:
    """Whom the words name: the name over the same words, else the only person in them, else who is called so.

    `names` are those of the mentions with their folded forms.
    """
    span = voice.span
    inside = [one for one in mentions if span and one[0].start < span.end and one[0].end > span.start]
    same = [one for one in inside if (one[0].start, one[0].end) == span and one[0].kind in SPEAKING_KINDS]
    people = {one[1]: one for one in inside if one[0].kind == "person"}
    if same or len(people) == 1:
        return same[0] if same else next(iter(people.values()))
    known = fold(voice.name)
    return next((one for one in mentions if known and names[one[0].name] == known), None)


def _reason(voice: Voice) -> str:
    reasons = {
        "detected": _("رصدته الأداة"),
        "cue": _("بجوار «%(cue)s»") % {"cue": voice.told},
        "before": _("قائل الكلام السابق"),
        "marked": _("قائل في هذه المادة"),
        "sentence": _("مذكور في الجملة"),
        "paragraph": _("مذكور في الفقرة"),
        "near": _("مذكور بالقرب منها"),
        "named": _("الاسم المحدَّد"),
    }
    return reasons[voice.why]


def _quote_around(revision: Revision, words: Span) -> str | None:
    """The shortest quote that holds the words."""
    quotes = spans_in(revision, Kind.QUOTE)
    around = [(span, uuid) for span, uuid in quotes if span.start <= words.start and words.end <= span.end]
    shortest = min(around, key=lambda one: one[0].end - one[0].start, default=None)
    return str(shortest[1]) if shortest else None
