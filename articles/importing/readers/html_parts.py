"""Pages that hold several articles (endless ones, days of a blog): the one that the page is about."""

import re

from lxml.html import HtmlElement

from articles.language.folding import fold

# An article of its own has a headline and so much text in paragraphs, in characters; a teaser has less.
_ARTICLE_TEXT = 500
_HEADINGS = ("h1", "h2", "h3")
_MOST_HEADINGS = 20
# A stated title may be cut: so many letters tell a headline.
_TELLING = 15
_NO_LETTERS = re.compile(r"[\W_]+")


def other_articles(tree: HtmlElement, title: str) -> list[HtmlElement] | None:
    """The elements of the page that hold other articles than the one headed `title`; None where none is headed so.

    Articles are <article> elements with headings of their own, else what stands below each <h1>.
    """
    parts = _marked(tree) or _headed(tree)
    if len(parts) < 2:
        return []
    main = next((part for heading, part in parts if _is_same(heading, title)), None)
    if main is None:
        return None
    kept = {id(element) for element in main}
    return [element for _, part in parts for element in part if id(element) not in kept]


def _is_same(heading: str, title: str) -> bool:
    one, other = (_NO_LETTERS.sub("", fold(text)) for text in (heading, title))
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) >= _TELLING and longer.startswith(shorter))


def _marked(tree: HtmlElement) -> list[tuple[str, list[HtmlElement]]]:
    """(headline, elements) of each <article> with text enough; one inside another is a part of it or a teaser."""
    found = []
    for article in tree.xpath("//article[not(ancestor::article)]"):
        heading = next(article.iter(*_HEADINGS), None)
        if heading is not None and _length(article) >= _ARTICLE_TEXT:
            found.append((" ".join(heading.text_content().split()), [article]))
    return found


def _headed(tree: HtmlElement) -> list[tuple[str, list[HtmlElement]]]:
    """The same of each <h1>: the largest element around it that has no other, else what follows it."""
    headings = [heading for heading in tree.iter("h1") if heading.text_content().strip()]
    found = []
    for heading in headings[:_MOST_HEADINGS] if len(headings) > 1 else ():
        part = _around(heading)
        if sum(map(_length, part)) >= _ARTICLE_TEXT:
            found.append((" ".join(heading.text_content().split()), part))
    return found


def _around(heading: HtmlElement) -> list[HtmlElement]:
    element = heading
    while (parent := element.getparent()) is not None and len(parent.xpath("descendant::h1")) == 1:
        element = parent
    part = [element]
    for sibling in element.itersiblings():
        if sibling.tag == "h1" or (isinstance(sibling.tag, str) and sibling.find(".//h1") is not None):
            break
        part.append(sibling)
    return part


def _length(element: HtmlElement) -> int:
    """Characters in paragraphs, or of lines that breaks part."""
    if element.tag == "p":
        return len(element.text_content())
    paragraphs = sum(len(paragraph.text_content()) for paragraph in element.iter("p"))
    return paragraphs + sum(len(line_break.tail or "") for line_break in element.iter("br"))
