"""A query cut into the pieces that its reading joins. Pure; linear in the length of the query."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from articles.language.script import CONTROLS
from articles.language.spans import Span
from articles.search.asking.fields import field_named
from articles.search.asking.parts import Field

# A pasted page is not even read to its end.
MOST_CHARACTERS = 10_000


class Kind(Enum):
    BARE = auto()
    QUOTED = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()


class Flaw(Enum):
    """What could not be read as it was meant, for a note."""

    QUOTE = auto()
    EMPTY = auto()


@dataclass(frozen=True)
class Piece:
    """`text` is without signs; `at` is the span of just this text. `field`, `excluded`, `exact`: what stands before."""

    kind: Kind
    text: str
    at: Span
    field: Field | None = None
    excluded: bool = False
    exact: bool = False
    flaw: Flaw | None = None


_QUOTES = '"“”„‟«»'
# Straight and curved marks are typed in any order and direction; the angled ones enclose from either side.
_CURVED = '"“”„‟'
_CLOSING = {**dict.fromkeys(_CURVED, f"[{_CURVED}]"), "«": "»", "»": "«"}
_BARE = re.compile(rf"[^\s{_QUOTES}()|]+")
_OR = re.compile(rf"\||(?:OR|أو|او)(?![^\s{_QUOTES}()|])")
_FIELD = re.compile(r"([^\W\d_]{2,20})[:：]")
_NO_VALUE = re.compile(r"[\s)|]|$")
_EXCLUDES = re.compile(r"(?<![^\s(])[-−](?![-−\s)|]|$)")
_INVISIBLE = re.compile(f"[{CONTROLS}]")
_NOT_READ = frozenset(("Cc", "Cs", "Zl", "Zp"))


def cleaned(text: str) -> str:
    """What is read: one line without control characters, and without the invisible ones that come with pasting."""
    visible = _INVISIBLE.sub("", text[:MOST_CHARACTERS])
    return "".join(" " if unicodedata.category(letter) in _NOT_READ else letter for letter in visible).rstrip()


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a cleaned query in order."""
    position, unclosed = 0, set()
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        piece, position = _piece(text, position, unclosed)
        if piece:
            yield piece


def _piece(text: str, position: int, unclosed: set[str]) -> tuple[Piece | None, int]:
    """The piece that begins here, and where the next may begin. `unclosed`: closing marks that come no more."""
    if match := _OR.match(text, position):
        return Piece(Kind.OR, match[0], Span(*match.span())), match.end()
    excluded = bool(_EXCLUDES.match(text, position))
    start = position + excluded
    field = None
    if (match := _FIELD.match(text, start)) and (field := field_named(match[1])):
        if _NO_VALUE.match(text, match.end()):
            return Piece(Kind.BARE, match[1], Span(*match.span(1)), excluded=excluded, flaw=Flaw.EMPTY), match.end()
        start = match.end()
    exact = field is None and text.startswith("=", start) and not _NO_VALUE.match(text, start + 1)
    piece, end = _value(text, start + exact, unclosed, in_field=field is not None)
    return piece and replace(piece, field=field, excluded=excluded, exact=exact), end


def _value(text: str, start: int, unclosed: set[str], *, in_field: bool) -> tuple[Piece | None, int]:
    opening = text[start : start + 1]
    if opening == "(" and in_field:  # the value reaches to the closing bracket, or to the end
        end = text.find(")", start)
        end = len(text) if end < 0 else end
        return Piece(Kind.BARE, text[start + 1 : end], Span(start + 1, end)), end + 1
    if opening in ("(", ")"):
        return Piece(Kind.OPEN if opening == "(" else Kind.CLOSE, opening, Span(start, start + 1)), start + 1
    if opening and opening in _QUOTES:
        end = _closing(text, start, unclosed)
        if end is None:
            return Piece(Kind.BARE, "", Span(start, start), flaw=Flaw.QUOTE), start + 1
        return Piece(Kind.QUOTED, text[start + 1 : end], Span(start + 1, end)), end + 1
    match = _BARE.match(text, start)
    return (Piece(Kind.BARE, match[0], Span(*match.span())), match.end()) if match else (None, start)


def _closing(text: str, start: int, unclosed: set[str]) -> int | None:
    closing = _CLOSING[text[start]]
    match = None if closing in unclosed else re.compile(closing).search(text, start + 1)
    if match is None:
        unclosed.add(closing)
    return match.start() if match else None
