"""The words of a query, read as the words of a document are."""

from functools import cache
from typing import NamedTuple

from articles.language.folding import fold
from articles.language.inflections import word_forms
from articles.language.lexicon import rows
from articles.language.tokens import words

# More than anyone types; a pasted page must not become a query of ten thousand conditions.
MOST_WORDS = 50
# A pasted page is not even read to its end.
_MOST_CHARACTERS = 10_000


class SoughtWord(NamedTuple):
    """A word of a query: its terms in the layers, and whether it is a function word (من، هو، متى).

    An unknown word that begins with what may be attached to it has several stems; a document needs one of them.
    """

    surface: str
    base: str
    stems: tuple[str, ...]
    function: bool


def sought_words(text: str) -> list[SoughtWord]:
    """The first words of a text, in order and with repetitions."""
    found: list[SoughtWord] = []
    for word in words(text[:_MOST_CHARACTERS])[:MOST_WORDS]:
        readings = word_forms(word.text)
        if readings:
            surface, base, _stem = readings[0]
            stems = tuple(dict.fromkeys(reading.stem for reading in readings))
            found.append(SoughtWord(surface, base, stems, surface in function_words()))
    return found


@cache
def function_words() -> frozenset[str]:
    """Folded words that join others and ask questions, and say nothing of what a text is about."""
    return frozenset(fold(form) for (forms,) in rows("function_words.tsv") for form in forms.split())
