"""Where a long text may hold a word that is sought, told by the letters that every form of a word keeps.

Reading every word of a long text as the index does takes twenty times as long as showing it may. But whatever is
attached to a word and whatever its plural, its strong letters stay and stand in the same order, with nothing but weak
letters (ا و ي ء ه), marks and signs between them. A pattern of these finds too much and never too little.
"""

import re
from collections.abc import Iterable
from functools import cache

from articles.language.folding import fold
from articles.language.lexicon import rows
from articles.language.script import ACCENTS, CONTROLS, LETTERS, MARKS, TATWEEL
from articles.language.stems import listed_words, without_endings

# More letters make the pattern slower and hardly surer.
_LETTERS = 4
_WEAK = "اويءه"
# Of endings and pronouns, beside the weak ones.
_ENDINGS = "تنمك"
_ARABIC = re.compile(f"[{LETTERS}]")
_SIGNS = ".&'’+,٬_-"
# Where letters have several shapes: Latin and its accents, Greek and Cyrillic, Arabic and its supplement.
_SHAPED = (range(0x41, 0x250), range(0x370, 0x530), range(0x600, 0x780), range(0x1E00, 0x1F00))
# Shapes that fold to several letters, or belong to no block above: every word that holds one may be what is sought.
_UNSHAPED = "\u2100-\u214f\ufb00-\ufdff\ufe70-\ufefc\uff01-\uff5e"


def pattern_of(words: Iterable[str], beginnings: Iterable[str] = ()) -> re.Pattern[str] | None:
    """Finds in every word of a text that may be a form of one of these folded words, or begins as said, a letter.

    None where one of them has no strong letter (هو): any word may be it.
    """
    by_first: dict[str, set[str]] = {}
    for word, closed in [*((word, True) for word in words), *((beginning, False) for beginning in beginnings)]:
        skeleton = _strong_letters(word)
        if not skeleton:
            return None
        rest = "".join(f"{_gap()}[{_members(letter)}]" for letter in skeleton[1:_LETTERS])
        # Letters may be glued to a number, whose end they are not.
        told_by_its_end = closed and len(skeleton) <= _LETTERS and _ARABIC.match(skeleton[-1])
        by_first.setdefault(skeleton[0], set()).add(rest + (_ending() if told_by_its_end else ""))
    tails = [f"(?<=[{_members(first)}])(?:{'|'.join(sorted(rests))})" for first, rests in by_first.items()]
    # One class of first letters is searched for many times faster than alternatives are.
    firsts = "".join(map(_members, by_first))
    return re.compile(f"[{firsts}{_UNSHAPED}](?:{'|'.join([*tails, f'(?<=[{_UNSHAPED}])'])})")


def forms_of(stem: str) -> set[str]:
    """The folded words by whose letters a word of this stem is told: itself, other spellings, listed plurals."""
    bases = {stem, *_other_spellings().get(stem, ())}
    return bases | {plural for base in bases for plural in _plurals().get(base, ())}


def _strong_letters(word: str) -> str:
    return "".join(letter for letter in word if letter not in _WEAK and letter not in _SIGNS)


def _members(letter: str) -> str:
    return re.escape(letter) + "".join(map(re.escape, sorted(_shapes_by_fold().get(letter, ()))))


@cache
def _gap() -> str:
    weak = "".join(_members(letter) for letter in _WEAK)
    return f"[{weak}{MARKS}{TATWEEL}{CONTROLS}{ACCENTS}{re.escape(_SIGNS)}]*+"


@cache
def _ending() -> str:
    """From a word's last strong letter to its end there are endings and pronouns alone."""
    letters = "".join(_members(letter) for letter in _WEAK + _ENDINGS)
    return f"[{letters}{MARKS}{TATWEEL}{CONTROLS}]*+(?![{LETTERS}])"


@cache
def _shapes_by_fold() -> dict[str, set[str]]:
    """Folded letter → the other characters that fold to it."""
    shapes: dict[str, set[str]] = {}
    for block in _SHAPED:
        for character in map(chr, block):
            folded = fold(character)
            if len(folded) == 1 and folded != character:
                shapes.setdefault(folded, set()).add(character)
    return shapes


@cache
def _plurals() -> dict[str, list[str]]:
    """Singular without its endings → what is searched by it as it stands, its broken plurals mostly; all folded."""
    plurals: dict[str, list[str]] = {}
    for singular, listed in listed_words():
        plurals.setdefault(without_endings(singular), []).extend(listed)
    return plurals


@cache
def _other_spellings() -> dict[str, list[str]]:
    """The stem that stands for all spellings of a word → the stems of the others."""
    spellings: dict[str, list[str]] = {}
    for standard, others in rows("spelling_variants.tsv"):
        stems = [without_endings(other) for other in fold(others).split()]
        spellings.setdefault(without_endings(fold(standard)), []).extend(stems)
    return spellings
