"""Which lines open or close many articles of one source: pure.

A line counts for a page when its form (see masking) stands among the page's first or last lines. Enough different
articles must have it, and not those of one writer alone: a columnist's own opening is text.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from typing import Literal, NamedTuple

from articles.importing.boilerplate import is_running
from articles.importing.learning.masking import BELOW, SLOT, is_passage, masked, pattern_of, words_in
from articles.language.folding import fold

Place = Literal["opening", "closing"]
OPENING_LINES = 8
CLOSING_LINES = 20
_FORMULAS = Path(__file__).parent / "formulas.txt"
# A line must stand in so many articles, and in such a share of them; a line of numbers alone in more.
_FEWEST = 5
_SHARE = 0.25
_SHARE_OF_NUMBERS = 0.5
# A line nearly all of whose articles are by one writer, who wrote fewer of the rest, is the writer's.
_ONE_WRITER = 0.8
# Lines that differ in a name or a list only.
_LONGEST_LABEL = 4
_LONGEST_LABELLED = 200
_LONGEST_ALIKE = 25
_SHARE_IN_COMMON = 0.5
_OPEN_LINES = 0.9
_TITLES_BELOW = 0.7
_DIFFERENT = 0.4


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of a source: its lines without the headline."""

    title: str
    byline: str
    lines: Sequence[str]


class Repeated(NamedTuple):
    """`form` is the line as it is compared, `text` as it was first met, `articles` how many of the samples have it."""

    place: Place
    form: str
    text: str
    articles: int


class _Met(NamedTuple):
    sample: int
    line: int
    text: str
    form: str


class _Read(NamedTuple):
    """A sample with the forms of its first and last lines by their numbers."""

    sample: Sample
    forms: Mapping[int, str]


def repeated_lines(samples: Iterable[Sample]) -> list[Repeated]:
    """The lines that repeat themselves, the most frequent first. Articles of the same headline count once."""
    pages = [_read(sample) for sample in {fold(sample.title): sample for sample in samples}.values()]
    needed = max(_FEWEST, ceil(_SHARE * len(pages)))
    found: list[Repeated] = []
    for place in ("opening", "closing"):
        meetings = _meetings(pages, place)
        frequent = {form for form, met in meetings.items() if len(met) >= needed}
        lines = {form: meetings[form] for form in frequent if _is_boilerplate(form, meetings[form], pages, place)}
        refused = frequent.difference(lines)
        varying = [met for form, all_met in meetings.items() if form not in refused for met in all_met]
        for form, met in _alike(varying, frequent, needed, place).items():
            if _is_boilerplate(form, met, pages, place):
                lines[form] = met
        found.extend(_repeated(place, form, met, pages, lines) for form, met in lines.items())
    return sorted(found, key=lambda line: (-line.articles, line.place, line.form))


def _read(sample: Sample) -> _Read:
    count = len(sample.lines)
    numbers = {*zone(count, "opening"), *zone(count, "closing")}
    return _Read(sample, {number: masked(sample.lines[number]) for number in numbers})


def zone(count: int, place: str) -> range:
    """The numbers of the lines that count as the opening or the closing of so many."""
    return range(min(OPENING_LINES, count)) if place == "opening" else range(max(0, count - CLOSING_LINES), count)


def _repeated(
    place: Place, form: str, met: Sequence[_Met], pages: Sequence[_Read], lines: Mapping[str, Sequence[_Met]]
) -> Repeated:
    if place == "closing" and SLOT not in form.split(" ") and _has_titles_below(met, pages, lines):
        form = f"{form} {BELOW}"
    return Repeated(place, form, met[0].text, len({one.sample for one in met}))


def _meetings(pages: Sequence[_Read], place: Place) -> dict[str, list[_Met]]:
    """form → where it was met, once per page"""
    meetings: dict[str, list[_Met]] = defaultdict(list)
    for number, page in enumerate(pages):
        seen: set[str] = set()
        for index in zone(len(page.sample.lines), place):
            form = page.forms[index]
            if form and form not in seen:
                seen.add(form)
                meetings[form].append(_Met(number, index, page.sample.lines[index], form))
    return meetings


def _is_boilerplate(form: str, met: Sequence[_Met], pages: Sequence[_Read], place: Place) -> bool:
    if form in _formulas():
        return False
    if not any(len(word) > 1 for word in words_in(form)) and len(met) < _SHARE_OF_NUMBERS * len(pages):
        return False
    return _is_in_place(met, pages, place) and _is_shared(met, pages)


