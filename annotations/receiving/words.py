"""Finding marked words in a text by the words themselves and those around them, where no other text is known: pure."""

from annotations.anchoring import LONG_ENOUGH, LOST, Anchored, Span, State, TextChange
from annotations.exports.records import PartRecord
from articles.language.letters import Letters


def find_words(part: PartRecord, text: str) -> Anchored:
    """Where the words stand. Sure alone where they and what the file has around them stand in the text once.

    Words that say little by themselves need something around them. A place that only looks like it is doubtful.
    """
    around = f"{part.prefix}{part.exact}{part.suffix}"
    start = len(part.prefix)
    if not part.exact.strip():
        return LOST
    found = TextChange(around, text).find(start, start + len(part.exact))
    if found.state.is_sure and (_often(around, text) or not _says_enough(around)):
        return Anchored(State.DOUBTFUL, found.span, found.score)
    if found.state.is_sure:
        same = text[slice(*found.span)] == part.exact
        return Anchored(State.EXACT if same else State.MOVED, found.span, found.score)
    return found if found.span else _somewhere(part.exact, text)


def _somewhere(words: str, text: str) -> Anchored:
    """The first place of words that stand in the text, if at all: to be looked at."""
    letters, wanted = Letters(text), Letters(words).letters
    first = letters.letters.find(wanted) if wanted else -1
    return LOST if first < 0 else Anchored(State.DOUBTFUL, Span(*letters.span(first, first + len(wanted))), 0.99)


def _often(around: str, text: str) -> bool:
    """Whether these letters stand in the text more than once."""
    letters, wanted = Letters(text).letters, Letters(around).letters
    first = letters.find(wanted)
    return first >= 0 and letters.find(wanted, first + 1) >= 0


def _says_enough(around: str) -> bool:
    return len(Letters(around).letters) >= LONG_ENOUGH
