"""Where evidence stands beside an article's lines, by the order of everything in the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from articles.importing.cleaning import clean_line

MOST_PIECES = 100
# How much of a line finds it in the page.
_ENOUGH = 60
# How much text (letters, without spaces) may stand between evidence and the article: share buttons, a dateline.
_BEFORE_TEXT = 1200
_BEFORE_TITLE = 200
_WITHOUT_TITLE = 400
_AFTER_TEXT = 150
_SIZE = re.compile(r"-\d+x\d+(?=\.\w+$)|\?.*$")
_NUMBERED_PICTURE = re.compile(r"\d{4}.*\.(?:jpe?g|png|webp)$", re.IGNORECASE)


class Taken(NamedTuple):
    """What was taken out at one place. `is_sure` tells an article's own picture from one that may be its page's."""

    pieces: Sequence[dict[str, Any]]
    is_sure: bool
    place: int


class _Span(NamedTuple):
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was taken out of a page, in its order. Places are offsets in `text`, the page's without white space."""

    text: str = ""
    taken: Sequence[Taken] = field(default_factory=list)

    def beside(self, title: str, lines: Sequence[str]) -> list[dict[str, Any]]:
        """What belongs to the article of this headline and these lines, each with the line (from 1) that it follows."""
        spans = _find_lines(self.text, lines) if self.taken else []
        if not spans:
            return []
        headline = self.text.rfind(squeezed(title)[:_ENOUGH], 0, spans[0].start) if title else -1
        found: list[dict[str, Any]] = []
        for taken in self.taken:
            if _is_beside(taken, spans[0].start, spans[-1].end, headline):
                after = max((span.line for span in spans if span.start < taken.place), default=0)
                found.extend(
                    {"kind": piece["kind"], "after": after, **piece} for piece in taken.pieces if _is_new(piece, found)
                )
        return found[:MOST_PIECES]


def squeezed(text: str) -> str:
    """A text as places are counted in it: neither white space nor what shows nothing."""
    return clean_line(text).replace(" ", "")


def _find_lines(page: str, lines: Sequence[str]) -> list[_Span]:
    """Places of the lines in the page, in their order; a line that is not found is passed over.

    The first lines stand where they are met last: teasers and menus repeat an article's opening above it.
    """
    spans: list[_Span] = []
    position = 0
    for number, line in enumerate(map(squeezed, lines), start=1):
        start = page.find(line[:_ENOUGH], position)
        if start >= 0:
            position = start + len(line)
            spans.append(_Span(start, position, number))
    for index in range(len(spans) - 2, -1, -1):
        start, end, number = spans[index]
        later = page.rfind(page[start : start + min(_ENOUGH, end - start)], 0, spans[index + 1].start)
        if later <= start:
            break
        spans[index] = _Span(later, later + end - start, number)
    return spans


def _is_beside(taken: Taken, start: int, end: int, headline: int) -> bool:
    if start <= taken.place < end:
        return True
    if taken.place >= end:
        return taken.is_sure and taken.place - end <= _AFTER_TEXT
    if start - taken.place > _BEFORE_TEXT or taken.pieces[0]["kind"] == "table":
        return False
    return taken.place >= (headline - _BEFORE_TITLE if headline >= 0 else start - _WITHOUT_TITLE)


def _is_new(piece: dict[str, Any], found: Sequence[dict[str, Any]]) -> bool:
    """A page that shows a picture in two sizes, or a post twice, has it once."""
    address = _without_size(piece.get("address", ""))
    return not address or all(_without_size(other.get("address", "")) != address for other in found)


def _without_size(address: str) -> str:
    """A picture's name where its number tells it from others, else the address."""
    name = _SIZE.sub("", address.rpartition("/")[2])
    return name if _NUMBERED_PICTURE.search(name) else address
