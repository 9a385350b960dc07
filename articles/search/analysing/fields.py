"""The layers of a document in the index, each a text field whose terms are already analysed and joined by spaces.

BM25's parameters are fixed in tantivy (k1 1.2, b 0.75). Writing every term of a layer twice doubles its frequencies and
nothing else, which is k1 0.6: in news a word's second and third occurrence say less than in longer texts.
"""

from itertools import islice

import tantivy

from articles.language.inflections import word_forms
from articles.language.stems import Forms
from articles.language.tokens import words

# Folded words in order, with positions: phrases and exact words.
SURFACE = "surface"
# Words without attached letters, and their stems: without positions.
BASE = "base"
STEM = "stem"
# Stems of the headline and of what a news article says first, counted apart from the rest.
LEAD = "lead"
# The headline alone, for title: in a query.
TITLE = "title"
TITLE_STEM = "title_stem"
LEAD_WORDS = 40

_WITH_POSITIONS = (SURFACE, TITLE)
_WITHOUT_POSITIONS = (BASE, STEM, LEAD, TITLE_STEM)


def add_text_fields(builder: tantivy.SchemaBuilder) -> tantivy.SchemaBuilder:
    """The schema's part that this package reads and writes; nothing of it is stored."""
    for name in _WITH_POSITIONS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in _WITHOUT_POSITIONS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    return builder


def text_fields(headline: str, body: str) -> dict[str, str]:
    """Field → its terms, for the headline and the rest of a revision's text."""
    title, rest = _readings(headline), _readings(body)
    both = title + rest
    return {
        SURFACE: " ".join(readings[0].surface for readings in both),
        BASE: _twice([readings[0].base for readings in both]),
        STEM: _twice(_stems(both)),
        LEAD: " ".join(_stems(title) + _stems(list(islice(rest, LEAD_WORDS)))),
        TITLE: " ".join(readings[0].surface for readings in title),
        TITLE_STEM: " ".join(_stems(title)),
    }


def _readings(text: str) -> list[tuple[Forms, ...]]:
    return [readings for word in words(text) if (readings := word_forms(word.text))]


def _stems(read: list[tuple[Forms, ...]]) -> list[str]:
    """Of every reading: an unknown word is found with and without what may be attached to it."""
    return [reading.stem for readings in read for reading in readings]


def _twice(terms: list[str]) -> str:
    return " ".join(terms + terms)
