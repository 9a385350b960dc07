"""The article of a page: what trafilatura takes for it, as typed lines."""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml.etree import _Element, strip_elements
from lxml.html import HtmlElement
from trafilatura import bare_extraction

from articles.importing.cleaning import clean_line
from articles.importing.pages import Block, BlockKind
from articles.importing.readers.html_nesting import flatten_link_farms

_KINDS: dict[str, BlockKind] = {"head": "heading", "quote": "quotation", "item": "list_item"}
_BLOCKS = frozenset(("p", "head", "quote", "list", "item", "div", "ab", "code", "row", "cell"))
# A cell with more running text (in characters) is where a page that is laid out by tables has its article; others hold
# figures, names and links. Running text comes in lines longer than those.
_LAYOUT_CELL = 150
_SENTENCE = 70
_LITTLE_TEXT = 400
_NO_TEXT = ("script", "style", "noscript", "svg", "template", "iframe", "canvas", "object", "embed")
_OF_HEADS = frozenset(("meta", "link", "title", "base", *_NO_TEXT))
# Menus are most of a large page, and what those opinions take the longest for.
_FRAME = ("nav", "footer", "aside", "select", "button")
# Of a page's text so much must stand in paragraphs for them to be the article.
_OWN_SHARE = 0.5
_MOST_PARAGRAPHS = 2000
_PARAGRAPHS = (
    "/descendant::body/descendant::*[self::p or self::h2 or self::h3 or self::h4 or self::blockquote]"
    "[not(.//p) and not(ancestor::nav or ancestor::header or ancestor::footer or ancestor::aside or ancestor::form"
    " or ancestor::a)]"
)
# A poem has no paragraphs, only lines; all of it in one is what trafilatura gives when it finds none.
_POEM = range(4, 5000)  # line breaks


def article_lines(tree: HtmlElement) -> list[Block]:
    """None where no article is found.

    Where trafilatura finds no article it gives all of the page in one line. The page's own lines are better.
    """
    # trafilatura drops them too, from each of the copies of the tree that it makes.
    strip_elements(tree, *_NO_TEXT, with_tail=False)
    flatten_link_farms(tree)
    with _headless(tree):
        return _article_lines(tree)


@contextmanager
def _headless(tree: HtmlElement) -> Iterator[None]:
    """A tenth of a page's elements are in its head, and trafilatura would look at each of them."""
    head = tree.find("head")
    # What a broken page has in it besides may be the article.
    if head is None or (head.tail and not head.tail.isspace()) or not {child.tag for child in head} <= _OF_HEADS:
        yield
        return
    place = tree.index(head)
    tree.remove(head)
    try:
        yield
    finally:
        tree.insert(place, head)


def _article_lines(tree: HtmlElement) -> list[Block]:
    lines = list(_lines(_body(tree)))
    if len(lines) != 1:
        return lines
    own = [line for line in _own_paragraphs(tree) if line.text in lines[0].text]
    if len(own) > 1 and sum(len(line.text) for line in own) >= _OWN_SHARE * len(lines[0].text):
        return own
    if len(tree.xpath("//br")) in _POEM:
        _breaks_to_paragraphs(tree)
        return list(_lines(_body(tree)))
    return lines


def _own_paragraphs(tree: HtmlElement) -> list[Block]:
    """The paragraphs of the page that are neither of its frame nor links."""
    found = []
    for element in tree.xpath(_PARAGRAPHS)[:_MOST_PARAGRAPHS]:
        is_quoted = element.tag == "blockquote" or next(element.iterancestors("blockquote"), None) is not None
        kind: BlockKind = "quotation" if is_quoted else "paragraph" if element.tag == "p" else "heading"
        line = clean_line(element.text_content())
        if line:
            found.append(Block(kind, line))
    return found


def _body(tree: HtmlElement) -> _Element | None:
    """What trafilatura takes for the article. Its second opinions cost a quarter of its time: for little text only."""
    found = bare_extraction(tree, include_comments=False, include_tables=True, fast=True)
    if found is None or len(found.text or "") < _LITTLE_TEXT:
        strip_elements(tree, *_FRAME, with_tail=False)
        found = bare_extraction(tree, include_comments=False, include_tables=True)
    return None if found is None else found.body


def _breaks_to_paragraphs(tree: HtmlElement) -> None:
    """Every line that <br> ends becomes a paragraph."""
    for parent in {line_break.getparent() for line_break in tree.iter("br")}:
        paragraph = parent.makeelement("p", {})
        paragraph.text, parent.text = parent.text, None
        paragraphs = [paragraph]
        for child in list(parent):
            if child.tag == "br":
                paragraph = parent.makeelement("p", {})
                paragraph.text = child.tail
                paragraphs.append(paragraph)
            else:
                paragraph.append(child)
        parent[:] = paragraphs


def _lines(root: _Element | None) -> Iterator[Block]:
    """The blocks below an element of trafilatura's tree, a line each; <lb/> parts lines. As deep as the tree may be."""
    if root is None:
        return
    parts: list[str] = [root.text or ""]
    kind: BlockKind = "paragraph"
    within: list[tuple[_Element, Iterator[_Element], BlockKind]] = [(root, iter(root), kind)]
    while within:
        element, children, kind = within[-1]
        child = next(children, None)
        if child is None:
            yield from _block(parts, kind)
            within.pop()
            parts = [element.tail or ""] if within else []
        elif child.tag in _BLOCKS:
            yield from _block(parts, kind)
            parts = [child.text or ""]
            within.append((child, iter(child), _KINDS.get(child.tag, kind)))
        elif child.tag in ("lb", "table"):
            yield from _block(parts, kind)
            if child.tag == "table":
                yield from _table(child)
            parts = [child.tail or ""]
        else:
            parts.extend(child.itertext() if isinstance(child.tag, str) else ())
            parts.append(child.tail or "")


def _block(parts: list[str], kind: BlockKind) -> Iterator[Block]:
    line = clean_line("".join(parts))
    if line:
        yield Block(kind, line)


def _table(table: _Element) -> Iterator[Block]:
    """Old pages are laid out by tables; what is in a table of figures is not running text."""
    for cell in table.iter("cell"):
        blocks = list(_lines(cell)) if cell.find(".//cell") is None else []
        if sum(len(block.text) for block in blocks if len(block.text) > _SENTENCE) > _LAYOUT_CELL:
            yield from blocks
