"""Cut an article's text at the borders of everything drawn over it: pure, offsets in code points.

The result is flat: a segment belongs to one block and carries the classes and attributes of every span that covers it,
so spans may overlap in any way. The segments' texts, joined, are the block's text and nothing else.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Protocol


class DrawnSpan(Protocol):
    """Code points [start, end) with what the elements over them carry (articles.layers.LayerSpan is one)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def classes(self) -> str: ...
    @property
    def attributes(self) -> Mapping[str, str]: ...


class Segment(NamedTuple):
    text: str
    classes: str
    attributes: dict[str, str]


class RenderedBlock(NamedTuple):
    kind: str
    start: int
    end: int
    segments: list[Segment]


class RenderedEvidence(NamedTuple):
    """A figure, a table or a post that stands beside the text; `piece` as in Revision.evidence."""

    kind: str
    piece: Mapping[str, Any]


def render_text(text: str, blocks: Sequence[Mapping], spans: Iterable[DrawnSpan]) -> list[RenderedBlock]:
    """Every block of a revision with its segments. A span may cross blocks; each block shows its share."""
    ends = [block["end"] for block in blocks]
    drawn: list[list[DrawnSpan]] = [[] for _ in blocks]
    for span in spans:
        for index in range(bisect_left(ends, span.start + 1), len(blocks)):
            if blocks[index]["start"] >= span.end:
                break
            drawn[index].append(span)
    return [
        RenderedBlock(block["kind"], block["start"], block["end"], render_block(text, block, over))
        for block, over in zip(blocks, drawn, strict=True)
    ]


def with_evidence(
    body: Sequence[RenderedBlock], evidence: Iterable[Mapping[str, Any]]
) -> list[RenderedBlock | RenderedEvidence]:
    """The blocks below the headline, each followed by the evidence that stands after it."""
    after: defaultdict[int, list[RenderedEvidence]] = defaultdict(list)
    for piece in evidence:
        after[min(piece["after"], len(body))].append(RenderedEvidence(piece["kind"], piece))
    shown: list[RenderedBlock | RenderedEvidence] = [*after[0]]
    for number, block in enumerate(body, start=1):
        shown += [block, *after[number]]
    return shown


def render_block(text: str, block: Mapping, spans: Sequence[DrawnSpan]) -> list[Segment]:
    """The block's text, cut at every border of a span.

    Where several spans give the same attribute, the segment keeps every value once: what people read or hear (`title`,
    `aria-…`) is joined by " · ", the rest by a space, so that scripts find one of several with [name~="value"]. An
    `id` is on the first segment of its span only; when two spans that begin together bring one each, an empty segment
    carries the other.
    """
    start, end = block["start"], block["end"]
    waiting = sorted((span for span in spans if span.start < end and span.end > start), key=lambda span: span.start)
    inner = {edge for span in waiting for edge in (span.start, span.end) if start < edge < end}
    segments: list[Segment] = []
    covering: list[DrawnSpan] = []
    for left, right in pairwise([start, *sorted(inner), end]):
        covering = [span for span in covering if span.end > left]
        while waiting and waiting[0].start <= left:
            covering.append(waiting.pop(0))
        segments.extend(_segments(text[left:right], covering, left))
    return segments


def _segments(text: str, covering: Sequence[DrawnSpan], left: int) -> list[Segment]:
    classes: dict[str, None] = {}
    attributes: dict[str, list[str]] = {}
    anchors: list[str] = []
    for span in covering:
        classes.update(dict.fromkeys(span.classes.split()))
        for name, value in span.attributes.items():
            if name != "id":
                attributes.setdefault(name, []).append(value)
            elif span.start == left:
                anchors.append(value)
    joined = {
        name: (" · " if name == "title" else " ").join(dict.fromkeys(values)) for name, values in attributes.items()
    }
    spare = [Segment("", "", {"id": anchor}) for anchor in anchors[1:]]
    if anchors:
        joined["id"] = anchors[0]
    return [*spare, Segment(text, " ".join(classes), joined)]


def _separator(attribute: str) -> str:
    return " · " if attribute == "title" or attribute.startswith("aria-") else " "
