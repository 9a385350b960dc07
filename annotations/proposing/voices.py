"""Who may have said some words, the likeliest first, and by which cue. Pure.

The detector answers for words that it found itself; for others the cues beside them are asked for their subjects, then
whoever spoke before, then whoever is named near.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from annotations.detection import Quote, detect
from annotations.detection.attribution import speaker_span
from annotations.detection.cues import CueMatch
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.passage import Passage, passage_of
from annotations.detection.quotes import UNKNOWN
from annotations.detection.subjects import subject_after, subject_before
from annotations.proposing.excerpts import excerpt
from articles.language.entities import NamedEntity
from articles.language.spans import Span

# What a person looks through at a glance.
MOST_VOICES = 8
MOST_CUES = 3
# Tokens behind a cue within which its subject is looked for.
_SUBJECT_REACH = 24
SPEAKING_KINDS = ("person", "organisation")


class Voice(NamedTuple):
    """Somebody who may have said it. `span` names them in the text, `name` is who that is, as far as it is known.

    `why` is detected, cue (with the cue in `told`), before (who spoke before), marked, sentence, paragraph or near.
    """

    span: Span | None
    name: str
    why: str
    told: str = ""


@dataclass(frozen=True)
class Proposal:
    """`quote` is what the detector found at these words, `further` where they go on behind an interrupting cue."""

    quote: Quote | None
    cue: Span | None
    further: Sequence[Span]
    voices: Sequence[Voice]


def propose(text: str, start: int, end: int, entities: Sequence[NamedEntity], marked: Sequence[Span] = ()) -> Proposal:
    """For the words [start, end) of an article with its entities, sorted, and the speakers that are marked in it."""
    part = excerpt(text, start, end, entities)
    place = part.within(start, end)
    found = detect(part.text, part.entities).quotes
    passage = passage_of(part.text)
    named = EntityTokens(passage.reading, part.entities)
    at = _quote_at(found, place)
    cues = _cues_beside(passage, place)
    cue = (found[at].cue if at is not None else None) or (Span(cues[0].start, cues[0].end) if cues else None)
    voices = [
        *_detected(found, at),
        *(_subjects(passage, named, cues, place) if at is None or not found[at].speaker else ()),
        *_spoke_before(found, at, place),
        *_named_near(passage, part.entities, place),
    ]
    voices = [voice._replace(span=voice.span and part.place(voice.span)) for voice in voices]
    voices[_certain(voices) : _certain(voices)] = _marked_near(marked, Span(start, end))
    return Proposal(
        quote=_moved(found[at], part.place) if at is not None else None,
        cue=part.place(cue) if cue else None,
        further=[part.place(span) for span in _further(found, at, place)],
        voices=_once(voices),
    )


def _quote_at(quotes: Sequence[Quote], place: Span) -> int | None:
    """The quote that shares most with the selected words, at least half of the shorter of the two."""
    shared = [min(quote.end, place.end) - max(quote.start, place.start) for quote in quotes]
    best = max(range(len(quotes)), key=shared.__getitem__, default=None)
    if best is None:
        return None
    shorter = min(place.end - place.start, quotes[best].end - quotes[best].start)
    return best if 2 * shared[best] >= shorter > 0 else None


def _cues_beside(passage: Passage, place: Span) -> list[CueMatch]:
    """Cues of the sentences that the words stand in, the nearest first."""
    reading, bounds = passage.reading, passage.bounds
    first, stop = bisect_right(reading.ends, place.start), bisect_left(reading.starts, place.end)
    if first >= len(reading):
        return []
    begin, limit = bounds.first[first], bounds.stop[min(max(stop - 1, first), len(reading) - 1)]
    if begin and reading.forms[begin - 1] == ":":
        begin = bounds.first[begin - 1]
    beside = [cue for token, cue in passage.cues.items() if begin <= token < limit]
    outside = [cue for cue in beside if cue.end <= place.start or cue.start >= place.end]
    return sorted(outside, key=lambda cue: _distance(cue, place))[:MOST_CUES]


def _distance(cue: CueMatch, place: Span) -> int:
    """In code points; behind the words a cue stands further off than it looks: it may open the next ones."""
    return place.start - cue.end if cue.end <= place.start else 2 * (cue.start - place.end) + 8


def _detected(quotes: Sequence[Quote], at: int | None) -> Iterator[Voice]:
    if at is not None:
        yield from _voices_of(quotes[at], "detected")


def _voices_of(quote: Quote, why: str) -> Iterator[Voice]:
    """Those who said it together one by one; not who relays it."""
    together = [voice for voice in quote.voices if voice.role == "joint"]
    for voice in together:
        yield Voice(voice.span, voice.name, why)
    if not together and (quote.speaker or quote.name != UNKNOWN):
        yield Voice(quote.speaker, _known(quote.name), why)


def _subjects(passage: Passage, named: EntityTokens, cues: Sequence[CueMatch], place: Span) -> Iterator[Voice]:
    """The subject of each cue, as far as it does not lie in the words themselves."""
    reading = passage.reading
    for cue in cues:
        stop = min(passage.bounds.stop[cue.first], cue.stop + _SUBJECT_REACH)
        if cue.end <= place.start:
            stop = min(stop, bisect_left(reading.starts, place.start))
        phrase = subject_after(passage, named, cue.stop, stop) or subject_before(passage, named, cue.first)
        if phrase is None:
            continue
        span = speaker_span(passage, phrase)
        if span.end <= place.start or span.start >= place.end:
            yield Voice(
                span,
                phrase.person.entity.name if phrase.person else "",
                "cue",
                passage.reading.text[cue.start : cue.end],
            )


def _spoke_before(quotes: Sequence[Quote], at: int | None, place: Span) -> Iterator[Voice]:
    """The speakers of the quotes before, the last first, then of those behind."""
    others = [quote for number, quote in enumerate(quotes) if number != at]
    before = [quote for quote in others if quote.start < place.start]
    behind = [quote for quote in others if quote.start >= place.start]
    for quote in (*reversed(before), *behind):
        yield from _voices_of(quote, "before" if quote.start < place.start else "near")


def _certain(voices: Sequence[Voice]) -> int:
    """How many voices the words around point to; the others are only near."""
    return sum(voice.why in ("detected", "cue", "before") for voice in voices)


def _marked_near(speakers: Sequence[Span], place: Span) -> list[Voice]:
    outside = [one for one in speakers if one.end <= place.start or one.start >= place.end]
    return [Voice(one, "", "marked") for one in sorted(outside, key=lambda one: abs(one.start - place.start))]


def _named_near(passage: Passage, entities: Sequence[NamedEntity], place: Span) -> Iterator[Voice]:
    """People and organisations, those of the sentence first, then those of the paragraph, each by their distance."""
    text = passage.reading.text
    line = Span(text.rfind("\n", 0, place.start) + 1, (text.find("\n", place.end) + 1 or len(text) + 1) - 1)
    sentence = _sentence(passage, place)
    speaking = [one for one in entities if one.kind in SPEAKING_KINDS]
    outside = [one for one in speaking if one.end <= place.start or one.start >= place.end]

    def rank(one: NamedEntity) -> tuple[int, int, int]:
        within = 0 if _holds(sentence, one) else 1 if _holds(line, one) else 2
        return within, SPEAKING_KINDS.index(one.kind), max(place.start - one.end, one.start - place.end)

    for one in sorted(outside, key=rank):
        yield Voice(Span(one.start, one.end), one.name, ("sentence", "paragraph", "near")[rank(one)[0]])


def _sentence(passage: Passage, place: Span) -> Span:
    reading = passage.reading
    first = min(bisect_right(reading.ends, place.start), len(reading) - 1)
    last = min(max(bisect_left(reading.starts, place.end) - 1, first), len(reading) - 1)
    return Span(reading.starts[passage.bounds.first[first]], reading.ends[passage.bounds.stop[last] - 1])


def _holds(span: Span, one: NamedEntity) -> bool:
    return span.start <= one.start and one.end <= span.end


def _further(quotes: Sequence[Quote], at: int | None, place: Span) -> list[Span]:
    """The other stretches of a quote that only its cue interrupts, as far as they lie outside the selection."""
    if at is None:
        return []
    first, last = at, at
    while quotes[first].continues and first:
        first -= 1
    while last + 1 < len(quotes) and quotes[last + 1].continues:
        last += 1
    spans = [Span(quote.start, quote.end) for quote in quotes[first : last + 1]]
    return [span for span in spans if span.end <= place.start or span.start >= place.end]


def _moved(quote: Quote, place: Callable[[Span], Span]) -> Quote:
    """Without its voices: these are told one by one."""
    told, names = quote.circumstances, ("channel_words", "occasion", "said_on")
    spans = {name: place(span) for name in names if (span := getattr(told, name))}
    start, end = place(Span(quote.start, quote.end))
    return replace(
        quote,
        start=start,
        end=end,
        cue=None,
        speaker=None,
        voices=(),
        circumstances=replace(told, **spans),
        framing=place(quote.framing) if quote.framing else None,
    )


def _known(name: str) -> str:
    return "" if name == UNKNOWN else name


def _once(voices: Sequence[Voice]) -> list[Voice]:
    """Each name and each place in the text once, where it is likeliest."""
    names: set[str] = set()
    spans: list[Span] = []
    kept = []
    for voice in voices:
        overlaps = voice.span is not None and any(
            voice.span.start < span.end and voice.span.end > span.start for span in spans
        )
        if overlaps or (voice.name and voice.name in names):
            continue
        names.add(voice.name)
        spans += [voice.span] if voice.span else []
        kept.append(voice)
    return kept[:MOST_VOICES]
