"""The source of a page as a tree, whatever its size and its mistakes: no reader's time may hang on them."""

import re
from collections import Counter

from django.utils.translation import gettext
from lxml.etree import ElementDefaultClassLookup, HTMLParser, LxmlError
from lxml.html import HtmlElement, fromstring
from trafilatura.utils import is_dubious_html, repair_faulty_html

from articles.importing.pages import Refused

# As trafilatura's own, but that every element is of one class: lxml.html asks a Python function for the class of each,
# whenever it is met again, which is a tenth of what reading a page takes. What it keeps apart are parts of forms.
_PARSER = HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True)
_PARSER.set_element_class_lookup(ElementDefaultClassLookup(element=HtmlElement))

# Each line break costs the readers of a tree as much as a paragraph; more than two in a row are two.
_BREAKS = re.compile(r"(?:<br\b[^<>]*>(?:\s|&nbsp;)*){3,}", re.IGNORECASE)
_MANY_BREAKS = 1000
# Pages with fewer tags have too few of anything to cost much.
_MANY_TAGS = 5000
# A tag of this length is made by a program that keeps data in it; its attributes cost the square of their number.
_LONGEST_TAG = 20_000
_LONG_TAG = re.compile(rf"<([a-zA-Z][a-zA-Z0-9]*)\s[^<>]{{{_LONGEST_TAG},}}>")
# A word processor puts every word into an element; trafilatura takes the square of the time for such a paragraph.
_SPANS = re.compile(r"</?(?:span|font)\b[^<>]*>", re.IGNORECASE)
_MANY_SPANS = 3000
# libxml2 drops what lies deeper than 256 elements, and says so.
_TOO_DEEP = "Excessive depth"
_DEEPEST = 60
_TAG = re.compile(
    r"<script\b.*?(?:</script|\Z)|<style\b.*?(?:</style|\Z)|<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
# They hold nothing, or end by themselves where the next one begins.
_FLAT = frozenset(("br", "hr", "img", "input", "meta", "link", "wbr", "source", "col", "area", "base", "embed", "p"))
_INLINE = frozenset(
    [
        *(
            "a",
            "abbr",
            "b",
            "big",
            "bdi",
            "bdo",
            "cite",
            "code",
            "em",
            "font",
            "i",
            "ins",
            "label",
            "mark",
            "s",
            "small",
        ),
        *("span", "strike", "strong", "sub", "sup", "tt", "u", "var"),
    ]
)
_PARAGRAPHS = frozenset(("div", "section", "article", "blockquote", "center", "li", "dd", "main"))
# So many elements of a name that are never closed are a mistake of the page's template.
_NEVER_CLOSED = 50


def parse_html(document: str) -> HtmlElement:
    """The tree of an HTML page. Raises Refused for what is none."""
    if not document.strip():
        raise Refused(gettext("الملف فارغ"))
    tree = _parsed(_bounded(document))
    if any(_TOO_DEEP in entry.message for entry in _PARSER.error_log):
        tree = _parsed(_flattened(_bounded(document)))
    if tree is None:
        raise Refused(gettext("ليست صفحة HTML"))
    return tree


def _parsed(document: str) -> HtmlElement | None:
    """What trafilatura's load_html makes of it: mended where it knows how; None for what is no HTML."""
    beginning = document[:50].lower()
    mended = repair_faulty_html(document, beginning)
    tree = _tree_of(mended)
    if tree is None or len(tree) < 1:
        tree = _tree_of(mended.encode("utf-8", "surrogatepass"))
    is_html = tree is not None and (len(tree) > 1 or not is_dubious_html(beginning))
    return tree if is_html else None


def _tree_of(source: str | bytes) -> HtmlElement | None:
    try:
        return fromstring(source, parser=_PARSER)
    except (LxmlError, ValueError):
        # A text that declares an encoding must be given in bytes.
        return None


def _bounded(document: str) -> str:
    tags = document.split("<")
    if max(map(len, tags)) > _LONGEST_TAG:
        document = _LONG_TAG.sub(r"<\1>", document)
    if len(tags) <= _MANY_TAGS:
        return document
    if document.count("<br") + document.count("<BR") > _MANY_BREAKS:
        document = _BREAKS.sub("<br><br>", document)
    if document.count("<span") + document.count("<font") > _MANY_SPANS:
        document = _SPANS.sub("", document)
    return document


def _flattened(document: str) -> str:
    """The document without the tags that lie too deep; where they held paragraphs, paragraphs begin.

    Elements that are never closed (one <font> more in every paragraph) make a page as deep as nested ones: they go.
    """
    open_at_end = Counter[str]()
    for match in _TAG.finditer(document):
        open_at_end[(match[2] or "").lower()] += -1 if match[1] else 1
    unclosed = {name for name in _INLINE if open_at_end[name] > _NEVER_CLOSED}
    depth, last = 0, 0

    def kept(match: re.Match[str]) -> str:
        nonlocal depth, last
        name = (match[2] or "").lower()
        if not name or name in _FLAT:
            return match[0]
        if name in unclosed:
            return ""
        depth += not match[1]
        is_deep = depth > _DEEPEST
        depth = max(0, depth - bool(match[1]))
        if not is_deep:
            return match[0]
        follows_another, last = match.start() == last, match.end()
        return "<p>" if name in _PARAGRAPHS and not follows_another else " " if name not in _INLINE else ""

    return _TAG.sub(kept, document)
