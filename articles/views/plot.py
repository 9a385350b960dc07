"""The plot of how much appeared when, as it is drawn: pure geometry and addresses, no markup."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from articles.search.faceting import Bar, Histogram
from articles.search.query import SearchQuery

WIDTH, HEIGHT = 1000, 100  # of the drawing, in its own units
_GAP = 0.14  # of a bar's width
_LOWEST = 3  # a bar that is there is seen
_WIDEST = 40  # few bars are no walls


@dataclass(frozen=True)
class DrawnBar:
    """One bar; `left` and `step` are of the room that it stands in, the others of what is seen of it."""

    bar: Bar
    address: str
    chosen: bool
    left: float
    step: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Plot:
    """`restricted`: days are asked for, and the bars are those and what is beside them."""

    unit: str
    bars: list[DrawnBar]
    first_chosen: int
    last_chosen: int
    restricted: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def first(self) -> date:
        return self.bars[0].bar.first

    @property
    def last(self) -> date:
        return self.bars[-1].bar.last

    @property
    def most(self) -> int:
        return max(drawn.bar.count for drawn in self.bars)


def plot_of(histogram: Histogram, query: SearchQuery, *, backwards: bool, address: Callable[[Bar], str]) -> Plot | None:
    """None where there is nothing to see. `backwards`: time runs from right to left, as Arabic does."""
    bars = histogram.bars
    if not bars:
        return None
    most, step = max(1, *(bar.count for bar in bars)), WIDTH / len(bars)
    drawn = []
    for number, bar in enumerate(bars):
        left = WIDTH - (number + 1) * step if backwards else number * step
        height = max(_LOWEST, HEIGHT * bar.count / most) if bar.count else 0
        width = min(step * (1 - _GAP), _WIDEST)
        sizes = (left, step, left + (step - width) / 2, HEIGHT - height, width, height)
        drawn.append(DrawnBar(bar, address(bar), _is_chosen(bar, query), *(round(size, 2) for size in sizes)))
    chosen = [number for number, one in enumerate(drawn) if one.chosen] or [0, len(bars) - 1]
    return Plot(histogram.unit, drawn, chosen[0], chosen[-1], bool(query.since or query.until))


def _is_chosen(bar: Bar, query: SearchQuery) -> bool:
    """Whether days are asked for and one of it is among them."""
    if not (query.since or query.until):
        return False
    return not (query.since and bar.last < query.since) and not (query.until and bar.first > query.until)
