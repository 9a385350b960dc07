"""Pictures with their captions and credits, in the forms that pages give them. Only the address is kept."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml.html import HtmlElement

from articles.importing.evidence.wording import absolute, length_of, lines_of, shortened, stated_in, words_of
from articles.language.folding import FoldedText

LONGEST_CAPTION = 600
_LONGEST_ALT = 300
_LONGEST_CREDIT = 120
# How far above a picture its frame may be, and how much (in characters) a frame may say: more is an article.
_FRAME_HEIGHT = 5
_FRAME_WORDS = 300
# A paragraph of so many letters in a frame is running text unless it is marked as a caption.
_RUNNING_TEXT = 85
_MOST_SOURCES = 10
# Smaller pictures (in pixels) are signs, faces of authors and counters.
_SMALLEST = 100
_PICTURES = ("img", "amp-img")
_FRAME_NAME = re.compile(
    r"(?<![a-z])(?:image|images|img|photo|photos|pic|picture|figure|caption|gallery|featured|lead-?media|main-?media"
    r"|wp-caption|tr-caption|attachment)(?![a-z])|(?:image|photo|picture)(?:s|box|wrap|wrapper|holder|container|caption)",
    re.IGNORECASE,
)
_CREDIT_NAME = re.compile(r"credit|copyright|photographer|source|(?<![a-z])by(?:line)?(?![a-z])", re.IGNORECASE)
_DECORATION = re.compile(
    r"(?:^|[/_.-])(?:logo\w*|icons?\d*|sprite|spacer|blank|pixel|1px|clear|avatar|gravatar|placeholder|loading|loader"
    r"|default(?:image)?|empty|jeg-empty|transparent|arrow\w*|banner|advert\w*|ads?|button|btn|share|emoji|smil\w+|captcha)"
    r"(?=[/_.\d-]|$)",
    re.IGNORECASE,
)
_ADDRESSES = ("data-original", "data-lazy-src", "data-src", "data-full-url", "data-orig-file", "data-image", "src")
_SOURCE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])", re.IGNORECASE)
# A credit at a caption's end, folded: «تصوير: فلان», «المصدر: …», «(رويترز)», «| أ ف ب», «© …».
_WRITTEN_CREDIT = re.compile(
    r"(?:^|[\s.،,|–—-])\s*(?:"
    r"(?:تصوير|عدسه|بعدسه|المصدر|مصدر الصوره|الصوره من|الصوره|صوره من|credit|photo(?: by)?|source)"
    r"\s*[:/|-]\s*(?P<labelled>[^:]{2,80})"
    r"|(?:تصوير|بعدسه|عدسه) (?P<named>\w+(?: \w+){1,3})"
    r"|[(\[](?P<enclosed>[^()\[\]\d:]{2,40})[)\]]"
    r"|[|] ?(?P<parted>[^|.]{2,40})"
    r"|(?P<marked>(?:©|getty|afp|reuters)[^.]{0,60})"
    r")[\s.)]*$"
)


class FoundFigures(NamedTuple):
    """Pictures and the element that they make up. `is_sure` says that the page itself marks them as such."""

    element: HtmlElement
    pieces: list[dict[str, Any]]
    is_sure: bool


def read_figure(figure: HtmlElement, base: str) -> FoundFigures | None:
    """A <figure>: its pictures, the caption with the last of them."""
    if figure.find(".//figure") is not None or length_of(figure, 2 * _FRAME_WORDS) > 2 * _FRAME_WORDS:
        return None
    pictures = list(filter(None, (_picture(element, base) for element in figure.iter(*_PICTURES))))
    caption, credit = _caption_of(figure)
    if not pictures and not (caption and next(figure.iter(*_PICTURES), None) is not None):
        return None
    pictures = pictures or [_figure("", "")]
    pictures[-1] |= {"caption": caption, "credit": credit}
    return FoundFigures(figure, pictures, True)


def read_picture(element: HtmlElement, base: str) -> FoundFigures | None:
    """A picture by itself, with the frame round it and what is written there where the page marks it as a frame."""
    if _is_small(element) or _leads_elsewhere(element, base):
        return None
    picture = _picture(element, base)
    frame = _frame_of(element)
    caption, credit = _caption_of(frame) if frame is not None else ("", "")
    stated = stated_in(element, "caption", "data-caption", "data-credit", limit=LONGEST_CAPTION)
    if not caption and not credit and stated:
        caption, credit = _split_credit(stated)
    if picture is None and not caption:
        return None
    picture = picture or _figure("", "")
    picture |= {"caption": caption, "credit": credit}
    return FoundFigures(element if frame is None else frame, [picture], frame is not None and bool(caption))


def _figure(address: str, alt: str) -> dict[str, Any]:
    return {"kind": "figure", "address": address, "alt": alt, "caption": "", "credit": ""}


def _picture(element: HtmlElement, base: str) -> dict[str, Any] | None:
    """The picture with the best address that the page gives for it."""
    if _is_small(element):
        return None
    address = next(filter(None, (absolute(found, base) for found in _addresses(element))), "")
    return _figure(address, stated_in(element, "alt", "title", limit=_LONGEST_ALT).strip(" :")) if address else None


def _addresses(element: HtmlElement) -> Iterator[str]:
    """Where the picture may be: the place that a script would load, the largest of a set, what is loaded at once."""
    for name in _ADDRESSES[:-1]:
        yield from filter(_is_picture, [element.get(name)])
    # The parser puts an <img> behind a <source> inside of it.
    picture = next((parent for parent in islice(element.iterancestors(), 4) if parent.tag == "picture"), None)
    for holder in [element, *(() if picture is None else islice(picture.iter("source"), _MOST_SOURCES))]:
        for name in _SOURCE_SETS:
            yield from filter(_is_picture, _largest(holder.get(name) or ""))
    yield from filter(_is_picture, [element.get("src")])


def _largest(source_set: str) -> list[str]:
    """Addresses of a srcset, the widest first."""
    found = []
    for candidate in source_set.split(", "):
        address, _, size = candidate.strip().partition(" ")
        width = re.match(r"[\d.]{1,8}", size)
        found.append((float(width[0].strip(".") or 0) if width and width[0].count(".") < 2 else 0.0, address))
    return [address for _, address in sorted(found, key=lambda pair: -pair[0])]


def _is_picture(address: str | None) -> bool:
    """Whether an address can be a picture's of the article: no drawing, no placeholder, no sign."""
    if not address or address.startswith("data:"):
        return False
    path = address.partition("?")[0]
    return not path.lower().endswith((".svg", ".ico")) and not _DECORATION.search(path.rpartition("//")[2][-120:])


