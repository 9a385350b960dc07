"""Sitemaps: the addresses a site names for its pages, with what the news extension says of them; and their indexes."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext
from lxml.etree import LxmlError, QName, _Element, iterparse

from articles.importing.cleaning import clean_line
from articles.importing.dates.published import Published, read_stamp
from articles.importing.fetching.inflating import unpacked
from articles.importing.pages import Refused
from articles.importing.readers.xml_text import read_xml_text, with_ampersands_escaped

_ENTRIES = ("url", "sitemap")
_ROOTS = ("urlset", "sitemapindex")


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """`published`, `title` and `source_name` are from the news extension, where it is used."""

    link: str
    modified: Published | None = None
    published: Published | None = None
    title: str = ""
    source_name: str = ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Of pages, or, where it is an index, of further `sitemaps`."""

    pages: tuple[SitemapEntry, ...] = ()
    sitemaps: tuple[SitemapEntry, ...] = ()


def read_sitemap(data: bytes, *, max_bytes: int, declared_encoding: str = "") -> Sitemap:
    """Compressed (sitemap.xml.gz) or not; `max_bytes` counts after that.

    Raises Refused for what is no sitemap or is made to hurt. What is broken gives what could be read of it.
    """
    text = read_xml_text(unpacked(data, max_bytes), declared_encoding)
    pages, sitemaps, is_sitemap = [], [], False
    for name, element in _elements(with_ampersands_escaped(text)):
        is_sitemap = is_sitemap or name in _ROOTS or name in _ENTRIES
        entry = _entry(element) if name in _ENTRIES else None
        if entry and entry.link:
            (pages if name == "url" else sitemaps).append(entry)
    if not is_sitemap:
        raise Refused(gettext("ليس خريطة موقع (sitemap)"))
    return Sitemap(tuple(pages), tuple(sitemaps))


def _elements(text: str) -> Iterator[tuple[str, _Element]]:
    """Each element that ended, with its local name. An entry is let go after it was looked at."""
    parsed = iterparse(
        BytesIO(text.encode("utf-8", "replace")),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for _, element in parsed:
            if isinstance(element.tag, str):
                name = QName(element).localname.lower()
                yield name, element
                if name in _ENTRIES:
                    _let_go(element)
    except LxmlError as error:
        raise Refused(gettext("ملف XML تالف")) from error


def _let_go(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and len(parent) > 1:
        del parent[0]


def _entry(element: _Element) -> SitemapEntry:
    """News stand in an element of their own; images and videos have names and titles that are not the page's."""
    said: dict[str, str] = {}
    for child in element:
        name = _local_name(child)
        parts = list(child.iter()) if name == "news" else [child]
        for part in parts:
            said.setdefault(_local_name(part), clean_line("".join(part.itertext())))
    return SitemapEntry(
        link=said.get("loc", ""),
        modified=read_stamp(said.get("lastmod")),
        published=read_stamp(said.get("publication_date")),
        title=said.get("title", ""),
        source_name=said.get("name", ""),
    )


def _local_name(element: _Element) -> str:
    return QName(element).localname.lower() if isinstance(element.tag, str) else ""
