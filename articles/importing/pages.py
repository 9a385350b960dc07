"""What a reader makes of one input, before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

BlockKind = Literal["heading", "paragraph", "quotation", "list_item"]


class Refused(Exception):
    """An input that cannot become an article. The message is one clear line for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an article: white space collapsed, no invisible control characters, never empty."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """One article as read. `blocks` is the body without the headline, which is `title`.

    A naive `published_at` is in the newsroom's time zone; `published_from` is one of Article.DateFrom. `url` is
    canonical already. `key` identifies a page without URL within its source; `key_is_certain` says that the input named
    it (an id), so that a page with the same key is the same article however much its text changed; a path is not that
    certain.
    `place` and `agencies` are those of the dateline or byline, as written. `credit_lines` are lines that are no part of
    the article but name where it comes from. `evidence`: see Revision.
    """

    title: str
    blocks: Sequence[Block]
    original: bytes
    media_type: str
    url: str | None = None
    key: str = ""
    key_is_certain: bool = False
    source_key: str = ""
    source_name: str = ""
    republished: bool = False
    byline: str = ""
    published_at: datetime | None = None
    published_precision: str = ""
    published_from: str = ""
    place: str = ""
    agencies: str = ""
    credit_lines: Sequence[str] = ()
    evidence: Sequence[Mapping[str, Any]] = ()
    language: str = "ar"
    metadata: Mapping[str, Any] = field(default_factory=dict)
    final_url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
