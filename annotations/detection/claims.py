"""Check-worthy claims: whole sentences that state something which evidence could confirm or refute.

A sentence is scored by what it holds. The weights were set by hand, from what fact-checkers ask of a claim (figures,
dates, named parties, events, cause, comparison) and what they leave out (opinion, forecast, the speaker about himself).
They are derived from no data set.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.passage import Passage
from annotations.detection.quotes import UNKNOWN, Quote
from annotations.detection.vocabulary import claim_classes, in_class
from articles.language.spans import Span
from articles.language.tokens import sentences

_BIAS = -1.6
_WEIGHTS = {
    "figures": 0.7,
    "measure": 0.4,
    "date": 0.4,
    "party": 0.5,
    "parties": 0.4,
    "event": 0.9,
    "cause": 0.4,
    "comparison": 0.4,
    "substance": 0.6,
    "attribution": 0.2,
    "opinion": -0.8,
    "forecast": -0.4,
    "own": -0.9,
    "question": -1.0,
    "verbatim": -0.7,
    "brief": -1.6,
    "notice": -2.5,
}
# What a reader is told; the rest only weighs.
_REASONS = ("figures", "date", "comparison", "cause", "event", "party", "attribution")
_PROPOSED_FROM = 0.5
_SUBSTANTIAL = 14
_BRIEF = 8


@dataclass(frozen=True, slots=True)
class Claim:
    """A whole sentence [start, end), in code points, that can be checked; `score` is 0..1.

    `claimant` names whose words it is, or nobody where most of it is the writer's.
    """

    start: int
    end: int
    score: float
    reasons: tuple[str, ...]
    claimant: str = ""


def find_claims(passage: Passage, entities: EntityTokens, quotes: Sequence[Quote]) -> list[Claim]:
    """Sentences of the body that score at least one half. The headline is left to what repeats it."""
    text = passage.reading.text
    body = text.find("\n") + 1
    claims = []
    for sentence in sentences(text):
        if sentence.start < body:
            continue
        features = _features(passage, entities, quotes, sentence)
        # Summed exactly: features are a set, whose order changes from run to run, and with it the last digit.
        score = 1 / (1 + math.exp(-math.fsum((_BIAS, *(_WEIGHTS[feature] for feature in features)))))
        if score >= _PROPOSED_FROM:
            reasons = tuple(reason for reason in _REASONS if reason in features)
            end, claimant = _without_stop(text, sentence), _claimant(quotes, sentence)
            claims.append(Claim(sentence.start, end, round(score, 3), reasons, claimant))
    return claims


def _claimant(quotes: Sequence[Quote], sentence: Span) -> str:
    """Who is quoted with at least half of the sentence, if that is known."""
    shares: Counter[str] = Counter()
    position = bisect_left(quotes, sentence.start, key=lambda quote: quote.end)
    while position < len(quotes) and quotes[position].start < sentence.end:
        quote = quotes[position]
        shares[quote.name] += min(quote.end, sentence.end) - max(quote.start, sentence.start)
        position += 1
    name, share = shares.most_common(1)[0] if shares else ("", 0)
    return name if name != UNKNOWN and 2 * share >= sentence.end - sentence.start else ""


def _without_stop(text: str, sentence: Span) -> int:
    end = sentence.end
    while end > sentence.start + 1 and text[end - 1] in ". ":
        end -= 1
    return end


def _features(passage: Passage, entities: EntityTokens, quotes: Sequence[Quote], sentence: Span) -> set[str]:
    reading = passage.reading
    first = bisect_left(reading.starts, sentence.start)
    stop = bisect_left(reading.starts, sentence.end)
    forms = [reading.forms[token] for token in range(first, stop) if reading.is_word[token]]
    found = set().union(*map(_told_by, forms))
    found |= _parties(entities, first, stop) | _length(len(forms)) | _quoting(quotes, sentence)
    if any(reading.forms[token] in "؟?" for token in range(first, stop)):
        found.add("question")
    return found & _WEIGHTS.keys()


# The words of a thousand articles tell one of a few things, most of them nothing: each is kept once.
_KEPT: dict[frozenset[str], frozenset[str]] = {}


@lru_cache(maxsize=1 << 15)
def _told_by(form: str) -> frozenset[str]:
    """The features of a sentence that a word in it gives it."""
    told = set(claim_classes(form))
    if form[0].isdigit():
        told.add("figures")
    if in_class(form, "time"):
        told.add("date")
    found = frozenset(told & _WEIGHTS.keys())
    return _KEPT.setdefault(found, found)


def _parties(entities: EntityTokens, first: int, stop: int) -> set[str]:
    named = Counter(named.entity.name for named in entities.within(first, stop))
    return set() if not named else {"party"} if len(named) == 1 else {"party", "parties"}


def _length(words: int) -> set[str]:
    return {"substance"} if words >= _SUBSTANTIAL else {"brief"} if words < _BRIEF else set()


def _quoting(quotes: Sequence[Quote], sentence: Span) -> set[str]:
    """Of quotes that lie in the sentence: attribution, and verbatim where another's own words are most of it."""
    position = bisect_left(quotes, sentence.start, key=lambda quote: quote.end)
    found, direct = set(), 0
    while position < len(quotes) and quotes[position].start < sentence.end:
        quote = quotes[position]
        found.add("attribution")
        if quote.type == "direct":
            direct += min(quote.end, sentence.end) - max(quote.start, sentence.start)
        position += 1
    if direct > 0.6 * (sentence.end - sentence.start):
        found.add("verbatim")
    return found
