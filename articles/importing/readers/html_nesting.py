"""Farms of links inside of many elements, made flat: trafilatura weighs the links below each element of a page.

Where thousands of links lie under hundreds of elements it looks at each of them hundreds of times, which takes longer
than all the rest of the page. No link and no word is taken away.
"""

from itertools import islice

from lxml.etree import iterwalk
from lxml.html import HtmlElement

# Elements whose links are weighed, and that mean nothing by themselves.
_WEIGHED = ("div", "section", "ul", "ol")
_DEEPEST = 12
_FEWEST_LINKS = 500
# How often links may be looked at: a page of news has hundreds of links, each in about ten such elements.
_MOST_LOOKS = 60_000


def flatten_link_farms(tree: HtmlElement) -> None:
    """Where its links cost too much, take the elements apart that lie in more than so many others of their kind."""
    if len(list(islice(tree.iter("a"), _FEWEST_LINKS))) < _FEWEST_LINKS:
        return
    depth = looks = 0
    deep: list[HtmlElement] = []
    for event, element in iterwalk(tree, events=("start", "end"), tag=(*_WEIGHED, "a")):
        if element.tag == "a":
            looks += depth * (event == "start")
        elif event == "start":
            depth += 1
            if depth > _DEEPEST:
                deep.append(element)
        else:
            depth -= 1
    if looks > _MOST_LOOKS:
        # The outermost first: what each of them holds is moved once.
        for element in deep:
            element.drop_tag()
