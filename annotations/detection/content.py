"""Content: exactly which words were said, and whether as a quote, as a report or as a report with quoted words."""

from typing import NamedTuple

from annotations.detection.cues import CueMatch
from annotations.detection.frames import Opening, entitles, introduces_name
from annotations.detection.indirect import clause_stop, trimmed
from annotations.detection.marks import Marked
from annotations.detection.passage import Passage
from annotations.detection.reading import LINE_END
from annotations.detection.vocabulary import particles
from articles.language.clitics import clitic_splits

_FEWEST_WORDS_UNMARKED = 3
_FEWEST_WORDS_REPORTED = 2
_LONGEST_IN_BRACKETS = 120
_LONGEST_BARE = 50
# Longer marked words are the whole complement: what follows the closing mark is the reporter's.
_LONGEST_FRAGMENT = 6
_SEPARATORS = frozenset(("،", ",", "؛", ".", "-", "–", "\n"))


class Content(NamedTuple):
    """Code points [start, end); `stop` is the first token that is not part of it or of its marks."""

    start: int
    end: int
    type: str
    stop: int


def content_of(passage: Passage, openings: dict[int, Opening], cue: CueMatch, opening: Opening) -> Content | None:
    frames = cue.cue.frames
    if opening.kind == "that":
        return _reported(passage, openings, opening.first, must_quote="that" not in frames)
    if opening.kind == "bare":
        content = unmarked(passage, openings, opening.first)
        # Without any sign where they end, many words are hardly all the speaker's.
        return content if content is not None and content.stop - opening.first <= _LONGEST_BARE else None
    if opening.kind == "colon":
        return unmarked(passage, openings, opening.first) if "speech" in frames else None
    stretch = opening.stretch
    assert stretch is not None
    if "naming" in frames and stretch.open == cue.stop:
        return marked(passage, stretch)
    if "fragment" in frames:
        complement = _complement(passage, cue, stretch)
        if complement is not None:
            return _with_fragments(passage, openings, complement, stretch)
    return marked(passage, stretch) if "speech" in frames or _holds_complement(passage, stretch) else None


def marked(passage: Passage, stretch: Marked) -> Content | None:
    """The words between two marks, without the marks."""
    first, stop = stretch.open + 1, stretch.close
    if not stretch.closed:
        stop = trimmed(passage.reading, first, _unclosed_stop(passage, stretch)) if stop > first else first
    if not any(passage.reading.is_word[first:stop]):
        return None
    reading = passage.reading
    return Content(reading.starts[first], reading.ends[stop - 1], "direct", stop + stretch.closed)


def _unclosed_stop(passage: Passage, stretch: Marked) -> int:
    """A forgotten closing mark stood at the latest before the next attribution."""
    forms = passage.reading.forms
    for token in range(stretch.open + 2, stretch.close):
        cue = passage.cues.get(token)
        if cue is None:
            continue
        before = passage.reading.forms[token - 1]
        if cue.cue.kind == "verb" and cue.attached and passage.reading.ends_sentence(token - 1):
            return token - 1
        if cue.cue.kind == "verb" and cue.attached and cue.stop == stretch.close - 1 and forms[cue.stop] == ":":
            # «… وأضاف: «» with no stop before it.
            return token
        if cue.cue.kind == "participle" and before in _SEPARATORS:
            return token - 1
    return stretch.close


def _reported(passage: Passage, openings: dict[int, Opening], first: int, *, must_quote: bool) -> Content | None:
    reading, marks = passage.reading, passage.marks
    stop = clause_stop(passage, openings, first)
    leading = first + (reading.forms[first] in particles("complementiser_with_subject"))
    stretch = marks.by_open.get(leading)
    fragments = [s for s in marks.between(first, stop) if not holds_name(passage, s)]
    if stretch is not None and stretch.open + 1 < len(reading):
        if not stretch.closed:
            return marked(passage, stretch)
        after = reading.forms[stretch.close + 1] if stretch.close + 1 < len(reading) else "\n"
        only = len(fragments) == 1 and fragments[0] == stretch
        if only and (stop == stretch.close + 1 or (after in _SEPARATORS and _words(passage, stretch) > 3)):
            return marked(passage, stretch)
    if must_quote and not fragments:
        return None
    if stop - 1 in marks.strays:
        stop -= 1
    if sum(reading.is_word[first:stop]) < _FEWEST_WORDS_REPORTED:
        return None
    return Content(reading.starts[first], reading.ends[stop - 1], "mixed" if fragments else "indirect", stop)


