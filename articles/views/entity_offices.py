"""Under which offices somebody was named, as the texts have them: nothing is inferred, and no text is completed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from articles.language.folding import fold

MOST = 30


class Written(NamedTuple):
    """One way in which a source writes a name and the words of office beside it: how often, and between which moments.

    The moments are those at which the articles appeared.
    """

    surface: str
    role: str
    source: str
    number: int
    first: datetime
    last: datetime


@dataclass(frozen=True)
class Office:
    """Words of office that are the same but for their spelling; `words` is the most frequent of these."""

    words: str
    number: int
    first: datetime
    last: datetime
    sources: list[str]

    @property
    def is_of_one_day(self) -> bool:
        return timezone.localdate(self.first) == timezone.localdate(self.last)

    @property
    def asked(self) -> str:
        """What a search asks for these words with."""
        return '"{}"'.format(self.words.replace('"', " "))


def offices_of(written: Iterable[Written]) -> list[Office]:
    """The latest first, those written most among them."""
    grouped: dict[str, list[Written]] = defaultdict(list)
    for row in written:
        if key := " ".join(fold(row.role).split()):
            grouped[key].append(row)
    offices = sorted(map(_office, grouped.values()), key=lambda office: -office.number)[:MOST]
    return sorted(offices, key=lambda office: (office.last, office.number), reverse=True)


def _office(rows: list[Written]) -> Office:
    spellings: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for row in rows:
        spellings[" ".join(row.role.split())] += row.number
        sources[row.source] += row.number
    return Office(
        words=spellings.most_common(1)[0][0],
        number=spellings.total(),
        first=min(row.first for row in rows),
        last=max(row.last for row in rows),
        sources=[source for source, _ in sources.most_common()],
    )
