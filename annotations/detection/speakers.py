"""Who is speaking: from a noun phrase, or from who spoke before, to a name."""

from dataclasses import replace

from annotations.detection.cues import Cue
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.noun_phrases import NounPhrase
from annotations.detection.passage import Passage
from annotations.detection.quotes import Voice
from annotations.detection.resolved import Speaker
from annotations.detection.resolving import CITED, DOUBTFUL, Names
from annotations.detection.titles import title_key
from annotations.detection.vocabulary import in_class, particles, without_article
from articles.language.folding import fold
from articles.language.spans import Span


class Voices:
    """Who has spoken so far in an article."""

    def __init__(self, passage: Passage, entities: EntityTokens) -> None:
        self.passage = passage
        self.names = Names(passage, entities)
        self.spoken = self.names.spoken

    def named(self, phrase: NounPhrase, cue: Cue, *, doubtful: bool = False, agreeing: bool = True) -> Speaker:
        """The speaker that a noun phrase names; remembered as the one who spoke last.

        `doubtful` says that another phrase may be the one meant, `agreeing` that the cue is the phrase's own verb.
        """
        name, kind, certainty, joint = self.names.resolve(phrase)
        certainty = min(certainty, DOUBTFUL) if doubtful else certainty
        agreeing = agreeing and not cue.subject_preposition
        gender = cue.gender if agreeing else self._gender_of(phrase)
        speaker = Speaker(name, kind, certainty, gender, cue.plural and agreeing, joint)
        if name not in CITED:
            self.spoken.append(speaker)
        if phrase.person is not None and kind == "person":
            words = self.passage.reading.forms[phrase.first : phrase.stop]
            self.names.titles.setdefault(name, set()).update(map(title_key, words))
        return speaker

    def _gender_of(self, phrase: NounPhrase) -> str:
        """By the head alone, where the verb agrees with somebody else (نقلت الوكالة عن مصدر)."""
        head = self.passage.reading.forms[phrase.first]
        return "f" if head.endswith("ه") or head == fold("مصادر") else "m"

    def running(self, cue: Cue, *, doubtful: bool = False) -> Speaker | None:
        """Who spoke last and agrees with the cue in gender and number (وأضافت: the last woman, body or group)."""
        for back, speaker in enumerate(reversed(self.spoken[-6:])):
            if cue.gender and speaker.gender and cue.gender != speaker.gender:
                continue
            if cue.gender == "m" and not cue.plural and is_many(speaker.name):
                continue
            if cue.plural and not speaker.plural and speaker.kind in ("person", "document"):
                continue
            certainty = speaker.certainty * (0.9 if back == 0 else 0.6)
            return replace(speaker, certainty=min(certainty, DOUBTFUL) if doubtful else certainty)
        return None

    def heard(self, phrase: NounPhrase) -> Speaker:
        """Who a phrase names, where others tell of it: no running speaker."""
        name, kind, certainty, joint = self.names.resolve(phrase)
        return Speaker(name, kind, certainty, joint=joint)

    def of(self, phrase: NounPhrase | None, speaker: Speaker | None, relay: NounPhrase | None) -> tuple[Voice, ...]:
        """Those who said the words one by one, then who passes them on."""
        voices = []
        if speaker is not None and len(speaker.joint) > 1:
            spans = {named.entity.name: named.entity for named in phrase.entities} if phrase is not None else {}
            for name in speaker.joint:
                span = Span(spans[name].start, spans[name].end) if name in spans else None
                voices.append(Voice(name, span, "joint", speaker.certainty))
        elif speaker is not None:
            span = speaker_span(self.passage, phrase) if phrase is not None else None
            voices.append(Voice(speaker.name, span, "said", speaker.certainty))
        if relay is not None:
            name, _, certainty, _ = self.names.resolve(relay)
            voices.append(Voice(name, speaker_span(self.passage, relay), "relayed", certainty))
        return tuple(voices)


def is_many(name: str) -> bool:
    """شهود، مسؤولون: of whom a verb in the singular says nothing once they are dropped."""
    head = without_article(fold(name.split()[0])) if name.split() else ""
    return head in particles("plural_head") or (head.endswith("ون") and in_class(head, "person"))


def speaker_span(passage: Passage, phrase: NounPhrase) -> Span:
    """Without the letters attached before a name and without marks around the whole."""
    reading = passage.reading
    first, stop = phrase.unmarked(passage)
    start = reading.starts[first] + (phrase.attached if first == phrase.first else 0)
    for named in phrase.entities:
        if named.first == first:
            start = max(start, named.entity.start)
    return Span(start, reading.ends[stop - 1])
