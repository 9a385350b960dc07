"""Text inside XML: what XML cannot hold, and what an XML file of others must not make us do."""

import re
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from annotations.exports.records import ArticleRecord, Losses
from annotations.exports.tool_drops import ILLEGAL

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# For etree.iterparse: no entity is resolved, nothing is fetched, and libxml2's own limits of depth and size hold.
SAFELY = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def legal(text: str) -> str:
    """A text of the same length, so that offsets stay: U+FFFD stands for each control character that XML forbids."""
    return _ILLEGAL.sub("\ufffd", text)


def count_illegal(article: ArticleRecord, losses: Losses) -> None:
    """In the text, and in what people wrote on it."""
    written = (words for mark in article.marks for words in (mark.note, *mark.tags))
    losses.count(ILLEGAL, sum(len(_ILLEGAL.findall(words)) for words in (article.text or "", *written)))


def attributes(**values: object) -> str:
    """« name="value"» for each value that is there and not empty."""
    return "".join(
        f" {name}={quoteattr(legal(str(value)))}" for name, value in values.items() if value not in (None, "")
    )


def has_doctype(element: etree._Element) -> bool:
    """Whether the document declares a DTD; known as soon as its first element begins."""
    return element.getroottree().docinfo.internalDTD is not None


def element(tag: str, text: str, **values: object) -> str:
    """<tag name="value">text</tag>; the text is kept to the character, carriage returns included."""
    return f"<{tag}{attributes(**values)}>{content(text)}</{tag}>"


def content(text: str) -> str:
    return escape(legal(text), {"\r": "&#13;"})
