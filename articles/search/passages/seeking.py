"""The places of a text that a query matched, in order, each with what of the query it is."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple, Protocol

from articles.language.inflections import word_forms
from articles.language.spans import Span
from articles.language.stems import core_span
from articles.language.tokens import Word, words
from articles.search.analysing.marking import phrase_spans
from articles.search.analysing.words import SoughtWord
from articles.search.passages.skeletons import forms_of, pattern_of

# Room for a word of a phrase and what stands between it and the next, in code points.
_ROOM = 40
_PIECE = re.compile(r"\S+")


class Marking(Protocol):
    """What of a query is marked in texts; `prefixes` and `exact` are folded surfaces."""

    words: list[SoughtWord]
    phrases: list[list[SoughtWord]]
    prefixes: list[str]
    exact: list[str]


class Sighting(NamedTuple):
    """Half-open [start, end) in code points; `what` is equal for the same word or phrase of the query."""

    start: int
    end: int
    what: str


class Seeker:
    """Finds in texts what one query marks. Function words only where the query holds nothing else."""

    def __init__(self, marking: Marking) -> None:
        sought = [word for word in marking.words if not word.function]
        others = marking.phrases or marking.prefixes or marking.exact
        self._words = sought or ([] if others else list(marking.words))
        self._stems = {stem: word.stems[0] for word in self._words for stem in word.stems}
        self._surfaces = {word.surface: word.stems[0] for word in self._words}
        self._surfaces.update({surface: f"={surface}" for surface in marking.exact})
        self._prefixes = tuple(marking.prefixes)
        # What was read and is none of it: the same words come again and again.
        self._barren: set[str] = set()
        self._phrases = [(_rarest(phrase), phrase) for phrase in marking.phrases if phrase]

    @cached_property
    def wanted(self) -> int:
        """How many different words and phrases there are to find."""
        return len({*self._stems.values(), *self._surfaces.values()}) + len(self._prefixes) + len(self._phrases)

    def sightings(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Sighting]:
        """In text order, apart from each other; read no further than is asked for."""
        reached = start
        for piece in self._pieces(text, start, len(text) if end is None else end):
            written = text[piece.start : piece.end]
            if written in self._barren:
                continue
            barren = not self._phrases
            for word in words(written):
                found = self._sighting(text, Word(piece.start + word.start, piece.start + word.end, word.text))
                barren = barren and not found
                if found and found.end > reached and (end is None or found.end <= end):
                    # A phrase begins before the word that it is looked for by, and that may be marked already.
                    yield found._replace(start=max(found.start, reached))
                    reached = found.end
            if barren:
                self._barren.add(written)

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        known = {form for stem in self._stems for form in forms_of(stem)}
        rarest = {phrase[at].surface for at, phrase in self._phrases}
        return pattern_of(known | self._surfaces.keys() | rarest, self._prefixes)

    def _pieces(self, text: str, start: int, end: int) -> Iterator[Span]:
        """What stands between white space and may hold a word that is sought."""
        if not self.wanted:
            return
        pattern = self._pattern
        if not pattern:
            yield from (Span(*piece.span()) for piece in _PIECE.finditer(text, start, end))
            return
        candidate = pattern.search(text, start, end)
        while candidate:
            piece = _piece_around(text, candidate.start(), start)
            yield piece
            candidate = pattern.search(text, piece.end, end)

    def _sighting(self, text: str, word: Word) -> Sighting | None:
        readings = word_forms(word.text)
        if not readings:
            return None
        surface = readings[0].surface
        for number, (rarest, phrase) in enumerate(self._phrases):
            if surface == phrase[rarest].surface and (span := _phrase_around(text, word, rarest, phrase)):
                return Sighting(*span, f'"{number}')
        if surface in self._surfaces:
            return Sighting(word.start, word.end, self._surfaces[surface])
        for prefix in self._prefixes:
            if surface.startswith(prefix):
                return Sighting(word.start, word.end, f"{prefix}*")
        for number, reading in enumerate(readings):
            what = self._stems.get(reading.stem) or self._prefix_of(reading.base)
            if what:
                first, last = core_span(word.text, number)
                return Sighting(word.start + first, word.start + last, what)
        return None

    def _prefix_of(self, base: str) -> str | None:
        return next((f"{prefix}*" for prefix in self._prefixes if base.startswith(prefix)), None)


def _rarest(phrase: list[SoughtWord]) -> int:
    """The number of the word by which a phrase is looked for: the longest of those that say something."""
    return max(range(len(phrase)), key=lambda at: (not phrase[at].function, len(phrase[at].surface)))


def _piece_around(text: str, position: int, start: int) -> Span:
    first = position
    while first > start and not text[first - 1].isspace():
        first -= 1
    return Span(first, _end_of_piece(text, position))


def _end_of_piece(text: str, position: int) -> int:
    piece = _PIECE.match(text, position)
    return piece.end() if piece else position


def _phrase_around(text: str, word: Word, rarest: int, phrase: list[SoughtWord]) -> Span | None:
    """Where the phrase stands whose `rarest` word this is; none where more room is between its words than they need."""
    first = max(0, word.start - _ROOM * rarest)
    if first and rarest and not text[first - 1].isspace():
        first = _end_of_piece(text, first)
    last = _end_of_piece(text, min(len(text), word.end + _ROOM * (len(phrase) - rarest - 1)))
    for span in phrase_spans(text[first:last], phrase):
        if first + span.start <= word.start and word.end <= first + span.end:
            return Span(first + span.start, first + span.end)
    return None
