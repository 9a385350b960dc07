"""What the machine finds in our own hand-annotated articles may not get worse unnoticed (see data/gold/README.md)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from annotations.analysis import analyse
from articles.importing.composing import compose
from articles.importing.readers.html import read_html

REPOSITORY = Path(__file__).parents[1]
GOLD = sorted((REPOSITORY / "tests" / "data" / "gold").glob("*.json"))
# A quote counts as found from this word overlap on; its speaker is asked for from the lower one on.
FOUND, NEAR = 0.8, 0.3

Mark = dict[str, Any]

# Two or three points below what was measured last: entities .828, their names .988, quotes .967, speakers .983.
# A floor is raised when the machine gets better, and lowered by nobody in passing.
ENTITIES, ENTITY_NAMES, QUOTES, SPEAKERS = 0.80, 0.96, 0.94, 0.95


@dataclass
class Tally:
    """Right ones among those found and those in the gold, with what was missed, invented or misnamed in words."""

    right: int = 0
    found: int = 0
    gold: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold)

    @property
    def share(self) -> float:
        return self.right / self.gold

    def told(self) -> str:
        return f"{self.right} right, {self.found} found, {self.gold} in the gold\n" + "\n".join(self.differences)


@cache
def articles() -> list[tuple[Mark, dict[str, list[Mark]]]]:
    """Each gold article with what the machine finds in its text."""
    golds = [json.loads(path.read_text("utf-8")) for path in GOLD]
    return [(gold, analyse(gold["text"])) for gold in golds]


def words_of(text: str, mark: Mark) -> set[int]:
    """The places of a span's words, so that the same word elsewhere does not count."""
    return {mark["start"] + word.start() for word in re.finditer(r"\w+", text[mark["start"] : mark["end"]])}


def dice(text: str, one: Mark, other: Mark) -> float:
    first, second = words_of(text, one), words_of(text, other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def paired(text: str, gold: list[Mark], found: list[Mark], least: float) -> list[tuple[Mark, Mark]]:
    """One to one, the greatest overlap first."""
    rated = ((dice(text, one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(found))
    pairs: dict[int, int] = {}
    for _, i, j in sorted((rating for rating in rated if rating[0] >= least), reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return [(gold[i], found[j]) for i, j in pairs.items()]


def entity_key(entity: Mark) -> tuple[int, int, str]:
    return entity["start"], entity["end"], entity["type"]


def told(text: str, what: str, marks: Iterable[Mark]) -> list[str]:
    return [f"{what}: {mark['type']} {text[mark['start'] : mark['end']]} = {mark['name']}" for mark in marks]


def misnamed(pairs: Iterable[tuple[Mark, Mark]]) -> list[str]:
    return [f"named {other['name']} for {one['name']}" for one, other in pairs if one["name"] != other["name"]]


def entities() -> Tally:
    tally = Tally()
    for gold, machine in articles():
        expected = {entity_key(entity): entity for entity in gold["entities"]}
        found = {entity_key(entity): entity for entity in machine["entities"]}
        tally.right += len(expected.keys() & found.keys())
        tally.found += len(found)
        tally.gold += len(expected)
        missed = (expected[key] for key in expected.keys() - found.keys())
        invented = (found[key] for key in found.keys() - expected.keys())
        tally.differences += told(gold["text"], "missed", missed) + told(gold["text"], "invented", invented)
    return tally


def entity_names() -> Tally:
    """Names of the entities whose span and type are right."""
    tally = Tally()
    for gold, machine in articles():
        found = {entity_key(entity): entity for entity in machine["entities"]}
        pairs = [(one, found[entity_key(one)]) for one in gold["entities"] if entity_key(one) in found]
        add_names(tally, pairs)
    return tally


def quotes() -> Tally:
    tally = Tally()
    for gold, machine in articles():
        pairs = paired(gold["text"], gold["quotes"], machine["quotes"], FOUND)
        tally.right += len(pairs)
        tally.found += len(machine["quotes"])
        tally.gold += len(gold["quotes"])
        missed = (quote for quote in gold["quotes"] if all(quote is not one for one, _ in pairs))
        invented = (quote for quote in machine["quotes"] if all(quote is not other for _, other in pairs))
        tally.differences += told(gold["text"], "missed", missed) + told(gold["text"], "invented", invented)
    return tally


def speaker_names() -> Tally:
    tally = Tally()
    for gold, machine in articles():
        add_names(tally, paired(gold["text"], gold["quotes"], machine["quotes"], NEAR))
    return tally


def add_names(tally: Tally, pairs: list[tuple[Mark, Mark]]) -> None:
    tally.right += sum(one["name"] == other["name"] for one, other in pairs)
    tally.found += len(pairs)
    tally.gold += len(pairs)
    tally.differences += misnamed(pairs)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_the_annotated_text_is_what_importing_the_sample_page_stores(path):
    gold = json.loads(path.read_text("utf-8"))
    page = (REPOSITORY / "fixtures" / "pages" / f"{path.stem}.html").read_bytes()
    assert compose(read_html(page, key=path.stem)).text == gold["text"] == path.with_suffix(".txt").read_text("utf-8")
    for mark in [*gold["entities"], *gold["quotes"]]:
        assert gold["text"][mark["start"] : mark["end"]] == mark["text"]


def test_six_articles_are_annotated():
    assert len(GOLD) == 6


def test_entities_keep_their_span_and_type():
    assert entities().f1 >= ENTITIES, entities().told()


def test_entities_keep_their_names():
    assert entity_names().share >= ENTITY_NAMES, entity_names().told()


def test_quotes_keep_their_extent():
    assert quotes().f1 >= QUOTES, quotes().told()


def test_quotes_keep_their_speakers():
    assert speaker_names().share >= SPEAKERS, speaker_names().told()
