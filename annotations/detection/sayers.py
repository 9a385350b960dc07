"""Whose words follow a cue: its subject, wherever that stands, or who spoke last; and who only passes them on."""

from typing import NamedTuple

from annotations.detection.antecedents import acting, agrees, antecedent_of, begins_anew, beside, disagrees, is_of_many
from annotations.detection.cues import CueMatch
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.frames import Opening
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.reading import LINE_END
from annotations.detection.relays import Relays
from annotations.detection.resolved import Speaker
from annotations.detection.speakers import Voices
from annotations.detection.subjects import speaks, subject_after, subject_before, topic_of, without_object
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import is_relative

_LONGEST_SUBJECT_GAP = 24


class Sayer(NamedTuple):
    """`phrase` names the speaker beside the cue; `relay` names who passes the words on."""

    phrase: NounPhrase | None
    speaker: Speaker | None
    relay: NounPhrase | None = None


class Sayers:
    """By cue, in the order of the text: what was found for one is remembered for those after it."""

    def __init__(self, passage: Passage, entities: EntityTokens, voices: Voices) -> None:
        self.passage = passage
        self.entities = entities
        self.voices = voices
        self.relays = Relays(passage, entities)
        self._subjects: dict[int, tuple[NounPhrase | None, Speaker | None]] = {}

    def of(self, cue: CueMatch, opening: Opening | None) -> Sayer:
        relay = self.relays.of(cue, opening)
        if relay is not None and relay.source is not None:
            return Sayer(relay.source, self.voices.named(relay.source, cue.cue, agreeing=False), relay.relayer)
        phrase, speaker = self._speaker(cue, opening)
        return Sayer(phrase, speaker, relay.relayer if relay is not None else None)

    def within(self, first: int, stop: int, openings: dict[int, Opening]) -> NounPhrase | None:
        """Who speaks in a reported clause that is itself a report: «الوزير أكد أن …»."""
        if self.passage.reading.forms[first] in particles("complementiser_with_subject"):
            return None
        phrase = phrase_at(self.passage, self.entities, first, stop)
        if phrase is None or not speaks(self.passage.reading, phrase):
            return None
        cue = self.passage.cues.get(phrase.stop)
        reports = cue is not None and cue.cue.kind == "verb" and not cue.attached and phrase.stop in openings
        return phrase if reports and openings[phrase.stop].first < stop else None

    def _speaker(self, cue: CueMatch, opening: Opening | None) -> tuple[NounPhrase | None, Speaker | None]:
        if "author" in cue.cue.frames:
            return None, None
        sentence = self.passage.bounds.first[cue.first]
        phrase = self._subject(cue, opening) if cue.cue.kind == "verb" else None
        if phrase is None and cue.cue.subject_preposition:
            return None, None
        if phrase is None and cue.first > 0 and is_relative(self.passage.reading.forms[cue.first - 1]):
            antecedent = antecedent_of(self.passage, self.entities, cue.first - 1)
            if antecedent is None or disagrees(self.passage, cue, antecedent):
                # «الهجوم الذي قال إن …»: what is described, so that the speaker is another.
                return None, self._speaker_outside(cue, sentence)
            return antecedent, self.voices.named(antecedent, cue.cue)
        if phrase is None:
            phrase = beside(self.passage, self.entities, cue)
            if phrase is not None:
                return phrase, self.voices.named(phrase, cue.cue)
            if sentence not in self._subjects or begins_anew(self.passage, sentence, cue):
                self._subjects[sentence] = self.dropped(cue, sentence)
            phrase, speaker = self._subjects[sentence]
            if phrase is not None and cue.cue.plural and not agrees(self.passage, cue, phrase):
                phrase, speaker = self.dropped(cue, sentence)
            return phrase if cue.cue.kind in ("participle", "noun") else None, speaker
        speaker = self.voices.named(phrase, cue.cue)
        self._subjects[sentence] = (phrase, speaker)
        return phrase, speaker

    def _speaker_outside(self, cue: CueMatch, sentence: int) -> Speaker | None:
        """Whoever spoke last, else who acts in the sentence around the relative clause."""
        speaker = self.voices.running(cue.cue, doubtful=True)
        if speaker is not None or cue.first < sentence + 3 or cue.cue.plural:
            return speaker
        phrase = acting(self.passage, self.entities, sentence, cue)
        return self.voices.named(phrase, cue.cue, doubtful=True) if phrase is not None else None

    def _subject(self, cue: CueMatch, opening: Opening | None) -> NounPhrase | None:
        if cue.cue.subject_preposition and not self.relays.tells_itself(cue, opening):
            return self._subject_after_preposition(cue)
        stop = (
            opening.gap_stop if opening else min(self.passage.bounds.stop[cue.first], cue.stop + _LONGEST_SUBJECT_GAP)
        )
        phrase = subject_after(self.passage, self.entities, cue.stop, stop)
        if phrase is not None and opening is None and not self._certain_subject(phrase):
            phrase = None
        if phrase is None and cue.attached == "ف":
            phrase = topic_of(self.passage, self.entities, cue.first)
        if phrase is None and cue.attached != "و":
            phrase = subject_before(self.passage, self.entities, cue.first)
        if phrase is not None and "object" in cue.cue.frames:
            phrase = without_object(self.passage.reading, phrase)
        return phrase

    def _certain_subject(self, phrase: NounPhrase) -> bool:
        """Where no content follows, the noun after the verb may as well be its object."""
        return speaks(self.passage.reading, phrase)

    def _subject_after_preposition(self, cue: CueMatch) -> NounPhrase | None:
        """نقلت الوكالة عن X، جاء في البيان."""
        forms, stop = self.passage.reading.forms, self.passage.bounds.stop[cue.first]
        for token in range(cue.stop, min(stop, cue.stop + _LONGEST_SUBJECT_GAP)):
            if forms[token] == cue.cue.subject_preposition:
                says = token + 1 < stop and (forms[token] != "في" or in_class(forms[token + 1], "document"))
                return phrase_at(self.passage, self.entities, token + 1, stop) if says else None
        return None

    def dropped(self, cue: CueMatch, sentence: int) -> tuple[NounPhrase | None, Speaker | None]:
        """Of a participle, or of a verb without its own subject: who acts in its sentence, else who spoke last."""
        if cue.cue.kind == "participle" and cue.first == sentence:
            before = self._sentence_before(sentence, over_lines=True)
            earlier, speaker = self._subjects.get(before, (None, None))
            if earlier is None and speaker is None:
                earlier = self._acting_in(before, cue)
            if earlier is not None:
                return earlier, self.voices.named(earlier, cue.cue)
        phrase = None
        relayed = cue.cue.kind == "noun" and self.relays.of_him(cue)
        if cue.first > sentence + 1 and not relayed:
            phrase = acting(self.passage, self.entities, sentence, cue)
        if phrase is None:
            running = self.voices.running(cue.cue, doubtful=self._has_other_subject(cue, sentence))
            if running is None and cue.attached and cue.first == sentence and not cue.cue.tight:
                before = self._sentence_before(sentence, over_lines=True)
                phrase = self._acting_in(before, cue)
                running = self.voices.named(phrase, cue.cue, doubtful=True) if phrase is not None else None
            return None, running
        rivals = [named for named in self.entities.within(phrase.stop, cue.first) if named.entity.kind == "person"]
        speaker = self.voices.named(phrase, cue.cue, doubtful=bool(rivals))
        return phrase, speaker

    def _acting_in(self, sentence: int | None, cue: CueMatch) -> NounPhrase | None:
        """Who acts in a sentence before the cue's own, told by the verb that opens it."""
        if sentence is None:
            return None
        stop = self.passage.bounds.stop[sentence]
        phrase = acting(self.passage, self.entities, sentence, cue, stop=stop) if stop > sentence + 2 else None
        one = phrase is not None and cue.cue.plural and not is_of_many(self.passage, phrase)
        return None if one else phrase

    def _sentence_before(self, sentence: int, *, over_lines: bool) -> int | None:
        """Where the sentence before starts, by the key of `_subjects`; not the headline."""
        token, lines = sentence - 1, 0
        while token >= 0 and not self.passage.reading.is_word[token]:
            lines += self.passage.reading.forms[token] == LINE_END
            token -= 1
        if lines and (not over_lines or LINE_END not in self.passage.reading.forms[: max(0, token)]):
            return None
        return self.passage.bounds.first[token] if token >= 0 else None

    def _has_other_subject(self, cue: CueMatch, sentence: int) -> bool:
        """Whether the clause begins with a noun that may be the verb's subject (إشارات تلوح في الأفق تؤكد أن)."""
        reading, first = self.passage.reading, cue.first
        if cue.cue.kind != "verb" or cue.attached:
            return False
        while first > sentence and reading.is_word[first - 1] and not is_relative(reading.forms[first - 1]):
            first -= 1
        form = reading.forms[first]
        leading = {form, form.removeprefix("و")}
        linked = any(word in particles(name) for word in leading for name in ("preposition", "clause_link"))
        joined = form[0] in "بل" and len(form) > 3
        circumstance = any(classes_of(word) & {"aside", "around", "time"} for word in leading)
        return first < cue.first and not (linked or joined or circumstance)
