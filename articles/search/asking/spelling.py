"""Words as they were probably meant, by what the index itself holds: نتنياعو is نتنياهو there. Asks no database."""

import math
from collections.abc import Iterator

from tantivy import Searcher

from articles.search.analysing.fields import BASE, STEM, SURFACE
from articles.search.analysing.words import SoughtWord

# Shorter words are near too many others; longer ones are no words.
LENGTHS = range(4, 21)
# Words of which two letters may be wrong, and how known words must be that begin alike to be compared with them.
_LONG_ENOUGH = 6
_BEGINNING = 2
_MOST_COMPARED = 20_000
_WELL_KNOWN = 10
# A word that so many articles hold is meant as it is typed; of a rarer one what is meant is so many times as frequent.
_ENOUGH = 10
_MORE_FREQUENT = 10
_FEWEST = 1
_ARABIC, _LATIN = "ءابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abcdefghijklmnopqrstuvwxyz"
# Letters that sound or are shaped alike, or stand beside each other on the keyboard's usual slips.
_ALIKE = [frozenset(group) for group in ("تط", "دضظذ", "سصثز", "قكغج", "حهخع", "غع", "يا", "وا", "بيتثن", "فق", "رز")]
# A long vowel that is left out or added is the commonest slip in names that come from other languages.
_VOWELS = frozenset("اوي")
# How unlikely a slip is, as a power of e by which a word's frequency is divided.
_EASY, _UNLIKE, _TWO = 1.0, 4.0, 6.0


def meant(searcher: Searcher, word: SoughtWord) -> str | None:
    """The folded word that was probably meant instead of one that the index hardly knows; None for all others."""
    typed = word.surface
    letters = _LATIN if typed.isascii() else _ARABIC
    if len(typed) not in LENGTHS or not set(typed) <= set(letters):
        return None
    known = max(searcher.doc_freq(STEM, stem) for stem in word.stems)
    if known > _ENOUGH:
        return None
    fewest = max(_FEWEST, known * _MORE_FREQUENT)
    return _likeliest(_of_one_slip(searcher, typed, letters), fewest) or _likeliest(_of_two(searcher, typed), fewest)


def _likeliest(candidates: Iterator[tuple[str, int, float]], fewest: int) -> str | None:
    """Of words with their frequency and how unlikely their slip is."""
    scored = [(math.log(often) - unlikely, word) for word, often, unlikely in candidates if often >= fewest]
    return max(scored)[1] if scored else None


def _of_one_slip(searcher: Searcher, typed: str, letters: str) -> Iterator[tuple[str, int, float]]:
    for word, unlikely in one_slip(typed, letters).items():
        yield word, max(searcher.doc_freq(SURFACE, word), searcher.doc_freq(BASE, word)), unlikely


def _of_two(searcher: Searcher, typed: str) -> Iterator[tuple[str, int, float]]:
    """Known words that begin alike: of all the others there are too many."""
    if len(typed) < _LONG_ENOUGH:
        return
    for word, often in searcher.terms_with_prefix(BASE, typed[:_BEGINNING], limit=_MOST_COMPARED):
        if often >= _WELL_KNOWN and abs(len(word) - len(typed)) <= 2 and _are_near(word, typed):
            yield word, often, _TWO


def one_slip(typed: str, letters: str) -> dict[str, float]:
    """Every word with one letter more, less or other, or two neighbours exchanged."""
    found: dict[str, float] = {}

    def add(word: str, unlikely: float) -> None:
        if word != typed:
            found[word] = min(unlikely, found.get(word, _UNLIKE))

    for place in range(len(typed) + 1):
        before, after = typed[:place], typed[place:]
        for letter in letters:
            add(before + letter + after, _EASY if letter in _VOWELS else _UNLIKE)
            if after:
                add(before + letter + after[1:], _EASY if _alike(letter, after[0]) else _UNLIKE)
        if after:
            add(before + after[1:], _EASY if after[0] in _VOWELS or after[0] == before[-1:] else _UNLIKE)
        if len(after) > 1:
            add(before + after[1] + after[0] + after[2:], _EASY)
    return found


def _alike(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _ALIKE)


def _are_near(one: str, other: str) -> bool:
    """Whether two slips lead from one to the other; a letter for another counts as one slip."""
    row = list(range(len(other) + 1))
    for place, letter in enumerate(one, 1):
        previous, row = row, [place]
        for column, against in enumerate(other, 1):
            row.append(min(previous[column] + 1, row[-1] + 1, previous[column - 1] + (letter != against)))
        if min(row) > 2:
            return False
    return row[-1] <= 2
