"""All the places where somebody is named in a text, with letters attached or without. Pure."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from articles.language.clitics import Split, clitic_splits
from articles.language.folding import fold
from articles.language.spans import Span
from articles.language.tokens import Word, words

_ARTICLE = "ال"


class Occurrence(NamedTuple):
    """A place where the name stands, behind attached letters.

    `known` says that it is a known name there; `sure` that the words mean this name. Of one word with a letter attached
    that may as well be its own (وسام) a person has to say what it is.
    """

    start: int
    end: int
    known: bool
    sure: bool


def occurrences(
    text: str, forms: Iterable[str], named: Collection[Span], others: Sequence[Span] = ()
) -> list[Occurrence]:
    """Where one of some forms of a name stands in a text, in any spelling, in order, none over another.

    `named` are the places of the name that are known; nothing is found over `others`, which name somebody else.
    """
    found = {span: Occurrence(*span, True, True) for span in named}
    taken = [*found, *others]
    written = words(text)
    keys = [fold(word.text) for word in written]
    wanted = {tuple(fold(word.text) for word in words(form)) for form in forms} - {()}
    for form in sorted(wanted, key=len, reverse=True):
        for place in _places(written, keys, form):
            if not any(place.start < span.end and place.end > span.start for span in taken):
                taken.append(Span(place.start, place.end))
                found[Span(place.start, place.end)] = place
    return sorted(found.values())


def _places(written: Sequence[Word], keys: Sequence[str], form: tuple[str, ...]) -> Iterable[Occurrence]:
    """Every stretch of the words of a form, the first of which may have letters attached."""
    rest = form[1:]
    for index in range(len(keys) - len(rest)):
        if tuple(keys[index + 1 : index + len(form)]) != rest:
            continue
        cut = _cut(written[index], keys[index], form[0], alone=not rest)
        if cut:
            start, sure = cut
            yield Occurrence(written[index].start + start, written[index + len(rest)].end, False, sure)


def _cut(word: Word, key: str, wanted: str, *, alone: bool) -> tuple[int, bool] | None:
    """How many characters stand before the wanted word in this one, and whether that is how it is read."""
    if key == wanted:
        return 0, True
    if not key.endswith(wanted.removeprefix(_ARTICLE)):
        return None
    for rank, split in enumerate(clitic_splits(word.text)):
        start = _start(split, wanted)
        if start is not None:
            return start, rank == 0 or not alone
    return None


def _start(split: Split, wanted: str) -> int | None:
    """Where the wanted word begins in a word that was cut so; ل and ال are written لل."""
    if split.suffix or not split.prefix:
        return None
    if fold(split.stem) == wanted:
        return len(split.prefix)
    if split.prefix.endswith("لل") and _ARTICLE + fold(split.stem) == wanted:
        return len(split.prefix) - 1
    return None
