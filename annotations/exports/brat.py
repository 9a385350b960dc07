"""brat standoff: a ZIP with NAME.txt and NAME.ann for each article, and the configuration of the collection.

Offsets are code points, as brat's server counts. A fragment cannot go over the end of a line, so that a mark which does
has one for each line. What neither spans, relations, attributes nor the usual notes say is a note of type Newsdesk with
JSON in it; NAME.json beside the article holds what is to say of the article as a whole.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from annotations.exports.archives import Archive, archive
from annotations.exports.brat_reading import read
from annotations.exports.brat_types import (
    ATTRIBUTES,
    COMMENT,
    CUE,
    CUE_OF,
    ENTITIES,
    IN_QUOTE,
    KINDS,
    LINE_ENDS,
    LINKS,
    NORMALISATION,
    NOTE,
    REMAINDER,
    STATUS,
    TAG,
    annotation_conf,
    escaped,
    tools_conf,
    visual_conf,
)
from annotations.exports.dropped import standing
from annotations.exports.format import About
from annotations.exports.records import ArticleRecord, Losses, MarkRecord, MentionRecord
from annotations.exports.remainder import article_values, mark_remainder, written
from annotations.exports.tool_drops import BLANK, BORDER
from annotations.exports.values import values_of

__all__ = ["SCHEMA", "read", "write"]

SCHEMA = "newsdesk-brat 1"
_SAID = ("status", "note", "tags", *ATTRIBUTES.values())
_LINE = re.compile(f"[^{LINE_ENDS}]+")

# [start, end) of each fragment.
Fragments = list[tuple[int, int]]


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    with archive(file, about, SCHEMA) as packed:
        _configure(packed, about)
        for article in articles:
            if now := standing(article, losses):
                name = packed.name(article)
                packed.add(f"{name}.txt", now.text)
                packed.add(f"{name}.ann", "".join(_Annotations(now, losses).lines()))
                packed.add(f"{name}.json", written(article_values(now)))


def _configure(packed: Archive, about: About) -> None:
    made = f"# {' '.join(f'{about.program} {about.version}, {SCHEMA}, {about.made_at.isoformat()}'.split())}\n"
    packed.add("annotation.conf", made + annotation_conf())
    packed.add("visual.conf", made + visual_conf())
    packed.add("tools.conf", made + tools_conf(about.site))


class _Annotations:
    """Lines of a .ann file: every kind of them is numbered on its own, from 1."""

    def __init__(self, article: ArticleRecord, losses: Losses) -> None:
        self._article, self._text, self._losses = article, article.text, losses
        self._last = dict.fromkeys("TRAN#", 0)
        self._uuids = {mark.uuid for mark in article.marks}

    def lines(self) -> Iterator[str]:
        names: dict[str, str] = {}
        spans = []
        for mark in self._article.marks:
            if fragments := self._fragments((part.start, part.end) for part in mark.content):
                name, line = self._span(KINDS[mark.kind], fragments)
                names[mark.uuid] = name
                spans.append((mark, name))
                yield line
                yield from self._of_mark(mark, name)
            else:
                self._losses.count(BLANK)
        for mark, name in spans:
            yield from self._relations(mark, name, names)
        for mention in self._article.mentions:
            yield from self._mention(mention)

    def _of_mark(self, mark: MarkRecord, name: str) -> Iterator[str]:
        yield self._line("A", f"{STATUS} {name} {mark.status}")
        for attribute, field in ATTRIBUTES.items():
            if value := getattr(mark, field):
                yield self._line("A", f"{attribute} {name}" + ("" if value is True else f" {value}"))
        notes = [(NOTE, mark.note)] if mark.note else []
        notes += [(TAG, tag) for tag in mark.tags]
        notes += [(COMMENT, f"{comment.author}: {comment.text}") for comment in mark.comments]
        for kind, note in notes:
            yield self._line("#", f"{kind} {name}\t{escaped(note)}")
        remainder = mark_remainder(mark, said=_SAID, uuids=self._uuids) or "{}"
        yield self._line("#", f"{REMAINDER} {name}\t{remainder}")
        for part in mark.cues:
            if fragments := self._fragments([(part.start, part.end)]):
                cue, line = self._span(CUE, fragments)
                yield line
                yield self._line("R", f"{CUE_OF} Arg1:{cue} Arg2:{name}")

    def _relations(self, mark: MarkRecord, name: str, names: dict[str, str]) -> Iterator[str]:
        for link in mark.attributions:
            if link.speaker in names:
                kind = LINKS[link.role, link.certainty]
                yield self._line("R", f"{kind} Arg1:{name} Arg2:{names[link.speaker]}")
        if mark.quote in names:
            yield self._line("R", f"{IN_QUOTE} Arg1:{name} Arg2:{names[mark.quote]}")

    def _mention(self, mention: MentionRecord) -> Iterator[str]:
        fragments = self._fragments([(mention.start, mention.end)])
        if not fragments:
            return
        name, line = self._span(ENTITIES.get(mention.entity.kind, ENTITIES["other"]), fragments)
        yield line
        if mention.entity.id is not None:
            reference = f"{NORMALISATION}:{mention.entity.id}"
            yield self._line("N", f"Reference {name} {reference}\t{escaped(mention.entity.name)}")
        about = {"entity": values_of(mention.entity), "recogniser": mention.recogniser}
        yield self._line("#", f"{REMAINDER} {name}\t{written(about)}")

    def _fragments(self, parts: Iterable[tuple[int, int]]) -> Fragments:
        """Without the ends of lines. Counted are parts that begin or end with one, and those between which there is
        nothing else: they look like one that goes over it.
        """
        found: Fragments = []
        for start, end in sorted(parts):
            pieces = [match.span() for match in _LINE.finditer(self._text, start, end)]
            if pieces:
                self._losses.count(BORDER, (pieces[0][0] > start) + (pieces[-1][1] < end))
                self._losses.count(BORDER, bool(found) and not self._text[found[-1][1] : start].strip(LINE_ENDS))
            found += pieces
        return found

    def _span(self, kind: str, fragments: Fragments) -> tuple[str, str]:
        where = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(self._text[start:end] for start, end in fragments).replace("\t", " ")
        line = self._line("T", f"{kind} {where}\t{words}")
        return f"T{self._last['T']}", line

    def _line(self, kind: str, said: str) -> str:
        self._last[kind] += 1
        return f"{kind}{self._last[kind]}\t{said}\n"
