"""Arabic as old pages and PDF files draw it: each line from left to right, its letters in the reverse of reading."""

import re
import unicodedata
from itertools import islice

from lxml.html import HtmlElement

from articles.importing.cleaning import clean_line

_ARABIC_RUN = re.compile("[\u0621-\u064a\u064b-\u0652\ufb50-\ufdf9\ufe70-\ufefc]+")
# So many words of a text are weighed.
_SAMPLE = 3000
# So many characters show for most texts that they are not in visual order.
_GLANCE = 20_000
# Reversed words by which the order is told, and how many of them there must be for one in reading order.
_FEWEST, _EXCESS = 3, 3
_SHARE = 0.1
_FREQUENT = frozenset(("في", "من", "على", "إلى", "أن", "التي", "الذي", "عن", "مع", "هذا", "كان", "بعد", "قال"))
# What is drawn from left to right in Arabic too: numbers, Latin words.
_LATIN = "A-Za-z\u00c0-\u024f"
_DIGITS = "0-9\u0660-\u0669"
_NUMBER = rf"[%٪]?[{_DIGITS}]+(?:[.,:/٫٬-][{_DIGITS}]+)*"
_LEFT_TO_RIGHT = re.compile(
    rf"(?:{_NUMBER} )?[{_LATIN}](?:[{_LATIN}{_DIGITS} .,'&@/:+-]*[{_LATIN}{_DIGITS}])?|{_NUMBER}"
)
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
# Some programs reverse letters together with their marks: then a word may end with the mark of its first letter.
_MARK_LAST = re.compile("[\u064b-\u0652](?![\u0621-\u064a\u064b-\u0652])")
_MARK_FIRST = re.compile("(?<![\u0621-\u064a\u064b-\u0652])[\u064b-\u0652]")
_CLUSTER = re.compile("[\u0621-\u064a\ufb50-\ufdf9\ufe70-\ufefc][\u064b-\u0652]+")
_BLOCKS = (
    *("p", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "title", "pre", "center", "body"),
    *("article", "section", "main", "figcaption", "dd", "dt", "table", "tbody", "tr", "ul", "ol", "figure", "header"),
)
_NO_TEXT = ("script", "style", "noscript")
_SENTENCE_END = re.compile(r"[.!؟?:…][»”\")\]]*$")


def is_visual(text: str) -> bool:
    """Whether the Arabic of this text is written in the order in which it is drawn."""
    middle = text[len(text) // 2 :][:_GLANCE]
    if middle.count(" ال") > middle.count("لا ") or text.count(" ال") > text.count("لا "):
        return False
    found = islice(_ARABIC_RUN.finditer(text), _SAMPLE)
    words = [unicodedata.normalize("NFKC", match[0]) for match in found]
    logical = sum(_is_common(word) for word in words)
    visual = sum(_is_common(word[::-1]) for word in words)
    return visual >= max(_FEWEST, _EXCESS * logical, _SHARE * len(words))


def _is_common(word: str) -> bool:
    return (word.startswith("ال") and len(word) > 4) or word in _FREQUENT


def logical_line(line: str) -> str:
    """A drawn line in reading order."""
    if _ARABIC_RUN.search(line) is None:
        return line
    if _MARK_LAST.search(line) and not _MARK_FIRST.search(line):
        line = _CLUSTER.sub(lambda match: match[0][::-1], line)
    turned = line[::-1].translate(_MIRRORED)
    return _LEFT_TO_RIGHT.sub(lambda match: match[0][::-1], turned)


def reorder_tree(tree: HtmlElement) -> None:
    """Turn every line of a page that is in visual order, in place.

    Elements inside a line are drawn in reverse too: a line becomes one text. Lines that <br> parts and no sentence ends
    are one paragraph.
    """
    leaves = [block for block in tree.iter(*_BLOCKS) if next(block.iterdescendants(*_BLOCKS), None) is None]
    for leaf in leaves:
        _set_lines(leaf, _drawn_lines(leaf))
    done = set(leaves)
    for element in tree.iter():
        if element.tag == "meta" and element.get("content"):
            element.set("content", logical_line(element.get("content")))
        if element.text and element not in done and isinstance(element.tag, str) and element.tag not in _NO_TEXT:
            element.text = logical_line(element.text)
        if element.tail and element.getparent() not in done:
            element.tail = logical_line(element.tail)


def _drawn_lines(element: HtmlElement) -> list[str]:
    lines = [""]
    for node in element.iter():
        if node.tag == "br":
            lines.append("")
        elif isinstance(node.tag, str) and node.tag not in _NO_TEXT:
            lines[-1] += node.text or ""
        if node is not element:
            lines[-1] += node.tail or ""
    return [clean_line(line) for whole in lines for line in whole.split("\n")]


def _set_lines(element: HtmlElement, drawn: list[str]) -> None:
    paragraphs: list[str] = []
    is_open = False
    for line in map(logical_line, drawn):
        if is_open and line:
            paragraphs[-1] += " " + line
        elif line:
            paragraphs.append(line)
        is_open = bool(line) and not _SENTENCE_END.search(line)
    for child in list(element):
        element.remove(child)
    element.text = paragraphs[0] if paragraphs else ""
    for paragraph in paragraphs[1:]:
        element.append(element.makeelement("br", {}))
        element[-1].tail = paragraph
