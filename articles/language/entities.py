"""Named entities: the people, organisations, places and other named things of an article, with one name for each.

The stages: tokens with their readings → matchers (lexicon, people's names, class words, clubs) → overlaps resolved →
the same names once more, also in short → what the trained tagger adds where no rule found a name → one canonical name
for each. A matcher is a function from tokens to candidates.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from articles.language.headed_names import headed_candidates
from articles.language.lexicon_names import lexicon_candidates
from articles.language.name_candidates import Candidate, resolve_overlaps
from articles.language.name_joining import canonical_names, repeated_names, short_mentions
from articles.language.name_tokens import Token, name_tokens
from articles.language.person_names import person_candidates
from articles.language.sports_names import sports_candidates
from articles.language.tagged_candidates import tagged_candidates

RECOGNISER = "embedded"
VERSION = "2"

_MATCHERS: tuple[Callable[[list[Token]], Iterable[Candidate]], ...] = (
    lexicon_candidates,
    person_candidates,
    headed_candidates,
    sports_candidates,
)


class NamedEntity(NamedTuple):
    """A name in a text: half-open [start, end) in code points, without titles, attached letters or quotation marks.

    `kind` is person, organisation, place or other. `name` is the lexicon's canonical name or the fullest form in the
    text. `score` (0..1) says how sure the rule is that found it.
    """

    start: int
    end: int
    kind: str
    name: str
    score: float


def recognise(text: str) -> list[NamedEntity]:
    """The names in the text, sorted by start, none overlapping another."""
    tokens = name_tokens(text)
    found = resolve_overlaps(_without_broken_names([item for matcher in _MATCHERS for item in matcher(tokens)]))
    found = resolve_overlaps([*found, *repeated_names(tokens, found)])
    found = resolve_overlaps([*found, *short_mentions(tokens, found)])
    found = _with_tagged(found, tagged_candidates(text, tokens, found))
    found = resolve_overlaps([*found, *short_mentions(tokens, found)])
    names = canonical_names(text, tokens, found)
    return [
        NamedEntity(tokens[item.first].start + item.cut, tokens[item.last - 1].end, item.kind, name, item.score)
        for item, name in zip(found, names, strict=True)
    ]


def _with_tagged(found: list[Candidate], tagged: list[Candidate]) -> list[Candidate]:
    """The names that the rules found, and those of the tagger that touch none of them."""
    taken = {index for item in found for index in range(item.first, item.last)}
    return sorted([*found, *(item for item in tagged if taken.isdisjoint(range(item.first, item.last)))])


def _without_broken_names(candidates: list[Candidate]) -> list[Candidate]:
    """Leaves out people whose words cut into a name of several words that the lexicon knows: وكالة [فرانس برس] شاهد."""
    known = {
        index
        for item in candidates
        if item.names and item.kind != "person" and item.last - item.first > 1
        for index in range(item.first, item.last)
    }
    return [
        item
        for item in candidates
        if item.kind != "person" or item.names or known.isdisjoint(range(item.first, item.last))
    ]
