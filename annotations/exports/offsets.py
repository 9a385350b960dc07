"""Code points as other programs count them: in UTF-16 code units, as Java does, and in tokens.

UIMA's CAS (XMI) and WebAnno's TSV count UTF-16 units, in which an emoji is two; CoNLL counts tokens and knows no part
of one.
"""

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from articles.language.script import ACCENTS, CONTROLS, MARKS
from articles.language.spans import Span
from articles.language.tokens import sentences, words

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# A sign that is no word: what repeats is one token (…, --), and so is an emoji with its skin tone, variant and joiner.
_VARIANT = rf"[{MARKS}{ACCENTS}{CONTROLS}\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]"
_SIGN = re.compile(rf"(\S)(?:\1|{_VARIANT}|(?<=\u200d)\S)*+")
_LINE = re.compile(r"[^\r\n]+")


class Utf16:
    """Offsets of one text in UTF-16 code units, and back; both in O(log n) of its characters beyond U+FFFF."""

    def __init__(self, text: str) -> None:
        self._astral = [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [position + number for number, position in enumerate(self._astral)]

    def units(self, offset: int) -> int:
        return offset + bisect_left(self._astral, offset)

    def code_points(self, units: int) -> int:
        """An offset between the halves of a surrogate pair is taken as the one before the pair."""
        return units - bisect_left(self._units, units)


class Sentence(NamedTuple):
    """From its first token to its last; all that is not white space is in a token, and each token in one sentence."""

    start: int
    end: int
    tokens: tuple[Span, ...]

    def covering(self, start: int, end: int) -> range:
        """The numbers, from 0, of the tokens that share a character with [start, end)."""
        first = bisect_right(self.tokens, start, key=_end)
        return range(first, bisect_left(self.tokens, end, key=_start, lo=first))


def tokenised(text: str) -> list[Sentence]:
    """A text as sentences of tokens. None crosses a line; a line of signs alone is one, too."""
    starts = [sentence.start for sentence in sentences(text)]
    tokens = _tokens(text)
    found: list[Sentence] = []
    for line in _LINE.finditer(text):
        inner = starts[bisect_left(starts, line.start()) : bisect_left(starts, line.end())]
        first = bisect_left(tokens, line.start(), key=_start)
        for stop in (*inner[1:], line.end()):
            last = bisect_left(tokens, stop, key=_start, lo=first)
            if last > first:
                found.append(Sentence(tokens[first].start, tokens[last - 1].end, tuple(tokens[first:last])))
            first = last
    return found


def _tokens(text: str) -> list[Span]:
    """Words, and the signs between them."""
    found: list[Span] = []
    end = 0
    for word in words(text):
        found.extend(Span(*sign.span()) for sign in _SIGN.finditer(text, end, word.start))
        found.append(Span(word.start, word.end))
        end = word.end
    found.extend(Span(*sign.span()) for sign in _SIGN.finditer(text, end))
    return found


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end
