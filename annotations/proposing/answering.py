"""What is proposed for a selection, joined with the article's names and marks. Reads, and writes nothing."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from annotations.connecting import SPEAKING_KINDS
from annotations.models import Annotation, Placement
from annotations.permissions import Person
from annotations.proposing.snapping import snapped
from annotations.proposing.voices import Voice, propose
from annotations.quotetypes import quote_type_of
from annotations.refusals import MarkRefused
from annotations.standing import places_in, stand, standing_in
from articles.language.entities import NamedEntity
from articles.language.folding import fold
from articles.language.spans import Span
from articles.models import Revision
from articles.recognition import entities_of

Kind = Annotation.Kind
Mentions = Sequence[tuple[NamedEntity, int]]


def proposal_for(revision: Revision, start: int, end: int, kind: str, user: Person) -> dict[str, Any]:
    """For the words [start, end): whole words, and for a quote or claim its cue, type and who may have said it.

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
    marks = _marks(revision, user)
    speakers = [mark for mark in marks if mark.kind == Kind.SPEAKER]
    entities = [named for named, _key in mentions]
    proposal = propose(text, words.words.start, words.words.end, entities, [_span(mark) for mark in speakers])
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
        }
    return answer | {"quote": _quote_around(marks, words.words)}


def _marks(revision: Revision, user: Person) -> list[Annotation]:
    """The speakers and quotes that stand in the text for sure, with their parts."""
    live = Annotation.objects.visible_to(user).filter(kind__in=(Kind.SPEAKER, Kind.QUOTE))
    marks = list(standing_in(revision, live).prefetch_related("parts", *places_in(revision)))
    stand(marks, revision)
    return [mark for mark in marks if mark.content and mark.standing != Placement.State.DOUBTFUL]


def _span(mark: Annotation) -> Span:
    return Span(mark.content[0].start, mark.content[-1].end)


def _place(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "exact": text[span.start : span.end]}


def _speakers(
    text: str, voices: Sequence[Voice], mentions: Mentions, marks: Sequence[Annotation]
) -> list[dict[str, Any]]:
    """Each as it can be said to be the speaker: by its mark, its words, or its entity."""
    marked = {_span(mark): str(mark.uuid) for mark in marks}
    answers = []
    for voice in voices:
        named = _entity(voice, mentions)
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


def _entity(voice: Voice, mentions: Mentions) -> tuple[NamedEntity, int] | None:
    """Whom the words name: the name over the same words, else the only person in them; else whose name is known."""
    span = voice.span
    inside = [one for one in mentions if span and one[0].start < span.end and one[0].end > span.start]
    same = [one for one in inside if (one[0].start, one[0].end) == span and one[0].kind in SPEAKING_KINDS]
    people = {one[1]: one for one in inside if one[0].kind == "person"}
    if same or len(people) == 1:
        return same[0] if same else next(iter(people.values()))
    known = fold(voice.name)
    return next((one for one in mentions if known and fold(one[0].name) == known), None)


def _reason(voice: Voice) -> str:
    reasons = {
        "detected": _("رصدته الأداة"),
        "cue": _("بجوار «%(cue)s»") % {"cue": voice.told},
        "before": _("قائل ما سبق"),
        "marked": _("قائل في هذه المادة"),
        "sentence": _("مذكور في الجملة"),
        "paragraph": _("مذكور في الفقرة"),
        "near": _("مذكور قريباً منها"),
        "named": _("الاسم المحدَّد"),
    }
    return reasons[voice.why]


def _quote_around(marks: Sequence[Annotation], words: Span) -> str | None:
    """The shortest quote that holds the words."""
    around = [
        (part.end - part.start, str(mark.uuid))
        for mark in marks
        if mark.kind == Kind.QUOTE
        for part in mark.content
        if part.start <= words.start and words.end <= part.end
    ]
    return min(around, default=(0, None))[1]
