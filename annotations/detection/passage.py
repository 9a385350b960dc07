"""An article as the stages of detection share it."""

from dataclasses import dataclass

from annotations.detection.cues import CueMatch, find_cues
from annotations.detection.late_marks import without_late
from annotations.detection.marks import Marks, find_marks
from annotations.detection.reading import Reading, Sentences, read, sentences


@dataclass(frozen=True, slots=True)
class Passage:
    reading: Reading
    marks: Marks
    bounds: Sentences
    cues: dict[int, CueMatch]


def passage_of(text: str) -> Passage:
    reading = read(text)
    cues = find_cues(reading)
    marks = without_late(reading, find_marks(reading), cues)
    return Passage(reading, marks, sentences(reading, marks.inside), cues)
