"""Builds the name lists that the tagger looks words up in (see `articles.language.tagger_evidence.NAME_LISTS`).

Sources: the gazetteers of DATA/gazetteers, the curated lexicon of `articles/language/data`, and `known_names.tsv`
beside this file. Nothing here is read from labelled text.
"""

import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from articles.language import lexicon
from articles.language.folding import fold
from articles.language.tagger_evidence import CLASSES, PHRASE_KINDS, Phrase, list_bit

KNOWN_NAMES = Path(__file__).with_name("known_names.tsv")
_PEOPLE = (1, 5, 50)
_POPULATIONS = ((0, "place"), (100_000, "place, 100,000 people"), (1_000_000, "place, a million people"))
_KINDS = ("person", "organisation", "place", "other")
_CLASS_WORDS = dict(zip(_KINDS, ("a person", "an organisation", "a place", "a thing"), strict=True))
_ALONE = dict(zip(_KINDS, ("person", "organisation", "known place", "thing"), strict=True))
_TOGETHER = {"person": "a person", "organisation": "an organisation"}


class NameLists:
    """Folded word → bits of the lists that it is in."""

    def __init__(self) -> None:
        self.bits: dict[str, int] = defaultdict(int)

    def add(self, words: Iterable[str], name: str, position: int = 0) -> None:
        for word in words:
            self.bits[word] |= 1 << list_bit(name, position)


def name_lists(gazetteers: Path) -> dict[str, int]:
    lists = NameLists()
    _add_people(lists, gazetteers)
    _add_places(lists, gazetteers)
    _add_lexicon(lists)
    for name, words in _known_names():
        if len(words) == 1:
            lists.add(words, name, 0)
        else:
            lists.add(words[:1], name, 1)
            lists.add(words[1:], name, 2)
    return dict(lists.bits)


def known_phrases() -> dict[str, list[Phrase]]:
    """Folded first word → the known names of several words that begin with it; the lexicon's kinds win."""
    found: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for first, forms in lexicon.known_forms().items():
        for form in forms:
            if form.rest:
                found[first][form.rest] = PHRASE_KINDS.index(form.kind)
    for name, (first, *rest) in _known_names():
        if rest:
            found[first].setdefault(tuple(rest), PHRASE_KINDS.index(name))
    return {first: [Phrase(rest, kind) for rest, kind in names.items()] for first, names in found.items()}


def _add_people(lists: NameLists, gazetteers: Path) -> None:
    given: Counter[str] = Counter()
    family: Counter[str] = Counter()
    for row in _table(gazetteers / "person_name_units.tsv"):
        counts = family if row["role"] == "surname" else given
        for word in fold(row["arabic"]).split():
            counts[word] += int(row["count"])
    for counts, name in ((given, "given name"), (family, "family name")):
        for word, count in counts.items():
            for people in _PEOPLE:
                if count >= people:
                    lists.add([word], name if people == 1 else f"{name}, {people} people")
    written = json.loads((gazetteers / "arabnamer" / "dict_FINAL.json").read_text(encoding="utf-8"))
    for name in written.values():
        lists.add((word for word in fold(name).split() if len(word) > 1), "name written in Latin letters")


def _add_places(lists: NameLists, gazetteers: Path) -> None:
    for name, population in _places(gazetteers):
        words = fold(name).split()
        if len(words) == 1:
            for people, size in _POPULATIONS:
                if population >= people:
                    lists.add(words, size)
        else:
            lists.add(words[:1], "first word of a place")
            lists.add(words[1:], "later word of a place")
    with (gazetteers / "cldr_ar_territories.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            words = fold(line.rstrip("\n").split("\t")[1]).split()
            lists.add(words[:1], "country" if len(words) == 1 else "first word of a place")


def _places(gazetteers: Path) -> Iterator[tuple[str, int]]:
    for row in _table(gazetteers / "places_geonames_ar.tsv"):
        for name in re.split("[|,;،]", row["arabic_forms"]):
            if name.strip():
                yield name, int(row["population"] or 0)
    with (gazetteers / "world_cities_ar" / "world-cities.csv").open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["CityNameAr"], int(float(row["Population"] or 0))


def _add_lexicon(lists: NameLists) -> None:
    lists.add(lexicon.nationalities(), "nationality")
    lists.add(lexicon.foreign_given_names(), "given name of another language")
    for title, uses in lexicon.titles().items():
        lists.add(title.split(), "title" if "personal" in uses else "office")
        if "office" in uses:
            lists.add(title.split(), "office")
    for word, head in lexicon.heads().items():
        lists.add([word], f"class word of {_CLASS_WORDS[head.kind]}")
    for first, forms in lexicon.known_forms().items():
        for form in forms:
            if not form.rest:
                lists.add([first], _ALONE[form.kind])
            elif form.kind in _TOGETHER:
                lists.add([first], f"first word of {_TOGETHER[form.kind]}")
                lists.add(form.rest, f"later word of {_TOGETHER[form.kind]}")


def _known_names() -> Iterator[tuple[str, list[str]]]:
    """(class, folded words) of every name in known_names.tsv."""
    with KNOWN_NAMES.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                name, written = line.rstrip("\n").split("\t")
                if name not in CLASSES:
                    raise ValueError(f"{KNOWN_NAMES.name}: unknown class {name}")
                yield from ((name, fold(form).split()) for form in written.split("|") if form)


def _table(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")
