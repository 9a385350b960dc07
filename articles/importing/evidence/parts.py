"""Which parts of a page are not its article, whatever stands in them: menus, related articles, share bars, comments."""

import re
from enum import IntEnum

from lxml.html import HtmlElement

# An element further down than this is looked at no more.
_DEEPEST = 100
# So many paragraphs are looked through for the longest.
_MOST_PARAGRAPHS = 3000
_APART_TAGS = frozenset(("nav", "aside", "footer", "form", "noscript", "select", "button"))
_APART = re.compile(
    r"(?<![a-z])(?:related|recommend\w*|similar|sidebar|side-bar|comments?|author|avatar|ads?|advert\w*|banner|promo"
    r"|newsletter|subscribe|footer|navbar|menu|breadcrumbs?|most-?(?:read|viewed|popular)|popular|trending|tags"
    r"|read-?(?:more|also|next)|more-?news|(?:next|prev|previous)-?article|outbrain|taboola|ticker|cookie)(?![a-z])",
    re.IGNORECASE,
)
# Names of share bars, and of what articles wrap embedded posts in.
_SOCIAL = re.compile(r"(?<![a-z])(?:share|sharing|social|widget|modal|popup)(?![a-z])", re.IGNORECASE)


class _Part(IntEnum):
    ARTICLE = 0
    SOCIAL = 1  # a post may be the article's here, a picture is not
    APART = 2


class PageParts:
    """Asked for elements of one page; what was found out about those above them is remembered."""

    def __init__(self, body: HtmlElement) -> None:
        self._known = {body: _Part.ARTICLE}
        for element in (next(body.iter("h1"), None), _longest_paragraph(body)):
            # What holds the headline or the text is the article, however it is called: <form>, "has-sidebar".
            above = element.iterancestors() if element is not None else ()
            self._known.update(dict.fromkeys(above, _Part.ARTICLE))

    def take(self, element: HtmlElement) -> None:
        """Nothing in this element is asked for again."""
        self._known[element] = _Part.APART

    def are_apart(self, element: HtmlElement, *, is_post: bool) -> bool:
        """Whether what the element is in is no part of an article, or was taken already."""
        unknown: list[HtmlElement] = []
        above: HtmlElement | None = element
        while above is not None and (above is element or above not in self._known) and len(unknown) <= _DEEPEST:
            unknown.append(above)
            above = above.getparent()
        part = self._known.get(above, _Part.APART)
        for one in reversed(unknown[1:]):
            part = self._known[one] = max(part, _part_by_name(one))
        return max(part, self._known.get(element, part)) > (_Part.SOCIAL if is_post else _Part.ARTICLE)


def _part_by_name(element: HtmlElement) -> _Part:
    if element.tag in _APART_TAGS:
        return _Part.APART
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(named) == 1:
        return _Part.ARTICLE
    if _APART.search(named):
        return _Part.APART
    return _Part.SOCIAL if _SOCIAL.search(named) else _Part.ARTICLE


def _longest_paragraph(body: HtmlElement) -> HtmlElement | None:
    """By the text that stands in it directly, up to the first element inside."""
    paragraphs = (paragraph for _, paragraph in zip(range(_MOST_PARAGRAPHS), body.iter("p"), strict=False))
    return max(paragraphs, key=lambda paragraph: len(paragraph.text or ""), default=None)
