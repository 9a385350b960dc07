"""Quotes: cues, what follows or precedes them, and their speakers, put together."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from articles.language.spans import Span

UNKNOWN = "?"
Role = Literal["said", "joint", "relayed"]


class Voice(NamedTuple):
    """One of those who said the words, alone or with others, or who passed them on; `span` is where it is named."""

    name: str
    span: Span | None
    role: Role
    certainty: float


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How, where and when the words were said, as far as the text tells: spans of its words.

    `channel` is a key of data/channels.tsv (statement, post, interview …). `translated` is a guess from who speaks.
    """

    channel: str = ""
    channel_words: Span | None = None
    occasion: Span | None = None
    said_on: Span | None = None
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Content [start, end) in code points. `name` is "?" where nobody could be named; `confidence` is 0..1.

    `rule` tells which rule found it: its kind of opening and how the speaker was found. `continues` says that the words
    go on from the quote before, which only its cue interrupts («…»، قال فلان، «…»). `voices` are those that `name` sums
    up, one by one, then who relays them. `framing` is where the reporter keeps a distance (المزعوم، ما يسمى).
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
    voices: tuple[Voice, ...] = ()
    circumstances: Circumstances = Circumstances()
    framing: Span | None = None
