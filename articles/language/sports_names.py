"""Clubs and cups in articles about sport, where الهلال is a club rather than a crescent, and برشلونة a team."""

from collections.abc import Iterator

from articles.language.lexicon import nationalities, word_set
from articles.language.name_candidates import Candidate, candidate
from articles.language.name_complements import qualifies
from articles.language.name_tokens import Reading, Token
from articles.language.name_words import is_unknown
from articles.language.sport import is_about_sport

# A city that plays is surer than the lexicon's place.
CLUB, CITY_AS_CLUB, CUP = 0.8, 0.96, 0.7

_LONGEST_CLUB = 2
_FEDERATION = "الاتحاد"
_CUP = "السوبر"


def sports_candidates(tokens: list[Token]) -> Iterator[Candidate]:
    """Clubs by their short names, once the article is about sport."""
    if not is_about_sport(tokens):
        return
    found = [(index, reading) for index, token in enumerate(tokens) if (reading := _club_reading(token)) is not None]
    called = {reading.stem for index, reading in found if _plays(tokens, index, reading)}
    for index, reading in found:
        if reading.stem in word_set("clubs_like_cities"):
            if _plays(tokens, index, reading) or _is_beside(tokens, index, called):
                yield candidate(tokens, index, index + 1, reading.cut, reading.stem, "organisation", CITY_AS_CLUB)
        elif _is_club(reading.stem, called) and not _means_another(tokens, index, reading):
            yield candidate(tokens, index, index + 1, reading.cut, reading.stem, "organisation", CLUB)
    yield from _foreign_clubs(tokens)
    yield from _cups(tokens)


def _is_club(stem: str, called: set[str]) -> bool:
    return stem in called or stem not in word_set("clubs_like_words")


def _club_reading(token: Token) -> Reading | None:
    names = word_set("clubs") | word_set("clubs_like_cities")
    return next((reading for reading in token.readings if reading.stem in names), None)


def _plays(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether the word before says that a team is meant: فريق الشباب، أمام الاتحاد."""
    if not index or not tokens[index].near or _is_joined(tokens[index], reading):
        return False
    if _means_another(tokens, index, reading):
        return False
    return any(before.stem in word_set("before_clubs") for before in tokens[index - 1].readings)


def _is_joined(token: Token, reading: Reading) -> bool:
    return reading.cut > 0 and token.key[0] in "وفب"


def _is_beside(tokens: list[Token], index: int, called: set[str]) -> bool:
    """Whether the word is joined by و to a club: روما ونابولي."""
    if index == 0 or not tokens[index].near or tokens[index].key[0] != "و":
        return False
    return any(reading.stem in called for reading in tokens[index - 1].readings)


def _means_another(tokens: list[Token], index: int, reading: Reading) -> bool:
    """Whether the word is part of another phrase: منتخب الشباب، الاتحاد الآسيوي، تحقيق النصر."""
    token = tokens[index]
    if reading.cut and token.key[reading.cut - 1] == "ب" and reading.stem in word_set("clubs_like_cities"):
        return True
    if index and token.near and tokens[index - 1].key in word_set("not_before_clubs") and not reading.cut:
        return True
    after = index + 1
    if after >= len(tokens) or not tokens[after].near or token.closed:
        return False
    following = tokens[after].key
    if following == "بنادي":
        return True
    if following in nationalities():
        return reading.stem == _FEDERATION
    return qualifies(following) and following not in word_set("boundaries")


def _foreign_clubs(tokens: list[Token]) -> Iterator[Candidate]:
    """A name of one or two unknown words that plays and has a country: أمام كونيا سبور التركي."""
    for index in range(1, len(tokens) - 1):
        if not any(reading.stem in word_set("before_clubs") for reading in tokens[index - 1].readings):
            continue
        last = index
        while (
            last < len(tokens) and last - index < _LONGEST_CLUB and tokens[last].near and is_unknown(tokens[last].key)
        ):
            last += 1
        if index < last < len(tokens) and tokens[last].near and _is_country_adjective(tokens[last].key):
            yield candidate(tokens, index, last, 0, tokens[index].key, "organisation", CLUB)


def _is_country_adjective(key: str) -> bool:
    return key in nationalities() and key.startswith("ال") and not key.endswith("ه")


def _cups(tokens: list[Token]) -> Iterator[Candidate]:
    for index, token in enumerate(tokens):
        for reading in token.readings:
            if reading.stem == _CUP:
                yield candidate(tokens, index, index + 1, reading.cut, _CUP, "other", CUP)
