"""A statement as variants are told by: its words, and of each what stays when it is spelled or inflected otherwise."""

import re
from functools import cache, lru_cache
from math import log2
from typing import NamedTuple

from annotations.variants.lexicon import numerals, phrases, synonyms
from articles.language.folding import fold
from articles.language.inflections import word_forms
from articles.language.lexicon import rows as language_rows
from articles.language.stems import expected
from articles.language.tokens import words

# Words remembered: those of some five thousand statements; 15 MB when full.
_REMEMBERED = 1 << 15
# Words that the counts of articles.language.stems were made from, and what a word that they do not list counts for.
_COUNTED, _UNSEEN = 2_000_000, 4.0
_SHORTEST = 3
# سيسافر، سأسافر، نسافر: the person changes when speech is reported. ت is a person too, and تقرير loses it everywhere.
_PERSON = re.compile(rf"^(?:[وف]?س(?=[اينت].{{{_SHORTEST}}}))?[اينت](?=.{{{_SHORTEST}}})")
_ENDING = re.compile(rf"(?<=.{{{_SHORTEST}}})(?:ون|وا|ين|ان|ات|نا|ها|هم|ت|ا|ي|ه|ن)$")


class Term(NamedTuple):
    """What a word is compared by, from the form nearest to its letters to the widest one.

    `base` is folded without attached letters, `core` without persons and endings, `sense` the core of the synonym
    that stands for it. `bits` is how much the word tells: −log₂ of its frequency, 0 for words that only join others.
    """

    folded: str
    base: str
    core: str
    sense: str
    bits: float


class Token(NamedTuple):
    """A word at [start, end) of its text, in code points."""

    start: int
    end: int
    text: str
    term: Term


def read(text: str) -> list[Token]:
    return [Token(word.start, word.end, word.text, term(word.text)) for word in words(text)]


@lru_cache(maxsize=_REMEMBERED)
def term(word: str) -> Term:
    readings = word_forms(word)
    if not readings:
        folded = fold(word) or word
        return Term(folded, folded, folded, folded, 0.0)
    folded, base, stem = readings[0]
    core = _core(stem)
    joins = folded in _joining() or base in _joining() or folded in numerals() or base in numerals()
    bits = 0.0 if joins or folded[0].isdigit() else log2(_COUNTED / (expected(base) + _UNSEEN))
    return Term(folded, base, core, _senses().get(core, core), bits)


def _core(stem: str) -> str:
    """A stem without its person: too wide for a search, wide enough for words that stand in the same place."""
    return _ENDING.sub("", _PERSON.sub("", stem, count=1))


@cache
def _joining() -> frozenset[str]:
    """Folded words that may come and go without another thing being said, and those that judging looks at itself."""
    listed = {fold(word) for (line,) in language_rows("function_words.tsv") for word in line.split()}
    classes = ("negation", "negated_noun", "doubt", "certainty", "limit", "joining")
    return frozenset(listed.union(*(phrase for name in classes for phrase in phrases(name) if len(phrase) == 1)))


@cache
def _senses() -> dict[str, str]:
    """Core → the core that stands for its synonyms; a word that has two senses keeps the first."""
    found: dict[str, str] = {}
    for group in synonyms():
        cores = [_core(word_forms(word)[0].stem) for word in group]
        for core in cores:
            found.setdefault(core, cores[0])
    return found
