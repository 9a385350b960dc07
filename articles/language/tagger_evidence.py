"""What is known of a word before its sentence is read: its letters, and which lists of names it occurs in.

Shared by the tagger and by its training, so that both see the same. Everything is computed from folded words. A word is
looked up as it stands, without و ف, and without ب ل ك, because names are written together with them.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

# One bit for each list (and place in a name) that a word may occur in. Given and family names have three thresholds.
NAME_LISTS = (
    *("given name", "given name, 5 people", "given name, 50 people"),
    *("family name", "family name, 5 people", "family name, 50 people"),
    "name written in Latin letters",
    *("place", "place, 100,000 people", "place, a million people", "country"),
    *("first word of a place", "later word of a place"),
    *("nationality", "title", "office"),
    *("class word of a person", "class word of an organisation", "class word of a place", "class word of a thing"),
    *("person", "organisation", "known place", "thing"),
    *("first word of an organisation", "later word of an organisation"),
    *("first word of a person", "later word of a person", "given name of another language"),
)
CLASSES = ("club", "company", "media", "product", "work", "event", "force", "team")
PHRASE_KINDS = ("person", "organisation", "place", "other", *CLASSES)
PHRASE_MARKS = 1 + 2 * len(PHRASE_KINDS)
LIST_BITS = len(NAME_LISTS) + 3 * len(CLASSES)
# Quotation marks, brackets, what ends a sentence, what ends a clause.
_SIGNS = (frozenset('"«»“”„'), frozenset("()[]"), frozenset(".؟!?"), frozenset(":،,؛"))
_BEGINNINGS = {"ال": 1 << 7, **{letter: 1 << bit for bit, letter in enumerate("وفبلك", start=8)}, "لل": 1 << 13}
_ENDINGS = {
    ending: 1 << bit for bit, ending in enumerate(("ه", "ي", "ون", "ين", "ات", "ان", "يه", "وا", "ها"), start=21)
}
_LONGEST = 7
SHAPE_BITS = 30
WORD_BITS = 3 * LIST_BITS + SHAPE_BITS


# The lists that speak for a word being a name, or beginning one; those of curated names count twice.
_NOT_NAMES = ("later word of a place", "nationality", "title", "office")
_CURATED = NAME_LISTS[NAME_LISTS.index("person") :]
NAME_BITS = (1 << LIST_BITS) - 1 - sum(1 << NAME_LISTS.index(name) for name in _NOT_NAMES)
CURATED_BITS = sum(1 << NAME_LISTS.index(name) for name in _CURATED)


def list_bit(name: str, position: int = 0) -> int:
    """The bit of one of NAME_LISTS, or of one of CLASSES: 0 the whole name, 1 its first word, 2 a later word."""
    if name in CLASSES:
        return len(NAME_LISTS) + 3 * CLASSES.index(name) + position
    return NAME_LISTS.index(name)


class Bare(NamedTuple):
    """A word without its attached letters: one without a conjunction, and those without a preposition as well."""

    without_conjunction: tuple[str, ...]
    without_preposition: tuple[str, ...]


def bare_forms(word: str) -> Bare:
    """Every reading of the attached letters. لل is read as ل + ال; nothing is left of fewer than two letters."""
    conjunction, preposition = [], []
    for cut in (0, 1) if word[:1] in ("و", "ف") and len(word) > 2 else (0,):
        rest = word[cut:]
        if cut:
            conjunction.append(rest)
        if rest.startswith("لل"):
            preposition += ["ال" + rest[2:], "الل" + rest[2:]]
        elif rest[:1] in ("ب", "ل", "ك") and len(rest) > 2:
            preposition.append(rest[1:])
    return Bare(tuple(conjunction), tuple(preposition))


def word_bits(word: str, lists: Mapping[str, int]) -> int:
    """All that is known of a folded word, as a number of WORD_BITS bits; `lists` has the list bits of each word."""
    bare = bare_forms(word)
    bits = lists.get(word, 0)
    for form in bare.without_conjunction:
        bits |= lists.get(form, 0) << LIST_BITS
    for form in bare.without_preposition:
        bits |= lists.get(form, 0) << 2 * LIST_BITS
    return bits | _shape(word) << 3 * LIST_BITS


def _shape(word: str) -> int:
    """SHAPE_BITS of the word's letters; in Arabic: ال, an attached letter, لل, the length, the ending."""
    first = word[0]
    if first.isdigit():
        return 1
    if not word.isalpha():
        return 1 << 1 | sum(1 << bit for bit, signs in enumerate(_SIGNS, start=2) if word in signs)
    if first < "\u0600":
        return 1 << 6
    shape = 1 << 13 + min(len(word), _LONGEST) | _BEGINNINGS.get(first, 0) | _BEGINNINGS.get(word[:2], 0)
    if len(word) > 3:
        shape |= _ENDINGS.get(word[-1], 0) | _ENDINGS.get(word[-2:], 0)
    return shape


class Phrase(NamedTuple):
    """A known name of several words after its first: the other words, and the number of its kind in PHRASE_KINDS."""

    rest: tuple[str, ...]
    kind: int


Phrases = Mapping[str, Sequence[Phrase]]


def phrases_after(word: str, phrases: Phrases) -> list[Phrase]:
    """The known names that may begin with this word, whatever is attached to it."""
    if len(word) <= 3:
        return list(phrases.get(word, ()))
    bare = bare_forms(word)
    forms = (word, *bare.without_conjunction, *bare.without_preposition)
    return [phrase for form in forms for phrase in phrases.get(form, ())]


def phrase_marks(tokens: Sequence[str], beginnings: Mapping[int, Sequence[Phrase]]) -> list[int]:
    """For each token 0, or the mark of the longest known name it begins (odd) or continues (even).

    `beginnings` has the phrases that may begin at a position, for the positions that have any, in ascending order.
    """
    marks = [0] * len(tokens)
    free = 0
    for position, phrases in beginnings.items():
        if position < free:
            continue
        longest, kind = 0, 0
        for phrase in phrases:
            size = len(phrase.rest)
            if size > longest and tuple(tokens[position + 1 : position + 1 + size]) == phrase.rest:
                longest, kind = size, phrase.kind
        if longest:
            free = position + 1 + longest
            marks[position] = 1 + 2 * kind
            marks[position + 1 : free] = [2 + 2 * kind] * longest
    return marks
