"""What a text is found by: its folded words, and each without the letters that Arabic writes onto it.

Both the index and the query go through here, so that «واشنطن» finds «لواشنطن» and «اسرائيل» finds «إسرائيل».
"""

import re

from articles.language.folding import fold

WORD = re.compile(r"\w+")
# Conjunction or preposition, then the article; at least three letters must remain.
ATTACHED = re.compile(r"^(?:[وف]?(?:لل|[بكل]?ال)|[وف][بلك]?|[بلك])(?=\w{3})")
# Longer "words" are addresses or noise, and PostgreSQL refuses lexemes of 2 kB.
LONGEST = 100


def terms(text: str) -> set[str]:
    """Every form that a text's words are found by."""
    found = set(_words(text))
    return found | {bare for word in found for bare in _bare_forms(word)}


def query_terms(text: str) -> list[list[str]]:
    """For each word of a query, the forms of which a text must hold at least one."""
    return [[word, *_bare_forms(word)] for word in dict.fromkeys(_words(text))]


def _words(text: str) -> list[str]:
    return [word[:LONGEST] for word in WORD.findall(fold(text))]


def _bare_forms(word: str) -> list[str]:
    match = ATTACHED.match(word)
    return [word[match.end() :]] if match else []
