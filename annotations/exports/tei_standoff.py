"""The names and the marks of an article as TEI's <standOff>: lists of entities, and annotations that point at the text.

An annotation's notes say one field each, their type being its name; who did what is in <respStmt>, the history in
<revisionDesc>, and pointers lead to the cue, the speaker's mark and the quote.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain

from annotations.exports.records import (
    ArticleRecord,
    AttributionRecord,
    CommentRecord,
    EntityRecord,
    Losses,
    MarkRecord,
    MentionRecord,
    PartRecord,
)
from annotations.exports.tool_drops import COMMENT_DETAILS
from annotations.exports.xml_text import attributes, element

CERTAINTY = {"confirmed": "high", "probable": "medium", "uncertain": "low"}
# Of a kind of entity: the list, the thing in it, and its name.
_LISTS = {
    "person": ("listPerson", "person", "persName"),
    "organisation": ("listOrg", "org", "orgName"),
    "place": ("listPlace", "place", "placeName"),
    "other": ("listObject", "object", "objectName"),
}
_FIELDS = (
    *("status", "quote_type", "stance", "channel", "occasion", "said_when", "said_on", "framing", "note"),
    *("standing", "version", "rule", "confidence"),
)
_PLAIN = {"standing": "exact", "version": 1}
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.-]")


def count_comment_details(article: ArticleRecord, losses: Losses) -> None:
    for comment in (comment for mark in article.marks for comment in mark.comments):
        details = comment.reply_to is not None, comment.edited_at, comment.deleted_at, comment.mentions
        losses.count(COMMENT_DETAILS, sum(map(bool, details)))


def stand_off(article: ArticleRecord) -> Iterator[str]:
    """Empty where nothing is named or marked: TEI has no empty <standOff>."""
    if not article.marks and not article.mentions:
        return
    names = _names(article)
    marks = {mark.uuid: _mark_id(mark, number) for number, mark in enumerate(article.marks, 1)}
    yield "<standOff>\n"
    yield from _entities(names)
    yield "<listAnnotation>\n"
    for number, mark in enumerate(article.marks, 1):
        yield _mark(mark, _mark_id(mark, number), marks, names)
    for number, mention in enumerate(article.mentions, 1):
        yield _mention(mention, f"n-{number}", names)
    yield "</listAnnotation>\n</standOff>\n"


def _names(article: ArticleRecord) -> dict[EntityRecord, str]:
    """Every entity that is named or spoke, with its xml:id."""
    said = (link.entity for mark in article.marks for link in mark.attributions if link.entity)
    entities = dict.fromkeys(chain((mention.entity for mention in article.mentions), said))
    return {entity: f"e-{number}" for number, entity in enumerate(entities, 1)}


def _entities(names: dict[EntityRecord, str]) -> Iterator[str]:
    for kind, (many, one, name) in _LISTS.items():
        found = [(entity, number) for entity, number in names.items() if entity.kind == kind]
        if found:
            things = "".join(_entity(entity, number, one, name) for entity, number in found)
            yield f"<{many}>{things}</{many}>\n"


def _entity(entity: EntityRecord, number: str, tag: str, name: str) -> str:
    identifiers = element("idno", str(entity.id), type="newsdesk") if entity.id is not None else ""
    identifiers += element("idno", entity.address, type="URI") if entity.address else ""
    named = element(name, entity.name)
    if tag == "object":
        named, identifiers = f"<objectIdentifier>{named}{identifiers}</objectIdentifier>", ""
    note = element("note", entity.distinction, type="distinction") if entity.distinction else ""
    inner = f"{named}{note}{identifiers}" if tag != "place" else f"{named}{identifiers}{note}"
    return f'<{tag} xml:id="{number}">{inner}</{tag}>'


def _mark_id(mark: MarkRecord, number: int) -> str:
    return f"m-{_NOT_IN_NAMES.sub('-', mark.uuid)}" if mark.uuid else f"m-new{number}"


def _mark(mark: MarkRecord, name: str, marks: dict[str, str], names: dict[EntityRecord, str]) -> str:
    inner = chain(_people(mark), _history(mark), _notes(mark), _pointers(mark, marks))
    said = "".join(_attribution(link, marks, names) for link in mark.attributions)
    return _annotation(name, "classifying", mark.content, "".join(inner) + said)


def _mention(mention: MentionRecord, name: str, names: dict[EntityRecord, str]) -> str:
    who = _software(mention.recogniser, "named") if mention.recogniser else ""
    return _annotation(name, "identifying", [mention], f'{who}<ptr target="#{names[mention.entity]}"/>')


def _annotation(name: str, why: str, places: Iterable[PartRecord | MentionRecord], inner: str) -> str:
    return f'<annotation xml:id="{name}" motivation="{why}" target="{_ranges(places)}">{inner}</annotation>\n'


def _ranges(places: Iterable[PartRecord | MentionRecord]) -> str:
    return " ".join(f"#string-range(text,{one.start},{one.end - one.start})" for one in places)


def _people(mark: MarkRecord) -> Iterator[str]:
    if mark.detector:
        yield _software(f"{mark.detector} {mark.detector_version}".strip(), "suggested", mark.created_at)
    elif mark.created_by or mark.created_at:
        yield _person(mark.created_by, "made", mark.created_at)
    if mark.decided_by or mark.decided_at:
        yield _person(mark.decided_by, "decided", mark.decided_at)


def _person(name: str, act: str, when: datetime | None) -> str:
    return f"<respStmt>{element('resp', act, when=_time(when))}{element('name', name)}</respStmt>"


def _software(name: str, act: str, when: datetime | None = None) -> str:
    said = element("resp", act, when=_time(when))
    return f"<respStmt>{said}{element('name', name, type='software')}</respStmt>"


def _time(when: datetime | None) -> str:
    return when.isoformat() if when else ""


def _history(mark: MarkRecord) -> Iterator[str]:
    if mark.changes:
        acts = (
            element("change", f"{change.act}: {change.by}", when=_time(change.at), n=change.uuid)
            for change in mark.changes
        )
        yield f"<revisionDesc>{''.join(acts)}</revisionDesc>"


def _notes(mark: MarkRecord) -> Iterator[str]:
    yield element("note", mark.kind, type="kind")
    yield element("note", mark.exact, type="words")
    for field in _FIELDS:
        value = getattr(mark, field)
        if value not in ("", None, _PLAIN.get(field)):
            yield element("note", str(value), type=field)
    if mark.translated:
        yield element("note", "true", type="translated")
    yield from (element("note", tag, type="tag") for tag in mark.tags)
    yield from map(_comment, mark.comments)


def _comment(comment: CommentRecord) -> str:
    when = element("date", "", when=_time(comment.created_at)) if comment.created_at else ""
    return f'<note type="comment">{element("name", comment.author)}{when}{element("seg", comment.text)}</note>'


def _pointers(mark: MarkRecord, marks: dict[str, str]) -> Iterator[str]:
    if mark.cues:
        yield f'<ptr type="cue" target="{_ranges(mark.cues)}"/>'
    if mark.quote:
        yield _pointer("quote", mark.quote, marks)


def _attribution(link: AttributionRecord, marks: dict[str, str], names: dict[EntityRecord, str]) -> str:
    who = f"#{names[link.entity]}" if link.entity else ""
    name = element("name", link.name, ref=who) if link.name or who else ""
    speaker = _pointer("speaker", link.speaker, marks) if link.speaker else ""
    said = attributes(type="attribution", subtype=link.role, cert=CERTAINTY.get(link.certainty, "unknown"))
    return f"<note{said}>{name}{speaker}</note>"


def _pointer(kind: str, uuid: str, marks: dict[str, str]) -> str:
    """To a mark of the document; one that is not in it has its UUID alone."""
    target = f"#{marks[uuid]}" if uuid in marks else f"urn:uuid:{_NOT_IN_NAMES.sub('-', uuid)}"
    return f'<ptr type="{kind}" target="{target}"/>'
