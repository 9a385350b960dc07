"""Names that a class word announces: وزارة …، جامعة …، محافظة …، صحيفة «…»، and resolutions and units by number."""

import re
from collections.abc import Iterator

from articles.language.lexicon import Head, heads, known_forms, nationalities, place_words, titles, word_set
from articles.language.listed_names import joined_quotations, listed_bodies, listed_companies, listed_places
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_complements import (
    apposition_end,
    is_near,
    known_end,
    linked_end,
    noun_phrase_end,
    place_end,
    proper_end,
    qualified_end,
    qualifies,
    quoted_end,
)
from articles.language.name_tokens import Reading, Token
from articles.language.name_words import is_given, is_unknown

HEADED, QUOTED, NUMBERED, OUTSIDE, CITY_BODY = 0.75, 0.7, 0.9, 0.65, 0.7
# صحيفة «الشرق الأوسط» and لـ«الشرق الأوسط» name the newspaper, surer than the lexicon's place.
QUOTED_PAPER = 0.97

_MARKS = frozenset("«»“”\"'")
_DASH = re.compile(r"\s*[-–—ـ]+\s*")
# Words of the headline and the reporter's line.
_REPORTED_BEFORE = 30
_LONGEST_DEFINITE = 8
_LONGEST_EXTENSION = 4
_OFFICE = "اداره"
_WHOSE_OFFICE = ("definite_heads", "honoured", "clubs")
_ENOUGH_ADJECTIVES = 2
_ENOUGH_WORDS = 2


def headed_candidates(tokens: list[Token]) -> Iterator[Candidate]:
    """Names announced by a class word, and what is named by a number."""
    known_heads = heads()
    for index, token in enumerate(tokens):
        if token.key == "ل" and known_end(tokens, index + 1, "place", quoted=True):
            last = quoted_end(tokens, index + 1)
            yield candidate(tokens, index + 1, last, 0, tokens[index + 1].key, "organisation", QUOTED_PAPER)
        if _is_marked_body(tokens, index):
            yield candidate(tokens, index, index + 1, 0, token.key, "organisation", QUOTED_PAPER)
        for reading in token.readings:
            head = known_heads.get(reading.stem)
            if head is not None and not _has_other_hamza(token, reading):
                yield from _after_head(tokens, index, reading, head)
                break
            found = _definite_head(tokens, index, reading)
            if found is not None:
                yield found
                break


def _after_head(tokens: list[Token], index: int, reading: Reading, head: Head) -> Iterator[Candidate]:
    start = index + 1
    if head.needs == "bodies":
        yield from listed_bodies(tokens, start)
        return
    if head.needs == "companies":
        yield from listed_companies(tokens, start)
        return
    if head.needs == "list":
        yield from listed_places(tokens, start, reading.stem in word_set("pairs_of_places"))
        return
    quoted = quoted_end(tokens, start)
    if quoted:
        if head.needs != "never":
            score = QUOTED_PAPER if head.needs == "any" else QUOTED
            yield candidate(tokens, start, quoted, 0, tokens[start].key, head.kind, score)
            yield from joined_quotations(tokens, quoted, head.kind, score)
    elif not is_near(tokens, start) or _is_idiom(tokens, index):
        return
    elif head.needs == "city":
        last = known_end(tokens, start, "place")
        if last:
            yield candidate(tokens, index, last, reading.cut, reading.stem, head.kind, CITY_BODY)
    elif not head.inside:
        yield from _outside(tokens, start, head)
    elif head.needs == "apposed" and proper_end(tokens, start):
        yield from _apposed(tokens, index, reading, head)
    else:
        last = _named_end(tokens, start, head, reading)
        if last:
            yield candidate(tokens, index, last, reading.cut, reading.stem, head.kind, HEADED)


