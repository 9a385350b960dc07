"""The words of a text that go out with it: passages that hold what was asked, else its first lines; never all of it."""

import re
from typing import NamedTuple

from articles.models import Article, Source
from articles.search.asking import asked_of
from articles.search.passages import Excerpt as Marked
from articles.search.passages import excerpt_of, passages_of
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

    def leaving(self, article: Article) -> list[Excerpt]:
        """Of one with its `text`, what its source's rights let out: of internal ones the headline and the link alone.

        Members who take a search home as a file can so find again here all that they found, and hand on none of it.
        """
        return [] if article.source.rights == Source.Rights.INTERNAL else self.of(article.text)

    def of(self, text: str) -> list[Excerpt]:
        """At most two passages of a revision's text, headline not included."""
        passages = passages_of(text, self._asked, length=_LENGTH)
        return [_pieces(excerpt_of(text, passage)) for passage in passages] or _first_lines(text)


def plain(excerpts: list[Excerpt]) -> str:
    """The same without saying what was asked for, one passage a line."""
    return "\n".join("".join(piece.text for piece in excerpt) for excerpt in excerpts)


def _pieces(marked: Marked) -> Excerpt:
    edges, end = [], 0
    for mark in marked.marks:
        edges += [(end, mark.start, False), (mark.start, mark.end, True)]
        end = mark.end
    edges.append((end, len(marked.text), False))
    return [Piece(_SPACE.sub(" ", marked.text[first:last]), sought) for first, last, sought in edges if first < last]


def _first_lines(text: str) -> list[Excerpt]:
    body = _SPACE.sub(" ", text.partition("\n")[2][: 2 * _LENGTH]).strip()
    if len(body) > _LENGTH:
        cut = body.rfind(" ", 0, _LENGTH)
        # A comma before the ellipsis says nothing.
        body = body[: cut if cut > 0 else _LENGTH].rstrip(" ،؛:,;.") + "…"
    return [[Piece(body, sought=False)]] if body else []
