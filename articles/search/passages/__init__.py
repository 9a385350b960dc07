"""What of a text a results page shows: passages that hold what was asked, with its words marked to the letter. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from articles.language.spans import Span
from articles.search.passages.choosing import best_stretch, passage_around
from articles.search.passages.seeking import Marking, Seeker, Sighting

__all__ = ["Excerpt", "Marking", "Passage", "excerpt_of", "marks_in", "passages_of"]


# How much of a passage may lie between the first and the last word found in it: the rest is for what stands around.
_TOGETHER = 0.75
_BETWEEN_SENTENCES = ("", "\n", *".!?؟»”")


class _Asked(Protocol):
    marking: Marking


@dataclass(frozen=True)
class Passage:
    """A stretch [start, end) of a text and the marks in it, all in code points of the text.

    `cut_before` and `cut_after`: whether its first and last sentence stand here in part.
    """

    start: int
    end: int
    marks: list[Span] = field(default_factory=list)
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True)
class Excerpt:
    """Words of an article with what was asked marked in them, in code points of `text`."""

    text: str
    marks: list[Span]


def marks_in(text: str, asked: _Asked) -> list[Span]:
    """The words and phrases of a text that the query matched, in order and apart from each other."""
    return [Span(found.start, found.end) for found in Seeker(asked.marking).sightings(text)]


def passages_of(text: str, asked: _Asked, *, most: int = 2, length: int = 240) -> list[Passage]:
    """The passages of a revision's text, without its headline, that hold the most of what was asked; in text order.

    Each after the first shows something that those before it lack. Empty where the text holds nothing of it.
    """
    seeker = Seeker(asked.marking)
    body = text.find("\n") + 1
    if not body or not seeker.wanted:
        return []
    reach = int(length * _TOGETHER)
    seen: list[Sighting] = []
    best = best_stretch(_kept(seeker.sightings(text, body), seen), reach, seeker.wanted)
    shown: list[Passage] = []
    known: set[str] = set()
    while best and len(shown) < most:
        bounds = _bounds(best[0], Span(body, len(text.rstrip())), shown)
        last = max(sighting.end for sighting in best if sighting.end <= bounds.end)
        span = passage_around(text, Span(best[0].start, last), length, bounds)
        there = list(seeker.sightings(text, *span))
        shown.append(_passage(text, span, there))
        known.update(sighting.what for sighting in there)
        seen = [sighting for sighting in seen if sighting.what not in known]
        best = best_stretch(seen, reach, seeker.wanted - len(known))
    return sorted(shown, key=lambda passage: passage.start)


def excerpt_of(text: str, passage: Passage) -> Excerpt:
    """The passage as one line, with dots where it begins or ends inside a sentence."""
    before, after = "… " if passage.cut_before else "", "…" if passage.cut_after else ""
    moved = len(before) - passage.start
    return Excerpt(
        text=before + text[passage.start : passage.end].replace("\n", " ") + after,
        marks=[Span(mark.start + moved, mark.end + moved) for mark in passage.marks],
    )


def _kept(sightings: Iterable[Sighting], seen: list[Sighting]) -> Iterator[Sighting]:
    """The same, and remembered as far as they were read."""
    for sighting in sightings:
        seen.append(sighting)
        yield sighting


def _bounds(sighting: Sighting, whole: Span, shown: list[Passage]) -> Span:
    """The stretch of the text round a sighting that no passage shows yet."""
    start = max((passage.end for passage in shown if passage.end <= sighting.start), default=whole.start)
    end = min((passage.start for passage in shown if passage.start >= sighting.end), default=whole.end)
    return Span(start, end)


def _passage(text: str, span: Span, sightings: list[Sighting]) -> Passage:
    before, after = text[: span.start].rstrip(" ")[-1:], text[span.end :].lstrip(" ")[:1]
    return Passage(
        start=span.start,
        end=span.end,
        marks=[Span(sighting.start, sighting.end) for sighting in sightings],
        cut_before=before not in _BETWEEN_SENTENCES,
        cut_after=text[span.end - 1] not in _BETWEEN_SENTENCES and after not in ("", "\n"),
    )