def _apposed(tokens: list[Token], index: int, reading: Reading, head: Head) -> Iterator[Candidate]:
    """شركة [معادن] from outside, [شركة سلامة للتأمين التعاوني] and [شركة الأهلي المالية] whole."""
    start = index + 1
    last = known_end(tokens, start, "organisation") or proper_end(tokens, start)
    extended = qualified_end(tokens, last, last + _LONGEST_EXTENSION, countries=False)
    if extended > last:
        yield candidate(tokens, index, extended, reading.cut, reading.stem, head.kind, HEADED)
    elif tokens[start].key not in place_words():
        yield candidate(tokens, start, last, 0, tokens[start].key, head.kind, OUTSIDE)


def _named_end(tokens: list[Token], start: int, head: Head, reading: Reading) -> int:
    if head.kind == "place":
        return _place_end(tokens, start, head.needs)
    return _body_end(tokens, start, head, reading)


def _is_marked_body(tokens: list[Token], index: int) -> bool:
    """Whether a newspaper or ministry written like another word stands in quotation marks, or beside a dash."""
    token = tokens[index]
    if token.near:
        return False
    if token.key in word_set("ministries"):
        return token.closed and token.gap[-1:] in _MARKS
    if token.key not in word_set("outlets"):
        return False
    if token.closed:
        return token.gap[-1:] in _MARKS
    if token.key in place_words():
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if index and _DASH.search(token.gap) and "\n" not in token.gap and index <= _REPORTED_BEFORE:
        return after is None or not after.near
    return after is not None and "\n" in token.gap and index <= _REPORTED_BEFORE and bool(_DASH.fullmatch(after.gap))


def _has_other_hamza(token: Token, reading: Reading) -> bool:
    """وأدى (it led to) folds to وادي (valley)."""
    return reading.stem == "وادي" and "أ" in token.text


def _is_idiom(tokens: list[Token], index: int) -> bool:
    """عن طريق (by way of) names no road, لمصلحة (in favour of) no office."""
    if tokens[index].key == "لمصلحه":
        return True
    return tokens[index].key == "طريق" and index > 0 and tokens[index - 1].key in {"عن", "على"}


def _outside(tokens: list[Token], start: int, head: Head) -> Iterator[Candidate]:
    """A name after a class word that is not part of it: بلدة مارع، صحيفة الوطن."""
    key = tokens[start].key
    if head.needs in {"quoted", "never"} or key in nationalities() or key in titles():
        return
    if known_end(tokens, start, head.kind):
        return
    if head.kind == "place":
        accepted = is_unknown(key) and key not in word_set("generic_places") and not is_given(key)
    else:
        accepted = is_unknown(key) or (head.needs == "any" and key.startswith("ال") and not qualifies(key))
    if accepted and key not in word_set("boundaries"):
        yield candidate(tokens, start, start + 1, 0, key, head.kind, OUTSIDE)


def _place_end(tokens: list[Token], start: int, needs: str) -> int:
    return place_end(tokens, start) if needs == "one" or proper_end(tokens, start) else 0


def _body_end(tokens: list[Token], start: int, head: Head, reading: Reading) -> int:
    """The end of the name of an organisation or an event; 0 when less follows than the class word needs."""
    key = tokens[start].key
    if key in titles() and not key.startswith("ال") and key not in word_set("honoured"):
        return 0
    if key in word_set("generic_bodies") and reading.stem in word_set("generic_after"):
        return 0
    if reading.stem == _OFFICE and (key in heads() or any(key in word_set(name) for name in _WHOSE_OFFICE)):
        return 0
    if key == _OFFICE and reading.stem in word_set("everyones_bodies"):
        return 0
    limit = start + _LONGEST_DEFINITE
    proper = proper_end(tokens, start)
    if proper and _is_plain_noun(key, head):
        return 0
    # A country's adjective belongs to وزارة الدفاع الأميركية, and describes نادي ليفربول الإنكليزي from outside.
    if proper:
        end = qualified_end(tokens, proper, limit, countries=False)
    else:
        end = noun_phrase_end(tokens, start) or linked_end(tokens, start)
    if not end:
        return 0
    extended = apposition_end(tokens, end)
    is_named = proper or extended > end or any(token.key in nationalities() for token in tokens[start:extended])
    if head.needs == "noun" or is_named:
        return extended
    return extended if head.needs in {"long", "apposed"} and extended - start >= _ENOUGH_WORDS else 0


