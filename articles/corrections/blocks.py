"""The blocks of a corrected text, a line each: what each of them is, and where the evidence stands beside them."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from articles.importing.cleaning import clean_line
from articles.importing.pages import Block
from articles.models import Revision


def corrected_lines(before: Sequence[Block], title: str, body: str) -> list[Block]:
    """A headline and a text, a block a line, as blocks after the cleaning that an import does.

    A line that stands as it stood keeps its kind; one that was changed in its place keeps it too.
    """
    lines = [clean_line(title), *filter(None, map(clean_line, body.splitlines()))]
    kinds = ["paragraph"] * len(lines)
    for old, new in _pairs([block.text for block in before], lines):
        kinds[new] = before[old].kind
    kinds[0] = "heading"
    return [Block(kind, line) for kind, line in zip(kinds, lines, strict=True)]


def lines_of(revision: Revision) -> list[Block]:
    return [Block(block["kind"], revision.text[block["start"] : block["end"]]) for block in revision.blocks]


def moved_evidence(
    evidence: Iterable[Mapping[str, Any]], before: Sequence[Block], after: Sequence[Block]
) -> list[dict[str, Any]]:
    """Evidence after the blocks that it followed, or where these were taken out, after those before them."""
    places = dict(_pairs([block.text for block in before], [block.text for block in after]))
    moved, last = [], 0
    standing = []
    for number in range(len(before)):
        last = max(last, places.get(number, last))
        standing.append(last)
    for piece in evidence:
        moved.append({**piece, "after": standing[min(piece["after"], len(standing) - 1)]})
    return moved


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Lines that are the same, and those that were changed one for one, as (old number, new number)."""
    for tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and old_end - old_start == new_end - new_start):
            yield from zip(range(old_start, old_end), range(new_start, new_end), strict=True)
