"""How well marks are found again: real or sample articles, their hand-made marks and some words, and seeded edits."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from annotations.anchoring import Anchored, Span, TextChange
from articles.language.tokens import words
from tests.annotations.edits import Edited, edit, text_of

LONE_WORDS = 6


class Outcome(NamedTuple):
    """`was` is what the edits left of a mark: intact, altered or gone; `right` is None where it was not found."""

    was: str
    state: str
    right: bool | None

    @property
    def is_wrong_silently(self) -> bool:
        return self.right is False and self.state in ("exact", "moved")


def golds_in(folder: Path) -> list[dict[str, Any]]:
    """The hand-annotated articles of a folder; their README says what the fields are."""
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def outcomes(golds: Iterable[dict[str, Any]], *, seed: int, marks: int) -> Iterator[Outcome]:
    """At least so many marks, article by article, each under other edits."""
    random, golds, done = Random(seed), list(golds), 0
    while done < marks:
        gold = random.choice(golds)
        edited = edit(gold["text"], random)
        change = TextChange(gold["text"], text_of(edited))
        for span in _marks(gold, random):
            yield _judged(gold["text"], span, edited, change.find(*span))
            done += 1


def table(counted: Counter[Outcome]) -> str:
    lines = [
        f"{n:7} {was} → {state}{'' if right else ' at the wrong place' if right is False else ''}"
        for (was, state, right), n in sorted(counted.items(), key=str)
    ]
    return "\n".join(lines)


def _marks(gold: dict[str, Any], random: Random) -> list[Span]:
    """Quotes, speakers, cues and claims, and words from anywhere: one to three, which say little by themselves."""
    quotes = gold["quotes"]
    spans = [(quote["start"], quote["end"]) for quote in quotes]
    spans += [place for quote in quotes for place in (quote["speaker"], *quote["cues"]) if place]
    spans += gold["checkworthy"]
    found = words(gold["text"])
    for _ in range(LONE_WORDS):
        first = random.randrange(len(found))
        spans.append((found[first].start, found[min(first + random.randint(0, 2), len(found) - 1)].end))
    return [Span(*span) for span in spans]


def _judged(text: str, span: Span, edited: Edited, found: Anchored) -> Outcome:
    own = [place for place in range(*span) if text[place].isalnum()]
    there = [letter.origin for letter in edited if letter.character.isalnum()]
    left = set(own) & set(there)
    if any(there[at : at + len(own)] == own for at, origin in enumerate(there) if origin == own[0]):
        was = "intact"
    else:
        was = "altered" if len(left) >= 0.4 * len(own) else "gone"
    if found.span is None:
        return Outcome(was, found.state, None)
    here = [letter.origin for letter in edited[slice(*found.span)] if letter.character.isalnum()]
    if was == "intact" and found.score >= 0.99:
        return Outcome(was, found.state, here == own)
    return Outcome(was, found.state, 2 * len(left & set(here)) > max(len(left), len(here)))
