"""When a page was published: its witnesses heard in order, each checked for sense and against the others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import is_aware, make_aware

from articles.importing.dates.published import Published, date_in_url, day_of, first_sensible

# Stamps from before the first Arabic newspaper went online are a program's zero, unless something else says the same.
_WEB_BEGAN = date(1994, 1, 1)
# Two witnesses agree within so many days: they may count in different time zones.
_AGREEMENT = timedelta(days=1)
# A stamp of the moment when the page was made is so close to the moment when it was fetched.
_MAKING = timedelta(minutes=10)
_SAME_MOMENT = timedelta(minutes=1)
# An address keeps the day of publication; stamps that are so much later are of a move or of a new making.
_FAR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Testimony:
    """What a page says of its date: to machines (in JSON-LD, in meta tags), to people, and in its address.

    `shown` are the stamps behind dates that people see: the date itself goes before one that says something else.
    `modified` is when it says that it was last changed. `uncertain` is a date shown without saying what it dates;
    `late` are stamps that may be another article's. `seen_at` (aware) is the moment when the page was fetched.
    """

    json_ld: Iterable[object] = ()
    meta: Iterable[object] = ()
    modified: Iterable[object] = ()
    shown: Iterable[object] = ()
    text: Published | None = None
    address: str = ""
    uncertain: Published | None = None
    late: Iterable[object] = ()
    seen_at: datetime | None = None


def date_of(said: Testimony) -> Published | None:
    """The date of the first believable witness, with its origin, unless the others prove it wrong."""
    heard = [found for found in _witnesses(said) if _had_come(found, said.seen_at)]
    sure = [found for found in heard if day_of(found) >= _WEB_BEGAN or _supporters(found, heard)]
    doubtful = [found for found in _doubtful(said) if _had_come(found, said.seen_at)]
    if not sure:
        return doubtful[0] if doubtful else None
    turned = _turned_round(sure[0], sure[1:])
    return (
        turned
        or _made_with_the_page(sure, said)
        or _made_long_after_the_address(sure)
        or _outvoted(sure)
        or _finer(sure[0], [*sure[1:], *doubtful])
        or sure[0]
    )


def _had_come(found: Published, seen_at: datetime | None) -> bool:
    """Whether the day had come, somewhere, when the page was fetched."""
    return seen_at is None or day_of(found) <= seen_at.date() + _AGREEMENT


def _witnesses(said: Testimony) -> Iterator[Published]:
    tagged, shown = first_sensible(said.meta), first_sensible(said.shown)
    if tagged is None and shown and (said.text is None or _agree(shown, said.text)):
        tagged, shown = shown, None
    for found, origin in (
        (first_sensible(said.json_ld), "json-ld"),
        (tagged, "meta"),
        (said.text, "text"),
        (None if tagged else shown, "meta"),
        (date_in_url(said.address), "address"),
    ):
        if found:
            yield found._replace(origin=origin)


def _doubtful(said: Testimony) -> Iterator[Published]:
    for found, origin in ((said.uncertain, "text"), (first_sensible(said.late), "meta")):
        if found and day_of(found) >= _WEB_BEGAN:
            yield found._replace(origin=origin)


def _turned_round(first: Published, others: Sequence[Published]) -> Published | None:
    """3/12, as people write it, may be the twelfth of March: the other witnesses tell."""
    if first.origin != "text" or first.precision == "month" or first.at.day > 12 or _supporters(first, others):
        return None
    turned = first._replace(at=first.at.replace(month=first.at.day, day=first.at.month))
    return turned if _supporters(turned, [other for other in others if other.precision != "month"]) else None


def _made_with_the_page(sure: Sequence[Published], said: Testimony) -> Published | None:
    """The earlier date that people see, where a template stamps its machine-readable one with the moment of making."""
    stated, others = sure[0], sure[1:]
    if stated.origin not in ("json-ld", "meta") or stated.precision != "minute":
        return None
    shown = [found for found in others if found.origin in ("text", "address") and not _agree(found, stated)]
    earlier = [found for found in shown if found.precision != "month" and day_of(found) < day_of(stated)]
    if not earlier:
        return None
    if said.seen_at and abs(_moment(stated) - said.seen_at) <= _MAKING:
        return earlier[0]
    modified = first_sensible(said.modified)
    knows_its_changes = modified is not None and abs(_moment(modified) - _moment(stated)) > _SAME_MOMENT
    backed = [found for found in _supporters(stated, others) if _moment(found) != _moment(stated)]
    return earlier[0] if earlier[0].origin == "text" and not knows_its_changes and not backed else None


def _made_long_after_the_address(sure: Sequence[Published]) -> Published | None:
    """The day in the address, where the stamp is far later and nothing but stamps of the same moment is for it."""
    stated, others = sure[0], sure[1:]
    address = next((found for found in others if found.origin == "address" and found.precision != "month"), None)
    if address is None or stated.origin not in ("json-ld", "meta") or day_of(stated) - day_of(address) < _FAR:
        return None
    backed = [found for found in _supporters(stated, others) if _moment(found) != _moment(stated)]
    return None if backed or any(found.origin == "text" for found in others) else address


def _outvoted(sure: Sequence[Published]) -> Published | None:
    """Two later witnesses that agree against the first, which stands alone; a date that a year alone was made into."""
    first, others = sure[0], sure[1:]
    if _supporters(first, others):
        return None
    agreed = next((found for found in others if _supporters(found, others)), None)
    if agreed or first.precision == "minute" or (first.at.month, first.at.day) != (1, 1):
        return agreed
    return next((found for found in others if found.at.year == first.at.year and found.precision != "month"), None)


def _finer(month: Published, others: Sequence[Published]) -> Published | None:
    """The day within a month that is all that the first witness knows."""
    if month.precision != "month":
        return None
    return next((found for found in others if found.precision != "month" and _agree(found, month)), None)


def _supporters(found: Published, others: Sequence[Published]) -> list[Published]:
    return [other for other in others if other.origin != found.origin and _agree(found, other)]


def _agree(one: Published, other: Published) -> bool:
    first, second = day_of(one), day_of(other)
    if "month" in (one.precision, other.precision):
        return (first.year, first.month) == (second.year, second.month)
    return abs(first - second) <= _AGREEMENT


def _moment(found: Published) -> datetime:
    return found.at if is_aware(found.at) else make_aware(found.at)
