"""How far a name goes after its class word: a proper name, a definite noun with its adjectives, a place.

Every function takes the index of the first word after the class word and gives the index after the last word of the
name, or 0 when no name stands there.
"""

from articles.language.lexicon import heads, known_forms, nationalities, place_words, titles, word_set
from articles.language.name_candidates import continues
from articles.language.name_tokens import Token
from articles.language.name_words import is_given, is_unknown
from articles.language.person_names import name_end

_LONGEST_QUOTED = 5
_LONGEST_COMPLEMENT = 8
_SHORTEST_NOUN, _SHORTEST_BODY_NOUN = 5, 4
_LONGEST_UNKNOWN = 2
_SHORTEST_TOWN = 4
_LONGEST_LINK = 3
_ARTICLE = "ال"


def is_near(tokens: list[Token], index: int) -> bool:
    return index < len(tokens) and tokens[index].near


def quoted_end(tokens: list[Token], start: int) -> int:
    """Of a short name that stands alone between quotation marks or brackets."""
    if start >= len(tokens) or not tokens[start].opened:
        return 0
    for index in range(start, min(start + _LONGEST_QUOTED, len(tokens))):
        if index > start and not tokens[index].near:
            return 0
        if tokens[index].closed:
            return index + 1
    return 0


def known_end(tokens: list[Token], start: int, kind: str = "", *, quoted: bool = False) -> int:
    """Of a name of the lexicon, of this kind or of any; with `quoted`, of one that quotation marks enclose."""
    last = quoted_end(tokens, start) if quoted else 0
    if not last and (quoted or not is_near(tokens, start)):
        return 0
    for form in known_forms().get(tokens[start].key, ()):
        end = start + 1 + len(form.rest)
        if (not kind or form.kind == kind) and (not quoted or end == last) and continues(tokens, start + 1, form.rest):
            return end
    return 0


def proper_end(tokens: list[Token], start: int) -> int:
    """Of a proper name: one of the lexicon, an honoured person (الملك فهد), a person, an unknown word or two."""
    if not is_near(tokens, start):
        return 0
    known = _town_end(tokens, start) or known_end(tokens, start)
    if known:
        return known
    key = tokens[start].key
    if key in word_set("directions"):
        return known_end(tokens, start + 1, "place")
    if key in word_set("honoured") and is_near(tokens, start + 1):
        last = name_end(tokens, start + 1, tokens[start + 1].key)
        return last if last > start + 1 else 0
    head = heads().get(key)
    if head is not None and head.kind == "place" and head.needs == "one":
        return place_end(tokens, start + 1)
    if is_given(key):
        last = name_end(tokens, start, key)
        return last if last > start else 0
    index = start
    while index - start < _LONGEST_UNKNOWN and is_near(tokens, index) and is_unknown(tokens[index].key):
        index += 1
        if tokens[index - 1].key.startswith(_ARTICLE) or tokens[index - 1].closed:
            break
    return index if index > start else 0


def place_end(tokens: list[Token], start: int) -> int:
    """Of a place whose class word belongs to its name: القطيف after محافظة, الملك خالد الدولي after مطار."""
    if not is_near(tokens, start):
        return 0
    end = known_end(tokens, start, "place") or _town_end(tokens, start) or _honoured_or_unknown_end(tokens, start)
    if not end:
        if not _is_place_noun(tokens[start].key):
            return 0
        end = start + 1
    while is_near(tokens, end) and tokens[end].key in word_set("qualifiers"):
        end += 1
    return end


def _town_end(tokens: list[Token], start: int) -> int:
    """Of a town named by two words: تل النخيل, مرسى علم."""
    after = start + 1
    if not begins_town(tokens[start]) or not is_near(tokens, after):
        return 0
    key = tokens[after].key
    is_named = is_definite_noun(key, _SHORTEST_TOWN) or (is_unknown(key) and not key.startswith(_ARTICLE))
    return after + 1 if is_named and "personal" not in titles().get(key, ()) else 0


def begins_town(token: Token) -> bool:
    """Whether towns are named by this word and the next; مرسى is not the surname مرسي."""
    return token.key in word_set("town_beginnings") and (token.key[-1] != "ي" or token.text[-1] == "ى")


def _honoured_or_unknown_end(tokens: list[Token], start: int) -> int:
    key = tokens[start].key
    if key in word_set("honoured") or is_given(key):
        return proper_end(tokens, start)
    return start + 1 if is_unknown(key) else 0


def _is_place_noun(key: str) -> bool:
    if key in nationalities() or key in word_set("generic_places") or key in word_set("qualifiers"):
        return False
    return is_definite_noun(key)


