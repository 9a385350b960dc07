"""Expected counts of stems, learnt from words whose clitics are written onto them.

A word is a prefix, a stem and a pronoun, drawn independently; expectation maximisation finds the counts of stems that
explain the words best. Two things keep it from explaining them by cutting nothing at all. A word type's own occurrences
are no evidence for how it is cut: a stem is known by the other types that hold it (الوزير and وزيره for وزير). And what
could be cut further is known by the types where it could not: بشكل after a conjunction may still be ب and شكل, while
what follows a preposition or the article takes no preposition, and what follows the article takes no pronoun.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from articles.language.clitics import PREFIXES, PRONOUNS, Analysis, analyses, skeleton

Counts = Counter[str]  # of words, or the expected, fractional counts of their parts

ROUNDS = 8
# A verb's forms are believed when each was read so often.
LEAST_READ = 3
# Expected count of a stem that no other word type holds.
UNSEEN = 0.05
# Cuts that hand annotation is expected to have missed, per word.
SLIPS = 0.1
# What an occurrence counts as evidence for a stem if it could be cut further there too.
DOUBT = 0.05

_ARTICLE_ON_STEM = re.compile("ال...")
_CONJUNCTIONS = frozenset(("", "و", "ف"))


class Evidence(NamedTuple):
    """Expected counts of stems: wherever they stand, after a preposition or the article, and after the article."""

    stems: Counts
    after_preposition: Counts
    after_article: Counts


class Readings:
    """A word type: how often it was read, and how these occurrences are shared out among its readings."""

    def __init__(self, number: float, readings: Iterable[Analysis], by_hand: Mapping[tuple[str, str], int]) -> None:
        """`by_hand` counts the (conjunction, pronoun) cut off by hand."""
        self.number = number
        readings = list(readings)
        cuts = {(reading.prefix, reading.suffix) for reading in readings}
        self.takes_pronoun = {reading for reading in readings if _may_lose_pronoun(reading, cuts)}
        self.takes_preposition = {reading for reading in readings if _may_lose_preposition(reading, cuts)}
        self.weights = {
            (reading, key): PREFIXES[reading.prefix] * PRONOUNS[reading.suffix] * _agreement(reading, by_hand)
            for reading in readings
            for key in reading.keys
        }
        # At first every word is taken as it stands: the reading with the fewest cuts comes first.
        self.shares = dict.fromkeys(self.weights, 0.0) | {next(iter(self.weights)): float(number)}

    def share_out(self, evidence: Evidence) -> None:
        weights = {part: weight * (self._support(part, evidence) + UNSEEN) for part, weight in self.weights.items()}
        total = sum(weights.values())
        self.shares = {part: self.number * weight / total for part, weight in weights.items()}

    def _support(self, part: tuple[Analysis, str], evidence: Evidence) -> float:
        reading, key = part
        others = max(evidence.stems[key] - self.shares[part], 0.0)
        if reading in self.takes_pronoun:
            certain = evidence.after_article[key]
        elif reading in self.takes_preposition:
            certain = evidence.after_preposition[key]
        else:
            return others
        return certain + DOUBT * max(others - certain, 0.0)


def _may_lose_pronoun(reading: Analysis, cuts: Set[tuple[str, str]]) -> bool:
    return not reading.suffix and any(prefix == reading.prefix and pronoun for prefix, pronoun in cuts)


def _may_lose_preposition(reading: Analysis, cuts: Set[tuple[str, str]]) -> bool:
    prefixes = (prefix for prefix, pronoun in cuts if pronoun == reading.suffix and len(prefix) > len(reading.prefix))
    return reading.prefix in _CONJUNCTIONS and any(prefix.startswith(reading.prefix) for prefix in prefixes)


def _agreement(reading: Analysis, by_hand: Mapping[tuple[str, str], int]) -> float:
    """How well a reading fits the cuts made by hand of the same word; 1 where there are none."""
    conjunction = reading.prefix[:1] if reading.prefix[:1] in ("و", "ف") else ""
    return (by_hand.get((conjunction, reading.suffix), 0) + SLIPS) / (sum(by_hand.values()) + SLIPS)


def _without_twins(readings: Iterable[Analysis], verbs: Set[str]) -> list[Analysis]:
    """Without the readings that leave ال or the future's س on a stem that is known without it."""
    readings = list(readings)
    articles = {(reading.prefix, reading.suffix) for reading in readings if reading.prefix.endswith("ال")}
    futures = {
        (reading.prefix, reading.suffix)
        for reading in readings
        if reading.prefix.endswith("س") and not verbs.isdisjoint(reading.keys)
    }

    def has_twin(reading: Analysis) -> bool:
        is_article = (
            bool(_ARTICLE_ON_STEM.match(reading.keys[0])) and (reading.prefix + "ال", reading.suffix) in articles
        )
        return is_article or (reading.prefix + "س", reading.suffix) in futures

    return [reading for reading in readings if not has_twin(reading)]


def imperfect_verbs(raw: Counts) -> set[str]:
    """Words with ي ت or ن before what is read after both ي and ت (يكون, تكون): not the تين of ستين (sixty)."""
    roots = (word[1:] for word, number in raw.items() if word[0] == "ي" and len(word) > 2 and number >= LEAST_READ)
    return {letter + root for root in roots if raw["ت" + root] >= LEAST_READ for letter in "يتن"}


def expected(readings: Iterable[Readings], names: Mapping[str, float]) -> Evidence:
    evidence = Evidence(Counter(names), Counter(names), Counter(names))
    for word in readings:
        for (reading, key), share in word.shares.items():
            evidence.stems[key] += share
            if reading.prefix not in _CONJUNCTIONS:
                evidence.after_preposition[key] += share
                if reading.prefix.endswith(("ال", "لل")):
                    evidence.after_article[key] += share
    return evidence


def learn(raw: Counts, cut: Iterable[tuple[str, str, str]], names: Mapping[str, float]) -> Counts:
    """Expected counts of stems.

    `raw` counts words as written, `cut` are (word, conjunction, pronoun) of text that was cut by hand, and `names`
    counts stems that carry nothing.
    """
    by_hand: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for word, conjunction, pronoun in cut:
        by_hand[skeleton(word)][conjunction, pronoun] += 1
    numbers = raw + Counter({word: cuts.total() for word, cuts in by_hand.items()})
    verbs = imperfect_verbs(numbers)
    readings = [
        Readings(number, _without_twins(analyses(word), verbs), by_hand.get(word, {}))
        for word, number in numbers.items()
    ]
    evidence = expected(readings, names)
    for _ in range(ROUNDS):
        for word in readings:
            word.share_out(evidence)
        evidence = expected(readings, names)
    return evidence.stems
