"""Speech that was probably not Arabic, of speakers and outlets of another country: a guess, and shown as one."""

from collections.abc import Iterable
from functools import lru_cache

from annotations.detection.vocabulary import particles
from articles.language.folding import fold
from articles.language.lexicon import nationalities

_ENDINGS = ("", "ة", "ين", "ون", "ان", "تين", "تان", "ات")


def is_foreign(forms: Iterable[str]) -> bool:
    """Whether a folded word among those that tell of a speaker belongs to a country whose language is another."""
    return any(form in _foreign_adjectives() or form in particles("foreign_voice") for form in forms)


@lru_cache(maxsize=1)
def _foreign_adjectives() -> frozenset[str]:
    """With the article and without, as titles are remembered (without ال and the final ة)."""
    arabic = {fold(word + ending) for word in particles("arabic_speaking") for ending in _ENDINGS}
    return frozenset(
        form
        for form in nationalities()
        if form not in arabic and form.removeprefix("ال") not in arabic and form.removeprefix("لل") not in arabic
    )
