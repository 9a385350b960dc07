"""A stretch of text."""

from typing import NamedTuple


class Span(NamedTuple):
    """Half-open [start, end) in Unicode code points of the text it was found in."""

    start: int
    end: int
