"""Reported clauses: where what was said ends and the reporter's own words go on."""

from functools import lru_cache

from annotations.detection.cues import CueMatch
from annotations.detection.frames import Opening
from annotations.detection.passage import Passage
from annotations.detection.reading import Reading
from annotations.detection.vocabulary import particles

# Far longer than any clause in the articles read (the longest has 96 words): a text without stops is not one clause.
_LONGEST_CLAUSE = 220
_FEWEST_WORDS = 2
_LONGEST_NAME = 4
# From «لكن» to the verb of another speaker: a title and a name.
_FARTHEST_VERB = 9
_SEPARATORS = frozenset(("،", ",", "؛", ";", "-", "–", "—"))


@lru_cache(maxsize=2)
def _comments(name: str) -> dict[str, list[list[str]]]:
    """Openings of the reporter's own comment of one class, by their first word."""
    comments: dict[str, list[list[str]]] = {}
    for phrase in particles(name):
        words = phrase.split()
        comments.setdefault(words[0], []).append(words)
    return comments


def clause_stop(passage: Passage, openings: dict[int, Opening], first: int) -> int:
    """The token after the last one of the reported clause that starts at `first`."""
    reading, marks = passage.reading, passage.marks
    limit = min(passage.bounds.stop[first], first + _LONGEST_CLAUSE)
    token = first
    while token < limit:
        stretch = marks.by_open.get(token)
        if stretch is not None and stretch.closed:
            token = stretch.close + 1
            continue
        if token > first:
            cut = _cut_before(passage, openings, token)
            if cut is not None and cut >= first + _FEWEST_WORDS:
                return trimmed(reading, first, cut)
        token += 1
    return trimmed(reading, first, min(token, passage.bounds.stop[first]))


def trimmed(reading: Reading, first: int, stop: int) -> int:
    """Without separators, line ends and conjunctions at its end; closing marks and brackets stay."""
    while stop > first + 1 and (
        reading.forms[stop - 1] in _SEPARATORS or reading.forms[stop - 1] in (":", "\n", ".", "و", "(")
    ):
        stop -= 1
    return stop


def _cut_before(passage: Passage, openings: dict[int, Opening], token: int) -> int | None:
    forms = passage.reading.forms
    separated = forms[token - 1] in _SEPARATORS
    cue = passage.cues.get(token)
    if cue is not None:
        after_mark = _follows_words(passage, token, separated)
        return _cut_before_cue(forms, openings.get(token), cue, separated, after_mark)
    if (separated and _opens(forms, token, "comment")) or _opens(forms, token, "joined_comment"):
        return token
    if separated and (_tells_of_document(forms, token) or _sets_another_against(passage, openings, token)):
        return token
    return None


def _follows_words(passage: Passage, token: int, separated: bool) -> bool:
    """Whether quoted words close before the token, which without a comma must be more than a name."""
    stretch = passage.marks.by_close.get(token - 1)
    if stretch is not None:
        return sum(passage.reading.is_word[stretch.open : stretch.close]) > _LONGEST_NAME
    return separated and token - 2 in passage.marks.by_close


def _opens(forms: list[str], token: int, name: str) -> bool:
    return any(forms[token : token + len(words)] == words for words in _comments(name).get(forms[token], ()))


def _tells_of_document(forms: list[str], token: int) -> bool:
    """«…، وتناول التقرير …»: the reporter goes on about the document that is quoted."""
    following = forms[token + 1] if token + 1 < len(forms) else ""
    return forms[token].removeprefix("و") in particles("document_verb") and following in particles("quoted_document")


def _sets_another_against(passage: Passage, openings: dict[int, Opening], token: int) -> bool:
    """«…، لكن فلاناً قال إن …», «…، فيما فلان نفى ذلك»: another one speaks, of whom the first rather did not tell."""
    forms = passage.reading.forms
    if not _opens(forms, token, "contrast"):
        return False
    first = token + (2 if forms[token] == "في" else 1)
    for place in range(first, min(token + _FARTHEST_VERB, len(forms))):
        cue = passage.cues.get(place)
        if cue is not None and cue.cue.kind == "verb":
            takes_up = forms[cue.stop] in particles("said_of") if cue.stop < len(forms) else False
            speaks = openings.get(place) is not None or takes_up
            return place > first and speaks and not cue.cue.imperfect and "own" not in cue.cue.frames
        if not passage.reading.is_word[place]:
            return False
    return False


def _closes_clause(forms: list[str], cue: CueMatch) -> bool:
    """«…، على حد قوله.»: at the end of what it tells of; between commas it only interrupts."""
    return "possessed" in cue.cue.frames and forms[cue.stop : cue.stop + 1] in ([], ["."], ["\n"])


def _cut_before_cue(
    forms: list[str], opening: Opening | None, cue: CueMatch, separated: bool, after_mark: bool
) -> int | None:
    token = cue.first
    if cue.cue.kind == "source":
        return token if separated or _closes_clause(forms, cue) else None
    if cue.cue.kind == "participle":
        near = opening is not None and opening.gap_stop - cue.stop <= 6
        return token if separated or near else None
    if opening is None and separated and cue.attached and forms[cue.stop : cue.stop + 1] in ([":"], ["\n"], []):
        # «…، وتضيف:» with the words in the next paragraph.
        return token
    if opening is None and forms[token - 1] == "كما" and forms[token - 2] in _SEPARATORS:
        # «…، كما كشف فلان عن …»
        return token - 1 if cue.cue.kind == "verb" and "fragment" in cue.cue.frames else None
    if opening is None:
        # «…، ويصر على ضرورة»: in the present tense rather what is told of goes on.
        tells_on = cue.cue.imperfect or not separated
        return token if not tells_on and cue.attached and "fragment" in cue.cue.frames else None
    if cue.attached or after_mark or (separated and opening.gap_stop > cue.stop):
        return token
    if "own" in cue.cue.frames:
        # «الدراسات التي وجدت أن»: of a word with other senses rather what is told of.
        return None
    before = forms[token - 1]
    if before == "ان" and forms[token - 2] == "قبل":
        return token - 2
    if before in particles("clause_link"):
        return token - 1
    if before == "حين" and forms[token - 2] == "في":
        return token - 2
    return None
