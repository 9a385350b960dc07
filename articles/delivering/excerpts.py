"""The words of a text that go out with it: passages that hold what was asked, else its first lines; never all of it."""

import re
from typing import NamedTuple

from articles.language.spans import Span
from articles.search.asking import asked_of
from articles.search.passages import Passage, passages_of
from articles.search.query import SearchQuery

_LENGTH = 240
_SPACE = re.compile(r"\s+")


class Piece(NamedTuple):
    """Some words in a row, and whether the search asked for them."""

    text: str
    sought: bool


Excerpt = list[Piece]


class Excerpts:
    """What goes out of each text that one search found."""

    def __init__(self, query: SearchQuery) -> None:
        self._asked = asked_of(query)

    def of(self, text: str) -> list[Excerpt]:
        """At most two passages of a revision's text, headline not included."""
        passages = passages_of(text, self._asked, length=_LENGTH)
        return [_pieces(text, passage) for passage in passages] or _first_lines(text)


def plain(excerpts: list[Excerpt]) -> str:
    """The same without saying what was asked for, one passage a line."""
    return "\n".join("".join(piece.text for piece in excerpt) for excerpt in excerpts)


def _pieces(text: str, passage: Passage) -> Excerpt:
    found, end = [], passage.start
    for mark in passage.marks:
        found += [(Span(end, mark.start), False), (mark, True)]
        end = mark.end
    found.append((Span(end, passage.end), False))
    pieces = [
        Piece(_SPACE.sub(" ", text[span.start : span.end]), sought) for span, sought in found if span[0] < span[1]
    ]
    before = [Piece("… ", sought=False)] if passage.cut_before else []
    return [*before, *pieces, *([Piece("…", sought=False)] if passage.cut_after else [])]


def _first_lines(text: str) -> list[Excerpt]:
    body = _SPACE.sub(" ", text.partition("\n")[2][: 2 * _LENGTH]).strip()
    if len(body) > _LENGTH:
        cut = body.rfind(" ", 0, _LENGTH)
        # A comma before the ellipsis says nothing.
        body = body[: cut if cut > 0 else _LENGTH].rstrip(" ،؛:,;.") + "…"
    return [[Piece(body, sought=False)]] if body else []
