"""One statement, many outlets: which quotes are the same, and what one of them makes of the other. Pure.

Found:   `signature` gives a few integers below 2³¹ to store and look up by; `same_statement` decides of two that share
         some (see `fewest_shared` in finding for how many). `StatementIndex` and `find_groups` do both in memory.
Aligned: `align` tells word by word what is the same, respelled, inserted, dropped, replaced or moved.
Judged:  `judge` gives a verdict and what a reader should be told, the weightiest first, each with its words.
Said:    `wording` has the Arabic labels of every kind; it alone needs Django.

One module a stage: lexicon, reading (words), values, numerals, quantities (numbers and dates), statements; signatures,
likeness, finding; units, aligning; comparing, negations, differences, names, judging. Spans are code points of either
text.
"""

from annotations.variants.aligning import Change, align
from annotations.variants.differences import Difference
from annotations.variants.finding import Match, StatementIndex, find_groups
from annotations.variants.judging import Judgement, judge
from annotations.variants.likeness import Likeness, same_statement
from annotations.variants.signatures import signature
from annotations.variants.statements import Statement

__all__ = [
    "Change",
    "Difference",
    "Judgement",
    "Likeness",
    "Match",
    "Statement",
    "StatementIndex",
    "align",
    "find_groups",
    "judge",
    "same_statement",
    "signature",
]
