"""Attribution: walks through an article's cues and joins content, cue and speaker into quotes."""

from bisect import bisect_left

from annotations.detection.circumstances import circumstances_of
from annotations.detection.content import Content, content_of, marked
from annotations.detection.cues import CueMatch
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.foreign import is_foreign
from annotations.detection.frames import Opening, find_openings
from annotations.detection.framing import framing_of
from annotations.detection.headlines import headline_quote, line_quote, speaking_lines
from annotations.detection.noun_phrases import NounPhrase
from annotations.detection.passage import Passage
from annotations.detection.quotes import UNKNOWN, Quote, Voice
from annotations.detection.sayers import Sayer, Sayers
from annotations.detection.sourced import SourceClause, clause_before, clause_of_source
from annotations.detection.speakers import Voices, speaker_span
from annotations.detection.subjects import speaks
from annotations.detection.unlisted_names import begins_name
from annotations.detection.vocabulary import in_class
from articles.language.folding import fold
from articles.language.spans import Span

# How sure a found content is by the way it opens; the speaker's certainty is reported by its own share below.
_CONTENT_CONFIDENCE = {"marks": 0.95, "that": 0.9, "colon": 0.7, "bare": 0.7, "before": 0.85, "as": 0.75}
_UNNAMED_SHARE = 0.6
_FEWEST_WORDS_BEFORE_CUE = 4
_INTERRUPTING = ("،", ",", "-", "–")


