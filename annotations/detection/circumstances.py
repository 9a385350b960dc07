"""How, where and when words were said: in a statement, on the air, at a meeting, yesterday."""

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from annotations.detection.cues import CueMatch
from annotations.detection.noun_phrases import PAUSES, NounPhrase
from annotations.detection.passage import Passage
from annotations.detection.quotes import Circumstances
from annotations.detection.vocabulary import in_class, particles
from annotations.detection.word_roles import is_accusative, is_complementiser
from articles.language.dates import find_dates
from articles.language.folding import fold
from articles.language.lexicon import nationalities, place_words
from articles.language.spans import Span

_CHANNELS = Path(__file__).parent / "data" / "channels.tsv"
_OCCASION = "occasion"
# Kinds that further prepositions lead to.
_SPECIAL = (_OCCASION, "post")
_LONGEST_BEFORE = 24
_LONGEST_AFTER = 40
_LONGEST_WORDS = 16
# Verbal nouns that fold to a channel with a pronoun (كتابه، خطابه).
_ACTS = ("كتابة", "خطابة")
_PRONOUNS = ("ه", "ها", "هم")


class _Stretch(NamedTuple):
    """Tokens [first, stop) beside a cue, without the speaker's."""

    first: int
    stop: int


def circumstances_of(
    passage: Passage, cue: CueMatch, phrase: NounPhrase | None, *, begin: int, stop: int, translated: bool
) -> Circumstances:
    """Looks at what stands between the token `begin` and the cue, and between the cue and the token `stop`."""
    found: dict[str, _Stretch] = {}
    said_on = None
    for stretch in _stretches(passage, cue, phrase, begin, stop):
        told = _told_in(passage, stretch)
        found = told | found
        said_on = said_on or _day_in(passage, stretch, {words.stop for words in told.values()})
    channel = next((kind for kind in found if kind != _OCCASION), "")
    channel_words = _span(passage, found[channel]) if channel else None
    occasion = _span(passage, found[_OCCASION]) if _OCCASION in found else None
    return Circumstances(channel, channel_words, occasion, said_on, translated)


def _span(passage: Passage, words: _Stretch) -> Span:
    return Span(passage.reading.starts[words.first], passage.reading.ends[words.stop - 1])


def _told_in(passage: Passage, stretch: _Stretch) -> dict[str, _Stretch]:
    """The first of each kind."""
    found: dict[str, _Stretch] = {}
    for token in range(stretch.first, stretch.stop):
        kind = _kind_at(passage, token)
        if kind is not None and kind not in found:
            found[kind] = _words_from(passage, token, stretch.stop)
    return found


def _stretches(passage: Passage, cue: CueMatch, phrase: NounPhrase | None, begin: int, stop: int) -> list[_Stretch]:
    """After the cue first: what stands there tells of this saying."""
    found = []
    after, stop = cue.stop, min(stop, cue.stop + _LONGEST_AFTER)
    if phrase is not None and cue.stop <= phrase.first < stop:
        # A document that speaks (جاء في بيان) is its own channel.
        keeps = cue.cue.subject_preposition == "في"
        found.append(_Stretch(cue.stop, phrase.stop if keeps else phrase.first))
        after = phrase.stop
    if after < stop:
        found.append(_Stretch(after, stop))
    first = max(begin, cue.first - _LONGEST_BEFORE)
    limit = phrase.first if phrase is not None and first <= phrase.first < cue.first else cue.first
    if first == begin and first < limit and not any(token in passage.cues for token in range(first, limit)):
        found.append(_Stretch(first, limit))
    return found


@lru_cache(maxsize=1)
def _channels() -> dict[str, dict[str, str]]:
    """Folded noun → the word that must follow it, or nothing → what it is."""
    found: dict[str, dict[str, str]] = {}
    for line in _CHANNELS.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        kind, noun, following = [*line.split("\t"), ""][:3]
        stem = noun[:-1] + "ت" if noun.endswith("ة") else noun
        for form in (noun, *(stem + pronoun for pronoun in _PRONOUNS)):
            found.setdefault(fold(form), {})[fold(following)] = kind
    return found


def _kind_at(passage: Passage, token: int) -> str | None:
    """Only after a preposition that leads to it (في، عبر، خلال)."""
    forms = passage.reading.forms
    kinds = _channels().get(forms[token].removeprefix("ال"))
    if kinds is None or token == 0 or passage.reading.surface(token).endswith(_ACTS):
        return None
    following = forms[token + 1] if token + 1 < len(forms) else ""
    kind = kinds.get(following.removeprefix("ال")) or kinds.get("")
    before = forms[token - 1]
    names = ("channel_preposition", f"{kind}_preposition") if kind in _SPECIAL else ("channel_preposition",)
    leading = {before, before[1:]} if before[0] in "وف" else {before}
    return kind if any(leading & particles(name) for name in names) else None


def _words_from(passage: Passage, first: int, stop: int) -> _Stretch:
    """To the next pause, day or clause."""
    reading = passage.reading
    token = first + 1
    while token < min(stop, first + _LONGEST_WORDS):
        stretch = passage.marks.by_open.get(token)
        if stretch is not None and stretch.closed and stretch.close < stop:
            token = stretch.close + 1
            continue
        form = reading.forms[token]
        ends = form in PAUSES or in_class(form, "time") or is_complementiser(reading, token) or token in passage.cues
        if ends or form in (":", "\n", ")") or _leaves_channel(passage, token):
            break
        token += 1
    while token > first + 1 and not _may_end(passage, token - 1):
        token -= 1
    return _Stretch(first, token)


def _leaves_channel(passage: Passage, token: int) -> bool:
    """An adverb, or the object of the verb: «في كلمة له في صنعاء الحكومة بأنها»."""
    reading = passage.reading
    form, before = reading.forms[token], reading.forms[token - 1]
    if is_accusative(reading, token) or form in particles("object_body"):
        return True
    return before in place_words() and form.startswith("ال") and form not in nationalities() | place_words()


def _may_end(passage: Passage, token: int) -> bool:
    form = passage.reading.forms[token]
    loose = form in particles("preposition") or form == "و"
    return (passage.reading.is_word[token] or token in passage.marks.by_close) and not loose


def _day_in(passage: Passage, stretch: _Stretch, ends: set[int]) -> Span | None:
    """A date beside the verb, the speaker or one of the `ends` of channels; elsewhere it is of what is spoken of."""
    reading = passage.reading
    forms = reading.forms[stretch.first : stretch.stop]
    if not any(in_class(form, "time") or form[0].isdigit() for form in forms):
        return None
    start, end = reading.starts[stretch.first], reading.ends[stretch.stop - 1]
    for mention in find_dates(reading.text[start:end]):
        token = bisect_right(reading.ends, start + mention.start, stretch.first, stretch.stop)
        while token > stretch.first and token not in ends and _leads_to_day(reading.forms[token - 1]):
            token -= 1
        if token == stretch.first or token in ends:
            return Span(start + mention.start, start + mention.end)
    return None


def _leads_to_day(form: str) -> bool:
    return in_class(form, "time") or form in particles("year") or form in ("في", "وفي", "(", *PAUSES)
