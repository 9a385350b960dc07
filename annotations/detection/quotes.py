"""Quotes: cues, what follows or precedes them, and their speakers, put together."""

from dataclasses import dataclass

from articles.language.spans import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Content [start, end) in code points. `name` is "?" where nobody could be named; `confidence` is 0..1.

    `rule` tells which rule found it: its kind of opening and how the speaker was found. `continues` says that the words
    go on from the quote before, which only its cue interrupts («…»، قال فلان، «…»).
    """

    start: int
    end: int
    type: str
    cue: Span | None
    speaker: Span | None
    name: str
    confidence: float
    rule: str
    stance: str = "neutral"
    continues: bool = False
