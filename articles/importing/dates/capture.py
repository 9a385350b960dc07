"""When a page was captured, by what the server or the crawler said."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime


def captured_at(headers: Mapping[str, str]) -> datetime | None:
    """The crawler's date before the server's; None where neither says one."""
    said = {name.lower(): value for name, value in headers.items() if name.lower() in ("warc-date", "date")}
    return _moment(said.get("warc-date", "")) or _moment(said.get("date", ""))


def with_moment(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The headers of an answer that came just now; where they do not date it, whoever receives it does (RFC 9110)."""
    return headers if captured_at(headers) else {**headers, "date": format_datetime(datetime.now(UTC), usegmt=True)}


def _moment(written: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(written)
        except (ValueError, TypeError, IndexError):
            continue
        return at.replace(tzinfo=at.tzinfo or UTC)
    return None
