"""What stands between a page's headline and its text for people to see: when it was published and who wrote it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from articles.importing.cleaning import clean_line
from articles.importing.published import Published, read_dateline
from articles.language.folding import fold

# Looked at: so many pieces of text before the headline, so many after it, and none after the text has begun.
_BEFORE, _AFTER = 6, 30
_PASSAGE = re.compile(r".{130}|.{60,}[.؟!…]$")
_LONGEST_DATELINE = 120
_LONGEST_NAME = 60
_UPDATED = re.compile(r"تحديث|تعديل|updat|modif")
_VERB = r"(?:كتب|كتبت|كتبه|كتبته|بقلم|[إا]عداد|تقرير|حوار|تحقيق|الكاتب|الكاتبة)"
_SIGNS = re.compile(rf"{_VERB}\s*:?")
_SIGNED = re.compile(rf"{_VERB}\s*[:/]\s*(?P<name>[^|•–\d/:]{{4,60}}?)\s*(?:[|•–\d/].*)?")
_DIGIT = re.compile(r"\d")
_AUTHOR_CLASS = re.compile(r"(?:^|[\s_-])(?:author|writer|byline|reporter|journalist)(?:$|[\s_-])", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
_NOT_SHOWN = frozenset(("script", "style", "noscript", "template", "title", "option", "button"))


@dataclass(frozen=True, slots=True)
class Dateline:
    """`uncertain` is a date that may be that of the last change, or of the day when the page was saved."""

    published: Published | None
    uncertain: Published | None
    byline: str
    _letters: str

    def holds(self, line: str) -> bool:
        """Whether a line of the text is nothing but this dateline or a part of it."""
        letters = _bare(line)
        return len(letters) > 5 and letters in self._letters


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    element: HtmlElement
    after_headline: bool = False


def read_dateline_of(tree: HtmlElement, title: str) -> Dateline:
    """The dateline around the headline `title`; empty where the page does not show that headline."""
    published, uncertain, byline, letters = None, None, "", []
    before = ""
    for piece in _pieces_around(tree, title):
        date = read_dateline(piece.text) if len(piece.text) <= _LONGEST_DATELINE else None
        name = _name_in(piece, before)
        if date and piece.after_headline and not _UPDATED.search(fold(piece.text)):
            published = published or date
        uncertain = uncertain or date
        byline = byline or name
        if date or name or _SIGNS.fullmatch(piece.text):
            letters.append(_bare(piece.text))
        before = piece.text
    return Dateline(published, uncertain, byline, "".join(letters))


def _pieces_around(tree: HtmlElement, title: str) -> list[_Piece]:
    """The pieces of text around the headline, those after it first."""
    before: list[_Piece] = []
    after: list[_Piece] | None = None
    words = _bare(title)
    for piece in _pieces(tree):
        if after is None:
            if len(piece.text) <= 2 * len(title) and _bare(piece.text) == words:
                after = []
            else:
                before.append(piece)
        elif _PASSAGE.search(piece.text) or len(after) == _AFTER:
            break
        elif _bare(piece.text) != words:
            after.append(replace(piece, after_headline=True))
    return [] if after is None else after + before[-_BEFORE:]


def _pieces(tree: HtmlElement) -> Iterator[_Piece]:
    """The text nodes of a page's body in order."""
    body = tree.find("body")
    for element in (tree if body is None else body).iter():
        if not isinstance(element.tag, str):
            continue
        own = clean_line(element.text or "") if element.tag not in _NOT_SHOWN else ""
        if own:
            yield _Piece(own, element)
        # A tail comes before what is inside later elements only when this one has no children; dates have none.
        tail = clean_line(element.tail or "") if len(element) == 0 else ""
        if tail:
            yield _Piece(tail, element.getparent())


def _name_in(piece: _Piece, before: str) -> str:
    """Who signs: after «كتب:», which may be a piece of its own, or in an element that is marked as the author's."""
    signed = _SIGNED.fullmatch(piece.text) if len(piece.text) <= _LONGEST_DATELINE else None
    if signed:
        return signed["name"].strip()
    is_marked = _AUTHOR_CLASS.search(piece.element.get("class") or "") or piece.element.get("rel") == "author"
    is_name = 2 <= len(piece.text.split()) <= 6 and len(piece.text) <= _LONGEST_NAME and not _DIGIT.search(piece.text)
    return piece.text if is_name and (is_marked or _SIGNS.fullmatch(before)) else ""


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))
