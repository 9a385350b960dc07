"""Label Studio: tasks with annotations (what people decided) and predictions (what a detector suggests), in a ZIP.

The ZIP holds the labelling interface and the tasks, in files that it takes. Its text regions count Unicode code points,
as records do (seen in 1.23.2: regions in UTF-16 units slip behind the first emoji). A quote of several parts is several
regions, each linked to the first by the relation `continues`; a cue is a region that is `cue_of` the first.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO

from annotations.exports.archives import Archive, archive
from annotations.exports.dropped import (
    EARLIER_TEXT,
    EARLIER_WORDS,
    NO_TEXT,
    NOT_STANDING,
    REJECTED,
    count_dropped,
    dropped_words,
    standing,
)
from annotations.exports.format import About
from annotations.exports.label_studio_interface import (
    CHOICES,
    CONTINUES,
    CUE,
    CUE_OF,
    ENTITY,
    MARK,
    SAID_BY,
    STANDS_IN,
    TEXT,
    interface,
)
from annotations.exports.records import ArticleRecord, Losses, MarkRecord, MentionRecord, PartRecord
from annotations.exports.wording import named, speakers_in

SCHEMA = "newsdesk-label-studio 1"
INTERFACE = "labeling_config.xml"
# Of one file of tasks, in bytes. It is in memory while it is filled; Label Studio takes up to 250 MB.
LARGEST = 8_000_000
UNLINKED = "link between marks that do not stand together"
ENTITIES, AROUND = "entity behind a name", "words around a mark"
_KEPT = {
    "url", "address", "source", "published_at", "uuid", "status", "quote_type", "stance", "channel", "note", "quote",
    "attributions", "tags", "detector", "detector_version", "confidence",
}  # fmt: skip
DROPS = (
    NO_TEXT, EARLIER_TEXT, EARLIER_WORDS, NOT_STANDING, REJECTED, UNLINKED, ENTITIES, AROUND,
    *dropped_words(kept=_KEPT),
)  # fmt: skip

Values = dict[str, Any]


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    with archive(file, about, SCHEMA) as packed:
        packed.add(INTERFACE, interface(about))
        tasks = _Tasks(packed)
        for article in articles:
            if now := standing(article, losses):
                _count(now, losses)
                tasks.add(_task(now, about, losses))
        tasks.close()


class _Tasks:
    """Files of tasks, each begun anew when it is large enough."""

    def __init__(self, packed: Archive) -> None:
        self._packed, self._files = packed, 0
        self._waiting: list[bytes] = []
        self._size = 0

    def add(self, task: Values) -> None:
        line = json.dumps(task, ensure_ascii=False, separators=(",", ":")).encode()
        if self._waiting and self._size + len(line) > LARGEST:
            self.close()
        self._waiting.append(line)
        self._size += len(line)

    def close(self) -> None:
        self._files += 1
        self._packed.add(f"tasks-{self._files:04}.json", b"[" + b",\n".join(self._waiting) + b"]\n")
        self._waiting, self._size = [], 0


def _count(article: ArticleRecord, losses: Losses) -> None:
    count_dropped(article, losses, kept=_KEPT)
    losses.count(REJECTED, sum(mark.status == "rejected" for mark in article.marks))
    links = sum(link.entity is not None for mark in article.marks for link in mark.attributions)
    losses.count(ENTITIES, links + len(article.mentions))
    losses.count(AROUND, sum(bool(part.prefix or part.suffix) for mark in article.marks for part in mark.parts))


def _task(article: ArticleRecord, about: About, losses: Losses) -> Values:
    """People's marks are one annotation, each detector's suggestions one prediction."""
    decided: list[Values] = []
    suggested: dict[str, list[Values]] = {}
    accepted = [mark for mark in article.marks if mark.status == "accepted"]
    decided += _results(accepted, article, losses)
    decided += [_named(mention) for mention in article.mentions if not mention.recogniser]
    waiting = [mark for mark in article.marks if mark.status == "suggested"]
    for model in dict.fromkeys(_model(mark) for mark in waiting):
        suggested[model] = _results([mark for mark in waiting if _model(mark) == model], article, losses)
    for mention in article.mentions:
        if mention.recogniser:
            suggested.setdefault(mention.recogniser, []).append(_named(mention))
    return {
        "data": _data(article, about),
        "annotations": [{"result": decided, "was_cancelled": False}] if decided else [],
        "predictions": [
            {"model_version": model, "result": results, **_score(results)} for model, results in suggested.items()
        ],
    }


def _data(article: ArticleRecord, about: About) -> Values:
    source = article.source
    return {
        "text": article.text,
        "title": article.title,
        "article": article.id,
        "revision": article.revision,
        "url": article.url,
        "page": article.address,
        "source": (source.name or source.key) if source else "",
        "published": article.published_at.isoformat() if article.published_at else "",
        "exported_by": f"{about.program} {about.version}",
    }


def _model(mark: MarkRecord) -> str:
    return f"{mark.detector} {mark.detector_version}".strip()


def _score(results: list[Values]) -> Values:
    """That of the least sure region, by which Label Studio sorts what to look at first."""
    scores = [result["score"] for result in results if "score" in result]
    return {"score": min(scores)} if scores else {}


def _results(marks: list[MarkRecord], article: ArticleRecord, losses: Losses) -> list[Values]:
    speakers = speakers_in(article)
    first = {mark.uuid: _name(mark, mark.parts.index(mark.content[0])) for mark in marks}
    results = [result for mark in marks for result in _regions(mark, speakers)]
    for mark in marks:
        asked = list(_links(mark))
        known = [(kind, first[uuid]) for kind, uuid in asked if uuid in first]
        losses.count(UNLINKED, len(asked) - len(known))
        results += [_relation(first[mark.uuid], other, kind) for kind, other in known]
    return results


def _links(mark: MarkRecord) -> Iterator[tuple[str, str]]:
    for speaker in dict.fromkeys(link.speaker for link in mark.attributions if link.speaker):
        yield SAID_BY, speaker
    if mark.quote:
        yield STANDS_IN, mark.quote


def _regions(mark: MarkRecord, speakers: Mapping[str, str]) -> Iterator[Values]:
    """The parts, what links them, and what is said of the mark at the first of its words."""
    content = mark.content[0]
    name = _name(mark, mark.parts.index(content))
    for number, part in enumerate(mark.parts):
        label = CUE if part.role == CUE else mark.kind
        score = {} if mark.confidence is None else {"score": mark.confidence}
        yield _result(_name(mark, number), MARK, "labels", _span(part) | {"labels": [label]}) | score
        if part is not content:
            yield _relation(_name(mark, number), name, CUE_OF if part.role == CUE else CONTINUES)
    for field in CHOICES:
        if value := getattr(mark, field):
            yield _result(name, field, "choices", _place(content) | {"choices": [value]})
    written = {
        "speakers": [named(link, speakers) for link in mark.attributions],
        "tags": list(mark.tags),
        "note": [mark.note] if mark.note else [],
    }
    for field, texts in written.items():
        if texts:
            yield _result(name, field, "textarea", _place(content) | {"text": texts})


def _named(mention: MentionRecord) -> Values:
    name = f"name-{mention.start}-{mention.end}"
    return _result(name, ENTITY, "labels", _span(mention) | {"labels": [mention.entity.kind]})


def _name(mark: MarkRecord, number: int) -> str:
    return f"{mark.uuid or mark.parts[0].start}-{number}"


def _result(name: str, tag: str, kind: str, value: Values) -> Values:
    return {"id": name, "from_name": tag, "to_name": TEXT, "type": kind, "value": value}


def _relation(one: str, other: str, kind: str) -> Values:
    return {"from_id": one, "to_id": other, "type": "relation", "direction": "right", "labels": [kind]}


def _place(part: PartRecord | MentionRecord) -> Values:
    return {"start": part.start, "end": part.end}


def _span(part: PartRecord | MentionRecord) -> Values:
    return _place(part) | {"text": part.exact}
