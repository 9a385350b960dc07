"""Attribution: walks through an article's cues and joins content, cue and speaker into quotes."""

from annotations.detection.antecedents import acting, antecedent_of, beside
from annotations.detection.content import Content, content_of, marked
from annotations.detection.cues import CueMatch
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.frames import Opening, find_openings
from annotations.detection.headlines import headline_quote
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.quotes import Quote
from annotations.detection.reading import LINE_END
from annotations.detection.sourced import SourceClause, clause_before, clause_of_source
from annotations.detection.speakers import UNKNOWN, Speaker, Voices
from annotations.detection.subjects import speaks, subject_after, subject_before, topic_of, without_object
from annotations.detection.unlisted_names import begins_name
from annotations.detection.vocabulary import classes_of, in_class, particles
from annotations.detection.word_roles import is_relative
from articles.language.spans import Span

# How sure a found content is by the way it opens; the speaker's certainty is reported by its own share below.
_CONTENT_CONFIDENCE = {"marks": 0.95, "that": 0.9, "colon": 0.7, "bare": 0.7, "before": 0.85, "as": 0.75}
_UNNAMED_SHARE = 0.6
_FEWEST_WORDS_BEFORE_CUE = 4
_LONGEST_SUBJECT_GAP = 24
_INTERRUPTING = ("،", ",", "-", "–")


