"""Folding: one form for all the ways in which Arabic writers spell and encode the same word.

Folding is for matching only. It is lossy on purpose (على and علي fold together), so raw forms match and rank first.
Every character folds by itself, whatever stands beside it: `fold(a + b) == fold(a) + fold(b)`. This is what makes
the map between folded and original offsets exact.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
    normalize_unicode,
)

# Letters of other languages in Arabic script that news in Arabic uses for a plain Arabic letter: typed on a Persian,
# Urdu or Kurdish keyboard (ک ی ہ), or chosen for the sound of a foreign or a dialect's name (ڤيينا، پاريس، ڨفصة).
_FOREIGN_LETTERS = {
    ord(letter): plain
    for plain, letters in {
        "ك": "کڪڭگ",
        "ي": "یېێۍے",
        "ه": "ەہھۃ",
        "ا": "ٲٳ",
        "ف": "ڤڥ",
        "ب": "پ",
        "ج": "چ",
        "ز": "ژ",
        "ق": "ڨ",
    }.items()
    for letter in letters
}
# Letter-like signs that only modify a neighbour: tatweel, the high hamza, the Koran's small waw and yeh.
_SIGNS = dict.fromkeys(map(ord, "ـٴۥۦ"))
# Signs inside numbers written with Arabic-Indic digits.
_NUMBER_SIGNS = str.maketrans("٫٬٪", ".,%")
_DROPPED_CATEGORIES = frozenset({"Mn", "Me", "Cf"})
# A table remembers code points below this one only, so that a hostile text cannot fill memory (about 15 MB at most).
_TABLE_LIMIT = 0x20000


def _fold_once(text: str) -> str:
    text = unicodedata.normalize("NFKD", normalize_unicode(text)).casefold()
    text = "".join(letter for letter in text if unicodedata.category(letter) not in _DROPPED_CATEGORIES)
    text = text.translate(_SIGNS).translate(_FOREIGN_LETTERS).translate(_NUMBER_SIGNS)
    text = normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text)))
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def _fold_character(character: str) -> str:
    folded, previous = _fold_once(character), character
    while folded != previous:
        folded, previous = _fold_once(folded), folded
    # A mark's spacing form (ﹰ) decomposes to a space with the mark: a mark for us, so it must not split its word.
    return "" if folded.isspace() and not character.isspace() else folded


class _FoldingTable(dict[int, str]):
    """For str.translate; learns a code point when it first meets it, so that importing costs nothing."""

    def __missing__(self, code_point: int) -> str:
        folded = _fold_character(chr(code_point))
        if code_point < _TABLE_LIMIT:
            self[code_point] = folded
        return folded


class _LengthTable(dict[int, str]):
    """Maps a code point to the character whose code is the length of its fold (﷽ is the longest, 22)."""

    def __missing__(self, code_point: int) -> str:
        length = chr(len(_FOLDED[code_point]))
        if code_point < _TABLE_LIMIT:
            self[code_point] = length
        return length


_FOLDED = _FoldingTable()
_LENGTHS = _LengthTable()
_IRREGULAR = re.compile(rb"[^\x01]")


def fold(text: str) -> str:
    """The form to match by. Idempotent; lone surrogates pass through."""
    return text.translate(_FOLDED)


class FoldedText:
    """A text beside its folded form, with offsets mapped both ways.

    The map is built when first asked for and holds only the characters that do not fold to exactly one character.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = fold(original)

    @cached_property
    def _breaks(self) -> tuple[Sequence[int], Sequence[int]]:
        """(original offsets, folded offsets) just after each character that folds to none or to several."""
        lengths = self.original.translate(_LENGTHS).encode("latin-1")
        originals, folded = array("q", [0]), array("q", [0])
        surplus = 0
        for match in _IRREGULAR.finditer(lengths):
            after = match.end()
            surplus += lengths[after - 1] - 1
            originals.append(after)
            folded.append(after + surplus)
        return originals, folded

    def _source(self, position: int) -> int:
        """The original offset of the character that folds to the one at this folded position."""
        originals, folded = self._breaks
        last = bisect_right(folded, position) - 1
        offset = originals[last] + position - folded[last]
        return min(offset, originals[last + 1] - 1) if last + 1 < len(originals) else offset

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The smallest original span that folds to this folded span, with the marks written over its last letter.

        A span that cuts through the fold of one character (لا of ﻻ) widens to the whole character.
        Raises IndexError for a span outside the folded text.
        """
        _require_inside(start, end, len(self.text))
        first = self._source(start)
        if start == end:
            return first, first
        last = self._source(end - 1)
        stop = max(self._source(end), last + 1)
        # Invisible controls after the word are not the word's; its tashkeel and tatweel are.
        while stop > last + 1 and unicodedata.category(self.original[stop - 1]) == "Cf":
            stop -= 1
        return first, stop

    def to_folded(self, start: int, end: int) -> tuple[int, int]:
        """The folded span: `text[slice(*to_folded(start, end))] == fold(original[start:end])`.

        Raises IndexError for a span outside the original.
        """
        _require_inside(start, end, len(self.original))
        originals, folded = self._breaks
        first, last = bisect_right(originals, start) - 1, bisect_right(originals, end) - 1
        return folded[first] + start - originals[first], folded[last] + end - originals[last]


def _require_inside(start: int, end: int, length: int) -> None:
    if not 0 <= start <= end <= length:
        raise IndexError(f"span [{start}, {end}) is not inside a text of {length} characters")


def fold_with_map(text: str) -> FoldedText:
    """The folded text with its map; see `FoldedText`."""
    return FoldedText(text)
