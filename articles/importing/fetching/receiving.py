"""The body of an answer: of a kind that is wanted, whole, and never larger in memory than it may be."""

import zlib
from collections.abc import Iterator
from http.client import HTTPMessage, HTTPResponse, IncompleteRead

from django.utils.translation import gettext

from articles.importing.fetching.inflating import GZIP, Inflater, TooLarge, Truncated
from articles.importing.fetching.refusals import refusal
from articles.importing.fetching.rules import FetchRules
from articles.importing.fetching.targets import Target

# What is asked for, because zlib can be stopped at any byte of its output.
ACCEPTED_CODINGS = "gzip, deflate"
_CODINGS = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
_BOM = b"\xef\xbb\xbf"
_READ = 65_536


def receive(response: HTTPResponse, target: Target, rules: FetchRules) -> tuple[bytes, str]:
    """The body without its transport's compression, and its media type.

    Raises FetchRefused for what is too large, of another kind or compressed in a way that was not asked for,
    IncompleteRead for a body that ended before its end.
    """
    stated = media_type_of(response.headers)
    if stated not in _UNTOLD:
        _require_wanted(stated, target, rules)
    coding = _coding(response.headers, target)
    try:
        body = b"".join(_pieces(response, coding, rules.max_bytes))
    except TooLarge as error:
        reason = gettext("أكبر من الحد المسموح به (%(limit)d ميغابايت)") % {"limit": rules.max_bytes // 1_000_000}
        raise refusal("too_large", reason, target.url) from error
    except zlib.error as error:
        raise refusal("broken_answer", gettext("المحتوى المضغوط تالف"), target.url) from error
    if stated in _UNTOLD:
        stated = _media_type_by_sight(body)
        _require_wanted(stated, target, rules)
    return body, stated


def media_type_of(headers: HTTPMessage) -> str:
    return (headers.get("Content-Type") or "").partition(";")[0].strip().lower()


def _require_wanted(media_type: str, target: Target, rules: FetchRules) -> None:
    if rules.media_types is not None and media_type not in rules.media_types:
        reason = gettext("نوع المحتوى غير مقبول (%(type)s)") % {"type": media_type[:60] or gettext("غير معلن")}
        raise refusal("media_type", reason, target.url)


def _coding(headers: HTTPMessage, target: Target) -> str:
    stated = ",".join(headers.get_all("Content-Encoding", [])).strip().lower()
    if stated not in _CODINGS:
        reason = gettext("ضغط لم يُطلب (%(coding)s)") % {"coding": stated[:60]}
        raise refusal("content_coding", reason, target.url)
    return _CODINGS[stated]


def _pieces(response: HTTPResponse, coding: str, limit: int) -> Iterator[bytes]:
    """Raises TooLarge before more than `limit` bytes are out, at once where the length is announced."""
    if (response.length or 0) > limit:
        raise TooLarge
    inflater = Inflater(coding, limit) if coding else None
    left = limit
    while piece := response.read(_READ):
        if inflater:
            yield inflater.feed(piece)
            continue
        left -= len(piece)
        if left < 0:
            raise TooLarge
        yield piece
    if response.length:
        raise IncompleteRead(b"", response.length)
    if inflater:
        try:
            inflater.finish()
        except Truncated as error:
            raise IncompleteRead(b"") from error


def _media_type_by_sight(body: bytes) -> str:
    """For what a server calls nothing or just bytes; empty where it is nothing that is read."""
    if body.startswith(GZIP):
        return "application/gzip"
    start = body[:500].removeprefix(_BOM).lstrip().lower()
    if start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex")):
        return "application/xml"
    return "text/html" if start.startswith((b"<!doctype", b"<html", b"<head", b"<body", b"<!--")) else ""