def _is_small(element: HtmlElement) -> bool:
    sizes = [re.match(r"\s*(\d{1,5})(?:px)?\s*$", element.get(name) or "") for name in ("width", "height")]
    return any(size and int(size[1]) < _SMALLEST for size in sizes)


def _leads_elsewhere(element: HtmlElement, base: str) -> bool:
    """Whether the picture is a link to another page: the face of another article, an advertisement."""
    link = next((parent for parent in element.iterancestors("a") if parent.get("href")), None)
    if link is None:
        return False
    target = link.get("href", "").strip()
    if target.startswith(("#", "javascript:")) or _PICTURE_FILE.search(target):
        return False
    return urljoin(base, target).partition("#")[0] != base


def _frame_of(picture: HtmlElement) -> HtmlElement | None:
    """The outermost element round one picture that is marked as a picture's and says a caption at most."""
    frame, marked = None, _is_marked(picture) and picture.getparent() is not None and picture.getparent().tag == "a"
    for height, parent in enumerate(picture.iterancestors()):
        if height == _FRAME_HEIGHT or parent.tag in ("body", "article", "main", "html", "section"):
            break
        if not _is_frame(parent):
            break
        marked = marked or _is_marked(parent) or any(_is_marked(child) for child in parent if child.tag != "img")
        if marked and length_of(parent, _FRAME_WORDS):
            frame = parent
    return frame


def _is_frame(element: HtmlElement) -> bool:
    pictures = (picture for picture in element.iter(*_PICTURES) if not _is_small(picture))
    if len(list(islice(pictures, 2))) > 1 or length_of(element, _FRAME_WORDS) > _FRAME_WORDS:
        return False
    if any(length_of(line, _RUNNING_TEXT) > _RUNNING_TEXT and not _is_marked(line) for line in element.iter("p")):
        return False
    linked = sum(length_of(link, _FRAME_WORDS) for link in element.iter("a") if link.get("href"))
    others = next(element.iter("h1", "h2", "ul", "ol", "form", "time", "iframe", "blockquote"), None)
    return others is None and linked <= length_of(element, _FRAME_WORDS) // 2


def _is_marked(element: HtmlElement) -> bool:
    return bool(_FRAME_NAME.search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _caption_of(frame: HtmlElement) -> tuple[str, str]:
    """(caption, credit) as the frame says them, the credit by its own element or by how it is written."""
    holder = next(frame.iter("figcaption"), frame)
    for element in holder.iter("span", "small", "cite", "em", "p", "div", "i", "b", "a"):
        if element is not holder and _CREDIT_NAME.search(element.get("class") or element.get("itemprop") or ""):
            credit = words_of(element, _LONGEST_CREDIT)
            if credit:
                rest = lines_of(holder, LONGEST_CAPTION).replace("\n", " ")
                return _without(rest, credit), _labelled(credit)
    return _split_credit(words_of(holder, LONGEST_CAPTION))


def _without(caption: str, credit: str) -> str:
    before, _, after = caption.rpartition(credit)
    return f"{before} {after}".strip(" |-–—/") if before or after else ""


def _labelled(credit: str) -> str:
    """A credit without the word that announces it."""
    folded = FoldedText(credit)
    match = _WRITTEN_CREDIT.fullmatch(folded.text)
    if not match:
        return credit
    return _group_in(credit, folded, match)


def _split_credit(caption: str) -> tuple[str, str]:
    folded = FoldedText(caption)
    match = _WRITTEN_CREDIT.search(folded.text)
    if not match:
        return caption, ""
    start, _ = folded.to_original(*match.span())
    return caption[:start].strip(" |-–—"), _group_in(caption, folded, match)


def _group_in(text: str, folded: FoldedText, match: re.Match[str]) -> str:
    name = next(name for name, value in match.groupdict().items() if value)
    return shortened(text[slice(*folded.to_original(*match.span(name)))].strip(" .()[]"), _LONGEST_CREDIT)
