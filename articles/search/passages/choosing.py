"""Which passages of a text show best what was asked, and where they begin and end."""

import re
from collections import deque
from collections.abc import Iterable

from articles.language.sentences import sentences
from articles.language.spans import Span
from articles.search.passages.seeking import Sighting

_SPACE = re.compile(r"\s+")
# A "word" of a thousand letters is shown in part.
_LONGEST = 60
# How much of a passage may stand before the first word found in it.
_BEFORE = 0.4
# A passage is ended early for the sake of a whole sentence, but not so early.
_LEAST = 0.6


def best_stretch(sightings: Iterable[Sighting], length: int, wanted: int) -> list[Sighting]:
    """The sightings within `length` of each other that hold the most different words.

    The first of equals wins; where all that is wanted stands together nothing more is read.
    """
    best: list[Sighting] = []
    recent: deque[Sighting] = deque()
    most = 0
    for sighting in sightings:
        recent.append(sighting)
        while len(recent) > 1 and sighting.end - recent[0].start > length:
            recent.popleft()
        different = len({near.what for near in recent})
        if different > most:
            best, most = list(recent), different
        if most >= wanted:
            break
    return best


def passage_around(text: str, stretch: Span, length: int, bounds: Span) -> Span:
    """The stretch with what stands round it, at most `length` where the stretch is no longer, within bounds.

    Begins with a line, a sentence or at least a word, and ends so.
    """
    first, last = _word_start(text, stretch.start, bounds.start), _word_end(text, stretch.end, bounds.end)
    room = max(0, length - (last - first))
    start = _beginning(text, max(bounds.start, first - int(room * _BEFORE)), first, bounds.start)
    end = _ending(text, last, min(bounds.end, max(last, start + length)), start + int(length * _LEAST), bounds.end)
    return Span(start, end)


def _beginning(text: str, earliest: int, latest: int, bound: int) -> int:
    before = text[earliest:latest]
    line = before.rfind("\n") + 1
    if line or earliest == bound:
        return latest - len(before[line:].lstrip())
    starts = [span.start for span in sentences(before)[1:]]
    if starts:
        return earliest + starts[0]
    cut = _SPACE.search(before)
    return earliest + cut.end() if cut else latest


def _ending(text: str, earliest: int, latest: int, enough: int, bound: int) -> int:
    after = text[earliest:latest]
    if latest == bound:
        return earliest + len(after.rstrip())
    line = after.find("\n", max(0, enough - earliest))
    if line >= 0:
        return earliest + len(after[:line].rstrip())
    ends = [earliest + span.end for span in sentences(after)[:-1]]
    if ends and ends[-1] >= enough:
        return ends[-1]
    cut = max(after.rfind(" "), after.rfind("\n"))
    return earliest + len(after[:cut].rstrip()) if cut > 0 else earliest


def _word_start(text: str, position: int, bound: int) -> int:
    least = max(bound, position - _LONGEST)
    while position > least and not text[position - 1].isspace():
        position -= 1
    return position


def _word_end(text: str, position: int, bound: int) -> int:
    most = min(bound, position + _LONGEST)
    while position < most and not text[position].isspace():
        position += 1
    return position
