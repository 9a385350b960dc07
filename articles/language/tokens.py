"""Words, sentences and paragraphs with their offsets, and the ways to split letters off a word."""

import re
from typing import NamedTuple

from articles.language.clitics import Split, clitic_splits
from articles.language.script import ACCENTS, ADDRESS, CONTROLS, LETTERS, MARKS, TATWEEL
from articles.language.sentences import sentences
from articles.language.spans import Span

__all__ = ["Span", "Split", "Word", "clitic_splits", "paragraphs", "sentences", "words"]


class Word(NamedTuple):
    """A word as written: half-open [start, end) in code points, and its surface."""

    start: int
    end: int
    text: str


_LETTER = f"[{LETTERS}]"
_LETTER_OR_MARK = f"[{LETTERS}{MARKS}{TATWEEL}]"
# A letter of another script; decomposed accents stay with it.
_OTHER = rf"[^\W\d_{LETTERS}{MARKS}{TATWEEL}]"
_OTHER_TAIL = rf"(?:[^\W{LETTERS}{MARKS}{TATWEEL}]++|[{ACCENTS}]++|[.@&'’+-](?=[^\W_{LETTERS}{MARKS}{TATWEEL}]))*+"
_WORD = re.compile(
    "|".join(
        (
            ADDRESS,
            # Arabic, with tashkeel and tatweel, and with invisible controls between its letters.
            rf"[{MARKS}{TATWEEL}]*+{_LETTER}{_LETTER_OR_MARK}*+(?:[{CONTROLS}]++{_LETTER_OR_MARK}++)*+",
            # Numbers with separators, and what begins with one: 1,250.5  ١٬٢٥٠  3G
            rf"\d++(?:[.٫]\d++|[,،٬]\d{{1,3}}+(?!\d))*+(?:{_OTHER}{_OTHER_TAIL})?",
            # Other scripts, e-mail addresses, names of things: F-16, G20, info@example.com
            _OTHER + _OTHER_TAIL,
            # Marks without a letter are no word; consumed here so that a long run of them costs one pass.
            rf"([{MARKS}{TATWEEL}]++)",
        )
    )
)
_LINE = re.compile(r"[^\r\n]+")


def words(text: str) -> list[Word]:
    """Every word in order. Letters glued to a mark (بـ«…») and letters glued to a number (2013م) are words themselves.

    Marks, punctuation, symbols and underscores are between words, so #غزة_الآن holds two.
    """
    return [Word(*match.span(), match[0]) for match in _WORD.finditer(text) if not match.lastindex]


def paragraphs(text: str) -> list[Span]:
    """The lines that hold something other than white space, without their newline."""
    return [Span(*match.span()) for match in _LINE.finditer(text) if not match[0].isspace()]
