"""Words with which a reporter keeps a distance from what is reported: المزعوم، ما يسمى، على حد زعمه."""

from functools import lru_cache

from annotations.detection.content import Content
from annotations.detection.cues import CueMatch
from annotations.detection.passage import Passage
from annotations.detection.reading import Reading
from annotations.detection.vocabulary import particles
from articles.language.spans import Span

_LONGEST = 3
# How many words around cue and content are looked at.
_NEAR = 24


def framing_of(passage: Passage, cue: CueMatch, content: Content) -> Span | None:
    """The first such words in the sentence of the cue; inside marks they are the speaker's own."""
    reading, phrases, beginnings = passage.reading, particles("framing"), _beginnings()
    first = max(passage.bounds.first[cue.first], cue.first - _NEAR)
    for token in range(first, min(max(cue.stop, content.stop) + _NEAR, passage.bounds.stop[cue.first])):
        if reading.forms[token] not in beginnings or passage.marks.inside[token]:
            continue
        for length in range(min(_LONGEST, len(reading) - token), 0, -1):
            if " ".join(reading.forms[token : token + length]) in phrases and not _supposes(reading, token):
                return Span(reading.starts[token], reading.ends[token + length - 1])
    return None


def _supposes(reading: Reading, token: int) -> bool:
    """«من المفترض أن»: what ought to be, doubted by nobody."""
    return token > 0 and reading.forms[token - 1] in ("من", "ومن")


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in particles("framing"))
