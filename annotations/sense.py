"""What a change makes a sentence say something else by: any other word, and in the same words its numbers. Pure."""

import re

from articles.language.folding import fold
from articles.language.tokens import clitic_splits, words

# What joins a sentence to the one before it and says nothing about it.
_CONJUNCTIONS = ("و", "ف")
_SPELLED = frozenset(
    fold(
        "واحد واحدة اثنان اثنين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثماني ثمانية تسع تسعة عشر عشرة "
        "عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين "
        "مئة مائة مئتان مئتين مئات ألف ألفان ألفين آلاف مليون مليونان مليونين ملايين مليار ملياران مليارين مليارات"
    ).split()
)
_NUMBER = re.compile(r"\d")


def same_words(old: str, new: str) -> bool:
    """Whether these are the same words in the same order but for spelling, punctuation and conjunctions written on."""
    ours, theirs = words(old), words(new)
    return len(ours) == len(theirs) and all(
        _same_word(one.text, other.text) for one, other in zip(ours, theirs, strict=True)
    )


def numbers_in(text: str) -> list[str]:
    """Numbers in digits or words, folded, with a letter attached or without."""
    found = (fold(word.text) for word in words(text))
    return [word for word in found if _NUMBER.search(word) or word in _SPELLED or word[1:] in _SPELLED]


def _same_word(old: str, new: str) -> bool:
    return fold(old) == fold(new) or _without_conjunction(old) == _without_conjunction(new)


def _without_conjunction(word: str) -> str:
    """Folded, without the و or ف that the likeliest reading cuts off: وقال but not وزير."""
    letters = fold(word)
    return letters[1:] if fold(clitic_splits(word)[0].prefix).startswith(_CONJUNCTIONS) else letters
