"""Records as Web Annotations: one JSON document, written item by item."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from annotations.exports.format import About
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
from annotations.exports.values import values_of
from annotations.exports.w3c.terms import (
    CLASSIFYING,
    CONTEXT,
    DESCRIBING,
    QUOTE,
    SCHEMA,
    SPEAKER,
    TRANSLATED,
    URN,
    iri,
    owned,
)

TEXTS, BLOCKS, UNMARKED = "texts", "blocks of texts", "articles without marks or names"
_TYPES = {"person": "Person", "organisation": "Organization", "place": "nd:Place"}
_ARABIC = re.compile("[\u0600-\u06ff]")

Values = dict[str, Any]


def write(articles: Iterable[ArticleRecord], file: BinaryIO, about: About, losses: Losses) -> None:
    program = iri(f"urn:newsdesk:program:{about.version}")
    head = _json(_collection(about, program))
    page = {"id": _made_up(about.program, about.made_at.isoformat(), "1"), "type": "AnnotationPage", "startIndex": 0}
    file.write(f'{head[:-1]},"first":{_json(page)[:-1]},"items":['.encode())
    written = 0
    for article in articles:
        _count(article, losses)
        for item in _annotations(article):
            file.write(("," if written else "").encode() + f"\n{_json(item | {'generator': program})}".encode())
            written += 1
    file.write(f'\n]}},"total":{written}}}\n'.encode())


def _json(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _collection(about: About, program: str) -> Values:
    made = {"generated": about.made_at.isoformat()}
    software = {"id": program, "type": "Software", "name": about.program, "nd:version": about.version}
    return {
        "@context": CONTEXT,
        "id": _made_up(about.program, about.made_at.isoformat(), about.scope),
        "type": "AnnotationCollection",
        **({"label": about.scope} if about.scope else {}),
        **({"creator": _person(about.made_by)} if about.made_by else {}),
        **made,
        "generator": software | {"nd:schema": SCHEMA} | ({"homepage": iri(about.site)} if about.site else {}),
    }


def _count(article: ArticleRecord, losses: Losses) -> None:
    losses.count(TEXTS, sum(text.text is not None for text in article.texts))
    losses.count(BLOCKS, sum(len(text.blocks) for text in article.texts))
    losses.count(UNMARKED, not (article.marks or article.mentions))


def _annotations(article: ArticleRecord) -> Iterator[Values]:
    """The article is described where it is first spoken of; after that its address stands for it."""
    source = iri(article.url or article.address or f"urn:newsdesk:article:{article.id or article.key}")
    described: str | Values = _described(article, source)
    hashes = {text.revision: text.sha256 for text in article.texts}
    for mark in article.marks:
        yield _of_mark(mark, article, described, hashes.get(mark.revision, ""))
        described = source
    for mention in article.mentions:
        yield _of_mention(mention, article, described, hashes.get(article.revision, ""))
        described = source


def _described(article: ArticleRecord, source: str) -> Values:
    known = values_of(article)
    known["texts"] = [{"revision": text.revision, "sha256": text.sha256} for text in article.texts]
    told = {key: value for key, value in known.items() if key not in ("marks", "mentions")}
    return {
        "id": source,
        "type": "Text",
        "label": article.title,
        "language": article.language,
        "nd:article": owned(told),
    }


def _of_mark(mark: MarkRecord, article: ArticleRecord, source: str | Values, sha256: str) -> Values:
    values = values_of(mark)
    uuid = mark.uuid or _made_up(source_of(source), *(f"{part.start}-{part.end}" for part in mark.parts))
    name = uuid if uuid.startswith(URN) else URN + uuid
    bodies = list(_bodies(mark, name))
    said = {"uuid", "parts", "note", "quote", "attributions", "tags", "comments", "created_by", "created_at"}
    rest = {key: value for key, value in values.items() if key not in said | {*CLASSIFYING, *DESCRIBING}}
    creator = _person(mark.created_by) if mark.created_by else {"type": "Software", "name": mark.detector}
    targets = list(_targets(mark, source, sha256)) or [source]
    return {
        "id": name,
        "type": "Annotation",
        **({"via": iri(f"{article.address}#mark-{mark.uuid}")} if article.address and mark.uuid else {}),
        "motivation": list(dict.fromkeys(body["purpose"] for body in bodies)),
        **({"created": values["created_at"]} if mark.created_at else {}),
        **({"creator": creator} if creator["name"] else {}),
        "body": bodies,
        "target": targets if len(targets) > 1 else targets[0],
        **owned(rest | {"status": mark.status}),
    }


def source_of(source: str | Values) -> str:
    return source if isinstance(source, str) else source["id"]


def _targets(mark: MarkRecord, source: str | Values, sha256: str) -> Iterator[Values]:
    for number, part in enumerate(mark.parts):
        places = values_of(part).get("places")
        yield {
            **_target(part, source if number == 0 else source_of(source), mark.revision, sha256),
            "nd:role": part.role,
            **({"nd:places": owned(places)} if places else {}),
        }


def _target(part: PartRecord | MentionRecord, source: str | Values, revision: int, sha256: str) -> Values:
    quote = {"type": "TextQuoteSelector", "exact": part.exact}
    if isinstance(part, PartRecord):
        quote |= {"prefix": part.prefix, "suffix": part.suffix}
    return {
        "type": "SpecificResource",
        "source": source,
        "state": {"type": "nd:RevisionState", "nd:revision": revision, "nd:sha256": sha256},
        "selector": [{"type": "TextPositionSelector", "start": part.start, "end": part.end}, quote],
    }


def _bodies(mark: MarkRecord, name: str) -> Iterator[Values]:
    values = values_of(mark)
    for field in (*CLASSIFYING, *DESCRIBING):
        if value := values.get(field):
            purpose = "classifying" if field in CLASSIFYING else "describing"
            yield _text(TRANSLATED if value is True else value, purpose) | {"nd:field": field}
    yield from (_text(tag, "tagging") for tag in mark.tags)
    if mark.note:
        yield _text(mark.note, "commenting") | {"nd:field": "note"}
    for number, comment in enumerate(mark.comments):
        yield _comment(comment, number, name)
    yield from (_attribution(link) for link in mark.attributions)
    for speaker in dict.fromkeys(link.speaker for link in mark.attributions if link.speaker):
        yield _link(speaker, SPEAKER)
    if mark.quote:
        yield _link(mark.quote, QUOTE)


def _text(words: str, purpose: str) -> Values:
    written = {"type": "TextualBody", "purpose": purpose, "value": words, "format": "text/plain"}
    return written | {"language": "ar", "textDirection": "rtl"} if _ARABIC.search(words) else written


def _comment(comment: CommentRecord, number: int, name: str) -> Values:
    values = values_of(comment)
    answered = {} if comment.reply_to is None else {"nd:reply_to": f"{name}#comment-{comment.reply_to}"}
    rest = {key: value for key, value in values.items() if key in ("deleted_at", "deleted_by", "mentions")}
    return {
        "id": f"{name}#comment-{number}",
        **_text(comment.text, "replying" if answered else "commenting"),
        "creator": _person(comment.author),
        **({"created": values["created_at"]} if comment.created_at else {}),
        **({"modified": values["edited_at"]} if comment.edited_at else {}),
        **answered,
        **owned(rest),
    }


def _attribution(link: AttributionRecord) -> Values:
    known = values_of(link)
    known.pop("entity", None)
    speaker = {"nd:speaker": URN + known.pop("speaker")} if link.speaker else {}
    shown = link.name or (link.entity.name if link.entity else "")
    told = owned(known | {"role": link.role, "certainty": link.certainty}) | speaker
    entity = {"nd:entity": _entity(link.entity)} if link.entity else {}
    return _text(shown, "identifying") | {"nd:attribution": told | entity}


def _of_mention(mention: MentionRecord, article: ArticleRecord, source: str | Values, sha256: str) -> Values:
    entity = mention.entity
    recogniser = {"creator": {"type": "Software", "name": mention.recogniser}} if mention.recogniser else {}
    named = _text(entity.name, "identifying") | {"nd:mention": {"nd:entity": _entity(entity)}}
    place = f"{mention.start}-{mention.end}"
    return {
        "id": _made_up(source_of(source), str(article.revision), place, entity.kind, entity.name, entity.distinction),
        "type": "Annotation",
        "motivation": "identifying",
        **recogniser,
        "body": named,
        "target": _target(mention, source, article.revision, sha256),
    }


def _entity(entity: EntityRecord) -> Values:
    address = {"id": iri(entity.address)} if entity.address else {}
    return {**address, "type": _TYPES.get(entity.kind, "nd:Thing"), "name": entity.name, **owned(values_of(entity))}


def _link(uuid: str, relation: str) -> Values:
    return {"type": "SpecificResource", "purpose": "linking", "source": URN + uuid, "nd:relation": relation}


def _person(name: str) -> Values:
    return {"type": "Person", "name": name}


def _made_up(*parts: str) -> str:
    """A name for what has none, the same each time."""
    return f"{URN}{uuid5(NAMESPACE_URL, chr(10).join(parts))}"
