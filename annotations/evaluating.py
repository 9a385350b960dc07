"""How well detection does on annotated articles: NAME.json files with their text and what people marked in it.

Spans are compared by the words they touch (Dice), one to one, the greatest overlap first. A quote counts from 0.8 on;
its cue, its speaker's words and its speaker's name are asked for from 0.3 on, a claim is found from 0.5 on. Entities
must have the same span and type. Pure: no database.
"""

import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.analysis import analyse
from articles.language.folding import fold
from articles.language.tokens import words

Mark = dict[str, Any]

FOUND, NEAR, CLAIMED = 0.8, 0.3, 0.5
_WORD = re.compile(r"\w+")


@dataclass
class Figure:
    """Right ones among those found and those annotated."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, right: int, found: int, gold: int) -> None:
        self.right += right
        self.found += found
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(frozen=True)
class Evaluation:
    """`figures` by name, in the order to be shown; `seconds` is the processor time that reading `words` words took."""

    articles: int
    words: int
    seconds: float
    figures: dict[str, Figure]


class UnreadableGold(Exception):
    """One line that names the file and the reason."""


def evaluate(folder: Path) -> Evaluation:
    """Reads each article of the folder by machine and compares.

    Raises UnreadableGold where no file, or one that is not an annotated article, is there.
    """
    files = sorted(folder.glob("*.json"))
    if not files:
        raise UnreadableGold(f"{folder}: no annotated articles (*.json)")
    figures: dict[str, Figure] = {}
    # The lexicons are read before the time is taken.
    analyse("")
    read, count, seconds = 0, 0, 0.0
    for file in files:
        gold = _annotated(file)
        begin = time.process_time()
        machine = analyse(gold["text"])
        seconds += time.process_time() - begin
        count += len(words(gold["text"]))
        read += 1
        for name, figure in compare(gold, machine).items():
            figures.setdefault(name, Figure()).add(figure.right, figure.found, figure.gold)
    return Evaluation(read, count, seconds, figures)


def _annotated(file: Path) -> Mark:
    try:
        gold = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableGold(f"{file}: {error}") from None
    if not isinstance(gold, dict) or not gold.keys() >= {"text", "entities", "quotes", "checkworthy"}:
        raise UnreadableGold(f"{file}: not an annotated article")
    return gold


def compare(gold: Mark, machine: dict[str, list[Mark]]) -> dict[str, Figure]:
    """One article's figures."""
    touched = Touched(gold["text"])
    quotes, found = gold["quotes"], machine["quotes"]
    strict, near = touched.pairs(quotes, found, FOUND), touched.pairs(quotes, found, NEAR)
    figures = {"quotes": Figure(len(strict), len(found), len(quotes))}
    for name, direct in (("direct quotes", True), ("indirect quotes", False)):
        right = sum(_is_direct(one) == _is_direct(other) == direct for one, other in strict)
        of_type = [sum(_is_direct(quote) == direct for quote in marks) for marks in (found, quotes)]
        figures[name] = Figure(right, *of_type)
    figures |= {
        "cues": _share([touched.any(one["cues"], other["cue"]) for one, other in near if one["cues"]]),
        "speakers": _share([touched.any([one["speaker"]], other["speaker"]) for one, other in near if one["speaker"]]),
        "speakers' names": _share([fold_name(one["name"]) == fold_name(other["name"]) for one, other in near]),
    }
    sentences = [{"start": start, "end": end} for start, end in gold["checkworthy"]]
    claims = touched.pairs(sentences, machine["claims"], CLAIMED)
    figures["claims"] = Figure(len(claims), len(machine["claims"]), len(sentences))
    entities = [{(mark["start"], mark["end"], mark["type"]) for mark in side["entities"]} for side in (gold, machine)]
    figures["entities"] = Figure(len(entities[0] & entities[1]), len(entities[1]), len(entities[0]))
    return figures


def _is_direct(quote: Mark) -> bool:
    return quote["type"] == "direct"


def _share(right: Sequence[bool]) -> Figure:
    return Figure(sum(right), len(right), len(right))


def fold_name(name: str) -> str:
    """As names are compared: folded, without articles."""
    parts = _WORD.findall(fold(name))
    return " ".join(part[2:] if part.startswith("ال") and len(part) > 4 else part for part in parts)


class Touched:
    """The words of a text that a span touches, by their places."""

    def __init__(self, text: str) -> None:
        self._words = [word.span() for word in _WORD.finditer(text)]

    def by(self, start: int, end: int) -> frozenset[int]:
        return frozenset(place for place, (first, stop) in enumerate(self._words) if first < end and stop > start)

    def any(self, gold: Iterable[Sequence[int]], found: Sequence[int] | None) -> bool:
        return found is not None and any(self.by(*span) & self.by(*found) for span in gold)

    def pairs(self, gold: Sequence[Mark], found: Sequence[Mark], least: float) -> list[tuple[Mark, Mark]]:
        """Gold and found marks that overlap by at least `least`, one to one."""
        sides = [[self.by(mark["start"], mark["end"]) for mark in marks] for marks in (gold, found)]
        rated = sorted(
            (
                (2 * len(one & other) / (len(one) + len(other)), i, j)
                for i, one in enumerate(sides[0])
                for j, other in enumerate(sides[1])
                if one & other
            ),
            reverse=True,
        )
        paired: dict[int, int] = {}
        for overlap, i, j in rated:
            if overlap >= least and i not in paired and j not in paired.values():
                paired[i] = j
        return [(gold[i], found[j]) for i, j in paired.items()]
