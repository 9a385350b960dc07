"""When a page was captured, by what the server or the crawler said: which of two states of it is the later one."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from articles.models import Article, Original


def captured_at(headers: Mapping[str, str]) -> datetime | None:
    """The crawler's date before the server's; None where neither says one."""
    said = {name.lower(): value for name, value in headers.items() if name.lower() in ("warc-date", "date")}
    return _moment(said.get("warc-date", "")) or _moment(said.get("date", ""))


def is_later(headers: Mapping[str, str], article: Article) -> bool | None:
    """Whether these headers came later than those of the article's current text; None where nobody can tell."""
    kept = Original.objects.filter(pk=article.current_revision.original_id).values_list("headers", flat=True).first()
    now, before = captured_at(headers), captured_at(kept or {})
    return None if now is None or before is None else now > before


def _moment(written: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(written)
        except (ValueError, TypeError, IndexError):
            continue
        return at.replace(tzinfo=at.tzinfo or UTC)
    return None
