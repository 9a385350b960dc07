"""What follows a cue: a reported clause, a colon, quotation marks, or nothing that was said."""

from typing import NamedTuple

from annotations.detection.cues import CueMatch
from annotations.detection.marks import Marked
from annotations.detection.passage import Passage
from annotations.detection.reading import Reading
from annotations.detection.unlisted_names import is_present_verb
from annotations.detection.vocabulary import in_class, particles
from annotations.detection.word_roles import is_complementiser, is_negative_complementiser, is_relative

_LONGEST_GAP = 36
_LONGEST_TIGHT_GAP = 14
_LONGEST_NOUN_GAP = 4
_MOST_COMMAS = 4
_MOST_COMMAS_TIGHT = 2
_LONGEST_NAME = 6
_LONGEST_APPOSED = 3
_GOD = "الله"
_TO = "الي"


class Opening(NamedTuple):
    """Where content starts. `kind` is that, colon, marks or bare (no sign at all).

    The gap before it ends at token `gap_stop`.
    """

    kind: str
    gap_stop: int
    first: int
    stretch: Marked | None = None


def find_openings(passage: Passage) -> dict[int, Opening]:
    """By the first token of the cue."""
    found = {}
    for token, cue in passage.cues.items():
        opening = _find_opening(passage, cue) if cue.cue.kind != "source" else None
        if opening is not None:
            found[token] = opening
    return found


def _find_opening(passage: Passage, cue: CueMatch) -> Opening | None:
    """The first content after the cue in its sentence; None where another clause begins before any."""
    reading, marks, bounds, cues = passage.reading, passage.marks, passage.bounds, passage.cues
    tight = cue.cue.tight or cue.cue.kind == "participle"
    reach = _LONGEST_NOUN_GAP if cue.cue.kind == "noun" else _LONGEST_GAP
    limit = min(bounds.stop[cue.first], cue.stop + reach)
    nearest = cue.stop + _LONGEST_TIGHT_GAP if tight else limit
    token, commas, aside = cue.stop, 0, False
    while token < limit:
        form = reading.forms[token]
        if form == ":":
            return _after_colon(passage, token, bounds.stop[cue.first])
        if _speaks_at_once(reading, token, cue):
            return Opening("bare", token, token)
        if token >= nearest or commas > (_MOST_COMMAS_TIGHT if tight else _MOST_COMMAS):
            # A colon is plain enough to be believed of any cue, however far.
            if (
                commas > _MOST_COMMAS
                or (tight and commas > 1 and form[0] == "و")
                or _begins_another(reading, cues, token)
            ):
                return None
            token += 1
            commas += form in ("،", ",")
            continue
        if token in marks.by_open:
            stretch = marks.by_open[token]
            after_aside = aside and reading.forms[token - 1] not in ("،", ",")
            if not after_aside and not is_name(reading, stretch, cue, bounds.stop[cue.first]):
                return Opening("marks", token, token, stretch)
            token = stretch.close + 1 if stretch.closed else token + 1
            continue
        if form == _TO and "to" in cue.cue.frames and _names_topic(passage, token):
            return None
        if is_complementiser(reading, token) and not aside:
            opening = _after_complementiser(reading, token, cue)
            if opening is not None or tight or reading.forms[token - 1] not in particles("aside_before_that"):
                return opening
            # What is told beside the statement (بعد أن وقّع العقد) ends at a comma or a colon.
            aside = True
        if _begins_another(reading, cues, token) or form in particles("new_clause"):
            return None
        if form == "(":
            token = _past_bracket(reading, token, limit)
            continue
        commas += form in ("،", ",")
        token += 1
    return None


def _names_topic(passage: Passage, to: int) -> bool:
    """«أشار إلى إمكان عودته إن أمكن»: a noun after إلى, whose own clause is not what was said; marks are looked at."""
    reading, following = passage.reading, to + 1
    stop = min(passage.bounds.stop[to], to + _LONGEST_TIGHT_GAP)
    marked = any(token in passage.marks.by_open or reading.forms[token] == ":" for token in range(following, stop))
    return following < len(reading) and not (is_complementiser(reading, following) or marked)


def _after_colon(passage: Passage, token: int, stop: int) -> Opening | None:
    while token + 1 < stop and passage.reading.forms[token + 1] == ":":
        token += 1
    if token + 1 >= stop:
        return None
    if is_complementiser(passage.reading, token + 1):
        return _reported_from(passage.reading, token + 1, gap_stop=token)
    stretch = passage.marks.by_open.get(token + 1)
    return Opening("marks" if stretch else "colon", token, token + 1, stretch)


def _speaks_at_once(reading: Reading, token: int, cue: CueMatch) -> bool:
    """«قال الوزير نحن مستعدون», «تساءل هل …»."""
    form = reading.forms[token]
    if "question" in cue.cue.frames and form in particles("question"):
        # Not «سائلين الله ألا يريهم مكروهاً».
        return not is_negative_complementiser(reading, token)
    return "speech" in cue.cue.frames and not cue.cue.tight and form in particles("first_person")


