"""RSS and Atom, as they are found: what a feed says of each entry. Its pages are fetched by somebody else."""

from dataclasses import dataclass
from io import BytesIO

import feedparser
import lxml.html
from django.utils.translation import gettext
from lxml.etree import ParserError

from articles.importing.cleaning import clean_line
from articles.importing.dates.published import Published, read_dateline, read_stamp
from articles.importing.pages import Refused
from articles.importing.readers.xml_text import FEED_ELEMENTS, read_xml_text

# Feeds hold the latest entries; one that is larger is an archive, and reading it costs seconds per megabyte.
MAX_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """`link` is absolute, empty where the entry has none. Title and summary are plain text, one line each.

    `key` is the entry's own identity (guid, id). `updated` is what the feed says of its last change, as written.
    """

    link: str
    title: str = ""
    summary: str = ""
    byline: str = ""
    published: Published | None = None
    key: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    title: str
    entries: tuple[FeedEntry, ...]


def read_feed(data: bytes, *, address: str = "", declared_encoding: str = "") -> Feed:
    """`address` is where the feed stood: relative links are seen from there.

    Raises Refused for what is no feed, is too large, or is made to hurt.
    """
    if len(data) > MAX_BYTES:
        raise Refused(gettext("خلاصة أكبر من الحد المسموح به (%(limit)d ميغابايت)") % {"limit": MAX_BYTES // 1_000_000})
    text = read_xml_text(data, declared_encoding, most_elements=FEED_ELEMENTS)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    # A stream, because feedparser opens as file or address whatever else it is given.
    found = feedparser.parse(
        BytesIO(text.encode("utf-8", "replace")),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.get("version") and not found.entries:
        raise Refused(gettext("ليس خلاصة RSS ولا Atom"))
    return Feed(_plain(found.feed.get("title", "")), tuple(_entry(entry) for entry in found.entries))


def _entry(entry: feedparser.FeedParserDict) -> FeedEntry:
    # FeedBurner puts its own address in the place of the page's.
    link = entry.get("feedburner_origlink") or entry.get("link") or ""
    return FeedEntry(
        link=link.strip() if link.strip().startswith(("http://", "https://")) else "",
        title=_plain(entry.get("title", "")),
        summary=_plain(entry.get("summary", "")),
        byline=clean_line(entry.get("author", "")),
        # Not by its own get, which gives one date for the other and warns of it.
        published=_published(dict.get(entry, "published", "")) or _published(dict.get(entry, "updated", "")),
        key=clean_line(entry.get("id", "")),
        updated=clean_line(dict.get(entry, "updated", "")),
    )


def _published(written: str) -> Published | None:
    return read_stamp(written) or read_dateline(written)


def _plain(html: str) -> str:
    """Feeds hold HTML in their text, and nobody can tell which do."""
    if "<" in html or "&" in html:
        try:
            html = lxml.html.document_fromstring(f"<div>{html}</div>").text_content()
        except (ParserError, ValueError):
            return ""
    return clean_line(html)
