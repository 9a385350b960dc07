"""What an article takes over from its page beside the text, and what it keeps because a person corrected it."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.db.models import Q
from django.utils import timezone

from articles.importing.cleaning import CLEANER_VERSION
from articles.importing.pages import Page
from articles.models import Article

# A date, its precision and where it was read are one decision.
_DECIDED_TOGETHER = (
    ("title",),
    ("byline",),
    ("place",),
    ("agencies",),
    ("published_at", "published_precision", "published_from"),
    ("language",),
)
# Under which name it is kept by which cleaner a page was read last, where that made no new revision of its text.
_CLEANER = "cleaner_version"
# Of originals: those that need not be read again, because this cleaner has read them.
READ_BY_THIS_CLEANER = Q(article__current_revision__cleaner_version=CLEANER_VERSION) | Q(
    **{f"article__as_read__{_CLEANER}": CLEANER_VERSION}
)


def take_over(article: Article, page: Page, *, but: tuple[str, ...] = ()) -> None:
    """Set what was read anew, except where the article says something else than the import before this one read.

    What was not read this time stays as it was. `but` is left as it is in any case: the headline of a text that stays.
    """
    fields, before = fields_of(page), article.as_read
    for names in _DECIDED_TOGETHER:
        if names == but or (article.published_from == Article.DateFrom.PERSON and "published_at" in names):
            continue
        is_read = any(fields[name] for name in names)
        if is_read and (not before or all(_plain(getattr(article, name)) == before.get(name, "") for name in names)):
            for name in names:
                setattr(article, name, fields[name])


def fields_of(page: Page) -> dict[str, Any]:
    """The article's own fields, as the page gives them."""
    at = page.published_at
    return {
        "title": page.title,
        "byline": page.byline,
        "place": page.place[:200],
        "agencies": page.agencies[:300],
        "published_at": timezone.make_aware(at) if at and timezone.is_naive(at) else at,
        "published_precision": page.published_precision,
        "published_from": page.published_from if at else "",
        "language": page.language,
    }


def as_read(page: Page, before: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """What the import read, in the form in which the article keeps it beside what people make of it.

    `before` is what was read the last time: what is not read any more is kept.
    """
    read = {name: _plain(value) for name, value in fields_of(page).items()} | {_CLEANER: CLEANER_VERSION}
    for names in _DECIDED_TOGETHER:
        if before and not any(read[name] for name in names):
            read |= {name: before.get(name, "") for name in names}
    return read


def reads_the_same(article: Article, page: Page) -> bool:
    """Whether the import before this one read the same beside the text, whichever cleaner that was."""
    return {**article.as_read, _CLEANER: CLEANER_VERSION} == as_read(page, article.as_read)


def is_noted(article: Article) -> bool:
    """Whether the article says that this cleaner has read its page."""
    return CLEANER_VERSION in (article.current_revision.cleaner_version, article.as_read.get(_CLEANER))


def note_reading(article: Article) -> None:
    """Let the article, which is locked, say that this cleaner reads its page as an older one did: once is enough."""
    article.as_read = {**article.as_read, _CLEANER: CLEANER_VERSION}
    article.save(update_fields=["as_read"])


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if hasattr(value, "astimezone") else value or ""
