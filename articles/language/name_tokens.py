"""Words as the name matchers see them: folded, with the ways to read attached letters, and what stands between them."""

import re
from functools import lru_cache
from typing import NamedTuple

from articles.language.folding import fold, fold_with_map
from articles.language.script import CONTROLS
from articles.language.tokens import words

_OPENING = frozenset("«“„\"'‘(")
_CLOSING = frozenset("»”\"'’)")
# White space of one line, with the invisible controls that may stand in it.
_BLANKS = re.compile(rf"[{CONTROLS}]*[^\S\r\n][{CONTROLS}\s]*")
_CONJUNCTIONS = frozenset("وف")
_PREPOSITIONS = frozenset("بلك")
_SHORTEST_STEM = 2
_ALI = "علي"


class Reading(NamedTuple):
    """One way to read a word: how many characters of the surface stand before the name, and the folded rest."""

    cut: int
    stem: str


class Token(NamedTuple):
    """A word with its offsets; `key` is its folded form, `readings` begins with the word as it stands.

    `near` says that only blanks separate it from the word before, `opened` and `closed` that a quotation mark or a
    bracket stands right before or right after it. `gap` is the text between the word before and this one.
    """

    start: int
    end: int
    text: str
    key: str
    readings: tuple[Reading, ...]
    near: bool
    opened: bool
    closed: bool
    gap: str


def ends_in_tanwin(token: Token) -> bool:
    """Whether the word is marked as an indefinite accusative, which no surname is."""
    return "ً" in token.text[-2:]


def name_tokens(text: str) -> list[Token]:
    """All words of the text as tokens. A letter glued to a mark (بـ«…») is a token of its own."""
    tokens: list[Token] = []
    found = words(text)
    previous_end = 0
    for index, word in enumerate(found):
        start, end, surface = word
        gap = text[previous_end:start]
        near = gap == " " or (index > 0 and _is_blank(gap))
        opened = not near and bool(gap) and gap[-1] in _OPENING
        key, readings = _forms(surface)
        closed = text[end : end + 1] in _CLOSING
        tokens.append(Token(start, end, surface, key, readings, near, opened, closed, gap))
        previous_end = end
    return tokens


def _is_blank(gap: str) -> bool:
    return bool(_BLANKS.fullmatch(gap)) and "\n" not in gap and "\r" not in gap


@lru_cache(maxsize=1 << 15)
def _forms(surface: str) -> tuple[str, tuple[Reading, ...]]:
    key = fold(surface)
    if surface.endswith("ى") and key.endswith(_ALI) and len(key) <= len(_ALI) + 1:
        # The preposition على (وعلى) keeps its ى, so that it never meets the name علي.
        key = key[:-1] + "ى"
    return key, tuple(Reading(_surface_cut(surface, key, cut), stem) for cut, stem in _readings(key))


def _surface_cut(surface: str, key: str, cut: int) -> int:
    if cut == 0 or len(surface) == len(key):
        return cut
    return fold_with_map(surface).to_original(cut, len(key))[0]


def _readings(key: str) -> list[tuple[int, str]]:
    """(folded letters cut off, stem) for the word as it stands and with و ف, then ب ل ك, taken off.

    لل stands for ل + ال and is kept with the name: للأمم is read as الأمم with nothing cut.
    """
    found = [(0, key)]
    for cut in (0, 1) if key[:1] in _CONJUNCTIONS else (0,):
        rest = key[cut:]
        if cut:
            _add(found, cut, rest)
        if rest.startswith("لل"):
            _add(found, cut, "ال" + rest[2:])
            # لليكود: the noun's own ل is written once.
            _add(found, cut, "الل" + rest[2:])
        elif rest[:1] in _PREPOSITIONS:
            _add(found, cut + 1, rest[1:])
    return found


def _add(found: list[tuple[int, str]], cut: int, stem: str) -> None:
    if len(stem) >= _SHORTEST_STEM:
        found.append((cut, stem))
