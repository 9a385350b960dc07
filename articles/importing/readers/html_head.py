"""What an HTML page says of itself: JSON-LD, meta tags, its links and its headline."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.importing.canonical import canonical_url, host_key
from articles.importing.cleaning import clean_line
from articles.importing.pages import Refused
from articles.importing.readers.html_beside import Beside
from articles.importing.readers.html_json_ld import Identity, article_ld, text_in_ld, url_in_ld
from articles.importing.readers.html_sites import are_one_site
from articles.language.folding import fold

_DATE_TAGS = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "publish-date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date", "article.published",
    "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date",
    "dc.date.created", "date",
)  # fmt: skip
_CANONICAL = XPath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
_STAMPS = XPath("//time/@datetime")
_STAMPS_OF_PUBLICATION = XPath("//time[@pubdate or @itemprop='datePublished']/@datetime")
_STAMPS_IN_ARTICLE = XPath("//time[ancestor::article or ancestor::main]/@datetime")
_MICRODATA = XPath("//*[@itemprop='datePublished']/@content")
_ADDRESS = re.compile(r"[\d.]+|\[.*|localhost|.*\.(?:local|internal|test)|[^.]+")
# Between a headline and its site's name in <title>.
_SEPARATOR = re.compile(r"\s+[|–—:•·»«-]+\s+|\s*[|•»]\s*")
_LONGEST_NAME = 40
_NO_LETTERS = re.compile(r"[\W_]+")
_NUMBERED_PAGE = re.compile(r"(?:index|default|home)\.\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """The tags of a page: `meta` by lower-case name or property (first one wins), `ld` the article's JSON-LD object."""

    tree: HtmlElement
    meta: Mapping[str, str]
    ld: Mapping[str, Any] = field(default_factory=dict)

    def first(self, *names: str) -> str:
        """The first of these meta tags that says something."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")


def read_head(tree: HtmlElement, address: str | None = None) -> Head:
    """`address` is the page's canonical URL, where it is known."""
    meta: dict[str, str] = {}
    beside = Beside(tree)
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = clean_line(element.get("content") or "")
        if name and content and not (element.get("itemprop") and beside.has(element)):
            meta.setdefault(name.strip().lower(), content)
    return Head(tree, meta, article_ld(tree, _identity(tree, meta, address)))


def url_of(head: Head) -> str | None:
    """The page's own URL in canonical form: its canonical link, else what it tells platforms to link to.

    A canonical link to another site names the origin of a copy and not the copy. Addresses that cannot be an
    article's (a bare host, an IP address, another scheme) are passed over.
    """
    link = canonical_links_of(head.tree)
    canonical = _usable_url(link[0]) if link else None
    shared = _usable_url(head.first("og:url")) or _usable_url(url_in_ld(head.ld))
    if canonical and shared and not are_one_site(canonical, shared):
        return shared
    return canonical or shared or _usable_url(head.first("twitter:url"))


def canonical_links_of(tree: HtmlElement) -> list[str]:
    """As written."""
    return _CANONICAL(tree)


def site_name_of(head: Head) -> str:
    return next(iter(site_names_of(head)), "")


def site_names_of(head: Head) -> list[str]:
    """All names that the page gives to its site, the surest first."""
    publisher = head.ld.get("publisher")
    name = publisher.get("name") if isinstance(publisher, Mapping) else None
    names = (head.first("og:site_name"), text_in_ld(name), head.first("application-name", "publisher", "dc.publisher"))
    return [name for name in names if name]


def site_in_window(head: Head, title: str) -> str:
    """The name beside the headline in the window's title, «عنوان - بوابة الوادي», or nothing."""
    parts = _SEPARATOR.split(_window(head))
    words = _bare(title)
    is_headed = any(_bare(part) and _bare(part) in words for part in parts)
    others = [part for part in parts if _bare(part) and _bare(part) not in words]
    return others[-1] if is_headed and others and len(others[-1]) <= _LONGEST_NAME else ""


def _window(head: Head) -> str:
    title = head.tree.find(".//head//title")
    title = head.tree.find(".//title") if title is None else title
    return clean_line(title.text_content()) if title is not None else ""


