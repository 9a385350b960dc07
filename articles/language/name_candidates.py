"""What a matcher proposes: a run of tokens that may be a name."""

from typing import NamedTuple

from articles.language.name_tokens import Token


class Candidate(NamedTuple):
    """Tokens [first, last) without the first `cut` characters of the first one.

    `kind` is person, organisation, place or other. `words` are the folded words of the name. `names` are the lexicon's
    canonical names for it, usually none or one; a surname that two people share gives two.
    """

    first: int
    last: int
    cut: int
    kind: str
    score: float
    words: tuple[str, ...]
    names: tuple[str, ...] = ()


def candidate(
    tokens: list[Token],
    first: int,
    last: int,
    cut: int,
    stem: str,
    kind: str,
    score: float,
    names: tuple[str, ...] = (),
) -> Candidate:
    """A candidate whose first word is read as `stem` with `cut` characters off."""
    words = (stem, *(token.key for token in tokens[first + 1 : last])) if last > first + 1 else (stem,)
    return Candidate(first, last, cut, kind, score, words, names)


def continues(tokens: list[Token], index: int, words: tuple[str, ...]) -> bool:
    """Whether these folded words stand at `index`, each next to the word before it."""
    if index + len(words) > len(tokens):
        return False
    return all(tokens[offset].key == word and tokens[offset].near for offset, word in enumerate(words, index))


def resolve_overlaps(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates to keep, in order: the longer one wins, then the surer one, then the earlier one."""
    kept: list[Candidate] = []
    taken: set[int] = set()
    for item in sorted(candidates, key=lambda c: (c.first - c.last, -c.score, c.first, c.cut)):
        span = range(item.first, item.last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(item)
    return sorted(kept)
