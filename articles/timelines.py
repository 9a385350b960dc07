"""How often something happened over time, as bars: pure geometry, no markup."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# Up to so many days a bar is a day, up to so many a month, else a year.
DAYS, MONTHS = 92, 5 * 366
WIDTH, HEIGHT = 640, 80  # of the drawing, in its own units
_GAP = 0.2  # of a bar's width
_WIDEST = 32  # few bars are no walls
_LOWEST = 2  # a bar that is there is seen
_MOST_BARS = 400


@dataclass(frozen=True)
class Bar:
    """One period with its number; x, y, width and height in the drawing's units, from the left and from above."""

    since: date
    until: date
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Timeline:
    unit: str  # day | month | year
    bars: list[Bar]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def most(self) -> int:
        return max((bar.number for bar in self.bars), default=0)


def unit_for(first: date, last: date) -> str:
    """The period that a bar should stand for between two days."""
    days = (last - first).days
    return "day" if days <= DAYS else "month" if days <= MONTHS else "year"


def beginning(day: date, unit: str) -> date:
    """The first day of the period that a day is in."""
    return day if unit == "day" else day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def timeline(numbers: Mapping[date, int], unit: str, *, backwards: bool) -> Timeline:
    """Bars for the numbers of periods, each given by its first day; periods without any are gaps.

    `backwards`: time runs from right to left, as the interface does in Arabic.
    """
    if not numbers:
        return Timeline(unit, [])
    first, most = min(numbers), max(numbers.values())
    steps = {begin: _steps(first, begin, unit) for begin in numbers}
    total = max(steps.values()) + 1
    step = WIDTH / min(total, _MOST_BARS)
    bars = []
    for begin, number in sorted(numbers.items()):
        left = WIDTH * steps[begin] / total
        width = min(step * (1 - _GAP), _WIDEST)
        height = max(_LOWEST, HEIGHT * number / most)
        x = WIDTH - left - width if backwards else left
        bars.append(
            Bar(
                begin, _last_day(begin, unit), number, _short(x), _short(HEIGHT - height), _short(width), _short(height)
            )
        )
    return Timeline(unit, bars)


def _steps(first: date, begin: date, unit: str) -> int:
    if unit == "day":
        return (begin - first).days
    years = begin.year - first.year
    return years if unit == "year" else 12 * years + begin.month - first.month


def _last_day(begin: date, unit: str) -> date:
    if unit == "day":
        return begin
    if unit == "year":
        return date(begin.year, 12, 31)
    return (begin.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _short(number: float) -> float:
    return round(number, 2)
