"""Who said what: quotes with their cues and speakers, and claims, found in Arabic news. Pure; nothing is stored.

One module a stage: reading, marks (late_marks), cues, frames (what follows a cue), content (direct, indirect, sourced,
headlines), name_edges, noun_phrases (phrase_ends, agreement, subjects, antecedents), sayers (whose words they are;
relays, speakers, resolving), circumstances, framing, attribution (all together), claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.detection.attribution import Attributions
from annotations.detection.claims import Claim, find_claims
from annotations.detection.entity_tokens import EntityTokens
from annotations.detection.passage import passage_of
from annotations.detection.quotes import Circumstances, Quote, Voice
from articles.language.entities import NamedEntity

DETECTOR = "newsdesk-rules"
VERSION = "3"

__all__ = ["DETECTOR", "VERSION", "Circumstances", "Claim", "Detection", "Quote", "Voice", "detect"]


@dataclass(frozen=True, slots=True)
class Detection:
    """Both in the order of the text; the quotes do not overlap."""

    quotes: list[Quote]
    claims: list[Claim]


def detect(text: str, entities: Sequence[NamedEntity]) -> Detection:
    """`text`: headline, then one paragraph a line. `entities`: those of the same text, sorted, not overlapping."""
    passage = passage_of(text)
    named = EntityTokens(passage.reading, entities)
    quotes = sorted(Attributions(passage, named).collect(), key=lambda quote: quote.start)
    return Detection(quotes, find_claims(passage, named, quotes))
