"""Fetching an address: redirects, retries, politeness and reservations, all within the rules."""

import re
import time
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage, HTTPResponse
from threading import Lock
from typing import NamedTuple

from django.utils.translation import gettext

from articles.importing.decoding.encoding import decode
from articles.importing.fetching.asking import answer
from articles.importing.fetching.receiving import media_type_of, receive
from articles.importing.fetching.refusals import FetchRefused, refusal
from articles.importing.fetching.reservations import reserved_by
from articles.importing.fetching.robots import EVERYTHING, Robots, read_robots
from articles.importing.fetching.rules import PRODUCT, FetchRules
from articles.importing.fetching.targets import Target, read_target
from articles.importing.fetching.turns import turn
from articles.importing.pages import Refused

_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
# Too early, too many, overloaded: the ones that say of themselves that they pass.
_PASSING = (408, 425, 429, 500, 502, 503, 504)
# RFC 9309: no longer than a day; and at least so much of a file has to be read.
_ROBOTS_KEPT = 86_400
_ROBOTS_BYTES = 512_000
_ROBOTS_RETRIED = 600
_ROBOTS_HOSTS = 2000
# What a server may give us to say it back; nothing that ends a line.
_VALIDATOR = re.compile(r"[\x21-\x7e][\x20-\x7e]{0,500}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+ *")
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
# Cookies are neither sent back nor kept with the page.
_NOT_KEPT = frozenset(("set-cookie", "set-cookie2"))


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer as it was, without its transport's compression. Names of headers are in lower case.

    `not_modified`: what is known already has not changed, and `body` is empty. `moved_to` is where the address has
    moved for good, or nothing.
    """

    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    media_type: str = ""
    not_modified: bool = False
    moved_to: str = ""

    @property
    def charset(self) -> str:
        """The encoding that the transport declared, or nothing."""
        match = _CHARSET.search(self.headers.get("content-type", ""))
        return match[1].lower() if match else ""

    @property
    def etag(self) -> str:
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        return self.headers.get("last-modified", "")


class _Redirection(NamedTuple):
    target: Target
    for_good: bool


@dataclass(slots=True)
class _Errand:
    """One fetch on its way. `seconds` are left on the network."""

    conditions: Mapping[str, str]
    scheduled: bool
    seconds: float
    backoff: float

    @contextmanager
    def on_the_network(self) -> Iterator[float]:
        """Until when (time.monotonic)."""
        began = time.monotonic()
        try:
            yield began + self.seconds
        finally:
            self.seconds -= time.monotonic() - began


class Fetcher:
    """Keeps nothing between fetches but what robots.txt said. May be used by several threads."""

    def __init__(self, rules: FetchRules) -> None:
        self.rules = rules
        self._robots: OrderedDict[str, tuple[float, Robots | FetchRefused]] = OrderedDict()
        self._lock = Lock()

    def fetch(self, url: str, *, etag: str = "", last_modified: str = "", scheduled: bool = False) -> Fetched:
        """What stands at this address. `etag` and `last_modified` are of the answer that is known already.

        A scheduled fetch, which nobody asked for just now, obeys robots.txt and reservations. Raises FetchRefused.
        """
        first = read_target(url)
        errand = _Errand(_conditions(etag, last_modified), scheduled, self.rules.seconds, self.rules.backoff)
        for _ in range(self.rules.attempts - 1):
            try:
                return self._follow(first, errand)
            except FetchRefused as refused:
                if not self._worth_another(refused, errand):
                    raise
                # The waiting itself is done where the host's next turn is waited for.
                errand.backoff *= 2
        return self._follow(first, errand)

    def _worth_another(self, refused: FetchRefused, errand: _Errand) -> bool:
        """Whoever was slow has had all the time there is; who was not asked at all need not be asked again."""
        wait = max(refused.retry_after, errand.backoff)
        return refused.temporary and refused.rule not in ("too_slow", "busy") and wait <= self.rules.patience

    def _follow(self, target: Target, errand: _Errand) -> Fetched:
        seen, first, lasting = {target}, target, target
        for _ in range(self.rules.max_redirects + 1):
            found = self._visit(target, errand)
            if isinstance(found, Fetched):
                return found if lasting == first else replace(found, moved_to=lasting.url)
            if found.target in seen:
                raise refusal("redirects", gettext("تحويلات تدور في حلقة"), found.target.url)
            if found.for_good and lasting == target:
                lasting = found.target
            seen.add(found.target)
            target = found.target
        limit = {"limit": self.rules.max_redirects}
        raise refusal("redirects", gettext("تحويلات أكثر من المسموح به (%(limit)d)") % limit, target.url)

    def _visit(self, target: Target, errand: _Errand) -> Fetched | _Redirection:
        pause = self.rules.delay
        if errand.scheduled:
            robots = self._robots_of(target)
            if not robots.allows(target.path):
                raise refusal("robots", gettext("ملف robots.txt للموقع لا يسمح بالجلب الآلي"), target.url)
            pause = max(pause, min(robots.pause, self.rules.patience))
        with turn(target, self.rules.folder, pause=pause, patience=self.rules.patience) as mine:
            try:
                return self._exchange(target, errand)
            except FetchRefused as refused:
                if refused.temporary:
                    mine.postpone(max(refused.retry_after, errand.backoff))
                raise

    def _exchange(self, target: Target, errand: _Errand) -> Fetched | _Redirection:
        with (
            errand.on_the_network() as deadline,
            answer(target, errand.conditions, rules=self.rules, deadline=deadline) as response,
        ):
            headers = _kept(response.headers)
            if response.status in _REDIRECTS:
                return _Redirection(_redirected(response, target), response.status in _FOR_GOOD)
            if response.status == 304 and errand.conditions:
                return Fetched(target.url, 304, headers, media_type=media_type_of(response.headers), not_modified=True)
            _require_ok(response, target)
            reserving = reserved_by(response.headers) if errand.scheduled else ""
            if reserving:
                reason = gettext("ناشر الصفحة يتحفّظ على الجلب الآلي (%(header)s)") % {"header": reserving}
                raise refusal("reserved", reason, target.url)
            body, media_type = receive(response, target, self.rules)
            return Fetched(target.url, response.status, headers, body, media_type)

    def _robots_of(self, target: Target) -> Robots:
        with self._lock:
            until, known = self._robots.get(target.origin, (0.0, EVERYTHING))
        if until < time.monotonic():
            known = self._read_robots(target)
            kept = _ROBOTS_RETRIED if isinstance(known, FetchRefused) else _ROBOTS_KEPT
            with self._lock:
                self._robots[target.origin] = (time.monotonic() + kept, known)
                while len(self._robots) > _ROBOTS_HOSTS:
                    self._robots.popitem(last=False)
        if isinstance(known, FetchRefused):
            wait = known.retry_after
            raise refusal(known.rule, known.reason, target.url, temporary=known.temporary, retry_after=wait)
        return known

    def _read_robots(self, target: Target) -> Robots | FetchRefused:
        """RFC 9309: a file that is not there forbids nothing, one that cannot be had forbids all."""
        rules = replace(self.rules, max_bytes=_ROBOTS_BYTES, media_types=None, attempts=1)
        try:
            found = Fetcher(rules).fetch(f"{target.origin}/robots.txt")
            return read_robots(decode(found.body, found.charset), PRODUCT)
        except FetchRefused as refused:
            if 400 <= refused.status < 500 and refused.status not in _PASSING:
                return EVERYTHING
            if refused.rule == "private_address":
                return refused
            reason = refused.reason
        except Refused as refused:
            reason = str(refused)
        line = gettext("تعذّرت قراءة robots.txt، ومن دونه لا يُجلب آلياً (%(reason)s)") % {"reason": reason}
        return refusal("robots", line, target.url, temporary=True, retry_after=_ROBOTS_RETRIED)


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in conditions.items() if _VALIDATOR.fullmatch(value)}


def _redirected(response: HTTPResponse, target: Target) -> Target:
    location = response.headers.get("Location", "").strip()
    if not location:
        raise refusal("broken_answer", gettext("تحويل لا يقول إلى أين"), target.url)
    # Headers are read as Latin-1; Arabic in them was UTF-8.
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    return read_target(location, base=target)


def _require_ok(response: HTTPResponse, target: Target) -> None:
    if response.status == 200:
        return
    reason = gettext("أجاب الموقع بالرمز %(status)d") % {"status": response.status}
    passing = response.status in _PASSING
    wait = _retry_after(response.headers) if passing else 0
    raise refusal("status", reason, target.url, status=response.status, temporary=passing, retry_after=wait)


def _retry_after(headers: HTTPMessage) -> float:
    """In seconds, from a number of them or from a date."""
    value = (headers.get("Retry-After") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return 0
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _kept(headers: HTTPMessage) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in headers.items():
        name, value = name.lower(), _UNPRINTABLE.sub(" ", value).strip()
        if name not in _NOT_KEPT:
            kept[name] = f"{kept[name]}, {value}" if name in kept else value
    return kept
