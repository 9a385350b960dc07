"""Whether two articles that use one name mean one person: the evidence, weighed. Pure.

In doubt the answer is no: two candidates stay two, and a moderator merges them. The weights are a judgement; the table
of cases in tests/articles/test_entities_evidence.py is what they must satisfy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import prod

from articles.language.folding import fold
from articles.language.lexicon import name_counts, word_set
from articles.naming.roles import FATES, Role, conflict

JOINS_AT = 2

# Bearers to be expected among the people whose names the lexicon's counts come from: «محمد علي» 55, «أحمد العلي» 1.7,
# «منصور التركي» 0.04. Below this, two people of one name in the news are a coincidence.
RARE = 0.05
_PEOPLE_COUNTED = 86_740
_COMPOUNDING = ("عبد", "ابو", "ابي", "ام", "ال")
# «عبد الله» and «عبد الرحمن» together are about two fifths of all the names that عبد begins.
_BETWEEN = frozenset({"بن", "ابن", "بنت", "ولد"})
_SHARE_OF_COMPOUND = 0.2


class Evidence(StrEnum):
    """What speaks for one person or against it, as it is shown to moderators and tested."""

    KNOWN = "known to the lexicon"
    LONG_NAME = "a name of three or more words"
    RARE_NAME = "a name that hardly two people bear"
    WRITTEN = "a form that a person wrote down"
    SAME_ROLE = "the same role"
    SAME_FIELD = "a role of the same field"
    COMPANY = "named with the same people"
    BODIES = "named with the same organisations"
    BEFORE = "taken for this one in the same article before"
    CONFLICT = "roles that seldom meet in one person"


_WEIGHTS = {
    Evidence.KNOWN: 4,
    Evidence.LONG_NAME: 4,
    Evidence.RARE_NAME: 4,
    Evidence.WRITTEN: 2,
    Evidence.SAME_ROLE: 3,
    Evidence.SAME_FIELD: 2,
    Evidence.COMPANY: 2,
    Evidence.BODIES: 1,
    Evidence.BEFORE: 4,
    Evidence.CONFLICT: -4,
}
# What hardly two people bear, one person may bear in two roles.
_CONFLICT_OF_A_RARE_NAME = -2


@dataclass(frozen=True)
class Sighting:
    """What one article says of somebody: the folded parts of the name, and the roles beside it."""

    parts: tuple[str, ...]
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """What is known of an entity that bears the name. `people` and `bodies` count who else is named in this article
    and was named together with the entity before, those whom every other article names left out. `alone`: it stands for
    one article only so far, because nothing said who was meant there.
    """

    roles: tuple[Role, ...] = ()
    known: bool = False
    written: bool = False
    before: bool = False
    people: int = 0
    bodies: int = 0
    alone: bool = False


def weigh(sighting: Sighting, candidate: Candidate, *, namesakes: bool = False) -> tuple[int, list[Evidence]]:
    """How much speaks for one person, and what. `namesakes`: several are known, so the name alone says nothing."""
    found = [*_of_the_name(sighting, candidate, namesakes), *_of_the_roles(sighting, candidate)]
    found += [Evidence.COMPANY] * min(candidate.people, 2) + [Evidence.BODIES] * min(candidate.bodies, 2)
    found += [Evidence.BEFORE] * candidate.before
    special = {Evidence.LONG_NAME, Evidence.RARE_NAME} & set(found)
    weights = _WEIGHTS | {Evidence.CONFLICT: _CONFLICT_OF_A_RARE_NAME} if special else _WEIGHTS
    return sum(weights[evidence] for evidence in found), found


def choose(sighting: Sighting, candidates: Sequence[Candidate]) -> int | None:
    """The index of the candidate that is meant; None where none is likely enough, or two are equally likely.

    One that several articles speak of goes before one that stands for a single article.
    """
    namesakes = sum(not candidate.alone for candidate in candidates) > 1
    scores = [(weigh(sighting, one, namesakes=namesakes)[0], not one.alone) for one in candidates]
    best = max(scores, default=(0, False))
    return scores.index(best) if best[0] >= JOINS_AT and scores.count(best) == 1 else None


def says_who(parts: Sequence[str]) -> bool:
    """Whether a name alone tells one person from all others, as far as names can."""
    return len(parts) > 2 or bearers(tuple(parts)) < RARE


def parts_of(name: str) -> tuple[str, ...]:
    """The folded parts of a person's name: «عبد الله بن محمد آل سعود» has three."""
    parts: list[str] = []
    joining = False
    for word in fold(name).split():
        if joining or (parts and word in word_set("compound_endings")):
            parts[-1] += word
        elif word not in _BETWEEN:
            parts.append(word)
        joining = word in _COMPOUNDING
    return tuple(parts)


@cache
def _totals() -> tuple[int, int]:
    return sum(c.given for c in name_counts().values()), sum(c.family for c in name_counts().values())


@lru_cache(maxsize=1 << 14)
def bearers(parts: tuple[str, ...]) -> float:
    """How many people of such a name are to be expected among those that the lexicon's counts come from."""
    given, family = _totals()
    return prod((_count(parts[0], "given") / given, _count(parts[-1], "family") / family, _PEOPLE_COUNTED))


def _count(part: str, use: str) -> float:
    counts = name_counts()
    found = float(getattr(counts[part], use)) if part in counts else 0.0
    for particle in _COMPOUNDING[:-1]:
        if part.startswith(particle) and len(part) > len(particle) + 2 and particle in counts:
            found += getattr(counts[particle], use) * _SHARE_OF_COMPOUND
    return found


def _of_the_name(sighting: Sighting, candidate: Candidate, namesakes: bool) -> list[Evidence]:
    found = [Evidence.KNOWN] if candidate.known else []
    if candidate.written:
        found.append(Evidence.WRITTEN)
    if not namesakes and len(sighting.parts) > 2:
        found.append(Evidence.LONG_NAME)
    elif not namesakes and bearers(sighting.parts) < RARE:
        found.append(Evidence.RARE_NAME)
    return found


def _of_the_roles(sighting: Sighting, candidate: Candidate) -> list[Evidence]:
    pairs = [(one, other) for one in sighting.roles for other in candidate.roles]
    same_field = [(one, other) for one, other in pairs if one.kind == other.kind]
    if any(one.subject & other.subject for one, other in same_field):
        return [Evidence.SAME_ROLE]
    if any(not (one.subject and other.subject) for one, other in same_field):
        return [Evidence.SAME_FIELD]
    telling = [role for role in sighting.roles if not (candidate.known and role.kind in FATES)]
    return [Evidence.CONFLICT] if conflict(telling, candidate.roles) else []
