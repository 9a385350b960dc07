"""How, where and when words were said, from the places in the text that tell of it."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from annotations.detection import Quote
from annotations.models import Annotation
from articles.language.dates import find_dates
from articles.language.spans import Span
from articles.models import Article, Revision

_DAY_IS_KNOWN = (Article.Precision.MINUTE, Article.Precision.DAY)


def told_of(quote: Quote, revision: Revision) -> dict[str, Any]:
    """The fields of the suggested mark that say how the words were said."""
    told = quote.circumstances
    said_when = _words(revision, told.said_on, "said_when")
    return {
        "stance": quote.stance,
        "channel": told.channel,
        "occasion": _words(revision, told.occasion, "occasion"),
        "said_when": said_when,
        "said_on": day_meant(said_when, revision) if said_when else None,
        "translated": told.translated,
        "framing": _words(revision, quote.framing, "framing"),
    }


def day_meant(words: str, revision: Revision) -> date | None:
    """The day that words name, seen from the day on which the article appeared; None unless that is sure.

    Hijri days may be one off, and nothing is reported before it is said.
    """
    published = _day_of(revision.article)
    mention = next(iter(find_dates(words, published)), None)
    if mention is None or mention.calendar != "gregorian" or not isinstance(mention.value, date):
        return None
    day = mention.value.date() if isinstance(mention.value, datetime) else mention.value
    return day if published is None or day <= published else None


def _day_of(article: Article) -> date | None:
    """In the newsroom's time zone."""
    if article.published_at is None or article.published_precision not in _DAY_IS_KNOWN:
        return None
    return timezone.localtime(article.published_at).date()


def _words(revision: Revision, span: Span | None, name: str) -> str:
    """As far as the field takes them."""
    if span is None:
        return ""
    words = " ".join(revision.text[span.start : span.end].split())
    return words[: Annotation._meta.get_field(name).max_length].rstrip()
