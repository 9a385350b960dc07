"""What stands on a page beside its article: cards of other articles, comments, lists of what is read most.

Their dates are not the page's. A <time> is the page's only near the headline and before the text.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice

from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.language.folding import fold

_FRAME = frozenset(("aside", "nav"))
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:related|comments?|sidebar|side-bar|most-?(?:read|viewed|popular)|popular|trending|recommend\w*"
    r"|read-?(?:more|also|next)|see-?also|more-news|latest(?:-\w+)?|ticker|teasers?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BAR = re.compile(
    r"(?:^|[\s_-])(?:header|masthead|top-?bar|top|navbar|menu|today\w*|current-?date|date-?now)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:الاكثر (?:قراءه|مشاهده|تداولا|تعليقا)|(?:اقرا|شاهد|طالع) ايضا|(?:اخبار|مواضيع|موضوعات|مقالات|مواد)"
    r" (?:ذات صله|متعلقه|مشابهه)|ذات صله|(?:ال)?تعليقات(?: القراء)?|اخر الاخبار)\W*"
)
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6", "strong", "b", "span", "div", "p"))
_DATED = re.compile(r"date|time|publish|posted", re.IGNORECASE)
_MARKED = XPath("descendant-or-self::*[@class or self::time or @itemprop='datePublished']")
# Pieces of text between a <time> and the headline: before it, after it.
_BEFORE, _AFTER = 6, 30
_MOST_HEADINGS = 20
_PASSAGE = re.compile(r".{130}|.{60,}[.؟!…]$")
_NOT_SHOWN = frozenset(("script", "style", "noscript", "template"))
_NO_LETTERS = re.compile(r"[\W_]+")


class Beside:
    """Which elements of a tree are inside something that its name or its heading marks as no part of the article.

    What holds the page's <h1> is around the article. Every container is judged once, however many elements it has.
    """

    def __init__(self, tree: HtmlElement) -> None:
        headings = islice(tree.iter("h1"), _MOST_HEADINGS)
        self._around = {element for heading in headings for element in heading.iterancestors()}
        self._known: dict[HtmlElement, bool] = {}
        self._places: dict[HtmlElement, str] = {}

    def has(self, element: HtmlElement) -> bool:
        unknown = []
        found: bool | None = None
        for one in chain([element], element.iterancestors()):
            found = self._known[one] if one in self._known else self._judge(one)
            unknown.append(one)
            if found is not None:
                break
        self._known.update(dict.fromkeys(unknown, bool(found)))
        return bool(found)

    def has_in_header_bar(self, element: HtmlElement) -> bool:
        """Whether it is in the bar above all pages of a site, which shows what day it is when the page is read."""
        unknown, place = [], ""
        for one in chain([element], element.iterancestors()):
            if one in self._places:
                place = self._places[one]
                break
            unknown.append(one)
        for one in reversed(unknown):
            if not place:
                place = self._place(one)
            elif place == "bar" and one.tag in ("article", "main"):
                place = "article"
            self._places[one] = place
        return place == "bar"

    def _place(self, element: HtmlElement) -> str:
        if element.tag in ("article", "main"):
            return "article"
        if element.tag in ("body", "html") or element in self._around:
            return ""
        is_bar = element.tag in ("header", "nav") or _BAR.search(
            f"{element.get('class') or ''} {element.get('id') or ''}"
        )
        return "bar" if is_bar else ""

    def _judge(self, element: HtmlElement) -> bool | None:
        """None where the elements around it decide."""
        if element.tag == "body" or element in self._around:
            return False
        if element.tag in _FRAME or _NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        is_headed = element.tag not in ("article", "main") and _is_headed_as_others(element)
        return True if is_headed else None


def forget_dates_of_others(tree: HtmlElement, title: str) -> None:
    """Elements that date something else than the article headed `title` stay as text and lose what marks a date."""
    near, beside = _near_headline(tree, title), Beside(tree)
    for element in _MARKED(tree):
        is_time = element.tag == "time"
        if not (is_time or element.get("itemprop") == "datePublished" or _is_dated(element.get("class") or "")):
            continue
        is_far = is_time and near is not None and element not in near
        if is_far or beside.has(element) or beside.has_in_header_bar(element):
            for name in ("datetime", "pubdate", "itemprop", "content", "class"):
                element.attrib.pop(name, None)
            element.tag = "span" if is_time else element.tag


# The same names are on many elements of a page, and on all pages of a site.
@lru_cache(maxsize=1 << 10)
def _is_dated(name: str) -> bool:
    return _DATED.search(name) is not None


def _near_headline(tree: HtmlElement, title: str) -> set[HtmlElement] | None:
    """The <time> elements around the headline; None where the page does not show it."""
    before: list[tuple[int, HtmlElement]] = []
    after: set[HtmlElement] = set()
    words, pieces, headline = _bare(title), 0, 0
    for found in _steps(tree):
        if isinstance(found, str):
            pieces += 1
            if not headline and len(found) <= 2 * len(title) and _bare(found) == words:
                headline = pieces
            elif headline and (_PASSAGE.search(found) or pieces - headline > _AFTER):
                break
        elif headline:
            after.add(found)
        else:
            before.append((pieces, found))
    return after | {element for number, element in before if headline - number <= _BEFORE} if headline else None


def _steps(tree: HtmlElement) -> Iterator[str | HtmlElement]:
    """Pieces of text and <time> elements of the body, as they follow each other."""
    body = tree.find("body")
    for element in (tree if body is None else body).iter():
        if not isinstance(element.tag, str) or element.tag in _NOT_SHOWN:
            continue
        if element.tag == "time":
            yield element
        tail = element.tail if len(element) == 0 else None
        yield from (" ".join(text.split()) for text in (element.text, tail) if text and not text.isspace())


def _is_headed_as_others(element: HtmlElement) -> bool:
    """By the first element in it, or what is first in that: «الأكثر قراءة»."""
    first = element[0] if len(element) else None
    if first is None or first.tag not in _HEADINGS:
        return False
    texts = [first.text, *(child.text for child in first[:1])]
    return any(_HEADED.fullmatch(" ".join(fold(text[:80]).split())) for text in texts if text)


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))
