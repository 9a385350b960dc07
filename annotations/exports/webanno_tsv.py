"""WebAnno TSV 3.3, as INCEpTION writes and reads it: a ZIP with one .tsv an article and the layers' type system.

A row is a token or a part of one; its offsets are UTF-16 code units. Every annotation carries a number in [brackets],
by which its rows and the relations that lead to it are known, also where others stand on the same words. A .tsv has no
place for comments: newsdesk.json in the ZIP says which program and version made it.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from annotations.exports.archives import archive
from annotations.exports.dropped import BLOCKS, DISTINCTION, RECOGNISER, count_dropped, standing
from annotations.exports.format import About
from annotations.exports.inception import (
    RELATIONS,
    SPANS,
    STRINGS,
    Annotated,
    Relation,
    Span,
    Value,
    annotated,
)
from annotations.exports.offsets import Sentence, Utf16, tokenised
from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.tool_drops import GAP, NO_SPEAKER, WEBANNO_TSV_KEPT, WHO
from annotations.exports.typesystem import TYPE_SYSTEM, type_system

SCHEMA = "newsdesk-webanno-tsv 1"
_COLUMNS = {
    layer: tuple(one.name for one in features if one.type != STRINGS and one.name != "remainder")
    for layer, features in (SPANS | RELATIONS).items()
}
_ATTACHED_TO = "BT_uima.tcas.Annotation"
_NOTHING, _EMPTY = "_", "*"
_VALUE = str.maketrans(
    {sign: f"\\{sign}" for sign in "\\[]|_;*"} | {"\t": "\\t", "\n": "\\n", "\r": "\\n"},
)
_TEXT = str.maketrans({"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\f": "\\f", "\b": "\\b"})


class Unit(NamedTuple):
    """A row: a token of a sentence, or [start, end) within it."""

    sentence: int
    token: int
    start: int
    end: int


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    with archive(file, about, SCHEMA) as packed:
        packed.add(TYPE_SYSTEM, type_system())
        for article in articles:
            if now := standing(article, losses):
                _count(now, losses)
                packed.add(f"{packed.name(article)}.tsv", "".join(_document(now, losses)))


def _count(article: ArticleRecord, losses: Losses) -> None:
    uuids = {mark.uuid for mark in article.marks}
    losses.count(BLOCKS, len(article.current.blocks))
    losses.count(RECOGNISER, sum(mention.recogniser != "" for mention in article.mentions))
    losses.count(DISTINCTION, sum(mention.entity.distinction != "" for mention in article.mentions))
    for link in (link for mark in article.marks for link in mark.attributions):
        losses.count(NO_SPEAKER if link.speaker not in uuids else WHO, bool(link.name or link.entity or link.speaker))
    count_dropped(article, losses, kept=WEBANNO_TSV_KEPT)


def _document(article: ArticleRecord, losses: Losses) -> Iterator[str]:
    text, utf16 = article.text, Utf16(article.text)
    found, sentences = annotated(article), tokenised(article.text)
    rows = _Rows(found, sentences)
    yield "#FORMAT=WebAnno TSV 3.3\n"
    yield from rows.header()
    yield "\n"
    end = 0
    for number, sentence in enumerate(sentences):
        losses.count(GAP, number > 0 and text[end : sentence.start] != "\n")
        end = sentence.end
        yield f"\n#Text={text[sentence.start : sentence.end].translate(_TEXT)}\n"
        for name, unit, cells in rows.of(number):
            where = f"{utf16.units(unit.start)}-{utf16.units(unit.end)}"
            yield "\t".join((name, where, text[unit.start : unit.end], *cells)) + "\t\n"


class _Rows:
    """What stands in which row: spans at every row that they cover, relations at the first one of their target."""

    def __init__(self, found: Annotated, sentences: list[Sentence]) -> None:
        self._sentences = sentences
        self._numbers = {span: number for number, span in enumerate(found.spans, 1)}
        self._spans: dict[Unit, list[Span]] = defaultdict(list)
        self._parts: dict[tuple[int, int], set[Unit]] = defaultdict(set)
        self._first: dict[Span, Unit] = {}
        self._relations: dict[Unit, list[Relation]] = defaultdict(list)
        for span in found.spans:
            self._place(span)
        for relation in found.relations:
            if relation.governor in self._first and relation.dependent in self._first:
                self._relations[self._first[relation.dependent]].append(relation)
        used = {span.layer for span in found.spans} | {relation.layer for relation in found.relations}
        self._layers = [layer for layer in SPANS if layer in used]
        self._links = [layer for layer in RELATIONS if layer in used]
        columns = sum(len(_COLUMNS[layer]) for layer in used) + len(self._links)
        # Of a row without annotations, which most are.
        self._blank = [_NOTHING] * columns

    def header(self) -> Iterator[str]:
        for layer in self._layers:
            yield f"#T_SP={'|'.join((layer, *_COLUMNS[layer]))}\n"
        for layer in self._links:
            yield f"#T_RL={'|'.join((layer, *_COLUMNS[layer], _ATTACHED_TO))}\n"

    def of(self, sentence: int) -> Iterator[tuple[str, Unit, list[str]]]:
        """Name, place and cells of each row of a sentence, a token's parts behind it."""
        for number, (start, end) in enumerate(self._sentences[sentence].tokens):
            whole = Unit(sentence, number, start, end)
            for unit in (whole, *sorted(self._parts.get((sentence, number), ()))):
                bare = unit not in self._spans and unit not in self._relations
                yield self._name(unit), unit, self._blank if bare else list(self._cells(unit))

    def _place(self, span: Span) -> None:
        first = bisect_right(self._sentences, span.start, key=lambda sentence: sentence.end)
        last = bisect_left(self._sentences, span.end, key=lambda sentence: sentence.start)
        for position in range(first, last):
            sentence = self._sentences[position]
            for number in sentence.covering(span.start, span.end):
                token = sentence.tokens[number]
                unit = Unit(position, number, max(span.start, token.start), min(span.end, token.end))
                if (unit.start, unit.end) != token:
                    self._parts[position, number].add(unit)
                self._spans[unit].append(span)
                self._first.setdefault(span, unit)

    def _name(self, unit: Unit) -> str:
        name = f"{unit.sentence + 1}-{unit.token + 1}"
        parts = self._parts.get((unit.sentence, unit.token), ())
        return f"{name}.{sorted(parts).index(unit) + 1}" if unit in parts else name

    def _cells(self, unit: Unit) -> Iterator[str]:
        here = self._spans.get(unit, ())
        for layer in self._layers:
            spans = [(span.features, f"[{self._numbers[span]}]") for span in here if span.layer == layer]
            for feature in _COLUMNS[layer]:
                cells = [f"{_value(features.get(feature))}{number}" for features, number in spans]
                yield "|".join(cells) if cells else _NOTHING
        for layer in self._links:
            links = [link for link in self._relations.get(unit, ()) if link.layer == layer]
            for feature in _COLUMNS[layer]:
                yield "|".join([_value(link.features.get(feature)) for link in links]) or _NOTHING
            yield "|".join([self._source(link) for link in links]) or _NOTHING

    def _source(self, link: Relation) -> str:
        numbers = f"{self._numbers[link.governor]}_{self._numbers[link.dependent]}"
        return f"{self._name(self._first[link.governor])}[{numbers}]"


def _value(value: Value | None) -> str:
    if value is None or value == "":
        return _EMPTY
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).translate(_VALUE).replace("->", "\\->")
