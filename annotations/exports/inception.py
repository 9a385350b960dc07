"""Marks as INCEpTION has them: layers of spans and of relations, each with its features; for XMI and WebAnno TSV.

An interrupted quote is several spans of one layer with the same `mark`; the first of them says the rest.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from annotations.exports.records import CUE, ArticleRecord, EntityRecord, MarkRecord
from annotations.exports.remainder import mark_remainder

Value = str | int | bool | tuple[str, ...]

NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_OURS = "webanno.custom."
CUE_LAYER, ATTRIBUTION, IN_QUOTE = f"{_OURS}Cue", f"{_OURS}Attribution", f"{_OURS}InQuote"
KINDS = {f"{_OURS}Quote": "quote", f"{_OURS}Speaker": "speaker", f"{_OURS}Claim": "claim"}
LAYER_OF = {kind: layer for layer, kind in KINDS.items()}
# The tags of INCEpTION's own set for named entities.
ENTITIES = {"person": "PER", "organisation": "ORG", "place": "LOC", "other": "OTH"}
STRING, INTEGER, BOOLEAN, STRINGS = "uima.cas.String", "uima.cas.Integer", "uima.cas.Boolean", "uima.cas.StringArray"


class Feature(NamedTuple):
    """`field` is that of MarkRecord, where there is one that it says."""

    name: str
    type: str
    field: str = ""


_OF_SPANS = (Feature("mark", STRING), Feature("part", INTEGER))
_OF_MARKS = (*_OF_SPANS, Feature("note", STRING, "note"), Feature("status", STRING, "status"))
_LAST = (Feature("tags", STRINGS, "tags"), Feature("remainder", STRING))
_OF_QUOTES = (
    Feature("quoteType", STRING, "quote_type"),
    Feature("stance", STRING, "stance"),
    Feature("translated", BOOLEAN, "translated"),
)
SPANS: dict[str, tuple[Feature, ...]] = {
    NAMED_ENTITY: (Feature("identifier", STRING), Feature("value", STRING)),
    LAYER_OF["quote"]: (*_OF_MARKS, *_OF_QUOTES, *_LAST),
    LAYER_OF["speaker"]: (*_OF_MARKS, *_LAST),
    LAYER_OF["claim"]: (*_OF_MARKS, *_LAST),
    CUE_LAYER: _OF_SPANS,
}
RELATIONS: dict[str, tuple[Feature, ...]] = {
    ATTRIBUTION: (Feature("certainty", STRING), Feature("role", STRING)),
    IN_QUOTE: (),
}


@dataclass(slots=True, eq=False)
class Span:
    layer: str
    start: int
    end: int
    features: dict[str, Value] = field(default_factory=dict)


class Relation(NamedTuple):
    """From the quote or claim to the speaker, or from the claim to its quote."""

    layer: str
    governor: Span
    dependent: Span
    features: dict[str, Value]


class Annotated(NamedTuple):
    """`entities` are those of the names, by what the layer calls their identifier."""

    spans: list[Span]
    relations: list[Relation]
    entities: dict[str, EntityRecord]


def annotated(article: ArticleRecord) -> Annotated:
    """An article that stands in one text as INCEpTION would have it, the spans in the order of the text."""
    uuids = {mark.uuid for mark in article.marks}
    firsts: dict[str, Span] = {}
    spans: list[Span] = []
    for number, mark in enumerate(article.marks, 1):
        made = _spans(mark, mark.uuid or f"new{number}", uuids)
        spans += made
        firsts[mark.uuid or f"new{number}"] = next(span for span in made if span.layer != CUE_LAYER)
    identifiers = {}
    for mention in article.mentions:
        identifier = identifiers.setdefault(mention.entity, _identifier(mention.entity, len(identifiers)))
        value = ENTITIES.get(mention.entity.kind, ENTITIES["other"])
        spans.append(Span(NAMED_ENTITY, mention.start, mention.end, {"identifier": identifier, "value": value}))
    spans.sort(key=lambda span: span.start)
    return Annotated(spans, _relations(article, firsts), {name: entity for entity, name in identifiers.items()})


def _spans(mark: MarkRecord, name: str, uuids: set[str]) -> list[Span]:
    layer = LAYER_OF[mark.kind]
    spans = []
    for number, part in enumerate(mark.parts):
        where = CUE_LAYER if part.role == CUE else layer
        spans.append(Span(where, part.start, part.end, {"mark": name, "part": number}))
    first = next(span for span in spans if span.layer == layer)
    said = {feature.field: feature.name for feature in SPANS[layer] if feature.field}
    first.features.update({feature: getattr(mark, name) for name, feature in said.items()})
    first.features["remainder"] = mark_remainder(mark, said=said, uuids=uuids)
    return spans


def _relations(article: ArticleRecord, firsts: dict[str, Span]) -> list[Relation]:
    relations = []
    for number, mark in enumerate(article.marks, 1):
        governor = firsts[mark.uuid or f"new{number}"]
        for link in mark.attributions:
            if link.speaker in firsts:
                features: dict[str, Value] = {"role": link.role, "certainty": link.certainty}
                relations.append(Relation(ATTRIBUTION, governor, firsts[link.speaker], features))
        if mark.quote in firsts:
            relations.append(Relation(IN_QUOTE, governor, firsts[mark.quote], {}))
    return relations


def _identifier(entity: EntityRecord, number: int) -> str:
    return entity.address or f"urn:newsdesk:entity:{entity.id if entity.id is not None else f'new{number}'}"
