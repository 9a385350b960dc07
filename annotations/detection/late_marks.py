"""Marks that close too late: «… ، مؤكداً أن …. وأضاف أن …», where the reporter speaks before the closing mark."""

from annotations.detection.cues import CueMatch
from annotations.detection.marks import Marked, Marks
from annotations.detection.reading import Reading
from annotations.detection.word_roles import is_complementiser

_NEAR = 4
_COMMAS = ("،", ",", "؛")


def without_late(reading: Reading, marks: Marks, cues: dict[int, CueMatch]) -> Marks:
    """The same marks; those in which the reporter attributes again, twice, count as never closed before that."""
    late = {stretch: first for stretch in marks.stretches if (first := _attributes_again(reading, cues, stretch))}
    if not late:
        return marks
    stretches = [
        stretch._replace(close=late[stretch] - 1, closed=False, late=True) if stretch in late else stretch
        for stretch in marks.stretches
    ]
    return Marks(stretches, len(reading), strays=frozenset(stretch.close for stretch in late))


def _attributes_again(reading: Reading, cues: dict[int, CueMatch], stretch: Marked) -> int | None:
    """The participle after a comma (مؤكداً أن), where a later sentence in the marks begins with a verb (وأضاف أن).

    One of the two alone may be the speaker's own word.
    """
    if not stretch.closed:
        return None
    participle = None
    for token in range(stretch.open + 2, stretch.close):
        cue = cues.get(token)
        if cue is None or not _reports(reading, cue):
            continue
        if participle is None:
            after_comma = reading.forms[token - 1] in _COMMAS
            participle = token if cue.cue.kind == "participle" and not cue.cue.plural and after_comma else None
        elif cue.cue.kind == "verb" and any(reading.ends_sentence(before) for before in (token - 1, token - 2)):
            return participle
    return None


def _reports(reading: Reading, cue: CueMatch) -> bool:
    return any(is_complementiser(reading, token) for token in range(cue.stop, min(len(reading), cue.stop + _NEAR)))
