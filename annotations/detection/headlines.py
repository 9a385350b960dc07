"""Headlines and lines that quote with a name and a colon alone: «سلام: لن نستقيل», an interview's «سلام: …»."""

from typing import NamedTuple

from annotations.detection.content import Content, marked, unmarked
from annotations.detection.cues import Cue
from annotations.detection.earlier_names import is_body
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.frames import Opening
from annotations.detection.noun_phrases import NounPhrase, phrase_at
from annotations.detection.passage import Passage
from annotations.detection.quotes import Quote
from annotations.detection.reading import LINE_END
from annotations.detection.speakers import Voices, speaker_span
from annotations.detection.vocabulary import particles
from annotations.detection.word_roles import is_speaking_head

_LONGEST_SPEAKER = 8
_FEWEST_WORDS = 3
_CONFIDENCE = 0.8
_CONFIDENCE_UNMARKED = 0.65
_FEWEST_WORDS_IN_LINE = 4
_COLON = Cue(":", "colon", frozenset({"speech"}), "neutral")


class LineQuote(NamedTuple):
    """`stop` is the first token after the quote."""

    quote: Quote
    stop: int


def headline_quote(passage: Passage, entities: EntityTokens, voices: Voices) -> LineQuote | None:
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
    said = voices.of(phrase, speaker, None)
    quote = Quote(
        *bounds,
        "direct",
        None,
        speaker_span(passage, phrase),
        speaker.name,
        _CONFIDENCE,
        "headline-colon-named",
        voices=said,
    )
    return LineQuote(quote, stop)


def _speaker(passage: Passage, entities: EntityTokens, colon: int) -> NounPhrase | None:
    forms = passage.reading.forms
    if colon == 0 or forms[colon - 1] in particles("headline_call"):
        return None
    first = next((token + 1 for token in range(colon - 1, -1, -1) if forms[token].startswith("..")), 0)
    phrase = phrase_at(passage, entities, first, colon)
    if phrase is None or phrase.stop > first + _LONGEST_SPEAKER:
        return None
    # «الفريق ينهي معسكره.. وفلان: …»
    joined = int(first > 0 and forms[first].startswith("و"))
    phrase = phrase._replace(attached=joined)
    begin = phrase.unmarked(passage)[0]
    people = [named for named in phrase.entities if named.entity.kind in ("person", "organisation")]
    if people and people[0].first == begin:
        return phrase
    return phrase if is_speaking_head(forms[begin][joined:]) or is_body(forms[begin][joined:]) else None


def speaking_lines(passage: Passage) -> dict[int, int]:
    """First token → colon, of the lines after the headline that a colon opens early and no cue before it."""
    forms, found, line = passage.reading.forms, {}, 0
    for token, form in enumerate(forms):
        if form == LINE_END:
            line = token + 1
        elif form == ":" and 0 < line < token <= line + _LONGEST_SPEAKER and line not in found:
            found[line] = token
    return {line: colon for line, colon in found.items() if not passage.cues.keys() & set(range(line, colon))}


def line_quote(
    passage: Passage, entities: EntityTokens, voices: Voices, openings: dict[int, Opening], line: int, colon: int
) -> LineQuote | None:
    """Only where a named person stands alone before the colon, or before marks any speaker.

    Without marks not in the first line of the body, where a name and a colon are a byline, and not where somebody is
    cited in it.
    """
    phrase = phrase_at(passage, entities, line, colon)
    if phrase is None or phrase.stop != colon:
        return None
    if passage.reading.forms[line] in particles("honour") and phrase.person is None:
        # «فخامة الرئيس: …»: whom a letter is to.
        return None
    stretch = passage.marks.by_open.get(colon + 1)
    if stretch is None:
        content = _own_words(passage, entities, openings, phrase, colon)
    else:
        # A title alone may be anybody's.
        titled = is_speaking_head(passage.reading.forms[line]) and phrase.stop > line + 1
        speaks = stretch.closed and (titled or phrase.person is not None)
        content = marked(passage, stretch) if speaks else None
    if content is None:
        return None
    if sum(passage.reading.is_word[colon + 1 : content.stop]) < _FEWEST_WORDS_IN_LINE:
        return None
    speaker = voices.named(phrase, _COLON)
    said = voices.of(phrase, speaker, None)
    confidence = _CONFIDENCE if stretch is not None else _CONFIDENCE_UNMARKED
    quote = Quote(
        content.start,
        content.end,
        "direct",
        None,
        speaker_span(passage, phrase),
        speaker.name,
        confidence,
        "line-colon-named",
        voices=said,
    )
    return LineQuote(quote, content.stop)


def _own_words(
    passage: Passage, entities: EntityTokens, openings: dict[int, Opening], phrase: NounPhrase, colon: int
) -> Content | None:
    forms, first = passage.reading.forms, colon + 1
    named = phrase.person is not None and phrase.person.stop == phrase.stop
    if not named or LINE_END not in forms[: max(0, phrase.first - 1)] or first >= len(forms):
        return None
    stop = passage.bounds.stop[first]
    cited = any(token in openings for token in range(first, stop)) or first in entities.by_first
    return unmarked(passage, openings, first) if not cited else None
