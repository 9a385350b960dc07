"""What a query marks in a text: how it is asked, and what its marks are defined by, without any short cut."""

from collections.abc import Iterable
from types import SimpleNamespace

from articles.language.inflections import word_forms
from articles.language.spans import Span
from articles.language.stems import core_span
from articles.language.tokens import words
from articles.search.analysing.words import SoughtWord, sought_words


def asked(words="", *, phrases=(), prefixes=(), exact=()):
    return SimpleNamespace(
        marking=SimpleNamespace(
            words=sought_words(words),
            phrases=[sought_words(phrase) for phrase in phrases],
            prefixes=list(prefixes),
            exact=list(exact),
        )
    )


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


def _matched(start: int, word: str, surfaces: set[str], stems: set[str]) -> Span | None:
    for number, reading in enumerate(word_forms(word)):
        if reading.surface in surfaces:
            return Span(start, start + len(word))
        if reading.stem in stems:
            first, last = core_span(word, number)
            return Span(start + first, start + last)
    return None
