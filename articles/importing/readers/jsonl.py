"""One JSON object a line: url, source, title, byline, published_at, text or html, language; other keys are kept.

An object whose keys have other names is read under a map, which says for each field of ours under which key it stands.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext

from articles.importing.bylines.reading import date_of_opening, signature
from articles.importing.canonical import canonical_url, host_key
from articles.importing.cleaning import clean_line
from articles.importing.composing import storable
from articles.importing.dates.published import Published, read_dateline, read_stamp
from articles.importing.decoding.encoding import decode
from articles.importing.decoding.repairs import recorded, repair_text
from articles.importing.languages import language_of
from articles.importing.pages import Page, Refused
from articles.importing.readers.html import read_document
from articles.importing.readers.text import read_body

MEDIA_TYPE = "application/json"
# Two lines: the map and the object.
MAPPED_MEDIA_TYPE = "application/x-ndjson"
_NAMES = ("url", "source", "title", "byline", "published_at", "text", "html", "language", "id", "key")
_TEXTS = ("text", "title", "byline", "source")
FIELDS: Mapping[str, str] = {name: name for name in _NAMES}
_BODIES = ("text", "html")
# Of an object's keys so many characters are named in a reason.
_SHOWN = 200


class _Line(NamedTuple):
    """An object with its fields under our names, and everything else that it holds."""

    fields: Mapping[str, Any]
    others: Mapping[str, Any]
    original: bytes
    media_type: str
    repairs: Sequence[str] = ()


def read_line(data: bytes, *, key: str = "") -> Page:
    """The page of one line. Without URL it is identified by its "id" or "key", else by its day and headline.

    Raises Refused for what is no JSON object, or names neither text nor html.
    """
    return _read(_Line(*_divided(_object(data), FIELDS), data, MEDIA_TYPE))


def read_mapped_line(data: bytes, *, key: str = "") -> Page:
    """The page of what `mapped_line` made. Only what the map names is taken for a field. Raises as `read_line`."""
    given, _, line = data.partition(b"\n")
    record, columns = _object(line), json.loads(given)
    _refuse_without_named(record, columns)
    return _read(_Line(*_divided(record, columns), data, MAPPED_MEDIA_TYPE))


def mapped_line(columns: Mapping[str, str], line: bytes) -> bytes:
    """A line together with its map {field: key}: the same line under another map is another input."""
    ordered = {name: columns[name] for name in _NAMES if name in columns}
    return json.dumps(ordered, ensure_ascii=True).encode() + b"\n" + line


def _refuse_without_named(record: Mapping[str, Any], columns: Mapping[str, str]) -> None:
    """Raise Refused where the text should stand under a key that the object does not have.

    A map of JSON lines has all fields. One of a table has those of its header, and its rows lack their empty cells.
    """
    if columns.keys() != FIELDS.keys() or any(record.get(columns[field]) for field in _BODIES):
        return
    for field in _BODIES:
        if columns[field] != field and columns[field] not in record:
            shown = " · ".join(record)
            names = {"name": columns[field], "fields": shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"}
            raise Refused(storable(gettext("لا حقل باسم «%(name)s»؛ الحقول هي: %(fields)s") % names))


def _read(line: _Line) -> Page:
    url = canonical_url(_text(line.fields, "url")) if line.fields.get("url") else None
    if _text(line.fields, "html"):
        return _from_html(line, url)
    return _from_text(_repaired(line), url)


def _repaired(line: _Line) -> _Line:
    """The line with what was broken in its texts made whole."""
    found = {name: repair_text(_text(line.fields, name)) for name in _TEXTS if line.fields.get(name)}
    repairs = [repair for one in found.values() for repair in one.repairs]
    return line._replace(fields={**line.fields, **{name: one.text for name, one in found.items()}}, repairs=repairs)


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise Refused(gettext("سطر JSON غير صالح")) from error
    if not isinstance(record, dict):
        raise Refused(gettext("السطر ليس كائن JSON"))
    return record


def _divided(record: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    taken = set(columns.values())
    return (
        {name: record[column] for name, column in columns.items() if column in record},
        {name: value for name, value in record.items() if name not in taken},
    )


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(gettext("الحقل %(name)s ليس نصاً") % {"name": name})
    return value


def _from_text(line: _Line, url: str | None) -> Page:
    record = line.fields
    source = clean_line(_text(record, "source"))
    outlet = source or (host_key(url) if url else "")
    body = read_body(_text(record, "text"), title=clean_line(_text(record, "title")), outlet=outlet)
    stated, opening = _published(record), body.blocks[0].text if body.blocks else ""
    published = stated or date_of_opening(opening)
    author = signature([_text(record, "byline")], opening=opening, outlets=(source, body.republisher))
    return Page(
        title=body.title,
        blocks=body.blocks,
        original=line.original,
        media_type=line.media_type,
        url=url,
        **_identity(record, body.title, stated),
        source_key=source or body.republisher,
        source_name=source or body.republisher,
        republished=bool(body.republisher) and not source,
        byline=author.name,
        place=author.place,
        agencies=author.agencies,
        published_at=published.at if published else None,
        published_precision=published.precision if published else "",
        published_from="input" if stated else "text" if published else "",
        credit_lines=body.credit_lines,
        language=language_of(body.title, body.blocks, _text(record, "language")),
        metadata=_metadata(line, stated) | recorded(line.repairs),
    )


def _from_html(line: _Line, url: str | None) -> Page:
    """What the record says of the page goes before what the page says of itself."""
    record = line.fields
    page = read_document(_text(record, "html"), original=line.original, address=url)
    stated = _published(record)
    published = stated or (Published(page.published_at, page.published_precision) if page.published_at else None)
    author = signature([_text(record, "byline")], outlets=(_text(record, "source"), page.source_name))
    source = clean_line(_text(record, "source"))
    title = clean_line(_text(record, "title")) or page.title
    return Page(
        title=title,
        blocks=page.blocks,
        original=line.original,
        media_type=line.media_type,
        url=page.url,
        **_identity(record, title, published),
        source_key=source,
        source_name=source or page.source_name,
        republished=page.republished,
        byline=author.name or page.byline,
        place=author.place or page.place,
        agencies=author.agencies or page.agencies,
        published_at=published.at if published else None,
        published_precision=published.precision if published else "",
        published_from="input" if stated else page.published_from,
        credit_lines=page.credit_lines,
        evidence=page.evidence,
        language=page.language,
        metadata=_metadata(line, stated) | page.metadata,
    )


def _published(record: Mapping[str, Any]) -> Published | None:
    """A stamp, or a date as people write it in tables."""
    stamp = record.get("published_at")
    return read_stamp(stamp) or (read_dateline(stamp) if isinstance(stamp, str) else None)


def _identity(record: Mapping[str, Any], title: str, published: Published | None) -> dict[str, Any]:
    for name in ("id", "key"):
        value = record.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return {"key": clean_line(str(value)), "key_is_certain": True}
    return {"key": f"{published.at.date() if published else ''} {title}".strip()}


def _metadata(line: _Line, published: Published | None) -> dict[str, Any]:
    """The keys that are not ours, and a date that could not be read: nothing that was sent is lost."""
    kept = dict(line.others)
    if line.fields.get("published_at") and not published:
        kept["published_at"] = line.fields["published_at"]
    return kept
