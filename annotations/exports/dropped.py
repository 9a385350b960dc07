"""What a format cannot say, counted by what it is; the words stand here once for all formats that know one text."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from annotations.exports.records import ArticleRecord, Losses, MarkRecord

NO_TEXT = "text not to leave"
EARLIER_TEXT = "text of another revision"
EARLIER_WORDS = "words that a mark was made on in another revision"
NOT_STANDING = "mark without a place in the current text"
REJECTED = "rejected mark"
BLOCKS = "kind of a block"
RECOGNISER = "recogniser of a name"
DISTINCTION = "what tells an entity from its namesakes"
ENTITY = "entity of a name"

MARK_WORDS = {
    "uuid": "UUID of a mark",
    "standing": "how sure the place of a mark is",
    "status": "status",
    "quote_type": "type of a quote",
    "stance": "stance",
    "channel": "channel",
    "occasion": "occasion",
    "said_when": "words for when it was said",
    "said_on": "day when it was said",
    "translated": "translated or not",
    "framing": "framing",
    "note": "note",
    "quote": "quote of a claim",
    "attributions": "attribution",
    "tags": "tag",
    "comments": "comment",
    "changes": "change in a mark's history",
    "version": "version of a mark",
    "detector": "detector",
    "detector_version": "version of the detector",
    "rule": "rule of the detector",
    "confidence": "confidence",
    "created_by": "who made a mark",
    "created_at": "when a mark was made",
    "decided_by": "who decided a mark",
    "decided_at": "when a mark was decided",
}
ARTICLE_WORDS = {
    "url": "URL of an article",
    "key": "key of an article",
    "address": "address of an article",
    "source": "source of an article",
    "byline": "byline",
    "published_at": "publication time",
    "published_precision": "precision of the publication time",
    "language": "language",
}
_DEFAULTS = {field.name: field.default for kind in (ArticleRecord, MarkRecord) for field in fields(kind)}


def standing(article: ArticleRecord, losses: Losses) -> ArticleRecord | None:
    """The article as it stands in its current text, or None where that does not leave; both counted."""
    if article.text is None:
        losses.count(NO_TEXT)
        return None
    now = article.standing()
    uuids = {mark.uuid for mark in now.marks}
    losses.count(EARLIER_TEXT, len(article.texts) - 1)
    losses.count(NOT_STANDING, len(article.marks) - len(now.marks))
    losses.count(EARLIER_WORDS, sum(mark.revision != article.revision and mark.uuid in uuids for mark in article.marks))
    return now


def count_dropped(article: ArticleRecord, losses: Losses, *, kept: Collection[str]) -> None:
    """Counts each field of the article and its marks that says something and is not among those `kept`."""
    for name, words in ARTICLE_WORDS.items():
        if name not in kept:
            losses.count(words, _number(article, name))
    dropped = [(name, words) for name, words in MARK_WORDS.items() if name not in kept]
    for mark in article.marks:
        for name, words in dropped:
            losses.count(words, _number(mark, name))


def dropped_words(*, kept: Collection[str]) -> tuple[str, ...]:
    """What count_dropped may count, for Format.drops."""
    return tuple(words for name, words in (ARTICLE_WORDS | MARK_WORDS).items() if name not in kept)


def _number(record: Any, name: str) -> int:
    """How much a field says: nothing where it is as by default, else how many there are of it."""
    value = getattr(record, name)
    if value in ("", _DEFAULTS[name]):
        return 0
    return len(value) if isinstance(value, tuple) else 1
