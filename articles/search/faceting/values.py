"""What the facets of a search say."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class FacetValue:
    """A primary key, a language, a status, or whether marked; and how many of the articles found it belongs to."""

    value: int | str | bool
    count: int
    chosen: bool = False


@dataclass(frozen=True)
class Bar:
    """Days from the first to the last, both included, in the newsroom's time zone."""

    first: date
    last: date
    count: int


@dataclass(frozen=True)
class Histogram:
    """Bars without gaps, in the order of time: of days, months or years (`unit` as articles.timelines names them)."""

    unit: str
    bars: list[Bar] = field(default_factory=list)


@dataclass(frozen=True)
class Facets:
    """The values of each facet, the most frequent first. `sampled`: the numbers but for `total` are estimates."""

    total: int
    sampled: bool
    sources: list[FacetValue]
    people: list[FacetValue]
    organisations: list[FacetValue]
    places: list[FacetValue]
    languages: list[FacetValue]
    statuses: list[FacetValue]
    marked: list[FacetValue]
    days: Histogram