def _after_complementiser(reading: Reading, token: int, cue: CueMatch) -> Opening | None:
    if "bi" in cue.cue.frames and not reading.forms[token].startswith("ب"):
        return None
    before = reading.forms[token - 1]
    unreported = particles("not_reporting")
    if before in unreported or before.removeprefix("ال") in unreported or before in particles("new_clause"):
        return None
    if before == _GOD and token > cue.stop + 1:
        # «داعياً الله أن», «سائلين الله أن»: a prayer.
        return None
    if (
        before == "علي"
        and "ala" not in cue.cue.frames
        and token + 1 < len(reading)
        and is_present_verb(reading, token + 1)
    ):
        # «أقر اللائحة على أن يحتفظ»: a condition.
        return None
    if token == cue.stop and not cue.attached and before in particles("impersonal"):
        return None
    if token == cue.stop and before.removeprefix(cue.attached) in particles("impersonal_verb"):
        return None
    if token > cue.stop and before[:1] in "وفل" and before[1:] in unreported:
        return None
    return _reported_from(reading, token, gap_stop=token)


def _reported_from(reading: Reading, token: int, *, gap_stop: int) -> Opening | None:
    """The clause after أن, or from أنه, which carries its subject."""
    joined = reading.forms[token] in particles("complementiser_with_subject")
    first = token if joined or is_negative_complementiser(reading, token) else token + 1
    if first + 1 < len(reading) and reading.forms[first] == ":":
        first += 1
    return Opening("that", gap_stop, first) if first < len(reading) else None


def _begins_another(reading: Reading, cues: dict[int, CueMatch], token: int) -> bool:
    """Another cue stands here, unless it only describes the speaker (المسؤول الذي قال)."""
    cue = cues.get(token)
    if cue is None or cue.cue.kind == "source" or is_relative(reading.forms[token - 1]):
        return False
    if reading.forms[token - 1] in particles("circumstance") or ("describing" in cue.cue.frames and not cue.attached):
        return False
    return not cue.cue.tight or cue.cue.kind != "verb" or bool(cue.attached)


def _past_bracket(reading: Reading, token: int, limit: int) -> int:
    for inner in range(token + 1, min(limit, token + 25)):
        if reading.forms[inner] == ")":
            return inner + 1
    return token + 1


def is_name(reading: Reading, stretch: Marked, cue: CueMatch, stop: int) -> bool:
    """Whether the marks hold a name or a title («البنتاغون», "كيري") and not somebody's words.

    `stop` is the end of the sentence.
    """
    after = cue.stop
    if stretch.family == "scripture":
        return True
    words = sum(reading.is_word[stretch.open + 1 : stretch.close])
    if not stretch.closed:
        return words <= _LONGEST_NAME and not stretch.late
    if words == 0:
        return True
    if words > _LONGEST_NAME:
        return False
    if stretch.open > 0 and (entitles(reading, stretch) or (words <= 4 and introduces_name(reading, stretch))):
        return True
    if "naming" in cue.cue.frames and stretch.open == after:
        return words < 2 or not _is_what_is_called(reading, cue)
    if (
        "fragment" in cue.cue.frames
        and words > 1
        and reading.forms[stretch.open - 1] in particles("complement_preposition")
    ):
        return False
    following = stretch.close + 1
    if following < stop and reading.forms[following] == ":":
        return True
    if reading.forms[following : following + 1] in (["،"], [","]) and stretch.open == after:
        # «كشف "العمري"، أن …»: the comma stands between the subject and its clause.
        following += 1
    if stretch.open == after and words <= _LONGEST_APPOSED and _marks_follow(reading, following):
        return True
    ends_here = following >= stop or not reading.is_word[following]
    joined = reading.after_clitic(stretch.open) and reading.forms[stretch.open - 1] not in ("و", "ف")
    if words <= 3 and stretch.open > after and not (joined and ends_here):
        return True
    if words <= 2 and not ends_here:
        return True
    return (
        any(
            is_complementiser(reading, token) or reading.forms[token] == ":"
            for token in range(following, min(stop, following + 12))
        )
        and not ends_here
    )


def _is_what_is_called(reading: Reading, cue: CueMatch) -> bool:
    """«ما سماه «…»», against «أصدر كتاباً سماه «…»», which only gives a name."""
    return cue.first > 0 and not cue.attached and reading.forms[cue.first - 1] in particles("what")


def _marks_follow(reading: Reading, following: int) -> bool:
    """«وأضاف "العمري"؛ "…"»: after the name, a comma and then the words."""
    signs = reading.forms[following : following + 2]
    return len(signs) == 2 and signs[0] in ("،", ",", "؛") and signs[1] in ("«", "“", '"')


def entitles(reading: Reading, stretch: Marked) -> bool:
    """«بعنوان «…»», «ما يعرف بـ«…»»: the marks hold a title or a name, however long."""
    before = reading.forms[stretch.open - 1]
    if before in particles("titling"):
        return True
    return stretch.open > 1 and before in ("ب", "باسم") and reading.forms[stretch.open - 2] in particles("called")


def introduces_name(reading: Reading, stretch: Marked) -> bool:
    before = reading.forms[stretch.open - 1]
    if before.startswith("ب") and reading.after_clitic(stretch.open):
        # «تصريح خاص بـ«الصحيفة»»
        return stretch.open > 1 and reading.forms[stretch.open - 2] in particles("special")
    if before in ("ل", "ول", "باسم") or before.endswith("باسم"):
        return True
    return in_class(before, "document") or in_class(before, "body") or before in ("تويتر", "برنامج", "فيلم", "حملة")
