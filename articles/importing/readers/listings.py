"""What stands at an address: a page, or what lists pages."""

import re
from typing import Literal

from articles.importing.decoding.encoding import decode
from articles.importing.fetching.inflating import unpacked
from articles.importing.pages import Refused
from articles.importing.readers.addresses import read_addresses

Kind = Literal["page", "feed", "sitemap", "addresses"]
_ROOTS: dict[str, Kind] = {"rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"}
# What may stand before the first element: declarations, comments, white space.
_BEFORE = re.compile(r"(?:\s+|<\?[^>]*>|<!--.*?-->|<!doctype[^>\[]*(?:\[[^\]]*\])?[^>]*>)*", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_HEAD = 8192
_LINES = 20


def kind_of(data: bytes, media_type: str, *, max_bytes: int) -> Kind:
    """By the first element, whatever the type says: servers call feeds text/html. Raises Refused for a broken gzip."""
    head = unpacked(data, max_bytes)[:_HEAD]
    try:
        text = decode(head)
    except Refused:
        return "page"
    before = _BEFORE.match(text)
    root = _ELEMENT.match(text, before.end() if before else 0)
    if root:
        return _ROOTS.get(root[1].lower(), "page")
    if media_type == "text/html" or "<" in text:
        return "page"
    # The last line of the head may be cut.
    lines = list(read_addresses(head[: head.rfind(b"\n")] if len(head) == _HEAD else head))[:_LINES]
    return "addresses" if lines and not any(line.refusal for line in lines) else "page"
