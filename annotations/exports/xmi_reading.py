"""Reads UIMA CAS XMI: ours, also after people changed it in INCEpTION, and that of others with the same layers.

A layer of somebody's own that is not among ours is refused by its name: its marks would be lost without a word.
Linguistic layers of DKPro (tokens, parts of speech …) are passed over.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from annotations.exports.archives import MOST, Files, opened, shown
from annotations.exports.format import NotReadable
from annotations.exports.inception import (
    ATTRIBUTION,
    BOOLEAN,
    CUE_LAYER,
    ENTITIES,
    IN_QUOTE,
    KINDS,
    NAMED_ENTITY,
    SPANS,
)
from annotations.exports.offsets import Utf16
from annotations.exports.records import CONTENT, CUE, ArticleRecord
from annotations.exports.remainder import Found, Values, article_of, exact, join, loaded
from annotations.exports.typesystem import ARTICLE, METADATA
from annotations.exports.xml_text import SAFELY, has_doctype

_XMI = "{http://www.omg.org/XMI}"
_SOFA, _VIEW, _STRINGS = "uima.cas.Sofa", "uima.cas.View", "uima.cas.StringArray"
_READ = {*SPANS, ATTRIBUTION, IN_QUOTE, ARTICLE, METADATA}
_OTHERS_OWN = "webanno.custom."
_KIND_OF = {tag: kind for kind, tag in ENTITIES.items()} | {
    **dict.fromkeys(("PERSON", "PERS"), "person"),
    **dict.fromkeys(("ORGANIZATION", "ORGANISATION"), "organisation"),
    **dict.fromkeys(("LOCATION", "GPE", "FAC"), "place"),
}
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)


@dataclass(slots=True)
class _Structure:
    """A feature structure: its type, its attributes, and the features that hold several strings."""

    type: str
    said: dict[str, str]
    lists: dict[str, list[str]]

    @property
    def number(self) -> str:
        return self.said.get(f"{_XMI}id", "?")


@dataclass(slots=True)
class _Cas:
    sofas: list[dict[str, str]] = field(default_factory=list)
    # None where there is no view: then every structure counts.
    members: set[str] | None = None
    structures: list[_Structure] = field(default_factory=list)
    strings: dict[str, list[str]] = field(default_factory=dict)


def read(path: Path) -> Iterator[ArticleRecord]:
    """The .xmi files of a ZIP, of a folder, or a single one. Raises NotReadable."""
    with opened(path, ".xmi") as files:
        if not files.names:
            raise NotReadable(f"{shown(path.name)}: no .xmi file in it")
        for name in files.names:
            yield _article(files, name)


def _article(files: Files, name: str) -> ArticleRecord:
    place = shown(name)
    cas = _parsed(files.content(name), place)
    sofas = [sofa for sofa in cas.sofas if "sofaString" in sofa]
    if len(sofas) != 1:
        raise NotReadable(f"{place}: {len(sofas)} texts in it; it should have one")
    return _Reading(cas, sofas[0]["sofaString"], place).article()


def _parsed(content: bytes, place: str) -> _Cas:
    cas, root = _Cas(), None
    unknown: set[str] = set()
    try:
        for event, element in etree.iterparse(BytesIO(content), events=("start", "end"), **SAFELY):
            if root is None:
                root = element
                if has_doctype(root) or root.tag != f"{_XMI}XMI":
                    raise NotReadable(f"{place}: not XMI, or with a DOCTYPE, which XMI has not")
            elif event == "end" and element.getparent() is root:
                _keep(element, cas, unknown)
                if len(cas.structures) + len(cas.strings) + len(cas.sofas) > MOST:
                    raise NotReadable(f"{place}: more than {MOST:,} annotations")
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del root[0]
    except etree.XMLSyntaxError as error:
        raise NotReadable(f"{place}, line {error.lineno}: not well-formed XML, or cut off") from None
    if unknown:
        known = ", ".join(sorted(name.removeprefix(_OTHERS_OWN) for name in (*KINDS, CUE_LAYER)))
        raise NotReadable(f"{place}: layer {shown(min(unknown))} is not known; rename it to one of {known} or drop it")
    return cas


def _keep(element: etree._Element, cas: _Cas, unknown: set[str]) -> None:
    name = _type_of(element.tag)
    said = dict(element.attrib)
    if name == _SOFA:
        cas.sofas.append(said)
    elif name == _VIEW:
        cas.members = (cas.members or set()) | set(said.get("members", "").split())
    elif name == _STRINGS:
        cas.strings[said.get(f"{_XMI}id", "")] = [child.text or "" for child in element]
    elif name in _READ:
        lists: dict[str, list[str]] = defaultdict(list)
        for child in element:
            lists[child.tag].append(child.text or "")
        cas.structures.append(_Structure(name, said, lists))
    elif name.startswith(_OTHERS_OWN):
        unknown.add(name)


def _type_of(tag: str) -> str:
    """«{http:///webanno/custom.ecore}Quote» is webanno.custom.Quote."""
    space, _, name = tag.removeprefix("{").rpartition("}")
    return f"{space.removeprefix('http:///').removesuffix('.ecore').replace('/', '.')}.{name}"


class _Reading:
    def __init__(self, cas: _Cas, text: str, place: str) -> None:
        self._cas, self._text, self._place = cas, text, place
        self._utf16 = Utf16(text)
        self._of: dict[str, list[_Structure]] = defaultdict(list)
        # What the view does not list was deleted.
        members = cas.members
        self._indexed = [one for one in cas.structures if members is None or one.number in members]
        for structure in self._indexed:
            self._of[structure.type].append(structure)
        self._marks: dict[str, Found] = {}

    def article(self) -> ArticleRecord:
        about = self._of[ARTICLE][0].said.get("remainder", "") if self._of[ARTICLE] else ""
        kept = loaded(about, self._place)
        marks = self._found()
        self._attach_cues(marks)
        self._link()
        values = kept.get("article", {}) if about else self._metadata()
        return article_of(values, self._text, marks, self._mentions(kept.get("entities", {})), self._place)

    def _metadata(self) -> Values:
        """What other programs say of a document; its number there is not ours."""
        said = self._of[METADATA][0].said if self._of[METADATA] else {}
        named = {"title": said.get("documentTitle", ""), "language": said.get("language", "")}
        url = said.get("documentUri", "")
        values = {key: value for key, value in named.items() if value and value != "x-unspecified"}
        return values | ({"url": url} if url.startswith(("http://", "https://")) else {})

    def _where(self, structure: _Structure) -> tuple[int, int]:
        place = f"{self._place}, {structure.type.rpartition('.')[2]} {shown(structure.number)}"
        try:
            start, end = (self._utf16.code_points(int(structure.said[key])) for key in ("begin", "end"))
        except (KeyError, ValueError):
            raise NotReadable(f"{place}: no begin and end") from None
        exact(self._text, start, end, place)
        return start, end

    def _found(self) -> list[Found]:
        """The spans of a layer with the same `mark` are one mark, one without is its own; in the order of the file."""
        together: dict[tuple[str, str], list[_Structure]] = defaultdict(list)
        for span in (one for one in self._indexed if one.type in KINDS):
            together[span.type, span.said.get("mark") or f"#{span.number}"].append(span)
        marks = []
        for (layer, name), spans in together.items():
            mark = self._mark(layer, name, spans)
            marks.append(mark)
            self._marks.update({span.number: mark for span in spans}, **{f"mark {name}": mark})
        return marks

    def _mark(self, layer: str, name: str, spans: list[_Structure]) -> Found:
        place = f"{self._place}, {layer.rpartition('.')[2]} {shown(spans[0].number)}"
        mark = Found(KINDS[layer], place, [(*self._where(span), CONTENT) for span in spans])
        mark.said = self._said(layer, spans)
        mark.remainder = loaded(next((span.said["remainder"] for span in spans if "remainder" in span.said), ""), place)
        if _UUID.fullmatch(name):
            mark.remainder.setdefault("uuid", name)
        return mark

    def _said(self, layer: str, spans: list[_Structure]) -> Values:
        values: Values = {}
        for feature in (one for one in SPANS[layer] if one.field):
            told = [value for span in spans if (value := self._value(span, feature.name, feature.type == BOOLEAN))]
            if told:
                values[feature.field] = told[0]
        return values

    def _value(self, span: _Structure, name: str, truth: bool) -> Any:
        """Several strings are children of the element, or an array of their own that the attribute names."""
        if name in span.lists:
            return span.lists[name]
        value = span.said.get(name, "")
        if name == "tags":
            return self._cas.strings.get(value, [])
        return value == "true" if truth else value

    def _attach_cues(self, marks: list[Found]) -> None:
        """To the mark that it names; one made in INCEpTION names none and goes to the nearest quote, if not claim."""
        kind = "quote" if any(mark.kind == "quote" for mark in marks) else "claim"
        sayings = sorted(_reach(mark, number) for number, mark in enumerate(marks) if mark.kind == kind)
        for span in self._of[CUE_LAYER]:
            start, end = self._where(span)
            mark = self._marks.get(f"mark {span.said.get('mark', '')}")
            if mark is None:
                position = bisect_left(sayings, (start, end))
                near = sayings[max(0, position - 1) : position + 1]
                if not near:
                    raise NotReadable(f"{self._place}, Cue {shown(span.number)}: no quote or claim to belong to")
                mark = marks[min((max(first - end, start - last, 0), number) for first, last, number in near)[1]]
            mark.parts.append((start, end, CUE))

    def _link(self) -> None:
        for relation in (*self._of[ATTRIBUTION], *self._of[IN_QUOTE]):
            ends = [self._marks.get(relation.said.get(key, "")) for key in ("Governor", "Dependent")]
            place = f"{self._place}, relation {shown(relation.number)}"
            said = {key: relation.said[key] for key in ("role", "certainty") if relation.said.get(key)}
            join(*ends, said, in_quote=relation.type == IN_QUOTE, place=place)

    def _mentions(self, entities: Any) -> Iterator[Values]:
        for span in self._of[NAMED_ENTITY]:
            start, end = self._where(span)
            identifier = span.said.get("identifier", "")
            kind = _KIND_OF.get(span.said.get("value", "").upper(), "other")
            known = entities.get(identifier) if isinstance(entities, dict) else None
            if not isinstance(known, dict) or known.get("kind") != kind:
                known = {"kind": kind, "name": self._text[start:end]}
                known |= {"address": identifier} if identifier.startswith(("http://", "https://")) else {}
            yield {"start": start, "end": end, "entity": known}


def _reach(mark: Found, number: int) -> tuple[int, int, int]:
    """From its first part to its last, with its number."""
    return min(start for start, _, _ in mark.parts), max(end for _, end, _ in mark.parts), number
