"""From what was selected to whole words, and to the first word without the letters written onto it. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from articles.language.clitics import clitic_splits
from articles.language.spans import Span
from articles.language.tokens import Word, words

# Words reach at most so far beyond a selection.
_REACH = 60


class Snapped(NamedTuple):
    """`words` is the selection in whole words, `bare` the same from behind the attached letters; may be equal."""

    words: Span
    bare: Span


def snapped(text: str, start: int, end: int, names: Iterable[Span] = ()) -> Snapped:
    """`names` are known names: one that begins inside the first word (ل|واشنطن) says where that word begins.

    A selection that holds no word stays as it is.
    """
    first = max(0, start - _REACH)
    near = [word._replace(start=word.start + first, end=word.end + first) for word in words(text[first : end + _REACH])]
    touched = [word for word in near if word.start < end and word.end > start]
    if not touched:
        return Snapped(Span(start, end), Span(start, end))
    whole = Span(min(start, touched[0].start), max(end, touched[-1].end))
    whole = Span(whole.start + _blanks(text[whole.start : whole.end]), len(text[: whole.end].rstrip()))
    bare = behind_attached(touched[0], names) if touched[0].start == whole.start else whole.start
    return Snapped(whole, Span(bare, whole.end))


def behind_attached(word: Word, names: Iterable[Span] = ()) -> int:
    """Where a word begins without و ف ب ك ل before it; the article stays, and so does the س of the future."""
    inside = [name.start for name in names if word.start < name.start < word.end]
    if inside:
        return inside[0]
    prefix = clitic_splits(word.text)[0].prefix
    return word.start + len(prefix.removesuffix("ال").removesuffix("س"))


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip())
