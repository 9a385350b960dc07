"""What a page's head says of where its text comes from: a canonical link to another site, isBasedOn, names."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

from articles.importing.canonical import canonical_url
from articles.importing.cleaning import clean_line
from articles.importing.pages import Refused
from articles.importing.readers.html_head import Head, canonical_links_of
from articles.importing.readers.html_sites import are_one_site
from articles.language.folding import fold

_LONGEST = 500
_MOST = 5


def origins_of(head: Head, url: str | None) -> dict[str, Any]:
    """For Page.metadata, as far as there is any: canonical, based_on, author_organisation, publisher.

    `canonical` is the canonical link where it is another URL on the page's own site, `canonical_elsewhere` where it
    leads to another site.
    """
    canonical = _canonical(head, url)
    is_elsewhere = bool(canonical and url) and not are_one_site(canonical, url)
    said = {
        "canonical": "" if is_elsewhere else canonical,
        "canonical_elsewhere": canonical if is_elsewhere else "",
        "based_on": list(_named(head.ld.get("isBasedOn") or head.ld.get("isBasedOnUrl")))[:_MOST],
        "author_organisation": list(_organisations(head.ld.get("author")))[:_MOST],
        "publisher": _other_publisher(head),
    }
    return {name: value for name, value in said.items() if value}


def _canonical(head: Head, url: str | None) -> str:
    """The canonical link, where it is another URL than the page's own address."""
    links = canonical_links_of(head.tree)
    try:
        canonical = canonical_url(urljoin(url, links[0])) if links and url else ""
    except (Refused, ValueError):
        return ""
    return "" if canonical == url else canonical[:_LONGEST]


def _named(value: Any) -> Iterator[str]:
    """Addresses and names, however deep JSON-LD has them."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            publisher = one.get("publisher")
            name = publisher.get("name") if isinstance(publisher, Mapping) else None
            one = one.get("url") or one.get("@id") or name or one.get("name")
        if isinstance(one, str) and clean_line(one):
            yield clean_line(one)[:_LONGEST]


def _organisations(value: Any) -> Iterator[str]:
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, Mapping) and "organization" in str(author.get("@type")).lower():
            yield from _named({"name": author.get("name")})


def _other_publisher(head: Head) -> str:
    """JSON-LD's publisher, where the site goes by another name."""
    name = next(_named({"publisher": head.ld.get("publisher")}), "")
    return name if fold(name) != fold(head.first("og:site_name")) and head.first("og:site_name") else ""
