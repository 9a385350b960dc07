"""Speech that was probably not Arabic, of speakers and outlets of another country: a guess, and shown as one."""

from collections.abc import Iterable
from functools import lru_cache

from annotations.detection.vocabulary import particles
from articles.language.folding import fold
from articles.language.lexicon import nationalities

_ENDINGS = ("", "ة", "ين", "ون", "ان", "تين", "تان", "ات")


def is_foreign(forms: Iterable[str]) -> bool:
    """Whether the folded words that tell of a speaker belong to a country of another language.

    Not where an Arab country is among them: the Saudi consul in an Iranian town.
    """
    words = set(forms)
    foreign = words & _foreign_adjectives() or words & particles("foreign_voice")
    return bool(foreign) and not words & _adjectives("arabic_speaking")


@lru_cache(maxsize=1)
def _foreign_adjectives() -> frozenset[str]:
    """With the article and without, as titles are remembered (without ال and the final ة)."""
    return nationalities() - _adjectives("arabic_speaking") - _adjectives("no_language")


@lru_cache(maxsize=2)
def _adjectives(name: str) -> frozenset[str]:
    bare = {fold(word + ending) for word in particles(name) for ending in _ENDINGS}
    return frozenset(bare | {"ال" + word for word in bare} | {"لل" + word for word in bare})