class Attributions:
    """One walk over the cues of a passage; `quotes` in the order of the text, not overlapping."""

    def __init__(self, passage: Passage, entities: EntityTokens) -> None:
        self.passage = passage
        self.entities = entities
        self.voices = Voices(passage, entities)
        self.sayers = Sayers(passage, entities, self.voices)
        self.openings = find_openings(passage)
        self.quotes: list[Quote] = []
        self._consumed = 0

    def collect(self) -> list[Quote]:
        headline = headline_quote(self.passage, self.entities, self.voices)
        if headline is not None:
            self.quotes.append(headline.quote)
            self._consumed = headline.stop
        lines = speaking_lines(self.passage)
        for token in sorted(self.passage.cues.keys() | lines.keys()):
            if token < self._consumed or self.passage.marks.inside[token]:
                continue
            if token in lines:
                self._from_line(token, lines[token])
                continue
            cue = self.passage.cues[token]
            if cue.cue.kind == "source":
                self._from_source(cue)
            else:
                self._from_verb(cue)
        return self.quotes

    def _from_line(self, line: int, colon: int) -> None:
        found = line_quote(self.passage, self.entities, self.voices, self.openings, line, colon)
        if found is not None:
            self.quotes.append(found.quote)
            self._consumed = max(self._consumed, found.stop)

    def _from_verb(self, cue: CueMatch) -> None:
        opening = self.openings.get(cue.first)
        if opening is None and cue.cue.subject_preposition == "في":
            # «البنود التي وردت في الوثيقة»: nothing is said.
            return
        sayer = self.sayers.of(cue, opening)
        if sayer.phrase is None and cue.cue.subject_preposition:
            return
        if opening is not None and self._is_described(cue, opening, sayer.phrase):
            return
        if self._interrupts(cue, opening, sayer.phrase):
            self._add_before(cue, opening, sayer)
            return
        content, kind = None, ""
        if opening is not None:
            content, kind = content_of(self.passage, self.openings, cue, opening), opening.kind
        elif sayer.phrase is not None and cue.cue.kind == "verb":
            content, kind = self._as_said(cue, sayer.phrase), "as"
        verbatim = kind == "that" and content is not None and content.type == "direct" and "own" not in cue.cue.frames
        if content is not None and (verbatim or not self._doubtful(cue, kind, sayer)):
            self._add(content, kind, cue, sayer, stop=opening.gap_stop if opening is not None else cue.stop)

    def _is_described(self, cue: CueMatch, opening: Opening, phrase: NounPhrase | None) -> bool:
        """«وُصفت الطائرة بأنها «…»»: what stands after the verb is what others speak of."""
        if phrase is None or "object" not in cue.cue.frames or cue.cue.kind != "verb" or phrase.first < cue.stop:
            return False
        forms = self.passage.reading.forms
        pronoun = "ها" if cue.cue.gender == "f" else "ه"
        direct = phrase.stop == opening.gap_stop and not forms[cue.first].endswith(("ه", "ها", "هم"))
        return direct and forms[opening.gap_stop] == f"بان{pronoun}"

    def _interrupts(self, cue: CueMatch, opening: Opening | None, phrase: NounPhrase | None) -> bool:
        """«…»، قال فلان: the words stand before their cue, and may go on after it («…»)."""
        if phrase is None or cue.cue.kind != "verb" or cue.attached or "speech" not in cue.cue.frames:
            return False
        return (opening is None or opening.kind == "marks") and self._marked_before(cue, phrase) is not None

    def _add_before(self, cue: CueMatch, opening: Opening | None, sayer: Sayer) -> None:
        phrase = sayer.phrase
        assert phrase is not None
        content = self._marked_before(cue, phrase)
        if content is None or self._doubtful(cue, "before", sayer):
            return
        forms, token = self.passage.reading.forms, phrase.stop
        while token < len(forms) and (forms[token] in _INTERRUPTING or forms[token].startswith("..")):
            token += 1
        stretch = opening.stretch if opening is not None else self.passage.marks.by_open.get(token)
        stop = stretch.open if stretch is not None else self.passage.bounds.stop[cue.first]
        self._add(content, "before", cue, sayer, stop=stop)
        rest = marked(self.passage, stretch) if stretch is not None else None
        if rest is not None:
            self._add(rest, "before", cue, sayer, stop=stop, continues=True)

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

    def _doubtful(self, cue: CueMatch, kind: str, sayer: Sayer) -> bool:
        """A cue that often is another word, with nobody to say it: better silent than wrong."""
        phrase, speaker, _ = sayer
        if speaker is None and (cue.cue.kind == "noun" or not cue.cue.frames & {"that", "speech"}):
            return True
        if "own" in cue.cue.frames and phrase is None:
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
            sayer = Sayer(*self.sayers.dropped(cue, self.passage.bounds.first[cue.first]))
            if sayer.speaker is None:
                return
        else:
            speaker = self.voices.named(found.phrase, cue.verb or cue.cue)
            sayer = Sayer(found.phrase, speaker, self.sayers.relays.relayer_of_source(cue))
        self._add(found.content, "source", cue, sayer, stop=cue.stop)

    def _add(
        self, content: Content, kind: str, cue: CueMatch, sayer: Sayer, *, stop: int, continues: bool = False
    ) -> None:
        """`stop` is the token up to which the words between cue and content may tell of the saying."""
        phrase, speaker, _ = sayer
        certainty = speaker.certainty if speaker is not None else 0.0
        confidence = _CONTENT_CONFIDENCE.get(kind, 0.75) * (_UNNAMED_SHARE + (1 - _UNNAMED_SHARE) * certainty)
        who = "named" if phrase is not None else "running" if speaker is not None else "unknown"
        begin = cue.first if kind == "source" else max(self._consumed, self.passage.bounds.first[cue.first])
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
                self._voices(content, kind, sayer),
                circumstances_of(
                    self.passage, cue, phrase, begin=begin, stop=stop, translated=self._translated(content, sayer)
                ),
                framing_of(self.passage, cue, content),
            )
        )
        self._consumed = max(self._consumed, content.stop, cue.stop)

    def _voices(self, content: Content, kind: str, sayer: Sayer) -> tuple[Voice, ...]:
        """«قال فلان إن الوزير أكد أن …»: the minister said it, the one who is quoted passes it on."""
        first = bisect_left(self.passage.reading.starts, content.start)
        inner = self.sayers.within(first, content.stop, self.openings) if kind == "that" else None
        if inner is None or sayer.phrase is None:
            return self.voices.of(*sayer)
        heard = self.voices.heard(inner)
        same = sayer.speaker is not None and heard.name == sayer.speaker.name
        return self.voices.of(*sayer) if same else self.voices.of(inner, heard, sayer.phrase)

    def _translated(self, content: Content, sayer: Sayer) -> bool:
        """Words given as somebody's own, of a speaker or an outlet of another language."""
        if content.type == "indirect" or sayer.speaker is None:
            return False
        forms = self.passage.reading.forms
        words = self.voices.names.titles.get(sayer.speaker.name, set()) | set(fold(sayer.speaker.name).split())
        if sayer.phrase is not None:
            words |= set(forms[sayer.phrase.first : sayer.phrase.stop])
        relayed = sayer.relay is not None and is_foreign(forms[sayer.relay.first : sayer.relay.stop])
        return relayed or is_foreign(words)
