"""A text's letters without what stands between its words, to compare texts by."""

import re
from bisect import bisect_left
from functools import cache

from articles.language.folding import fold
from articles.language.script import MARKS
from articles.language.tokens import words

# What stands before a word, from what begins a paragraph to what begins a clause.
_BEGINNINGS = (re.compile(r"\n"), re.compile("[.!?؟…]"), re.compile("[،؛;:»”]"))
_MARKS_AFTER = re.compile(f"[{MARKS}]*")


class Letters:
    """The folded letters of a text's words, without anything between the words.

    `places` holds for each letter the code point it stands at, `starts` for each word its first letter (and at last the
    number of letters).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.keys: list[str] = []
        self.starts: list[int] = [0]
        self.places: list[int] = []
        for word in words(text):
            self.keys.append(fold(word.text))
            for place, character in enumerate(word.text, word.start):
                self.places.extend([place] * _width(character))
            self.starts.append(len(self.places))
        self.letters = "".join(self.keys)

    def best_beginning(self, word: int, other: int, *, most: int) -> int:
        """How many words before `word` to begin, at most `most`, when the same words must stand before `other`.

        There where a paragraph, a sentence or a clause begins, else 0.
        """
        back, best, rank = 0, 0, self._beginning(word)
        while back < most and self.keys[word - back - 1] == self.keys[other - back - 1]:
            back += 1
            if self._beginning(word - back) < rank:
                best, rank = back, self._beginning(word - back)
        return best

    def _beginning(self, word: int) -> int:
        """What begins with a word: 0 a paragraph, 1 a sentence, 2 a clause, 3 nothing."""
        if word in (0, len(self.keys)):
            return 0
        before = self.text[self.places[self.starts[word] - 1] + 1 : self.places[self.starts[word]]]
        return next((rank for rank, mark in enumerate(_BEGINNINGS) if mark.search(before)), len(_BEGINNINGS))

    def within(self, start: int, end: int) -> tuple[int, int]:
        """The letters that stand at the code points [start, end)."""
        return bisect_left(self.places, start), bisect_left(self.places, end)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The code points of the letters [first, last), at least one, with the marks written over the last of them."""
        return self.places[first], _MARKS_AFTER.match(self.text, self.places[last - 1] + 1).end()

    def part(self, old: int, end: int) -> str:
        """The letters of the words [old, end)."""
        return self.letters[self.starts[old] : self.starts[end]]


@cache
def _width(character: str) -> int:
    return len(fold(character))