def authors_of(head: Head) -> list[str]:
    """Whom the page names as its authors: in JSON-LD, else in meta tags. Addresses are no authors."""
    people = head.ld.get("author") or head.ld.get("creator")
    people = people if isinstance(people, list) else [people]
    names = [text_in_ld(person.get("name") if isinstance(person, Mapping) else person) for person in people]
    names = [name for name in names if name] or [head.first("author", "article:author", "dc.creator", "og:author")]
    return list(dict.fromkeys(name for name in names if name and "://" not in name))


def title_of(head: Head) -> str:
    """The headline as readers see it: the <h1> that the page's own title confirms, else what it gives platforms."""
    site = site_name_of(head)
    stated = [
        head.first("og:title"),
        text_in_ld(head.ld.get("headline")),
        head.first("twitter:title", "title", "headline"),
    ]
    stated = [title for title in stated if title]
    window = _window(head)
    confirmed = " ".join(map(_bare, [*stated, window]))
    headings = [clean_line(heading.text_content()) for heading in head.tree.iter("h1")]
    known = [heading for heading in headings if len(_bare(heading)) > 5 and _bare(heading) in confirmed]
    if known:
        return max(known, key=len)  # the site's name is confirmed too, and shorter
    if stated:
        return _without_site(stated[0], site)
    if len(headings) == 1 and headings[0]:
        return headings[0]
    return _without_site(clean_line(window), site)


def language_declared_by(head: Head) -> str:
    return head.tree.get("lang") or head.first("language", "content-language", "og:locale")


def structured_stamps_of(head: Head) -> list[object]:
    """What JSON-LD says of the time of publication, the most trustworthy first."""
    stamps = (head.ld.get("datePublished"), head.ld.get("dateCreated"))
    return [stamp[0] if isinstance(stamp, list) and stamp else stamp for stamp in stamps]


def tagged_stamps_of(head: Head) -> Iterator[object]:
    """What meta tags and microdata say of it."""
    yield from (head.meta.get(name) for name in _DATE_TAGS)
    yield from _MICRODATA(head.tree)


def shown_stamps_of(head: Head) -> Iterator[object]:
    """What is behind the dates that people see, after `forget_dates_of_others`."""
    yield from _STAMPS_OF_PUBLICATION(head.tree)
    yield from _STAMPS_IN_ARTICLE(head.tree)[:1]


def late_stamps_of(head: Head) -> Iterator[object]:
    """Stamps of elements that may belong to another article, where the page has no more than one of them."""
    stamps = _STAMPS(head.tree)
    yield from stamps[:1] if len(set(stamps)) == 1 else ()


def modified_stamps_of(head: Head) -> list[object]:
    return [head.ld.get("dateModified"), head.first("article:modified_time", "og:updated_time", "datemodified")]


def _identity(tree: HtmlElement, meta: Mapping[str, str], address: str | None) -> Identity:
    addresses = [
        address or "",
        *canonical_links_of(tree)[:1],
        *(meta.get(name, "") for name in ("og:url", "twitter:url")),
    ]
    titles = [meta.get(name, "") for name in ("og:title", "twitter:title", "title", "headline")]
    headings = [clean_line(element.text_content()) for element in tree.iter("h1", "title")]
    site = _bare(meta.get("og:site_name", ""))
    titles = [title for title in (*titles, *headings) if title and _bare(title) != site]
    return Identity([address for address in addresses if address], titles)


def _usable_url(url: str) -> str | None:
    try:
        canonical = canonical_url(url)
    except Refused:
        return None
    path = canonical.split("/", 3)[3]
    if _ADDRESS.fullmatch(host_key(canonical)) or not path or _NUMBERED_PAGE.fullmatch(path):
        return None
    return canonical


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))


def _without_site(title: str, site: str) -> str:
    """A headline without "| site" after it or "site -" before it."""
    names = {_bare(site)} - {""}
    parts = _SEPARATOR.split(title)
    for outer, rest in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
        if rest and (_bare(outer) in names or (not names and outer is parts[-1] and len(outer) <= 30 < len(title))):
            start = title.index(rest[0])
            return title[start : title.rindex(rest[-1]) + len(rest[-1])].strip()
    return title
