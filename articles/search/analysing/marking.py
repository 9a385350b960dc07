"""Where the phrases of a query stand in a text."""

from collections.abc import Iterable

from articles.language.inflections import word_forms
from articles.language.spans import Span
from articles.language.tokens import words
from articles.search.analysing.words import SoughtWord


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
