"""The part of a long article that says who speaks in a selection: what stands before it, and a little after. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.language.entities import NamedEntity
from articles.language.spans import Span

# Code points. Speakers that only a pronoun repeats are named in the paragraphs right before; some 450 words are read
# in less than 20 ms.
BEFORE, AFTER = 1800, 700


@dataclass(frozen=True)
class Excerpt:
    """Whole lines of a text below its headline, `shift` code points further to the front than in the article."""

    text: str
    headline: int
    shift: int
    entities: Sequence[NamedEntity]

    def place(self, span: Span) -> Span:
        """Where a span of the excerpt stands in the article."""
        return span if span.start < self.headline else Span(span.start + self.shift, span.end + self.shift)

    def within(self, start: int, end: int) -> Span:
        """Where a span of the article stands in the excerpt."""
        return Span(start, end) if start < self.headline else Span(start - self.shift, end - self.shift)


def excerpt(text: str, start: int, end: int, entities: Sequence[NamedEntity]) -> Excerpt:
    """The lines round [start, end), under the headline; a short article whole."""
    headline = text.find("\n") + 1
    first = text.rfind("\n", 0, max(start - BEFORE, 0)) + 1
    last = text.find("\n", min(end + AFTER, len(text)))
    last = len(text) if last < 0 else last
    if first <= headline:
        first = headline
    shift = first - headline
    kept = [one for one in entities if one.end <= headline or (one.start >= first and one.end <= last)]
    moved = [one if one.end <= headline else one._replace(start=one.start - shift, end=one.end - shift) for one in kept]
    return Excerpt(text[:headline] + text[first:last], headline, shift, moved)
