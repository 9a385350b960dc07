"""Headlines that quote: «سلام: لن نستقيل»."""

from typing import NamedTuple

from annotations.detection.content import marked
from annotations.detection.cues import Cue
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.quotes import Quote
from annotations.detection.reading import LINE_END
from annotations.detection.speakers import Voices
from annotations.detection.vocabulary import particles
from annotations.detection.word_roles import is_speaking_head
from articles.language.spans import Span

_LONGEST_SPEAKER = 8
_FEWEST_WORDS = 3
_CONFIDENCE = 0.8
_COLON = Cue(":", "colon", frozenset({"speech"}), "neutral")


class HeadlineQuote(NamedTuple):
    """`stop` is the first token after the quote."""

    quote: Quote
    stop: int


def headline_quote(passage: Passage, entities: EntityTokens, voices: Voices) -> HeadlineQuote | None:
    """Only where a person, a body or an unnamed source stands before the first colon of the first line."""
    forms = passage.reading.forms
    stop = forms.index(LINE_END) if LINE_END in forms else len(forms)
    colon = next((token for token in range(min(stop, 2 * _LONGEST_SPEAKER)) if forms[token] == ":"), None)
    if colon is None or any(token < colon for token in passage.cues if token < stop):
        return None
    phrase = _speaker(passage, entities, colon)
    if phrase is None:
        return None
    stretch = passage.marks.by_open.get(colon + 1)
    content = marked(passage, stretch) if stretch is not None else None
    if content is None or content.stop < stop - 2:
        start, end = passage.reading.starts, passage.reading.ends
        if sum(passage.reading.is_word[colon + 1 : stop]) < _FEWEST_WORDS:
            return None
        bounds = start[colon + 1], end[stop - 1]
    else:
        bounds = content.start, content.end
    speaker = voices.named(phrase, _COLON)
    span = Span(passage.reading.starts[phrase.first], passage.reading.ends[phrase.stop - 1])
    return HeadlineQuote(Quote(*bounds, "direct", None, span, speaker.name, _CONFIDENCE, "headline-colon-named"), stop)


def _speaker(passage: Passage, entities: EntityTokens, colon: int) -> NounPhrase | None:
    if colon == 0 or passage.reading.forms[colon - 1] in particles("headline_call"):
        return None
    phrase = phrase_at(passage, entities, 0, colon)
    if phrase is None or phrase.stop > _LONGEST_SPEAKER:
        return None
    people = [named for named in phrase.entities if named.entity.kind in ("person", "organisation")]
    if people and people[0].first == phrase.first:
        return phrase
    return phrase if is_speaking_head(passage.reading.forms[phrase.first]) else None