def _words(passage: Passage, stretch: Marked) -> int:
    return sum(passage.reading.is_word[stretch.open + 1 : stretch.close])


def holds_name(passage: Passage, stretch: Marked) -> bool:
    """Inside a clause: marks around a name, against quoted words of the speaker's own."""
    if entitles(passage.reading, stretch):
        return True
    return _words(passage, stretch) <= 4 and (
        stretch.family == "scripture" or introduces_name(passage.reading, stretch)
    )


def unmarked(passage: Passage, openings: dict[int, Opening], first: int) -> Content | None:
    """Words after «قال:» without any marks: to the end of their paragraph, unless somebody is cited before."""
    reading = passage.reading
    if reading.forms[first] == "(" and (bracket := _closing_bracket(passage, first)) is not None:
        return Content(reading.starts[first + 1], reading.ends[bracket - 1], "direct", bracket + 1)
    stop = clause_stop(passage, openings, first)
    while stop == passage.bounds.stop[first] and (following := _goes_on(passage, openings, stop)) is not None:
        stop = following
    if sum(reading.is_word[first:stop]) < _FEWEST_WORDS_UNMARKED:
        return None
    return Content(reading.starts[first], reading.ends[stop - 1], "direct", stop)


def _closing_bracket(passage: Passage, first: int) -> int | None:
    """Of words that brackets enclose as marks would (قال: (…)), the closing one in the same paragraph."""
    forms = passage.reading.forms
    for token in range(first + 1, min(len(forms), first + _LONGEST_IN_BRACKETS)):
        if forms[token] == ")":
            return token if token > first + _FEWEST_WORDS_UNMARKED else None
        if forms[token] in (LINE_END, "("):
            return None
    return None


def _goes_on(passage: Passage, openings: dict[int, Opening], stop: int) -> int | None:
    """The end of the next sentence in the paragraph, where nothing in it is attributed or marked."""
    forms, begin = passage.reading.forms, stop
    while begin < len(forms) and not passage.reading.is_word[begin]:
        if forms[begin] == LINE_END:
            return None
        begin += 1
    if begin >= len(forms):
        return None
    end = passage.bounds.stop[begin]
    cited = any(token in openings or token in passage.marks.by_open for token in range(begin, end))
    sourced = any(token in passage.cues and passage.cues[token].cue.kind == "source" for token in range(begin, end))
    return None if cited or sourced else end


def _complement(passage: Passage, cue: CueMatch, stretch: Marked) -> int | None:
    """First token of the complement with quoted words: after the preposition of «شدد على وجوب … «…»»."""
    forms = passage.reading.forms
    if passage.reading.after_clitic(stretch.open) or forms[stretch.open - 1] in particles("complement_preposition"):
        return stretch.open
    after_cue = forms[cue.stop] if cue.stop < stretch.open else ""
    return cue.stop + 1 if after_cue in particles("complement_preposition") else None


def _holds_complement(passage: Passage, stretch: Marked) -> bool:
    """«ووعد «ببذل كل ما في وسعه»»: the preposition stands inside the marks."""
    first = stretch.open + 1
    joined = first < len(passage.reading) and clitic_splits(passage.reading.surface(first))[0].prefix in (
        "ب",
        "ل",
        "لل",
    )
    return joined and stretch.closed and _words(passage, stretch) > _FEWEST_WORDS_UNMARKED


def _with_fragments(passage: Passage, openings: dict[int, Opening], first: int, stretch: Marked) -> Content | None:
    if not stretch.closed:
        return marked(passage, stretch)
    reading = passage.reading
    stop = first
    end = clause_stop(passage, openings, first)
    while stop < end and not (stop > stretch.close and reading.forms[stop] in _SEPARATORS):
        stop += 1
    stop = trimmed(reading, first, stop)
    if first == stretch.open and (stop <= stretch.close + 1 or _words(passage, stretch) > _LONGEST_FRAGMENT):
        return marked(passage, stretch)
    return Content(reading.starts[first], reading.ends[stop - 1], "mixed", stop)
