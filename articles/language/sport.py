"""Telling articles about sport from others: the rules for clubs and players ask."""

from articles.language.lexicon import word_set
from articles.language.name_tokens import Token

# Tried out on articles of both kinds: fewer words of sport come up in news of other things.
_ENOUGH_DIFFERENT, _ENOUGH = 4, 6


def is_about_sport(tokens: list[Token]) -> bool:
    """Whether the text uses several words of sport, more than once."""
    said = [token.key for token in tokens if _says_sport(token)]
    return len(said) >= _ENOUGH and len(set(said)) >= _ENOUGH_DIFFERENT


def _says_sport(token: Token) -> bool:
    return any(reading.stem in word_set("sport") for reading in token.readings)
