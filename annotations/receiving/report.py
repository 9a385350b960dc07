"""What became of the marks of a file: counted, the first told in lines, and whatever was not taken kept aside."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from annotations.exports.records import ArticleRecord, MarkRecord
from annotations.exports.values import values_of

MOST_LINES = 20
_LONGEST_WORDS = 200


class Fate(StrEnum):
    """NEW and MOVED are marks of their own here from now on, the second ones at words that were found again; REPLACED
    took the place of what was here. DIFFERS: here under the same UUID with other content, which stays; ALREADY: its
    words are marked so here under another one. DOUBTFUL and LOST were not found for sure in the article's text.
    """

    NEW = "new"
    MOVED = "moved"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    DIFFERS = "differs"
    ALREADY = "already"
    DOUBTFUL = "doubtful"
    LOST = "lost"
    REFUSED = "refused"

    @property
    def is_told(self) -> bool:
        """Whether a person may want to do something about it."""
        return self not in (Fate.NEW, Fate.MOVED, Fate.REPLACED, Fate.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Told:
    """Why a mark was not taken, or not all of it; `passage` is where its words may stand now."""

    fate: Fate
    article: str
    mark: str
    words: str
    reason: str
    passage: str = ""


# Takes what was not taken, as values that JSON knows.
KeepAside = Callable[[dict[str, Any]], None]


@dataclass
class Report:
    """`articles` is how many of the file's articles are here; `left_out` counts pieces of marks that were taken without
    them, by what they are; `aside` gets every mark that `lines` tells of, whole.
    """

    articles: int = 0
    unknown: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    lines: list[Told] = field(default_factory=list)
    interrupted: bool = False
    aside: KeepAside | None = None

    def tell(self, fate: Fate, article: ArticleRecord, mark: MarkRecord, reason: str = "", passage: str = "") -> None:
        self.fates[fate] += 1
        if fate.is_told:
            self._tell(Told(fate, *_named(article, mark), reason, passage), article, mark)

    def leave_out(self, fate: Fate, article: ArticleRecord, mark: MarkRecord, what: str) -> None:
        """A piece of a mark that was taken: told beside the marks that were not."""
        self.left_out[what] += 1
        self._tell(Told(fate, *_named(article, mark), what), article, mark)

    def tell_unknown(self, article: ArticleRecord, reason: str) -> None:
        """An article that is not here, with all its marks."""
        self.unknown += 1
        for mark in article.marks:
            self.tell(Fate.REFUSED, article, mark, reason)
        if not article.marks:
            self.lines += [Told(Fate.REFUSED, _called(article), "", "", reason)] if self._has_room else []

    def add(self, other: "Report") -> None:
        """What became of one more article."""
        self.articles += other.articles
        self.unknown += other.unknown
        self.fates += other.fates
        self.left_out += other.left_out  # which drops what is zero
        self.lines += other.lines[: MOST_LINES - len(self.lines)]

    @property
    def counts(self) -> dict[str, int]:
        return {fate.value: self.fates[fate] for fate in Fate}

    @property
    def values(self) -> dict[str, Any]:
        """As values that JSON knows; `Report.of` makes a report of them again."""
        told = {"articles": self.articles, "unknown": self.unknown, "interrupted": self.interrupted}
        lines = [asdict(line) for line in self.lines]
        return told | {"fates": self.counts, "left_out": dict(self.left_out), "lines": lines}

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Report":
        lines = [Told(**line | {"fate": Fate(line["fate"])}) for line in values["lines"]]
        fates = Counter({Fate(name): number for name, number in values["fates"].items()})
        left_out = Counter(values["left_out"])
        return cls(values["articles"], values["unknown"], fates, left_out, lines, values["interrupted"])

    @property
    def _has_room(self) -> bool:
        return len(self.lines) < MOST_LINES

    def _tell(self, told: Told, article: ArticleRecord, mark: MarkRecord) -> None:
        if self._has_room:
            self.lines.append(told)
        if self.aside:
            where = values_of(replace(article, marks=(), mentions=(), texts=()))
            why = {"fate": told.fate.value, "reason": told.reason, "passage": told.passage}
            self.aside(why | {"article": where, "mark": values_of(mark)})


def _named(article: ArticleRecord, mark: MarkRecord) -> tuple[str, str, str]:
    return _called(article), mark.uuid, mark.exact[:_LONGEST_WORDS]


def _called(article: ArticleRecord) -> str:
    return (article.title or article.url or article.key)[:_LONGEST_WORDS]
