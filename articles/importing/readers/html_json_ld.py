"""The JSON-LD object that describes a page's own article. Pages describe other articles as well: those they list."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from articles.importing.canonical import canonical_url
from articles.importing.cleaning import clean_line
from articles.importing.pages import Refused
from articles.language.folding import fold

_ARTICLE_TYPES = frozenset(
    (
        "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle", "report",
        "reviewnewsarticle", "backgroundnewsarticle", "blogposting", "liveblogposting", "socialmediaposting",
    )
)  # fmt: skip
# Templates that describe no article describe their page.
_PAGE_TYPES = frozenset(("webpage", "itempage"))
# What is below these is of other pages.
_LISTS = frozenset(("itemlist", "listitem", "breadcrumblist", "collectionpage", "comment"))
_OF_OTHERS = frozenset(
    (
        "itemlistelement", "mentions", "citation", "isbasedon", "isrelatedto", "relatedlink", "significantlink",
        "comment", "subjectof", "workexample", "blogpost",
    )
)  # fmt: skip
_STAMP_IN_BROKEN = re.compile(r'"datePublished"\s*:\s*"([^"<>]{4,40})"')
_LIST_IN_BROKEN = re.compile(r'"(?:itemListElement|mentions|related\w*)"', re.IGNORECASE)
_LONGEST_LD = 500_000
_DEEPEST = 8
_NO_LETTERS = re.compile(r"[\W_]+")
# What tells a headline, also as a part of another one, has no fewer letters.
_SHORTEST_PART = 10
# Fewer words than these are a section's name.
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """What a page calls itself outside of JSON-LD."""

    addresses: Sequence[str]
    titles: Sequence[str]


def article_ld(tree: HtmlElement, page: Identity) -> Mapping[str, Any]:
    """The first object that describes the page's article, else the dated page. Of broken ones the date is taken."""
    second_best: Mapping[str, Any] = {}
    for script in tree.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _LONGEST_LD:
            continue
        try:
            data = json.loads(text.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            stamp = None if _LIST_IN_BROKEN.search(text) else _STAMP_IN_BROKEN.search(text)
            second_best = second_best or ({"datePublished": stamp[1]} if stamp else {})
            continue
        for found in _objects(data, _DEEPEST):
            types = _types(found)
            if types & _ARTICLE_TYPES and _describes(found, page):
                return found
            is_dated = types & _PAGE_TYPES and found.get("datePublished")
            if not second_best and is_dated and _describes(found, page):
                second_best = found
    return second_best


def url_in_ld(ld: Mapping[str, Any]) -> str:
    page = ld.get("mainEntityOfPage")
    return text_in_ld(page.get("@id") if isinstance(page, Mapping) else page) or text_in_ld(ld.get("url"))


def text_in_ld(value: Any) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _objects(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """All objects at any depth, except those of other pages."""
    if isinstance(data, Mapping):
        yield data
    if not depth or (isinstance(data, Mapping) and _types(data) & _LISTS):
        return
    if isinstance(data, Mapping):
        for key, value in data.items():
            name = key.lower()
            if name not in _OF_OTHERS and not name.startswith("related"):
                yield from _objects(value, depth - 1)
    elif isinstance(data, list):
        for value in data:
            yield from _objects(value, depth - 1)


def _types(data: Mapping[str, Any]) -> set[str]:
    types = data.get("@type")
    return {str(name).lower() for name in (types if isinstance(types, list) else [types])}


def _describes(ld: Mapping[str, Any], page: Identity) -> bool:
    """By its address or by its headline. Of an object that states neither, the page that carries it is meant."""
    own = {place for address in page.addresses if (place := _place(address))}
    places = {place for value in (url_in_ld(ld), ld.get("url"), ld.get("@id")) if (place := _place(value))}
    if own & places:
        return True
    headline = text_in_ld(ld.get("headline") or ld.get("name"))
    is_elsewhere = bool(own and places)
    publisher = ld.get("publisher")
    site = text_in_ld(publisher.get("name")) if isinstance(publisher, Mapping) else ""
    titles = [title for title in page.titles if len(_bare(title)) >= _SHORTEST_PART and _bare(title) != _bare(site)]
    if not headline or not titles:
        return not is_elsewhere
    return any(_is_one_headline(headline, title, strictly=is_elsewhere) for title in titles)


def _place(url: Any) -> str:
    """Path and query, the same for a page and for its AMP twin; empty for a site's front page and for no address."""
    if not isinstance(url, str) or not url.strip() or url.startswith("#"):
        return ""
    try:
        parts = urlsplit(canonical_url(urljoin("http://relative.invalid/", url.strip())))
    except (Refused, ValueError):
        return ""
    path = "/".join(step for step in unquote(parts.path).split("/") if step not in ("", "amp"))
    return f"{path}?{parts.query}" if path or parts.query else ""


def _is_one_headline(one: str, other: str, *, strictly: bool) -> bool:
    """Whether one is the other or a part of it, or, less strictly, has half of its words."""
    first, second = sorted((_bare(one), _bare(other)), key=len)
    if first == second or (len(first) >= _SHORTEST_PART and first in second):
        return True
    words, others = set(fold(one).split()), set(fold(other).split())
    fewest = min(len(words), len(others))
    return not strictly and fewest >= _FEWEST_WORDS and 2 * len(words & others) >= fewest


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))