def _is_in_place(met: Sequence[_Met], pages: Sequence[_Read], place: Place) -> bool:
    """In short articles a line stands among the first and the last: it is of the opening if no text is above it."""
    below_text = sum(1 for one in met if any(map(is_passage, pages[one.sample].sample.lines[: one.line])))
    return (2 * below_text > len(met)) == (place == "closing")


def _is_shared(met: Sequence[_Met], pages: Sequence[_Read]) -> bool:
    """Whether several writers have the line, as far as the writers are known."""
    writers = Counter(fold(pages[one.sample].sample.byline) for one in met)
    writers.pop("", None)
    if not writers or sum(writers.values()) < 0.5 * len(met):
        return True
    writer, own = writers.most_common(1)[0]
    share = sum(1 for page in pages if fold(page.sample.byline) == writer) / len(pages)
    return own <= _ONE_WRITER * sum(writers.values()) or share > _ONE_WRITER


def _has_titles_below(met: Sequence[_Met], pages: Sequence[_Read], known: Mapping[str, Sequence[_Met]]) -> bool:
    """Whether titles that differ from page to page stand under the line, and no running text after them."""
    below: list[str] = []
    for one in met:
        lines, forms = pages[one.sample].sample.lines, pages[one.sample].forms
        rest = [number for number in range(one.line + 1, len(lines)) if forms[number] not in known]
        if rest and rest[0] == one.line + 1 and not any(is_passage(lines[number]) for number in rest):
            below.append(forms[rest[0]])
    return len(below) >= _TITLES_BELOW * len(met) and len(set(below)) >= _DIFFERENT * len(below)


def _alike(lines: Sequence[_Met], frequent: Set[str], needed: int, place: Place) -> dict[str, list[_Met]]:
    """Lines that have their label, or their beginning and end, in common: form with SLOT → where it was met"""
    groups: dict[tuple[str, ...], list[_Met]] = defaultdict(list)
    for met in lines:
        tokens = met.form.split(" ")
        if label := _label_of(tokens):
            groups["label", *label].append(met)
        elif 3 <= len(tokens) <= _LONGEST_ALIKE:
            groups["begin", *tokens[:2]].append(met)
            groups["end", *tokens[-2:]].append(met)
    found: dict[str, list[_Met]] = {}
    for (kind, *_), group in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        if len({met.sample for met in group}) < needed or all(met.form in frequent for met in group):
            continue
        form = (_labelled(group, place) if kind == "label" else _in_common(group)) if _are_open(group) else ""
        if form and not all(pattern_of(found).fullmatch(met.form) for met in group):
            found[form] = group
    return found


def _label_of(tokens: Sequence[str]) -> tuple[str, ...]:
    """The words before the first colon, and the colon: «الوسوم:», «عدد الزيارات:»."""
    for number, token in enumerate(tokens[: _LONGEST_LABEL + 1]):
        if token in (":", "|"):
            return tuple(tokens[: number + 1]) if number and len(tokens) > number + 1 else ()
    return ()


def _labelled(group: Sequence[_Met], place: Place) -> str:
    """A label of one word over the text, before few words, is a dateline («بيروت: هدى حبيش»), which others read."""
    label = _label_of(group[0].form.split(" "))
    tails = sorted(len(met.form.split(" ")) - len(label) for met in group)
    if place == "opening" and len(label) == 2 and tails[len(tails) // 2] <= 3:
        return ""
    return " ".join([*label, SLOT])


def _in_common(group: Sequence[_Met]) -> str:
    """What all of them begin and end with, where that is most of them; else nothing."""
    lines = [met.form.split(" ") for met in group]
    shortest = min(map(len, lines))
    begin = next((i for i in range(shortest) if len({line[i] for line in lines}) > 1), shortest - 1)
    end = next((i for i in range(shortest - begin) if len({line[-1 - i] for line in lines}) > 1), shortest - begin)
    end = min(end, shortest - begin - 1)
    if begin + end < 3 or (begin + end) / (sum(map(len, lines)) / len(lines)) < _SHARE_IN_COMMON:
        return ""
    form = " ".join([*lines[0][:begin], SLOT, *lines[0][len(lines[0]) - end :]])
    return form if len(words_in(form)) >= 2 else ""


def _are_open(group: Sequence[_Met]) -> bool:
    """Whether the lines are short and no closed sentences, so that what varies in them is no running text."""
    closed = sum(1 for met in group if len(met.text) > _LONGEST_LABELLED or is_running(met.text[:_LONGEST_LABELLED]))
    return closed <= (1 - _OPEN_LINES) * len(group)


@cache
def _formulas() -> frozenset[str]:
    lines = _FORMULAS.read_text("utf-8").splitlines()
    return frozenset(masked(line) for line in lines if line and not line.startswith("#"))
