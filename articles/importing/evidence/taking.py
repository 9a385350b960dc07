"""Taking evidence out of a page before its text is looked for."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml.etree import tostring
from lxml.html import HtmlElement

from articles.importing.evidence.figures import LONGEST_CAPTION, read_figure, read_picture
from articles.importing.evidence.parts import PageParts
from articles.importing.evidence.placing import MOST_PIECES, Evidence, Taken, squeezed
from articles.importing.evidence.posts import read_post
from articles.importing.evidence.tables import read_table
from articles.importing.evidence.wording import words_of

# A page of nothing but candidates is looked at so far only.
_MOST_CANDIDATES = 2000
_MOST_TAKEN = 4 * MOST_PIECES
_CANDIDATES = (
    "figure", "img", "amp-img", "table", "blockquote", "iframe", "amp-iframe", "amp-youtube", "amp-twitter",
    "amp-instagram", "amp-facebook", "lite-youtube", "script", "div", "p",
)  # fmt: skip
_NO_POSTS = frozenset(("img", "amp-img", "table"))
# Two code points that no text holds (they are for internal use) round the number of what was taken.
_MARK = re.compile("\ufdd0([0-9]{1,4})\ufdd1")


class _Found(NamedTuple):
    element: HtmlElement
    pieces: list[dict[str, Any]]
    is_sure: bool


def take_evidence(tree: HtmlElement, base: str = "") -> Evidence:
    """Take pictures, tables of facts and embedded posts out of the page. `base` is the page's address, if known."""
    body = tree.find("body")
    body = tree if body is None else body
    found = list(_found_in(body, _base_of(tree, base)))
    if not found:
        return Evidence()
    marks = [_marked(one.element, number) for number, one in enumerate(found)]
    page = squeezed(_text_of(body))
    for mark in marks:
        mark.drop_tree()
    # split gives: text, number, text, number, …, text
    texts = _MARK.split(page)
    taken: list[Taken] = []
    length, last = 0, -1
    for text, number in zip(texts[::2], texts[1::2], strict=False):
        length += len(text)
        # Numbers out of order are marks that the page itself wrote.
        if last < int(number) < len(found):
            last = int(number)
            taken.append(Taken(found[last].pieces, found[last].is_sure, length))
    return Evidence("".join(texts[::2]), taken)


def _base_of(tree: HtmlElement, address: str) -> str:
    stated = tree.find("head/base")
    return (stated.get("href") if stated is not None else "") or address


def _found_in(body: HtmlElement, base: str) -> Iterator[_Found]:
    """Evidence in the page's order, none inside another."""
    parts, taken = PageParts(body), 0
    for number, element in enumerate(element for element in body.iter(*_CANDIDATES) if _may_be_evidence(element)):
        if number >= _MOST_CANDIDATES or taken >= _MOST_TAKEN:
            return
        if parts.are_apart(element, is_post=element.tag not in _NO_POSTS):
            continue
        found = _read(element, base)
        if found and found.pieces and found.element is not body:
            parts.take(found.element)
            taken += 1
            yield found


def _may_be_evidence(element: HtmlElement) -> bool:
    """A quick look that passes over most paragraphs and divisions."""
    if element.tag == "p":
        return (element.text or "").lstrip().startswith("http") or (len(element) == 1 and element[0].tag == "a")
    if element.tag == "div":
        return "fb-" in (element.get("class") or "") or element.get("data-telegram-post") is not None
    return element.tag != "script" or element.get("data-telegram-post") is not None


def _read(element: HtmlElement, base: str) -> _Found | None:
    if element.tag in ("img", "amp-img"):
        return _as_found(read_picture(element, base))
    if element.tag == "figure":
        return _in_figure(element, base)
    if element.tag == "table":
        table = read_table(element)
        return _Found(element, [table], True) if table else None
    post = read_post(element, base)
    return _Found(element, [post], True) if post else None


def _in_figure(figure: HtmlElement, base: str) -> _Found | None:
    """A <figure> is a frame for tables and embedded posts as well."""
    for inner in figure.iter("table", "blockquote", "iframe", "div"):
        if inner.tag == "table":
            caption = next(figure.iter("figcaption"), None)
            table = read_table(inner, caption="" if caption is None else words_of(caption, LONGEST_CAPTION))
            return _Found(figure, [table], True) if table else None
        if post := read_post(inner, base):
            return _Found(figure, [post], True)
    return _as_found(read_figure(figure, base))


def _as_found(figures: Any) -> _Found | None:
    return _Found(*figures) if figures else None


def _marked(element: HtmlElement, number: int) -> HtmlElement:
    """Put a mark into the element's place."""
    mark = element.makeelement("span")
    mark.text, mark.tail = f"\ufdd0{number}\ufdd1", element.tail
    element.getparent().replace(element, mark)
    return mark


def _text_of(body: HtmlElement) -> str:
    """All that the page says, without its scripts: these may hold the article once more."""
    scripts = [(script, script.text) for script in body.iter("script", "style")]
    for script, _ in scripts:
        script.text = None
    text = tostring(body, method="text", encoding="unicode", with_tail=False)
    for script, held in scripts:
        script.text = held
    return text
