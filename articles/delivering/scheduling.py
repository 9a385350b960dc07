"""When the mail of a saved search is due, in the newsroom's time zone. Pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# Hosts' clocks differ; whatever lies further ahead was written by a clock that was wrong.
_SKEW = timedelta(days=1)


def last_due(now: datetime, *, hour: int, weekday: int | None, zone: ZoneInfo) -> datetime:
    """The latest moment up to now at which a mail was due; `weekday` (ISO) for weekly ones, None for daily ones."""
    day = now.astimezone(zone).date()
    if weekday:
        day -= timedelta(days=(day.isoweekday() - weekday) % 7)
    due = _moment(day, hour, zone)
    return due if due <= now else _moment(day - timedelta(days=7 if weekday else 1), hour, zone)


def is_due(now: datetime, last: datetime, *, hour: int, weekday: int | None, zone: ZoneInfo) -> bool:
    """Whether a mail is owed to somebody for whom one was due at `last`: one, however many were missed since."""
    return last > now + _SKEW or last < last_due(now, hour=hour, weekday=weekday, zone=zone)


def _moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """In UTC, by which moments compare even in the night when clocks are changed."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=zone).astimezone(UTC)
