"""Where a story's text came from, as far as its copies tell: pure.

It is the copy whose source the others credit, else the one that was out first. Nothing here depends on the order in
which articles were imported.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

CREDITED, EARLIEST, UNKNOWN = "credited", "earliest", ""


class Copy(NamedTuple):
    """One article of a story. It was published at `since` or later, before `until`; both are None where unknown.

    `source` and `credited` are ids of sources; `name` tells copies apart wherever they are imported (URL or key).
    """

    article: int
    source: int
    credited: int | None
    since: datetime | None
    until: datetime | None
    republishes: bool
    name: str

    @property
    def credits_another(self) -> bool:
        return self.credited is not None and self.credited != self.source


class Origin(NamedTuple):
    """`by` is one of Story.OriginBy, or empty where no copy is known to be first.

    `uncertain`: another copy may have been out before, its date is not known that precisely. `outside` is the source
    that most copies credit when none of them is its own.
    """

    article: int | None
    by: str
    uncertain: bool = False
    outside: int | None = None


def choose_origin(copies: Sequence[Copy]) -> Origin:
    credited = _credited(copies)
    if credited:
        return Origin(_first(credited).article, CREDITED)
    outside = _outside(copies)
    dated = [copy for copy in copies if copy.since]
    # A site that republishes others did not write it, whatever date it shows, if somebody else may have.
    first = _first([copy for copy in dated if not copy.republishes] or dated)
    if first is None:
        return Origin(None, UNKNOWN, outside=outside)
    return Origin(first.article, EARLIEST, _is_rivalled(first, copies), outside)


def _credited(copies: Sequence[Copy]) -> list[Copy]:
    """The copies of the source that most others credit, preferring one that names no other as its own source."""
    present = {copy.source for copy in copies}
    credits = Counter(copy.credited for copy in copies if copy.credits_another and copy.credited in present)
    passing_on = {copy.source for copy in copies if copy.credits_another and copy.credited in present}
    roots = {source: number for source, number in credits.items() if source not in passing_on} or credits
    most = max(roots.values(), default=0)
    return [copy for copy in copies if roots.get(copy.source) == most]


def _outside(copies: Sequence[Copy]) -> int | None:
    present = {copy.source for copy in copies}
    credits = Counter(copy.credited for copy in copies if copy.credits_another and copy.credited not in present)
    return min(credits, key=lambda source: (-credits[source], source)) if credits else None


def _first(copies: Iterable[Copy]) -> Copy | None:
    """The one that was surely out first. What is dated to a day only counts from that day's end."""
    return min(copies, key=in_time, default=None)


def in_time(copy: Copy) -> tuple[bool, float, float, bool, str]:
    """The order of copies: undated ones last; at the same time whoever credits nobody goes first."""
    until = copy.until.timestamp() if copy.until else 0.0
    since = copy.since.timestamp() if copy.since else 0.0
    return copy.since is None, until, since, copy.credits_another, copy.name


def _is_rivalled(first: Copy, copies: Iterable[Copy]) -> bool:
    """Whether somebody else may have been first; not a site that republishes others, unless all of them do."""
    others = (copy for copy in copies if copy.article != first.article and copy.republishes <= first.republishes)
    return any(copy.since is None or (first.until and copy.since < first.until) for copy in others)
