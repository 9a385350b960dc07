"""Words and addresses inside an element, as evidence keeps them."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urljoin

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from articles.importing.canonical import canonical_url
from articles.importing.cleaning import clean_line
from articles.importing.pages import Refused

# So much of an element is looked at, whatever it says.
_MOST_ELEMENTS = 20_000
_NO_WORDS = frozenset(("script", "style", "noscript", "template"))
# Elements that begin a line of their own.
_LINES = frozenset(
    ("p", "br", "div", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "blockquote")
)


def words_of(element: HtmlElement, limit: int) -> str:
    """What an element says, on one line, cut after so many characters."""
    return shortened(clean_line("".join(_texts(element, limit))), limit)


def lines_of(element: HtmlElement, limit: int) -> str:
    """The same with the element's own lines kept apart."""
    lines = map(clean_line, "".join(_texts(element, limit, line_end="\n")).split("\n"))
    return shortened("\n".join(line for line in lines if line), limit)


def stated_in(element: HtmlElement, *names: str, limit: int) -> str:
    """The first of these attributes that says something."""
    return shortened(next(filter(None, (clean_line(element.get(name) or "") for name in names)), ""), limit)


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def length_of(element: HtmlElement, limit: int) -> int:
    """How many characters the element says, white space apart; counted as far as the limit only."""
    length = 0
    for text in _texts(element, limit):
        length += len("".join(text.split()))
    return length


def absolute(address: str | None, base: str) -> str:
    """The address as a link can carry it, or "" for what is no web address."""
    address = (address or "").strip()
    if not address or address.startswith(("data:", "javascript:", "#")):
        return ""
    try:
        return canonical_url(urljoin(base or "https:", address))
    except (Refused, ValueError):
        return ""


def _texts(element: HtmlElement, limit: int, *, line_end: str = " ") -> Iterator[str]:
    """Texts in their order; the rest is not looked at once far more than the limit has been seen."""
    walker, seen = iterwalk(element, events=("start", "end")), 0
    for event, node in islice(walker, _MOST_ELEMENTS):
        if event == "start" and node.tag in _NO_WORDS:
            walker.skip_subtree()
            continue
        if node.tag in _LINES:
            yield line_end
        text = node.text if event == "start" else node.tail if node is not element else None
        if text:
            yield text
            seen += len(text.strip())
            if seen > 4 * limit:
                return
