"""One JSON object a line: url, source, title, byline, published_at, text or html, language; other keys are kept."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from articles.importing.canonical import canonical_url, host_key
from articles.importing.cleaning import clean_line
from articles.importing.encoding import decode
from articles.importing.languages import language_of
from articles.importing.pages import Page, Refused
from articles.importing.published import Published, read_stamp
from articles.importing.readers.html import read_document
from articles.importing.readers.text import read_body

MEDIA_TYPE = "application/json"
_KNOWN = frozenset(("url", "source", "title", "byline", "published_at", "text", "html", "language", "id", "key"))


def read_line(data: bytes, *, key: str = "") -> Page:
    """The page of one line. Without URL it is identified by its "id" or "key", else by its day and headline.

    Raises Refused for what is no JSON object, or names neither text nor html.
    """
    record = _record(data)
    url = canonical_url(_text(record, "url")) if record.get("url") else None
    return _from_html(record, data, url) if _text(record, "html") else _from_text(record, data, url)


def _record(data: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise Refused(gettext("سطر JSON غير صالح")) from error
    if not isinstance(record, dict):
        raise Refused(gettext("السطر ليس كائن JSON"))
    return record


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(gettext("الحقل %(name)s ليس نصاً") % {"name": name})
    return value


def _from_text(record: Mapping[str, Any], data: bytes, url: str | None) -> Page:
    source = clean_line(_text(record, "source"))
    outlet = source or (host_key(url) if url else "")
    body = read_body(_text(record, "text"), title=clean_line(_text(record, "title")), outlet=outlet)
    published = read_stamp(record.get("published_at"))
    return Page(
        title=body.title,
        blocks=body.blocks,
        original=data,
        media_type=MEDIA_TYPE,
        url=url,
        **_identity(record, body.title, published),
        source_key=source or body.republisher,
        source_name=source or body.republisher,
        republished=bool(body.republisher) and not source,
        byline=clean_line(_text(record, "byline")),
        published_at=published.at if published else None,
        published_precision=published.precision if published else "",
        language=language_of(body.title, body.blocks, _text(record, "language")),
        metadata=_metadata(record, published),
    )


def _from_html(record: Mapping[str, Any], data: bytes, url: str | None) -> Page:
    """What the record says of the page goes before what the page says of itself."""
    page = read_document(_text(record, "html"), original=data, address=url)
    stated = read_stamp(record.get("published_at"))
    published = stated or (Published(page.published_at, page.published_precision) if page.published_at else None)
    source = clean_line(_text(record, "source"))
    title = clean_line(_text(record, "title")) or page.title
    return Page(
        title=title,
        blocks=page.blocks,
        original=data,
        media_type=MEDIA_TYPE,
        url=page.url,
        **_identity(record, title, published),
        source_key=source,
        source_name=source or page.source_name,
        republished=page.republished,
        byline=clean_line(_text(record, "byline")) or page.byline,
        published_at=published.at if published else None,
        published_precision=published.precision if published else "",
        language=page.language,
        metadata=_metadata(record, stated),
    )


def _identity(record: Mapping[str, Any], title: str, published: Published | None) -> dict[str, Any]:
    for name in ("id", "key"):
        value = record.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return {"key": clean_line(str(value)), "key_is_certain": True}
    return {"key": f"{published.at.date() if published else ''} {title}".strip()}


def _metadata(record: Mapping[str, Any], published: Published | None) -> dict[str, Any]:
    """The keys that are not ours, and a date that could not be read: nothing that was sent is lost."""
    kept = {name: value for name, value in record.items() if name not in _KNOWN}
    if record.get("published_at") and not published:
        kept["published_at"] = record["published_at"]
    return kept
