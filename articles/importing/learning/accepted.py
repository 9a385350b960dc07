"""Taking the lines that moderators accepted as a source's boilerplate off its articles."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from re import Pattern
from typing import Any

from articles.importing.canonical import host_key
from articles.importing.learning.masking import BELOW, SLOT, is_passage, masked, pattern_of
from articles.importing.learning.repetition import zone
from articles.importing.pages import Page
from articles.importing.sources import FILES, find_source
from articles.importing.variants import plain_host
from articles.models import BoilerplateLine, Source

# In seconds: how long a process goes by what it read of the accepted lines.
FRESH = 30


@dataclass(frozen=True, slots=True)
class _Forms:
    """Forms of one place: those to meet as they are, those with slots, and those that have titles below them."""

    exact: frozenset[str]
    slotted: Pattern[str]
    headed: frozenset[str]

    def hold(self, form: str) -> bool:
        return form in self.exact or bool(self.slotted.fullmatch(form))


@dataclass(frozen=True, slots=True)
class AcceptedLines:
    by_place: Mapping[str, _Forms]

    @classmethod
    def of(cls, forms: Mapping[str, Sequence[str]]) -> "AcceptedLines":
        """From the forms of each place."""
        return cls({place: _forms(found) for place, found in forms.items()})

    def among(self, lines: Sequence[str]) -> set[int]:
        """Numbers of the lines to drop; none where nothing else would stay."""
        dropped: set[int] = set()
        for place, forms in self.by_place.items():
            for number in zone(len(lines), place):
                form = masked(lines[number])
                if form and forms.hold(form):
                    dropped.add(number)
                    if form in forms.headed:
                        dropped.update(_titles_below(lines, number, forms))
        return dropped if len(dropped) < len(lines) else set()

    def kept(self, lines: Sequence[str]) -> Sequence[int]:
        """Numbers of the lines that stay."""
        dropped = self.among(lines)
        return [number for number in range(len(lines)) if number not in dropped]

    def stand_in(self, lines: Sequence[str]) -> bool:
        """Whether any of them is where it would be dropped."""
        return any(
            forms.hold(masked(lines[number]))
            for place, forms in self.by_place.items()
            for number in zone(len(lines), place)
        )


@dataclass(slots=True)
class _AsRead:
    """The accepted lines of every source by its primary key, and when they were read (time.monotonic).

    `names` are the keys, names and domains of these sources: what a page of another source is told by.
    """

    at: float = -inf
    lines: Mapping[int, AcceptedLines] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


_as_read = _AsRead()


def _titles_below(lines: Sequence[str], number: int, forms: _Forms) -> range:
    """What stands under the line to the end of the page, unless it is running text again."""
    below = range(number + 1, len(lines))
    is_text = any(is_passage(lines[one]) and not forms.hold(masked(lines[one])) for one in below)
    return range(0) if is_text else below


def without_learned(page: Page) -> Page:
    """The page without the lines that were accepted as boilerplate of its source; evidence keeps its place."""
    if not _accepted() or _as_read.names.isdisjoint(_names_in(page)):
        return page
    source = find_source(page)
    kept = kept_lines([block.text for block in page.blocks], source.pk) if source else range(len(page.blocks))
    if len(kept) == len(page.blocks):
        return page
    return replace(page, blocks=[page.blocks[number] for number in kept], evidence=moved(page.evidence, kept))


def _names_in(page: Page) -> Iterable[str]:
    """Whatever find_source could find a source by."""
    hosts = (host_key(page.url), plain_host(page.url)) if page.url else ()
    return (*hosts, page.source_key, page.source_name, FILES[0])


def kept_lines(lines: Sequence[str], source_id: int) -> Sequence[int]:
    """Numbers of the lines of an article's body that stay."""
    accepted = _accepted().get(source_id)
    return range(len(lines)) if accepted is None else accepted.kept(lines)


def whatever_follows(lines: Sequence[str], kept: Callable[[Sequence[str]], Sequence[int]]) -> list[int]:
    """Numbers of the lines that stay, however often what is left is looked through.

    Behind a line that goes another one comes into the opening or closing; the order in which the lines were accepted
    makes no difference.
    """
    numbers = list(range(len(lines)))
    while len(left := kept([lines[number] for number in numbers])) < len(numbers):
        numbers = [numbers[number] for number in left]
    return numbers


def forget_accepted_lines() -> None:
    """Another decision was made: what was read is out of date in this process."""
    _as_read.at = -inf


def moved(evidence: Sequence[Mapping[str, Any]], kept: Sequence[int]) -> list[dict[str, Any]]:
    """Evidence after the blocks (1 is the first below the headline) that it follows when only these lines are kept."""
    return [{**piece, "after": sum(1 for number in kept if number < piece["after"])} for piece in evidence]


def _accepted() -> Mapping[int, AcceptedLines]:
    """Asks the database once for many articles."""
    if time.monotonic() - _as_read.at > FRESH:
        _as_read.lines = _read_accepted()
        _as_read.names = _read_names(_as_read.lines) if _as_read.lines else frozenset()
        _as_read.at = time.monotonic()
    return _as_read.lines


def _read_names(sources: Iterable[int]) -> frozenset[str]:
    rows = Source.objects.filter(pk__in=list(sources)).values_list("key", "name", "domains__domain")
    return frozenset(name for row in rows for name in row if name)


def _read_accepted() -> dict[int, AcceptedLines]:
    forms: dict[int, dict[str, list[str]]] = {}
    rows = BoilerplateLine.objects.filter(status=BoilerplateLine.Status.ACCEPTED)
    for source, place, form in rows.values_list("source_id", "place", "folded"):
        forms.setdefault(source, {}).setdefault(place, []).append(form)
    return {source: AcceptedLines.of(by_place) for source, by_place in forms.items()}


def _forms(found: Sequence[str]) -> _Forms:
    headed = {form.removesuffix(BELOW).rstrip() for form in found if form.endswith(BELOW)}
    plain = {form.removesuffix(BELOW).rstrip() for form in found}
    slotted = [form for form in plain if SLOT in form.split(" ")]
    return _Forms(frozenset(plain.difference(slotted)), pattern_of(slotted), frozenset(headed))
