"""Plain text: a headline line, then a paragraph a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from articles.importing.bylines.reading import date_of_opening, signature
from articles.importing.cleaning import clean_article, clean_lines
from articles.importing.decoding.encoding import decode_mixed
from articles.importing.decoding.repairs import recorded, repair_text
from articles.importing.languages import language_of
from articles.importing.pages import Block, Page, Refused
from articles.language.sentences import sentences

# A longer first line is a paragraph; its first sentence then stands as the headline.
_LONGEST_TITLE = 250
_LETTER = re.compile(r"[^\W\d_]")
# Shorter than this, in letters, is no article.
SHORTEST_ARTICLE = 25


@dataclass(frozen=True, slots=True)
class Body:
    title: str
    blocks: Sequence[Block]
    republisher: str
    credit_lines: Sequence[str] = ()


def read_text(data: bytes, *, key: str = "") -> Page:
    """The page of a text file. A republisher that names itself in its wrapping is the source."""
    decoded = decode_mixed(data)
    text, repairs = repair_text(decoded.text)
    body = read_body(text)
    opening = body.blocks[0].text if body.blocks else ""
    author = signature([], opening=opening, outlets=(body.republisher,))
    published = date_of_opening(opening)
    return Page(
        title=body.title,
        blocks=body.blocks,
        original=data,
        media_type="text/plain",
        key=key,
        source_key=body.republisher,
        source_name=body.republisher,
        republished=bool(body.republisher),
        byline=author.name,
        place=author.place,
        agencies=author.agencies,
        published_at=published.at if published else None,
        published_precision=published.precision if published else "",
        published_from="text" if published else "",
        credit_lines=body.credit_lines,
        language=language_of(body.title, body.blocks),
        metadata=recorded([*decoded.repairs, *repairs]),
    )


def read_body(text: str, *, title: str = "", outlet: str = "") -> Body:
    """Headline and blocks of a text. Where no headline is given or named by a republisher, the first line is it.

    Raises Refused for a text that holds no article.
    """
    cleaned = clean_article(title, clean_lines(text.splitlines()), outlet=outlet)
    title, blocks = cleaned.title, list(cleaned.blocks)
    if not title and blocks:
        title, blocks = _first_line_as_title(blocks)
    require_article(title, blocks)
    return Body(title, blocks, cleaned.site, cleaned.credit_lines)


def require_article(title: str, blocks: Sequence[Block]) -> None:
    """Raises Refused when there is too little to be an article."""
    letters = len(_LETTER.findall(" ".join((title, *(block.text[:100] for block in blocks[:10])))))
    if not letters:
        raise Refused(gettext("لا نص فيه"))
    if letters < SHORTEST_ARTICLE:
        raise Refused(gettext("النص أقصر من أن يكون مادة"))


def _first_line_as_title(blocks: list[Block]) -> tuple[str, list[Block]]:
    first, rest = blocks[0].text, blocks[1:]
    if len(first) <= _LONGEST_TITLE:
        return first, rest
    end = next((sentence.end for sentence in sentences(first)), len(first))
    remainder = clean_lines([first[end:]])
    return first[:end].strip(), remainder + rest
