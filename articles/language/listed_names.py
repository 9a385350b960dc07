"""Names in a list: محافظات عدن ولحج، صحيفتا «عكاظ» و«الوطن»، أحياء (العنود، أم القرى، النسيم)."""

from collections.abc import Iterator

from articles.language.lexicon import heads, nationalities, place_words, word_set
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_complements import (
    is_definite_noun,
    is_near,
    known_end,
    qualifies,
    quoted_end,
)
from articles.language.name_tokens import Token
from articles.language.name_words import is_given, is_unknown

LISTED = 0.75

_LONGEST_ITEM = 3
_LEAST_IN_BRACKETS = 3
_LONGEST_REPORT, _LONGEST_COMPANY, _LEAST_COMPANIES = 50, 4, 3
_ON = "على"
_COMMAS = frozenset("،,-–")


def listed_places(tokens: list[Token], start: int, nouns: bool) -> Iterator[Candidate]:
    """Places after a plural: joined by و, by commas or in brackets; a definite noun only if `nouns` may be places."""
    if start < len(tokens) and "(" in tokens[start].gap:
        yield from _in_brackets(tokens, start)
        return
    index = start
    while index < len(tokens) and (tokens[index].near or (index > start and _is_comma(tokens[index]))):
        token = tokens[index]
        joined = index > start and tokens[index].near
        cuts = [r for r in token.readings if r.cut == int(joined) and (not joined or token.key[0] == "و")]
        if not cuts or not _is_place(cuts[0].stem, nouns):
            return
        yield candidate(tokens, index, index + 1, cuts[0].cut, cuts[0].stem, "place", LISTED)
        index += 1


def _is_comma(token: Token) -> bool:
    return token.gap.strip() in _COMMAS


def _is_place(stem: str, nouns: bool) -> bool:
    if stem in nationalities() or stem in word_set("generic_places"):
        return False
    return stem in place_words() or is_unknown(stem) or (nouns and is_definite_noun(stem) and not qualifies(stem))


def _in_brackets(tokens: list[Token], start: int) -> Iterator[Candidate]:
    """Every item between the brackets, when there are several and each is short."""
    items: list[tuple[int, int]] = []
    index = start
    while index < len(tokens):
        last = index + 1
        while last < len(tokens) and tokens[last].near and not _begins_item(tokens, last):
            last += 1
        if last - index > _LONGEST_ITEM:
            return
        items.append((index, last))
        if tokens[last - 1].closed or last >= len(tokens) or not (_is_comma(tokens[last]) or tokens[last].near):
            break
        index = last
    if len(items) >= _LEAST_IN_BRACKETS and tokens[items[-1][1] - 1].closed:
        for first, last in items:
            reading = tokens[first].readings[1 if _begins_item(tokens, first) and first > start else 0]
            yield candidate(tokens, first, last, reading.cut, reading.stem, "place", LISTED)


def _begins_item(tokens: list[Token], index: int) -> bool:
    """Whether the word is joined by و to the item before: ، والشرفية، والحمدة."""
    key = tokens[index].key
    return len(tokens[index].readings) > 1 and key[0] == "و" and (key[1:3] == "ال" or key[1:] in place_words())


def joined_quotations(tokens: list[Token], index: int, kind: str, score: float) -> Iterator[Candidate]:
    """What follows in quotation marks after و: «نيويورك تايمز» و«واشنطن بوست»."""
    while index < len(tokens) and tokens[index].key == "و":
        last = quoted_end(tokens, index + 1)
        if not last:
            return
        yield candidate(tokens, index + 1, last, 0, tokens[index + 1].key, kind, score)
        index = last


def listed_bodies(tokens: list[Token], start: int) -> Iterator[Candidate]:
    """Organisations after a dual or a plural: in quotation marks, known ones, or single names joined by و."""
    index = start
    while index < len(tokens):
        if index > start and tokens[index].key == "و" and quoted_end(tokens, index + 1):
            index += 1
        last = quoted_end(tokens, index)
        cut = 0
        if not last:
            joined = int(index > start)
            if not is_near(tokens, index) or (joined and tokens[index].key[0] != "و"):
                return
            cut = joined
            last = _body_end(tokens, index, joined)
            if not last:
                return
        stem = tokens[index].key[cut:]
        yield candidate(tokens, index, last, cut, stem, "organisation", LISTED)
        index = last


def _body_end(tokens: list[Token], index: int, joined: int) -> int:
    if not joined:
        known = known_end(tokens, index, "organisation")
        if known:
            return known
    stem = tokens[index].key[joined:]
    if stem in nationalities() or stem in word_set("boundaries") or stem in heads():
        return 0
    if is_definite_noun(stem) and not qualifies(stem):
        return index + 1
    return index + 1 if is_unknown(stem) and not is_given(stem) else 0


def listed_companies(tokens: list[Token], start: int) -> list[Candidate]:
    """Companies of a market report: أسهم شركات سابك، والإنماء والخدمات الأرضية الأكثر نشاطا; none unless so ended."""
    items: list[tuple[int, int]] = []
    for index in range(start, min(start + _LONGEST_REPORT, len(tokens))):
        token = tokens[index]
        if (token.key == _ON or token.key in word_set("after_companies")) and len(items) >= _LEAST_COMPANIES:
            return [_company(tokens, first, last, first > start) for first, last in items]
        after_comma = index > start and token.gap.strip() in _COMMAS
        if not (token.near or after_comma or (index == start and token.gap.strip() == "")):
            return []
        if index == start or after_comma or _is_joined(token):
            items.append((index, index + 1))
        else:
            items[-1] = (items[-1][0], index + 1)
        if items[-1][1] - items[-1][0] > _LONGEST_COMPANY:
            return []
    return []


def _is_joined(token: Token) -> bool:
    return token.key[0] == "و" and len(token.readings) > 1


def _company(tokens: list[Token], first: int, last: int, later: bool) -> Candidate:
    cut = int(later and _is_joined(tokens[first]))
    return candidate(tokens, first, last, cut, tokens[first].key[cut:], "organisation", LISTED)