class Attributions:
    """One walk over the cues of a passage; `quotes` in the order of the text, not overlapping."""

    def __init__(self, passage: Passage, entities: EntityTokens) -> None:
        self.passage = passage
        self.entities = entities
        self.voices = Voices(passage, entities)
        self.openings = find_openings(passage)
        self.quotes: list[Quote] = []
        self._consumed = 0
        self._subjects: dict[int, tuple[NounPhrase | None, Speaker | None]] = {}

    def collect(self) -> list[Quote]:
        headline = headline_quote(self.passage, self.entities, self.voices)
        if headline is not None:
            self.quotes.append(headline.quote)
            self._consumed = headline.stop
        for token, cue in self.passage.cues.items():
            if token < self._consumed or self.passage.marks.inside[token]:
                continue
            if cue.cue.kind == "source":
                self._from_source(cue)
            else:
                self._from_verb(cue)
        return self.quotes

    def _from_verb(self, cue: CueMatch) -> None:
        opening = self.openings.get(cue.first)
        phrase, speaker = self._speaker(cue, opening)
        if phrase is None and cue.cue.subject_preposition:
            return
        if self._interrupts(cue, opening, phrase):
            self._add_before(cue, opening, phrase, speaker)
            return
        content, kind = None, ""
        if opening is not None:
            content, kind = content_of(self.passage, self.openings, cue, opening), opening.kind
        elif phrase is not None and cue.cue.kind == "verb":
            content, kind = self._as_said(cue, phrase), "as"
        if content is not None and not self._doubtful(cue, kind, phrase, speaker):
            self._add(content, kind, cue, phrase, speaker)

    def _interrupts(self, cue: CueMatch, opening: Opening | None, phrase: NounPhrase | None) -> bool:
        """«…»، قال فلان: the words stand before their cue, and may go on after it («…»)."""
        if phrase is None or cue.cue.kind != "verb" or cue.attached or "speech" not in cue.cue.frames:
            return False
        return (opening is None or opening.kind == "marks") and self._marked_before(cue, phrase) is not None

    def _add_before(self, cue: CueMatch, opening: Opening | None, phrase: NounPhrase, speaker: Speaker | None) -> None:
        content = self._marked_before(cue, phrase)
        if content is None or self._doubtful(cue, "before", phrase, speaker):
            return
        self._add(content, "before", cue, phrase, speaker)
        token = phrase.stop
        forms = self.passage.reading.forms
        while token < len(forms) and (forms[token] in _INTERRUPTING or forms[token].startswith("..")):
            token += 1
        stretch = opening.stretch if opening is not None else self.passage.marks.by_open.get(token)
        rest = marked(self.passage, stretch) if stretch is not None else None
        if rest is not None:
            self._add(rest, "before", cue, phrase, speaker, continues=True)

    def _as_said(self, cue: CueMatch, phrase: NounPhrase) -> Content | None:
        """«…، كما قال فلان.»: with nothing after its subject كما means «as», else «also»."""
        reading, stop = self.passage.reading, self.passage.bounds.stop[cue.first]
        if cue.first == 0 or reading.forms[cue.first - 1] != "كما" or "that" not in cue.cue.frames:
            return None
        after = phrase.stop
        while after < stop and in_class(reading.forms[after], "time"):
            after += 1
        if after < stop:
            return None
        first = max(self.passage.bounds.first[cue.first], self._consumed)
        return clause_before(self.passage, cue, after, first, before=cue.first - 1)

    def _doubtful(self, cue: CueMatch, kind: str, phrase: NounPhrase | None, speaker: Speaker | None) -> bool:
        """A cue that often is another word, with nobody to say it: better silent than wrong."""
        if speaker is None and cue.cue.kind == "noun":
            return True
        if cue.stop > cue.first + 1 and kind != "before":
            return False
        reading = self.passage.reading
        speaking = speaker is not None and (
            phrase is None
            or speaks(reading, phrase)
            or (kind in ("that", "marks") and begins_name(reading, phrase.first))
        )
        return cue.cue.tight and kind != "colon" and cue.cue.kind == "verb" and not speaking

    def _speaker(self, cue: CueMatch, opening: Opening | None) -> tuple[NounPhrase | None, Speaker | None]:
        if "author" in cue.cue.frames:
            return None, None
        sentence = self.passage.bounds.first[cue.first]
        phrase = self._subject(cue, opening) if cue.cue.kind == "verb" else None
        if phrase is None and cue.cue.subject_preposition:
            return None, None
        if phrase is None and cue.first > 0 and is_relative(self.passage.reading.forms[cue.first - 1]):
            antecedent = antecedent_of(self.passage, self.entities, cue.first - 1)
            if antecedent is None:
                # «الهجوم الذي قال إن …»: what is described, so that the speaker is another.
                return None, self.voices.running(cue.cue, doubtful=True)
            return None, self.voices.named(antecedent, cue.cue)
        if phrase is None:
            phrase = beside(self.passage, self.entities, cue)
            if phrase is not None:
                return phrase, self.voices.named(phrase, cue.cue)
            if sentence not in self._subjects:
                self._subjects[sentence] = self._dropped(cue, sentence)
            phrase, speaker = self._subjects[sentence]
            return phrase if cue.cue.kind == "participle" else None, speaker
        speaker = self.voices.named(phrase, cue.cue)
        self._subjects[sentence] = (phrase, speaker)
        return phrase, speaker

    def _subject(self, cue: CueMatch, opening: Opening | None) -> NounPhrase | None:
        if cue.cue.subject_preposition:
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

    def _dropped(self, cue: CueMatch, sentence: int) -> tuple[NounPhrase | None, Speaker | None]:
        """Of a participle, or of a verb without its own subject: who acts in its sentence, else who spoke last."""
        if cue.cue.kind == "participle" and cue.first == sentence:
            earlier = self._subjects.get(self._sentence_before(sentence), (None, None))
            if earlier[0] is not None:
                return earlier[0], self.voices.named(earlier[0], cue.cue)
        phrase = None
        relayed = cue.cue.kind == "noun" and self.passage.reading.forms[cue.first - 1] in particles("of_him")
        if cue.first > sentence + 1 and not relayed:
            phrase = acting(self.passage, self.entities, sentence, cue)
        if phrase is None:
            return None, self.voices.running(cue.cue, doubtful=self._has_other_subject(cue, sentence))
        rivals = [named for named in self.entities.within(phrase.stop, cue.first) if named.entity.kind == "person"]
        speaker = self.voices.named(phrase, cue.cue, doubtful=bool(rivals))
        return phrase, speaker

    def _sentence_before(self, sentence: int) -> int | None:
        """Where the sentence before starts in the same paragraph, by the key of `_subjects`."""
        token = sentence - 1
        while token >= 0 and not self.passage.reading.is_word[token]:
            if self.passage.reading.forms[token] == LINE_END:
                return None
            token -= 1
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

    def _marked_before(self, cue: CueMatch, phrase: NounPhrase) -> Content | None:
        token = cue.first - 1
        while token > 0 and self.passage.reading.forms[token] in (*_INTERRUPTING, "كما", "هكذا"):
            token -= 1
        stretch = self.passage.marks.by_close.get(token)
        if stretch is None or stretch.open < self._consumed:
            return None
        content = marked(self.passage, stretch)
        words = sum(self.passage.reading.is_word[stretch.open : stretch.close])
        opens = stretch.open == self.passage.bounds.first[cue.first] and speaks(self.passage.reading, phrase)
        return content if opens or words >= _FEWEST_WORDS_BEFORE_CUE else None

    def _from_source(self, cue: CueMatch) -> None:
        found: SourceClause | None = clause_of_source(self.passage, self.openings, self.entities, cue, self._consumed)
        if found is None:
            return
        if found.phrase is None:
            phrase, speaker = self._dropped(cue, self.passage.bounds.first[cue.first])
            if speaker is None:
                return
        else:
            phrase, speaker = found.phrase, self.voices.named(found.phrase, cue.verb or cue.cue)
        self._add(found.content, "source", cue, phrase, speaker)

    def _add(
        self,
        content: Content,
        kind: str,
        cue: CueMatch,
        phrase: NounPhrase | None,
        speaker: Speaker | None,
        *,
        continues: bool = False,
    ) -> None:
        certainty = speaker.certainty if speaker is not None else 0.0
        confidence = _CONTENT_CONFIDENCE.get(kind, 0.75) * (_UNNAMED_SHARE + (1 - _UNNAMED_SHARE) * certainty)
        who = "named" if phrase is not None else "running" if speaker is not None else "unknown"
        self.quotes.append(
            Quote(
                content.start,
                content.end,
                content.type,
                Span(cue.start, cue.end),
                speaker_span(self.passage, phrase) if phrase is not None else None,
                speaker.name if speaker is not None else UNKNOWN,
                round(confidence, 3),
                f"{cue.cue.kind}-{kind}-{who}",
                cue.cue.stance,
                continues,
            )
        )
        self._consumed = max(self._consumed, content.stop, cue.stop)


def speaker_span(passage: Passage, phrase: NounPhrase) -> Span:
    """Without the letters attached before a name and without marks around the whole."""
    reading = passage.reading
    first, stop = phrase.unmarked(passage)
    start = reading.starts[first] + (phrase.attached if first == phrase.first else 0)
    for named in phrase.entities:
        if named.first == first:
            start = max(start, named.entity.start)
    return Span(start, reading.ends[stop - 1])
