from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class SearchQuery:
    """What a reader asks for. Days are in the newsroom's time zone, both included; empty means not restricted.

    An article fits when it names every one of the entities.
    """

    text: str = ""
    sources: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    entities: tuple[int, ...] = ()


@dataclass(frozen=True)
class SearchPage:
    """One page of results: article ids in order, and how many there are in all."""

    ids: list[int]
    total: int
