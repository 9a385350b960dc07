"""An HTML page: trafilatura finds the article, its tree becomes typed blocks. The page is parsed once."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext
from htmldate import find_date
from lxml.etree import XPath
from lxml.html import HtmlElement

from articles.importing.bylines.reading import date_of_opening, signature
from articles.importing.canonical import host_key
from articles.importing.cleaning import Cleaned, clean_article
from articles.importing.dates.dating import Testimony, date_of
from articles.importing.dates.published import Published, read_stamp
from articles.importing.decoding.encoding import decode_mixed
from articles.importing.decoding.repairs import in_text, recorded, repair_document
from articles.importing.decoding.script_order import reorder_tree
from articles.importing.evidence import take_evidence
from articles.importing.languages import language_of
from articles.importing.pages import Block, Page, Refused
from articles.importing.readers.html_beside import forget_dates_of_others
from articles.importing.readers.html_body import article_lines
from articles.importing.readers.html_dateline import Dateline, read_dateline_of
from articles.importing.readers.html_head import (
    Head,
    authors_of,
    language_declared_by,
    late_stamps_of,
    modified_stamps_of,
    read_head,
    shown_stamps_of,
    site_in_window,
    site_name_of,
    site_names_of,
    structured_stamps_of,
    tagged_stamps_of,
    title_of,
    url_of,
)
from articles.importing.readers.html_origins import origins_of
from articles.importing.readers.html_parts import keep_one_article
from articles.importing.readers.html_source import parse_html
from articles.importing.readers.html_walls import refuse_links, refuse_walls
from articles.importing.readers.text import require_article

# What they report at these levels becomes a refusal with its reason, or concerns nobody.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

# How many lines at the beginning of the text may be the dateline's.
_OPENING = 5
_POSTS = XPath("//blockquote[contains(@class, 'twitter-') or contains(@class, '-media')]")


def read_html(
    data: bytes,
    *,
    key: str = "",
    address: str | None = None,
    declared_encoding: str = "",
    seen_at: datetime | None = None,
) -> Page:
    """The page of an HTML file. `address` is its canonical URL where it is known; else the page's own is taken.

    `seen_at` (aware) is the moment when it was fetched: «منذ ساعتين» is counted from there. Raises Refused for what is
    no page or holds no article.
    """
    found = decode_mixed(data, declared_encoding)
    return read_document(found.text, original=data, key=key, address=address, seen_at=seen_at, repairs=found.repairs)


def read_document(
    document: str,
    *,
    original: bytes,
    key: str = "",
    address: str | None = None,
    seen_at: datetime | None = None,
    repairs: Sequence[str] = (),
) -> Page:
    """The page of HTML that is text already. `repairs` are those that its decoding needed. Raises as `read_html`."""
    mended = repair_document(document)
    tree = parse_html(mended.text)
    if "visual-order" in mended.repairs:
        reorder_tree(tree)
    page = _read(tree, original=original, key=key, address=address, seen_at=seen_at)
    text = "\n".join((page.title, *(block.text for block in page.blocks)))
    needed = [repair for repair in mended.repairs if in_text(repair, document, text)]
    return replace(page, metadata=recorded([*repairs, *needed]) | page.metadata)


def _read(
    tree: HtmlElement,
    *,
    original: bytes,
    key: str,
    address: str | None,
    seen_at: datetime | None,
) -> Page:
    head = read_head(tree, address)
    url = address or url_of(head)
    outlet = host_key(url) if url else ""
    title = title_of(head)
    if not keep_one_article(tree, title):
        raise Refused(gettext("في الصفحة أكثر من مادة"))
    evidence = take_evidence(tree, url or "")
    _strip_embedded_posts(tree)
    forget_dates_of_others(tree, title)
    dateline = read_dateline_of(tree, title, seen_at=seen_at)
    article = _article(tree, title, dateline, outlet)
    opening = article.blocks[0].text
    published = _published(head, dateline, opening, url, seen_at)
    outlets = (*site_names_of(head), site_in_window(head, title), article.site, outlet)
    author = signature(["، ".join(authors_of(head)), dateline.byline], opening=opening, outlets=outlets)
    blocks = article.blocks if article.title else article.blocks[1:]
    return Page(
        title=article.title or opening,
        blocks=blocks,
        original=original,
        media_type="text/html",
        url=url,
        key=key,
        source_name=site_name_of(head) or article.site,
        republished=bool(article.site),
        byline=author.name,
        place=author.place,
        agencies=author.agencies,
        published_at=published.at if published else None,
        published_precision=published.precision if published else "",
        published_from=published.origin if published else "",
        credit_lines=article.credit_lines,
        evidence=evidence.beside(article.title, [block.text for block in blocks]),
        language=language_of(article.title, article.blocks, language_declared_by(head)),
        metadata=origins_of(head, url),
    )


def _article(tree: HtmlElement, title: str, dateline: Dateline, outlet: str) -> Cleaned:
    """The clean article of a page, with at least one block. Raises Refused for a page that has none."""
    lines = article_lines(tree)
    refuse_walls(tree, title, lines)
    article = clean_article(title, _without_dateline(lines, dateline), outlet=outlet)
    require_article(article.title, article.blocks)
    if not article.blocks:
        raise Refused(gettext("لم يُعثر في الصفحة على نص مادة"))
    refuse_links(tree, article.blocks)
    return article


def _strip_embedded_posts(tree: HtmlElement) -> None:
    """An embedded post is quoted by its words; its signature and its link to the platform are no text."""
    for quotation in tree.iter("blockquote"):
        # trafilatura takes a quotation with a declared language for program code.
        quotation.attrib.pop("lang", None)
    for post in _POSTS(tree):
        words = post.findall("p")
        if words:
            post.text = None
            post[:] = words
            for paragraph in words:
                paragraph.tail = None


def _without_dateline(lines: list[Block], dateline: Dateline) -> list[Block]:
    return [line for number, line in enumerate(lines) if number >= _OPENING or not dateline.holds(line.text)]


def _published(
    head: Head, dateline: Dateline, opening: str, url: str | None, seen_at: datetime | None
) -> Published | None:
    """What the page says; at last htmldate's guess."""
    said = Testimony(
        json_ld=structured_stamps_of(head),
        meta=tagged_stamps_of(head),
        shown=shown_stamps_of(head),
        modified=modified_stamps_of(head),
        text=dateline.published or date_of_opening(opening, seen_at=seen_at),
        address=url or "",
        uncertain=dateline.uncertain,
        late=late_stamps_of(head),
        seen_at=seen_at,
    )
    return date_of(said) or _guessed(head)


def _guessed(head: Head) -> Published | None:
    """A guess from a year alone is given as its first of January, one from a month as its first day."""
    guess = find_date(head.tree, original_date=True, extensive_search=False)
    found = None if not guess or guess.endswith("-01-01") else read_stamp(guess)
    if found is None:
        return None
    return found._replace(origin="guess", precision="month" if found.at.day == 1 else found.precision)
