"""What a small change makes a sentence say something else by: its numbers and its negations. Pure."""

import re

from articles.language.folding import fold
from articles.language.tokens import words

# What turns a sentence round: a text that gains or loses one of these says something else.
_TURNS = frozenset(
    fold("لا لم لن ما ليس ليست ليسوا لسنا لست غير دون عدم بدون بلا ولا ولم ولن وما وليس وليست فلا فلم فلن فما").split()
)
_SPELLED = frozenset(
    fold(
        "واحد واحدة اثنان اثنين ثلاث ثلاثة أربع أربعة خمس خمسة ست ستة سبع سبعة ثمان ثماني ثمانية تسع تسعة عشر عشرة "
        "عشرون عشرين ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين "
        "مئة مائة مئتان مئتين مئات ألف ألفان ألفين آلاف مليون مليونان مليونين ملايين مليار ملياران مليارين مليارات"
    ).split()
)
_NUMBER = re.compile(r"\d")


def same_sense(old: str, new: str) -> bool:
    """Whether no number and no negation came, went or changed."""
    return numbers_in(old) == numbers_in(new) and _turns(old) == _turns(new)


def numbers_in(text: str) -> list[str]:
    """Numbers in digits or words, folded, with a letter attached or without."""
    found = (fold(word.text) for word in words(text))
    return [word for word in found if _NUMBER.search(word) or word in _SPELLED or word[1:] in _SPELLED]


def _turns(text: str) -> list[str]:
    return [folded for word in words(text) if (folded := fold(word.text)) in _TURNS]
