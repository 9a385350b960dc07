"""What stands between a page's headline and its text for people to see: when it was published and who wrote it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.html import HtmlElement

from articles.importing.bylines.reading import read_byline
from articles.importing.bylines.words import is_agency, is_person, is_town
from articles.importing.cleaning import clean_line
from articles.importing.dates.published import Published, day_of, read_dateline, read_month, with_dates_replaced
from articles.importing.readers.html_beside import Beside
from articles.language.folding import fold

# Looked at: so many pieces of text before the headline, so many after it, and none after the text has begun.
_BEFORE, _AFTER = 6, 30
_PASSAGE = re.compile(r".{130}|.{60,}[.؟!…]$")
_LONGEST_DATELINE = 120
_LONGEST_NAME = 60
# A date that is cut into elements (24 · نيسان · 2020) has at most so many of them, and so many characters together.
_MOST_PARTS, _LONGEST_PARTS = 5, 60
# A line that says this much beside its date, in letters, dates something else, unless it says that it publishes.
_OTHER_LETTERS = 60
_UPDATED = re.compile(r"تحديث|تعديل|updat|modif")
_PUBLISHED = re.compile(r"(?<!\w)(?:ال)?(?:نشر|اضيف|تاريخ|بتاريخ|حرر|publish|posted)")
_TODAY = re.compile(r"(?<!\w)اليوم(?!\w)")
# «ينطلق المعرض في 12 مارس 2024»: a sentence that says when something is.
_SAYS_WHEN = re.compile(r"[^\W\d_]\s+(?:في|حتي|منذ|الي|من|بين|قبل|بعد|خلال|يوم)\s+(?:\w+\s+)?\d|[.؟!]$")
_VERB = r"(?:كتب|كتبت|كتبه|كتبته|بقلم|[إا]عداد|تقرير|حوار|تحقيق|الكاتب|الكاتبة|ترجمة|مراسلنا)"
_SIGNS = re.compile(rf"{_VERB}(?!\w)\s*:?")
_SIGNED = re.compile(rf"{_VERB}\s*[:/]")
# What parts a place or an agency from a name.
_MARK = re.compile(r"[-–—:/|(]+")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_AUTHOR_CLASS = re.compile(r"(?:^|[\s_-])(?:author|writer|byline|reporter|journalist)(?:$|[\s_-])", re.IGNORECASE)
_NO_LETTERS = re.compile(r"[\W_]+")
_NOT_SHOWN = frozenset(("script", "style", "noscript", "template", "title", "option", "button"))
# One step, because libxml2 takes the square of the time to join what several find.
_DATED_ELEMENTS = (
    "/descendant::body/descendant::*[self::time or contains(@class, 'date') or contains(@class, 'Date')"
    " or contains(@class, 'time') or contains(@class, 'publish') or contains(@class, 'posted')"
    " or text()[contains(., 'نشر') or contains(., 'تاريخ')]]"
)
_MOST_ELEMENTS = 60


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


def read_dateline_of(tree: HtmlElement, title: str, *, seen_at: datetime | None = None) -> Dateline:
    """The dateline around the headline `title`; `seen_at` as in `read_dateline`.

    Where the page does not show that headline, or no date by it, the one day that its other elements name is
    uncertain.
    """
    published, uncertain, byline, letters = None, None, "", []
    pieces, beside = _pieces_around(tree, title), Beside(tree)
    for number, piece in enumerate(pieces):
        date, parts = _date_at(pieces, number, seen_at)
        is_in_bar = not piece.after_headline and beside.has_in_header_bar(piece.element)
        date = None if date and (is_in_bar or beside.has(piece.element)) else date
        before = pieces[number - 1].text if number else ""
        name = _name_in(piece, before)
        if date and not _is_of_something_else(piece.text) and not _is_the_pages_own_clock(date, piece, seen_at):
            if piece.after_headline and _is_of_publication(piece.text, before):
                published = published or date
            uncertain = uncertain or date
        byline = byline or name
        if date or name or _SIGNS.fullmatch(piece.text):
            letters += [_bare(part.text) for part in parts]
    if published is None and uncertain is None:
        uncertain = _elsewhere(tree, seen_at) or _month_of(pieces)
    return Dateline(published, uncertain, byline, "".join(letters))


def _date_at(pieces: Sequence[_Piece], number: int, seen_at: datetime | None) -> tuple[Published | None, list[_Piece]]:
    """The date that begins in a piece of text, and the pieces that it goes through."""
    parts = [pieces[number]]
    if len(parts[0].text) > _LONGEST_DATELINE:
        return None, parts
    date = read_dateline(parts[0].text, seen_at=seen_at)
    joined = parts[0].text
    if date or len(joined) > _LONGEST_PARTS // 2:
        return date, parts
    for following in pieces[number + 1 : number + _MOST_PARTS]:
        joined += " " + following.text
        is_apart = following.after_headline != parts[0].after_headline or read_dateline(following.text)
        if is_apart or len(joined) > _LONGEST_PARTS:
            break
        if date := read_dateline(joined):
            return date, [*parts, following]
        parts.append(following)
    return None, [pieces[number]]


def _is_of_publication(line: str, before: str) -> bool:
    """Whether the line says when the page was published, and not when it was changed."""
    return not _UPDATED.search(fold(line)) and (_DIGIT.search(before) is not None or not _UPDATED.search(fold(before)))


def _is_of_something_else(line: str) -> bool:
    """Whether the line says of something else than the page when it was."""
    # «الرابع عشر من آذار 2024» is a day like 14/3/2024.
    folded = fold(with_dates_replaced(line, "0"))
    if _PUBLISHED.search(folded) or _UPDATED.search(folded):
        return False
    return len(_LETTER.findall(line)) > _OTHER_LETTERS or _SAYS_WHEN.search(folded) is not None


def _is_the_pages_own_clock(date: Published, piece: _Piece, seen_at: datetime | None) -> bool:
    """Above the headline many pages show what day it is when they are read."""
    if piece.after_headline:
        return False
    is_of_the_day = seen_at is not None and abs(day_of(date) - seen_at.date()).days <= 1
    return is_of_the_day or _TODAY.search(fold(piece.text)) is not None


def _elsewhere(tree: HtmlElement, seen_at: datetime | None) -> Published | None:
    """The one day that elements for dates name; several belong to several articles."""
    found: Published | None = None
    beside = Beside(tree)
    for element in tree.xpath(_DATED_ELEMENTS)[:_MOST_ELEMENTS]:
        line = clean_line(element.text_content()[: 2 * _LONGEST_DATELINE])
        if element.tag in _NOT_SHOWN or len(line) > _LONGEST_DATELINE:
            continue
        if not _is_of_publication(line, "") or _is_of_something_else(line):
            continue
        is_others = beside.has(element) or beside.has_in_header_bar(element)
        date = None if is_others else read_dateline(line)
        if date and found and day_of(date) != day_of(found):
            return None
        if date and not (seen_at and abs(day_of(date) - seen_at.date()).days <= 1):
            found = date if found is None or date.precision == "minute" else found
    return found


def _month_of(pieces: Sequence[_Piece]) -> Published | None:
    """«عدد مارس 2024» under the headline."""
    return next((month for piece in pieces if piece.after_headline and (month := read_month(piece.text))), None)


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
        own = _shown(element.text) if element.tag not in _NOT_SHOWN else ""
        if own:
            yield _Piece(own, element)
        # A tail comes before what is inside later elements only when this one has no children; dates have none.
        tail = _shown(element.tail) if len(element) == 0 else ""
        if tail:
            yield _Piece(tail, element.getparent())


def _shown(text: str | None) -> str:
    return clean_line(text) if text and not text.isspace() else ""


def _name_in(piece: _Piece, before: str) -> str:
    """The byline that a piece of text is: after «كتب:», perhaps in a piece of its own, or in an element for authors."""
    text = piece.text
    if len(text) <= _LONGEST_DATELINE and (_SIGNS.match(text) or (piece.after_headline and _names_town(text))):
        found = read_byline(text)
        is_labelled = _SIGNED.match(text) is not None
        is_dated_from = is_town(found.place) and piece.after_headline
        if found.name and (is_labelled or ((_SIGNS.match(text) or is_dated_from) and is_person(found.name))):
            return text
        if not found.name and found.agencies and is_dated_from:
            return text
    is_marked = _AUTHOR_CLASS.search(piece.element.get("class") or "") or piece.element.get("rel") == "author"
    if is_marked and _is_agency_or_several_people(text):
        return text
    is_name = 2 <= len(text.split()) <= 6 and len(text) <= _LONGEST_NAME and not _DIGIT.search(text)
    return text if is_name and (is_marked or _SIGNS.fullmatch(before)) else ""


def _is_agency_or_several_people(text: str) -> bool:
    """«الوكالات», and more names than two words to six can be, in an element for authors."""
    if len(text) > _LONGEST_DATELINE or _DIGIT.search(text):
        return False
    found = read_byline(text)
    if not found.name:
        return bool(found.agencies) and is_agency(text)
    names = found.name.split("، ")
    return len(names) > 1 and all(map(is_person, names))


def _names_town(text: str) -> bool:
    """«لندن – سامر النوري»، «سامر النوري (لندن)»"""
    parts = _MARK.split(text) if len(text) <= _LONGEST_NAME else []
    return 2 <= len(parts) <= 5 and any(map(is_town, parts))


def _bare(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text))
