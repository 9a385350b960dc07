"""A page's text as it is stored: the headline and the blocks, a line each, with their offsets in code points."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from articles.importing.pages import Block, Page

# What PostgreSQL cannot store in a string: NUL, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Composed:
    text: str
    blocks: list[dict[str, Any]]
    content_hash: str


def compose(page: Page) -> Composed:
    """A page's headline and blocks. Evidence is no part of the content hash: beside the same text it is no news."""
    return compose_lines([Block("heading", page.title), *page.blocks])


def compose_lines(lines: Sequence[Block]) -> Composed:
    """The content hash covers the text and the kinds and places of its blocks."""
    blocks: list[dict[str, Any]] = []
    start = 0
    for line in lines:
        end = start + len(line.text)
        blocks.append({"kind": line.kind, "start": start, "end": end})
        start = end + 1
    text = "\n".join(line.text for line in lines)
    digest = hashlib.sha256(json.dumps([text, blocks], ensure_ascii=True).encode()).hexdigest()
    return Composed(text, blocks, digest)


def storable(value: Any) -> Any:
    """A JSON value as PostgreSQL can keep it: without NUL and lone surrogates in its strings and names."""
    if isinstance(value, str):
        return _UNSTORABLE.sub("", value)
    if isinstance(value, dict):
        return {storable(str(name)): storable(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [storable(part) for part in value]
    if isinstance(value, float) and value - value != 0:
        return str(value)  # NaN and the infinities are no JSON
    return value
