"""Reads brat standoff: ours, also after people changed it in brat, and that of others with the same types.

A type that is not among ours is refused by its name and line: its marks would be lost without a word. Names have some
more spellings, as corpora of others use them.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotations.exports.archives import MOST, Files, opened, shown
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
    unescaped,
)
from annotations.exports.format import NotReadable
from annotations.exports.records import CONTENT, ArticleRecord
from annotations.exports.records import CUE as CUE_ROLE
from annotations.exports.remainder import Found, Values, article_of, exact, join, loaded

_NUMBER = r"\d{1,9}"
_SPAN = re.compile(rf"(T\S*)\t(\S+) ({_NUMBER} {_NUMBER}(?:;{_NUMBER} {_NUMBER})*)\t(.*)")
_RELATION = re.compile(r"(R\S*)\t(\S+) \S+:(T\S*) \S+:(T\S*)\s*")
_ATTRIBUTE = re.compile(r"([AM]\S*)\t(\S+) (T\S*)(?: (\S+))?\s*")
_REFERENCE = re.compile(r"(N\S*)\t\S+ (T\S*) ([^:\s]+):(\S+)(?:\t(.*))?")
_NOTE = re.compile(r"(#\S*)\t(\S+) ([TR]\S*)(?:\t(.*))?")
_KIND_OF = {name: kind for kind, name in KINDS.items()}
_ENTITY_OF = {name: kind for kind, name in ENTITIES.items()} | {
    **dict.fromkeys(("PER", "PERS", "PERSON"), "person"),
    **dict.fromkeys(("ORG", "Organization", "ORGANIZATION"), "organisation"),
    **dict.fromkeys(("LOC", "GPE", "Location", "LOCATION"), "place"),
    **dict.fromkeys(("MISC", "OTH"), "other"),
}
_LINK_OF = {name: {"role": role, "certainty": certainty} for (role, certainty), name in LINKS.items()}
_FIELDS = ATTRIBUTES | {STATUS: "status"}


@dataclass(slots=True)
class _Span:
    """`parts` are whole again where the end of a line cut them; `reference` is the entity that a name leads to."""

    type: str
    place: str
    parts: list[tuple[int, int]]
    attributes: Values = field(default_factory=dict)
    reference: Values = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def read(path: Path) -> Iterator[ArticleRecord]:
    """The .ann files of a ZIP or a folder, or a single one, each with the .txt beside it. Raises NotReadable."""
    with opened(path, ".ann") as files:
        if not files.names:
            raise NotReadable(f"{shown(path.name)}: no .ann file in it")
        for name in files.names:
            yield _article(files, name)


def _article(files: Files, name: str) -> ArticleRecord:
    stem = name.removesuffix(".ann")
    if f"{stem}.txt" not in files:
        raise NotReadable(f"{shown(name)}: no {shown(f'{stem}.txt')} beside it")
    text = files.text(f"{stem}.txt")
    about = files.text(f"{stem}.json") if f"{stem}.json" in files else ""
    reading = _Reading(text, shown(name))
    reading.take(files.text(name))
    return article_of(loaded(about, shown(f"{stem}.json")), text, reading.marks(), reading.mentions(), shown(name))


class _Reading:
    def __init__(self, text: str, place: str) -> None:
        self._text, self._place = text, place
        self._spans: dict[str, _Span] = {}
        self._relations: list[tuple[str, str, str, str]] = []
        self._found: dict[str, Found] = {}
        self._joined: set[str] = set()
        self._fragments = 0

    def take(self, content: str) -> None:
        """Spans first: brat writes lines in the order in which they were made."""
        if content.count("\n") > MOST:
            raise NotReadable(f"{self._place}: more than {MOST:,} lines")
        lines = [line.rstrip("\r") for line in content.split("\n")]
        for take in (self._take_span, self._take_other):
            for number, line in enumerate(lines, 1):
                if line and line.startswith("T") == (take == self._take_span):
                    take(f"{self._place}, line {number}", line)

    def marks(self) -> list[Found]:
        for name, span in self._spans.items():
            if span.type in _KIND_OF:
                self._found[name] = _mark(span)
        for kind, one, other, place in self._relations:
            if kind == CUE_OF:
                self._join_cue(one, other, place)
            else:
                ends = self._found.get(one), self._found.get(other)
                join(*ends, _LINK_OF.get(kind, {}), in_quote=kind == IN_QUOTE, place=place)
        for name, span in self._spans.items():
            if span.type == CUE and name not in self._joined:
                raise NotReadable(f"{span.place}: a cue of no mark; {CUE_OF} should lead from it to its quote")
        return list(self._found.values())

    def mentions(self) -> Iterator[Values]:
        for span in self._spans.values():
            if kind := _ENTITY_OF.get(span.type):
                (start, end), *more = span.parts
                if more:
                    raise NotReadable(f"{span.place}: a name in pieces")
                kept = loaded(_last(span.notes.get(REMAINDER)), span.place)
                entity = kept.get("entity")
                if not isinstance(entity, dict) or entity.get("kind") != kind:
                    entity = {"name": self._text[start:end], **span.reference, "kind": kind}
                yield {"recogniser": "", **kept, "start": start, "end": end, "entity": entity}

    def _take_span(self, place: str, line: str) -> None:
        match = _SPAN.fullmatch(line)
        if not match:
            raise NotReadable(f"{place}: not a span of brat")
        name, kind, where, words = match.groups()
        if kind not in _KIND_OF and kind not in _ENTITY_OF and kind != CUE:
            known = ", ".join((*_KIND_OF, CUE, *ENTITIES.values()))
            raise NotReadable(f"{place}: type {shown(kind)} is not known; rename it to one of {known} or drop it")
        if name in self._spans:
            raise NotReadable(f"{place}: {shown(name)} is there twice")
        self._fragments += where.count(";") + 1
        if self._fragments > MOST:
            raise NotReadable(f"{place}: more than {MOST:,} fragments up to here")
        fragments = sorted(tuple(map(int, one.split())) for one in where.split(";"))
        there = "".join(exact(self._text, start, end, place) for start, end in fragments)
        if "".join(there.split()) != "".join(words.split()):
            raise NotReadable(f"{place}: the words are not those of the text there")
        self._spans[name] = _Span(kind, place, self._together(fragments))

    def _together(self, fragments: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """What only the end of a line separates is one part that goes over it."""
        parts = [fragments[0]]
        for start, end in fragments[1:]:
            last = parts[-1]
            if start > last[1] and not self._text[last[1] : start].strip(LINE_ENDS):
                parts[-1] = last[0], end
            else:
                parts.append((start, end))
        return parts

    def _take_other(self, place: str, line: str) -> None:
        if match := _RELATION.fullmatch(line):
            _, kind, one, other = match.groups()
            if kind not in _LINK_OF and kind not in (CUE_OF, IN_QUOTE):
                raise NotReadable(f"{place}: relation {shown(kind)} is not known")
            self._relations.append((kind, one, other, place))
        elif match := _ATTRIBUTE.fullmatch(line):
            _, kind, name, value = match.groups()
            if kind not in _FIELDS:
                raise NotReadable(f"{place}: attribute {shown(kind)} is not known")
            self._span(name, place).attributes[_FIELDS[kind]] = True if value is None else value
        elif match := _REFERENCE.fullmatch(line):
            _, name, resource, number, called = match.groups()
            if resource == NORMALISATION and number.isdecimal() and len(number) < 19:
                self._span(name, place).reference = {"id": int(number)} | (
                    {"name": unescaped(called)} if called else {}
                )
        elif match := _NOTE.fullmatch(line):
            # A note on a relation has no place among ours.
            if match[3].startswith("T"):
                self._span(match[3], place).notes[match[2]].append(match[4] or "")
        else:
            raise NotReadable(f"{place}: not a line that Newsdesk reads (events and equivalences are not)")

    def _span(self, name: str, place: str) -> _Span:
        if name not in self._spans:
            raise NotReadable(f"{place}: {shown(name)} is nowhere")
        return self._spans[name]

    def _join_cue(self, one: str, other: str, place: str) -> None:
        cue, mark = self._spans.get(one), self._found.get(other)
        if cue is None or cue.type != CUE or mark is None:
            raise NotReadable(f"{place}: {CUE_OF} leads from a cue to its quote")
        mark.parts += [(start, end, CUE_ROLE) for start, end in cue.parts]
        self._joined.add(one)


def _mark(span: _Span) -> Found:
    ours = REMAINDER in span.notes
    plain = unescaped if ours else str
    said: dict[str, Any] = dict(span.attributes)
    notes = [plain(one) for one in span.notes.get(NOTE, ())]
    # Notes of types that others use keep their type.
    notes += [
        f"{kind}: {one}"
        for kind, many in span.notes.items()
        if kind not in (NOTE, TAG, REMAINDER) and not (ours and kind == COMMENT)
        for one in many
    ]
    if notes:
        said["note"] = "\n".join(notes)
    if TAG in span.notes:
        said["tags"] = [plain(one) for one in span.notes[TAG]]
    remainder = loaded(_last(span.notes.get(REMAINDER)), span.place)
    parts = [(start, end, CONTENT) for start, end in span.parts]
    return Found(_KIND_OF[span.type], span.place, parts, said, remainder)


def _last(notes: list[str] | None) -> str:
    return notes[-1] if notes else ""
