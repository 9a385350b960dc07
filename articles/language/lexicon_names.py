"""Finding the lexicon's names in a text, and deciding which uncertain forms the text itself confirms."""

from collections.abc import Iterator

from articles.language.lexicon import (
    Form,
    heads,
    known_forms,
    name_counts,
    nationalities,
    ordinary_words,
    place_words,
    titles,
    word_set,
)
from articles.language.name_candidates import Candidate, candidate, continues
from articles.language.name_tokens import Reading, Token

CERTAIN, IN_CONTEXT = 0.95, 0.75

_PENALTY_FOR_CUT = 0.01
_DIAMETER = "قطر"


def lexicon_candidates(tokens: list[Token]) -> list[Candidate]:
    """Certain forms wherever they stand, and uncertain ones that their surroundings or the text confirm."""
    accepted: list[Candidate] = []
    uncertain: list[Candidate] = []
    for item, form in _matches(tokens):
        (accepted if form.certain or _fits(tokens, item) else uncertain).append(item)
    mentioned = {(item.kind, name) for item in accepted for name in item.names}
    for item in uncertain:
        if any((item.kind, name) in mentioned for name in item.names) and _is_safe(tokens, item):
            accepted.append(item)
    return accepted


def _matches(tokens: list[Token]) -> Iterator[tuple[Candidate, Form]]:
    forms = known_forms()
    following = [token.key for token in tokens[1:]] + [""]
    for index, token in enumerate(tokens):
        for reading in token.readings:
            for form in forms.get(reading.stem, ()):
                if form.rest and form.rest[0] != following[index]:
                    continue
                if form.kind == "organisation" and _is_of_minister(tokens, index):
                    continue
                if not form.rest and form.kind == "place" and _is_no_place(tokens, index, reading):
                    continue
                if continues(tokens, index + 1, form.rest) and (form.rest or not _is_pronoun_form(token, reading)):
                    score = (CERTAIN if form.certain else IN_CONTEXT) - _PENALTY_FOR_CUT * (reading.cut > 0)
                    last = index + 1 + len(form.rest)
                    yield candidate(tokens, index, last, reading.cut, reading.stem, form.kind, score, form.names), form


def _is_of_minister(tokens: list[Token], index: int) -> bool:
    """وزير [الشؤون الإسلامية] is a title, which names no ministry."""
    if not index or not tokens[index].near:
        return False
    return any(reading.stem in word_set("ministers") for reading in tokens[index - 1].readings)


def _is_no_place(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether the word is the adjective (الصحف السعودية) or the measure (بقطر 800 ملم) that is written like a place."""
    if reading.stem == _DIAMETER and index + 1 < len(tokens) and tokens[index + 1].key[0].isdigit():
        return True
    return _is_adjective(tokens, index, reading)


def _is_adjective(tokens: list[Token], index: int, reading: Reading) -> bool:
    """السعودية after a definite noun is its adjective: الصحف السعودية."""
    if reading.stem not in nationalities() or not index or not tokens[index].near:
        return False
    before = tokens[index - 1].key
    if reading.cut:
        return tokens[index].key[0] == "و" and before in nationalities() and before not in place_words()
    return before.startswith(("ال", "لل", "وال", "بال")) and before not in word_set("boundaries")


def _is_pronoun_form(token: Token, reading: Reading) -> bool:
    """زواره (his visitors) folds to the city زوارة."""
    return token.text.endswith("ه") and reading.stem[:-1] in ordinary_words()


def _fits(tokens: list[Token], item: Candidate) -> bool:
    """Whether the words or the marks beside an uncertain form say that it is the name."""
    token, before = tokens[item.first], tokens[item.first - 1] if item.first else None
    if item.kind == "organisation" and token.opened and tokens[item.last - 1].closed:
        return True
    if before is None or not (token.near or token.opened):
        return False
    if item.kind == "place" and item.cut == 1 and token.key[0] == "و" and _is_place(before):
        return True
    if item.cut:
        return False
    if item.kind == "person":
        return token.near and any(_introduces(reading) for reading in before.readings)
    if item.kind == "place" and before.key in word_set("before_places") and token.near:
        return True
    return any(reading.stem in heads() and heads()[reading.stem].kind == item.kind for reading in before.readings)


def _is_place(token: Token) -> bool:
    return any(reading.stem in place_words() for reading in token.readings)


def _introduces(reading: Reading) -> bool:
    return "personal" in titles().get(reading.stem, ()) and reading.stem.startswith("ال")


def _is_safe(tokens: list[Token], item: Candidate) -> bool:
    """Whether an uncertain form may be the name that the text mentions elsewhere.

    A surname after another name's word belongs to that name (أحمد الأسد is not بشار الأسد), and an ordinary word
    without ال stays an ordinary word (سبق أن).
    """
    before = tokens[item.first - 1] if item.first and tokens[item.first].near else None
    if item.kind == "person":
        return (
            before is None
            or before.key not in name_counts()
            or before.key in titles()
            or before.key in ordinary_words()
        )
    if before is not None and item.words[0] in nationalities() and before.key.startswith("ال"):
        return False
    if item.kind == "place" and before is not None and before.key in word_set("prepositions"):
        return True
    return item.words[0] not in ordinary_words() or item.words[0].startswith("ال")
