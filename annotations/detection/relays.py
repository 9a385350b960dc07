"""Words that one passes on from another: نقلت الوكالة عن فلان، نسبت إلى فلان، قالت الوكالة نقلاً عن فلان."""

from typing import NamedTuple

from annotations.detection.cues import CueMatch
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.frames import Opening
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.subjects import speaks, subject_after, subject_before
from annotations.detection.vocabulary import particles
from articles.language.folding import fold

_REACH = 24
_NEAR = 4
_CITING = fold("نقلا عن")


class Relay(NamedTuple):
    """`source` is None where the cue's own subject or a pronoun is meant (نقلت عنه الصحيفة قوله)."""

    relayer: NounPhrase | None
    source: NounPhrase | None = None


class Relays:
    """Remembers by sentence who passes words on, for the noun of saying that brings them (نقلت الوكالة عنه قوله)."""

    def __init__(self, passage: Passage, entities: EntityTokens) -> None:
        self.passage = passage
        self.entities = entities
        self._by_sentence: dict[int, Relay] = {}
        self._of_him: set[int] = set()

    def of(self, cue: CueMatch, opening: Opening | None) -> Relay | None:
        sentence = self.passage.bounds.first[cue.first]
        if cue.cue.subject_preposition and cue.cue.subject_preposition != "في":
            relay = self._by_sentence[sentence] = Relay(self._relayer(cue, sentence))
            return None if self.tells_itself(cue, opening) else relay
        if cue.cue.kind == "noun":
            return self._by_sentence.get(sentence)
        return self._cited_within(cue, opening) if opening is not None else None

    def of_him(self, cue: CueMatch) -> bool:
        """Whether a pronoun says that the words are of the one who spoke last."""
        forms = self.passage.reading.forms
        return self.passage.bounds.first[cue.first] in self._of_him or forms[cue.first - 1] in particles("of_him")

    def tells_itself(self, cue: CueMatch, opening: Opening | None) -> bool:
        """«نقلت الوكالة أن»: with nobody named whom the words are from."""
        if cue.cue.subject_preposition != "عن" or opening is None or opening.kind != "that":
            return False
        between = self.passage.reading.forms[cue.stop : opening.gap_stop]
        return cue.cue.subject_preposition not in between and not particles("of_him") & set(between)

    def relayer_of_source(self, cue: CueMatch) -> NounPhrase | None:
        """«بحسب ما نقلت الوكالة عن فلان»."""
        if cue.verb is None or cue.verb.subject_preposition in ("", "في"):
            return None
        return subject_after(self.passage, self.entities, cue.stop, self._limit(cue))

    def _limit(self, cue: CueMatch) -> int:
        return min(self.passage.bounds.stop[cue.first], cue.stop + _REACH)

    def _relayer(self, cue: CueMatch, sentence: int) -> NounPhrase | None:
        """The verb's own subject, before or after it."""
        forms = self.passage.reading.forms
        limit = self._limit(cue)
        source = next((t for t in range(cue.stop, limit) if forms[t] == cue.cue.subject_preposition), None)
        pronoun = next((t for t in range(cue.stop, limit) if forms[t] in particles("of_him")), None)
        if source is None and pronoun is not None and pronoun < cue.stop + _NEAR:
            self._of_him.add(sentence)
            phrase = subject_after(self.passage, self.entities, cue.stop, limit)
        else:
            phrase = subject_after(self.passage, self.entities, cue.stop, source) if source is not None else None
        if phrase is None and not cue.attached:
            phrase = subject_before(self.passage, self.entities, cue.first)
        if phrase is None or not (speaks(self.passage.reading, phrase) or phrase.first in self.passage.marks.by_open):
            return None
        return phrase

    def _cited_within(self, cue: CueMatch, opening: Opening) -> Relay | None:
        """«قالت الوكالة نقلاً عن فلان إن»: the subject passes on what the one cited between said."""
        for token in range(cue.stop, opening.gap_stop):
            cited = self.passage.cues.get(token)
            if cited is None or cited.cue.kind != "source" or fold(cited.cue.lemma) != _CITING or cited.attached:
                continue
            source = phrase_at(self.passage, self.entities, cited.stop, opening.gap_stop)
            subject = subject_after(self.passage, self.entities, cue.stop, token)
            if subject is None and not cue.attached:
                subject = subject_before(self.passage, self.entities, cue.first)
            return Relay(subject, source) if source is not None else None
        return None
