"""Pages that hold several articles (endless ones, days of a blog): the one that the page is about."""

import re

from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.language.folding import fold

# An article of its own has a headline and so much text in paragraphs, in characters; a teaser has less.
_ARTICLE_TEXT = 500
_ARTICLES = XPath("//article[not(ancestor::article)]")
_HEADINGS = ("h1", "h2", "h3")
_MOST_HEADINGS = 20
# A stated title may be cut: so many letters tell a headline.
_TELLING = 15
_NO_LETTERS = re.compile(r"[\W_]+")


def keep_one_article(tree: HtmlElement, title: str) -> bool:
    """Take the other articles than the one headed `title` out of the page; False where none of several is headed so.

    Articles are <article> elements with headings of their own, else elements that hold an <h1> each. What has its
    headline outside of them all (a live report, a text whose sections are headed like articles) is one article.
    """
    parts = _marked(tree) or _headed(tree)
    if len(parts) < 2:
        return True
    main = next((part for heading, part in parts if _is_same(heading, title)), None)
    is_report = main is None and any(_is_same(_text(heading), title) for heading in tree.iter("h1"))
    for _, part in parts:
        if is_report:
            part.tag = "div"  # readers take the first <article> for all
        elif main is not None and part is not main:
            part.drop_tree()
    return is_report or main is not None


def _is_same(heading: str, title: str) -> bool:
    one, other = (_NO_LETTERS.sub("", fold(text)) for text in (heading, title))
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _TELLING and longer.startswith(shorter))


def _marked(tree: HtmlElement) -> list[tuple[str, HtmlElement]]:
    """(headline, element) of each <article> with text enough; one inside another is a part of it or a teaser."""
    found = []
    for article in _ARTICLES(tree):
        heading = next(article.iter(*_HEADINGS), None)
        if heading is not None and _length(article) >= _ARTICLE_TEXT:
            found.append((_text(heading), article))
    return found


def _headed(tree: HtmlElement) -> list[tuple[str, HtmlElement]]:
    """The same of each <h1>: the largest element around it that has no other. Headings side by side are sections."""
    headings = [heading for heading in tree.iter("h1") if _text(heading)]
    found = []
    for heading in headings[:_MOST_HEADINGS] if len(headings) > 1 else ():
        around = _around(heading)
        if around is not heading and _length(around) >= _ARTICLE_TEXT:
            found.append((_text(heading), around))
    return found


def _around(heading: HtmlElement) -> HtmlElement:
    element = heading
    while (parent := element.getparent()) is not None and len(parent.xpath("descendant::h1")) == 1:
        element = parent
    return element


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _length(element: HtmlElement) -> int:
    """Characters in paragraphs, or of lines that breaks part."""
    if element.tag == "p":
        return len(element.text_content())
    paragraphs = sum(len(paragraph.text_content()) for paragraph in element.iter("p"))
    return paragraphs + sum(len(line_break.tail or "") for line_break in element.iter("br"))
