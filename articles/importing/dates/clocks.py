"""The time of day and its zone, as they stand beside a date. Every text here is folded."""

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from articles.language.folding import fold

_ZONES = Path(__file__).parent / "time_zones.tsv"
_HALF = r"(?:من\s+)?(?P<half>[ap]\.?m|صباحا?|فجرا?|ظهرا?|عصرا?|مساء|ليلا?|[صم])(?!\w)"
_HOUR = r"(?<![\d:+./-])(?P<hour>\d{1,2})"
_MINUTE = r"(?P<minute>\d{2})"
# The surest way of writing first.
_CLOCKS = (
    re.compile(
        rf"(?<![\d:+])(?P<hour>\d{{1,2}}):{_MINUTE}(?::(?P<second>\d{{2}}))?(?:[.,]\d+)?(?!\d|:)(?:\s*{_HALF})?"
    ),
    # الساعة 10.30، الساعة 10h30، الساعة 9 مساءً
    re.compile(rf"الساعه\s+{_HOUR}(?:[.h]{_MINUTE})?(?![\d:])(?:\s*{_HALF})?"),
    re.compile(rf"{_HOUR}[.]{_MINUTE}\s*{_HALF}"),
    re.compile(rf"{_HOUR}\s+(?P<half>صباحا|فجرا|ظهرا|عصرا|مساء|ليلا)(?!\w)"),
)
_AFTERNOON = ("pm", "p.m", "م", "مساء", "ظهر", "ظهرا", "عصر", "عصرا")
_NIGHT = ("ليل", "ليلا")
_OFFSET = re.compile(
    r"\s*(?:z(?!\w)|\(?(?:utc|gmt)?\s*(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d{2}))?(?!\d))"
)
_UNIVERSAL = re.compile(r"(?<!\w)(?:utc|gmt|ت\.?\s?غ)(?!\w)")
_NAMED = re.compile(r"(?:ب?ال|ب)?توقيت\s+(?:مدينه\s+|العاصمه\s+)?(\w+(?: \w+)?)")
_DAY = timedelta(hours=24)


class Clock(NamedTuple):
    """`zone` is None where none is named. [start, end) is where the figures stand in the folded text."""

    time: time
    zone: tzinfo | None
    start: int
    end: int


def find_clock(text: str) -> Clock | None:
    """The first sensible time of day in a folded text."""
    for pattern in _CLOCKS:
        for match in pattern.finditer(text):
            found = _time(match)
            if found is not None:
                return Clock(found, find_zone(text[match.end() :]), *match.span())
    return None


def _time(match: re.Match[str]) -> time | None:
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = parts.get("half") or ""
    if (half in _AFTERNOON and hour < 12) or (half in _NIGHT and 6 <= hour < 12):
        hour += 12
    elif hour == 12 and half and half not in _AFTERNOON:
        hour = 0
    return time(hour, minute, second) if hour <= 23 and minute <= 59 and second <= 59 else None


def find_zone(after: str) -> tzinfo | None:
    """The zone that a folded text names: an offset at its beginning (+03:00, z), «بتوقيت مكة»، GMT."""
    offset = _OFFSET.match(after)
    if offset:
        return _fixed(offset)
    named = _NAMED.search(after)
    if named:
        words = named[1].split()
        zone = _zones().get(" ".join(words)) or _zones().get(words[0])
        if zone:
            return UTC if zone == "UTC" else ZoneInfo(zone)
    return UTC if _UNIVERSAL.search(after) else None


def _fixed(offset: re.Match[str]) -> timezone | None:
    if not offset["sign"]:
        return UTC
    shift = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    if shift >= _DAY:
        return None
    return timezone(-shift if offset["sign"] == "-" else shift) if shift else UTC


@cache
def _zones() -> dict[str, str]:
    """{folded name: IANA name}"""
    lines = (line.split("\t") for line in _ZONES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return {fold(name): zone for zone, names in lines for name in names.split("|")}
