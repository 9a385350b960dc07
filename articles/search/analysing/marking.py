"""Which words of a text a query matched, to the letter: of لواشنطن the query واشنطن marks واشنطن."""

from collections.abc import Iterable

from articles.language.inflections import word_forms
from articles.language.spans import Span
from articles.language.stems import core_span
from articles.language.tokens import words
from articles.search.analysing.words import SoughtWord


def matched_spans(text: str, sought: Iterable[SoughtWord]) -> list[Span]:
    """The words of a text that a query finds it by, in code points, in order and apart from each other.

    A word that is written as the query writes it is marked whole, another without the letters attached to it. Function
    words are marked only where the query holds nothing else.
    """
    words_sought = list(sought)
    wanted = [word for word in words_sought if not word.function] or words_sought
    surfaces = {word.surface for word in wanted}
    stems = {stem for word in wanted for stem in word.stems}
    found = (_matched(word.start, word.text, surfaces, stems) for word in words(text))
    return [span for span in found if span]


def phrase_spans(text: str, sought: Iterable[SoughtWord]) -> list[Span]:
    """Where a phrase stands in a text: each time from its first word's beginning to its last one's end."""
    surfaces = [word.surface for word in sought]
    written = [(word, readings[0].surface) for word in words(text) if (readings := word_forms(word.text))]
    spans, first = [], 0
    while surfaces and first + len(surfaces) <= len(written):
        run = written[first : first + len(surfaces)]
        if [surface for _, surface in run] == surfaces:
            spans.append(Span(run[0][0].start, run[-1][0].end))
            first += len(surfaces)
        else:
            first += 1
    return spans


def _matched(start: int, word: str, surfaces: set[str], stems: set[str]) -> Span | None:
    for number, reading in enumerate(word_forms(word)):
        if reading.surface in surfaces:
            return Span(start, start + len(word))
        if reading.stem in stems:
            first, last = core_span(word, number)
            return Span(start + first, start + last)
    return None