def is_definite_noun(key: str, shortest: int = _SHORTEST_NOUN) -> bool:
    return (
        key.startswith(_ARTICLE)
        and len(key) >= shortest
        and key not in word_set("boundaries")
        and "personal" not in titles().get(key, ())
    )


def qualifies(key: str) -> bool:
    """Whether the word can be an adjective inside an organisation's name."""
    if not is_definite_noun(key):
        return False
    return key in word_set("qualifiers") or key in nationalities() or key.endswith(("يه", "ي"))


def linked_end(tokens: list[Token], start: int) -> int:
    """Of indefinite nouns and the name or the definite noun they lead to: حقوق الإنسان، تجارة وصناعة جدة."""
    index = start
    while index - start < _LONGEST_LINK and is_near(tokens, index) and _links(tokens[index].key, index > start):
        index += 1
    if index == start or not is_near(tokens, index):
        return 0
    return proper_end(tokens, index) or noun_phrase_end(tokens, index)


def _links(key: str, joined: bool) -> bool:
    return key in word_set("links") or (joined and key[0] == "و" and key[1:] in word_set("links"))


def noun_phrase_end(tokens: list[Token], start: int) -> int:
    """Of a definite noun, a noun joined to it, and what qualifies them: التربية والتعليم، الشؤون البلدية والقروية."""
    if not is_near(tokens, start) or not is_definite_noun(tokens[start].key, _SHORTEST_BODY_NOUN):
        return 0
    if tokens[start].key in nationalities() and tokens[start].key not in word_set("also_nouns"):
        return 0
    index = start + 1
    if is_near(tokens, index) and _is_joined_noun(tokens[index].key) and not tokens[index - 1].closed:
        index += 1
    return qualified_end(tokens, index, start + _LONGEST_COMPLEMENT)


def _is_joined_noun(key: str) -> bool:
    return key.startswith("و" + _ARTICLE) and is_definite_noun(key[1:], _SHORTEST_BODY_NOUN)


def qualified_end(tokens: list[Token], index: int, limit: int, *, countries: bool = True) -> int:
    """Of the adjectives at `index`, joined ones too, and of what the body is for (للطيران المدني); `index` if none."""
    while index < limit and is_near(tokens, index) and not tokens[index - 1].closed:
        key = tokens[index].key
        if key in nationalities() and key.startswith(_ARTICLE) and key not in word_set("qualifiers"):
            return index + 1 if countries else index
        if qualifies(key) or (key.startswith("وال") and qualifies(key[1:]) and qualifies(tokens[index - 1].key)):
            index += 1
        elif _is_purpose(key) and not _governs(tokens, index):
            return _purpose_end(tokens, index, limit)
        elif key[0] == "ل" and key[1:] in word_set("links"):
            return _linked_purpose_end(tokens, index)
        else:
            break
    return index


def _is_purpose(key: str) -> bool:
    if not key.startswith("لل") or len(key) < _SHORTEST_NOUN or key in nationalities():
        return False
    return _ARTICLE + key[2:] not in word_set("boundaries")


def _governs(tokens: list[Token], index: int) -> bool:
    """Whether a preposition follows, so that the word says what is done: للحصول على."""
    return is_near(tokens, index + 1) and tokens[index + 1].key in {"على", "من", "الى", "في", "عن", "مع", "بين"}


def _linked_purpose_end(tokens: list[Token], index: int) -> int:
    """Of «لحقوق الإنسان», whose first noun is joined to its preposition; `index` when no definite noun follows."""
    after = index + 1
    if not is_near(tokens, after):
        return index
    return noun_phrase_end(tokens, after) or linked_end(tokens, after) or index


def _purpose_end(tokens: list[Token], index: int, limit: int) -> int:
    index += 1
    if is_near(tokens, index) and _is_joined_noun(tokens[index].key):
        index += 1
    while index < limit and is_near(tokens, index) and qualifies(tokens[index].key):
        index += 1
    return index


def apposition_end(tokens: list[Token], end: int) -> int:
    """Past a sport and a place in apposition: نادي أرسنال لكرة القدم، شرطة منطقة الباحة; else `end`."""
    if is_near(tokens, end + 1) and tokens[end].near and tokens[end].key == "لكره":
        return end + 2
    if is_near(tokens, end):
        head = heads().get(tokens[end].key)
        if head is not None and head.kind == "place" and head.needs == "one":
            return place_end(tokens, end + 1) or end
        if tokens[end].key in place_words():
            return end + 1
    return end