def _is_plain_noun(key: str, head: Head) -> bool:
    """A rare definite noun names no treaty or prize: اتفاقية الاستقدام."""
    return head.kind == "other" and key.startswith("ال") and key not in place_words() and key not in known_forms()


def _definite_head(tokens: list[Token], index: int, reading: Reading) -> Candidate | None:
    """القرار 2728، الفرقة 30، المخابرات الروسية، الهيئة العامة للطيران المدني."""
    stem = reading.stem
    if stem in word_set("resolutions"):
        last = _number_end(tokens, index + 1)
        return _numbered(tokens, index, last, reading) if last else None
    if not is_near(tokens, index + 1):
        return None
    if stem in word_set("units"):
        last = _unit_end(tokens, index + 1)
    elif stem in word_set("state_bodies"):
        last = _state_body_end(tokens, index)
    elif stem in word_set("definite_heads"):
        last = _definite_body_end(tokens, index + 1, stem in word_set("named_by_country"))
    else:
        return None
    return candidate(tokens, index, last, reading.cut, stem, "organisation", HEADED) if last else None


def _numbered(tokens: list[Token], index: int, last: int, reading: Reading) -> Candidate:
    """«قراره رقم 2728» and «قرار 2728» are filed under «القرار 2728»."""
    noun = next((noun for noun in ("القانون", "المرسوم") if noun[2:] in reading.stem), "القرار")
    number = tokens[last - 1]
    return Candidate(index, last, reading.cut, "other", NUMBERED, (noun, number.key), (f"{noun} {number.text}",))


def _number_end(tokens: list[Token], start: int) -> int:
    """The index after «2728» or «رقم 2728» or «(2728)»; 0 when no number follows."""
    if is_near(tokens, start) and tokens[start].key == "رقم":
        start += 1
    if start >= len(tokens) or not (tokens[start].near or tokens[start].opened):
        return 0
    return start + 1 if tokens[start].key[0].isdigit() else 0


def _unit_end(tokens: list[Token], start: int) -> int:
    """The index after «30», «الخامسة» or «الخامس عشر»; 0 otherwise."""
    key = tokens[start].key
    if key.isdigit():
        return start + 1
    if key not in word_set("ordinals"):
        return 0
    return start + 2 if is_near(tokens, start + 1) and tokens[start + 1].key == "عشر" else start + 1


def _state_body_end(tokens: list[Token], index: int) -> int:
    """The index after «المخابرات الروسية»; 0 for «[وزير] الخارجية الروسي», where the adjective is the minister's."""
    adjective = tokens[index + 1].key
    feminine = not tokens[index].key.endswith(("برلمان", "منتخب"))
    agrees = adjective.endswith("ه") == feminine
    return index + 2 if agrees and adjective in nationalities() and adjective.startswith("ال") else 0


def _definite_body_end(tokens: list[Token], start: int, country_is_enough: bool) -> int:
    """The index after «العامة للطيران المدني»: adjectives, and what the body is for or the country it belongs to."""
    limit = start + _LONGEST_DEFINITE
    last = qualified_end(tokens, start, limit)
    if last == start or not qualifies(tokens[start].key):
        return 0
    # What it is for may follow its country: البنك السعودي للاستثمار.
    if not (is_near(tokens, last) and tokens[last].key in nationalities()):
        last = qualified_end(tokens, last, limit)
    words = [token.key for token in tokens[start:last]]
    if any(word.startswith("لل") or word[1:] in word_set("links") for word in words[1:]):
        return last
    has_country = any(word in nationalities() and word not in word_set("qualifiers") for word in words)
    return last if has_country and (country_is_enough or len(words) >= _ENOUGH_ADJECTIVES) else 0
