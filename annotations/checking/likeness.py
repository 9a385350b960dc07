"""How alike two claims are, by the words that tell something in them. Pure."""

from collections.abc import Collection

from articles.language.stems import expected, stemmed_forms
from articles.language.tokens import words

# A word expected more often in open text is in every claim (في، إن، لم): it tells none from another.
_TOO_COMMON = 3_000
MOST_STEMS = 60
# Claims below this share different words at most; two words in common are the least that says something.
ALIKE, SHARED = 0.4, 2


def telling_stems(text: str) -> set[str]:
    """The stems of the words that tell one claim from another; numbers are kept as they are written."""
    forms = (stemmed_forms(word.text) for word in words(text))
    told = (readings[0] for readings in forms if readings and expected(readings[0].base) < _TOO_COMMON)
    return set(list(dict.fromkeys(form.stem for form in told if len(form.stem) > 1))[:MOST_STEMS])


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """From 0 to 1: which share of both claims' stems is in the other one (Dice)."""
    shared = len(set(one) & set(other))
    return 2 * shared / (len(one) + len(other)) if shared >= SHARED else 0.0
