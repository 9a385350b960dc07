"""Web Annotations as records: our own completely, those of others as far as they say what a mark is.

Others give no revision, no kind and often no position: their marks have the kind that a tag or classifying body names,
else none (""), and a part whose file names no position starts and ends at 0, to be found by its words.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from annotations.exports.format import NotReadable
from annotations.exports.records import ArticleRecord, MarkRecord, MentionRecord
from annotations.exports.values import WrongValue, record_of
from annotations.exports.w3c.bodies import told_by
from annotations.exports.w3c.items import Item, Items
from annotations.exports.w3c.targets import Target, targets_of
from annotations.exports.w3c.terms import URN, plain

# Of one article; what a file has beyond follows as the same article again.
MOST_TOGETHER = 20_000


@dataclass(slots=True)
class _Run:
    """Annotations of one address that stand in a row."""

    source: str
    article: ArticleRecord
    marks: list[MarkRecord] = field(default_factory=list)
    mentions: list[MentionRecord] = field(default_factory=list)

    def whole(self) -> ArticleRecord:
        return replace(self.article, marks=tuple(self.marks), mentions=tuple(self.mentions))


def read(path: Path) -> Iterator[ArticleRecord]:
    """An article each time that the annotations turn to another address. Raises NotReadable."""
    run: _Run | None = None
    items = Items(path)
    for number, item in items:
        try:
            for source, targets in _by_source(targets_of(item)):
                if run is None or run.source != source or len(run.marks) + len(run.mentions) >= MOST_TOGETHER:
                    if run:
                        yield run.whole()
                    same = run is not None and run.source == source
                    run = _Run(source, run.article if same else _article(item, source, targets, own=items.own))
                _add(run, item, targets, own=items.own)
        except WrongValue as error:
            if run and (run.marks or run.mentions):
                yield run.whole()
            raise NotReadable(f"item {number}: {error}") from None
    if run:
        yield run.whole()


def _by_source(targets: list[Target]) -> Iterator[tuple[str, list[Target]]]:
    """An annotation of several pages is a mark on each."""
    if not targets:
        raise WrongValue("should name the page that it is of", "target")
    for source in dict.fromkeys(target.source for target in targets):
        yield source, [target for target in targets if target.source == source]


def _article(item: Item, source: str, targets: list[Target], *, own: bool) -> ArticleRecord:
    described = next((target.described for target in targets if target.described), {})
    if own and "nd:article" in described:
        return record_of(ArticleRecord, plain(described["nd:article"]))
    title = described.get("label") or described.get("title") or item.get("document", "")
    language = described.get("language")
    known = {"language": language} if isinstance(language, str) else {}
    return record_of(ArticleRecord, {"id": None, "title": _first_words(title), "url": source, **known})


def _first_words(title: Any) -> str:
    """Hypothesis names a page {"title": ["…"]}."""
    title = title.get("title", "") if isinstance(title, dict) else title
    title = title[0] if isinstance(title, list) and title else title
    return title if isinstance(title, str) else ""


def _add(run: _Run, item: Item, targets: list[Target], *, own: bool) -> None:
    told = told_by(item, own=own)
    if told.mention:
        place = {key: value for key, value in targets[0].values.items() if key in ("start", "end", "exact")}
        run.mentions.append(record_of(MentionRecord, place | told.mention))
        return
    values = {**(plain(item) if own else {}), **told.values}
    revision = targets[0].revision
    values |= {"parts": [target.values for target in targets if target.values]}
    values |= {"revision": revision} if own and revision is not None else {}
    run.marks.append(record_of(MarkRecord, {"uuid": _uuid(item, run, targets), "kind": "", **values}))


def _uuid(item: Item, run: _Run, targets: list[Target]) -> str:
    """Its own name where that is a UUID; one made from its address, so that it is known when it comes again."""
    name = item.get("id", item.get("@id", ""))
    if not isinstance(name, str) or not name:
        return ""
    first = targets[0].order == 0
    try:
        uuid = str(UUID(name.removeprefix(URN)))
    except ValueError:
        uuid = str(uuid5(NAMESPACE_URL, name))
    return uuid if first else str(uuid5(NAMESPACE_URL, f"{uuid} {run.source}"))
