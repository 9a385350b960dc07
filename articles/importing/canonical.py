"""One URL for one page, however it was written: what an article is found by.

Only what cannot change which page is meant is taken away. http and https, hosts with and without "www.", paths with and
without a slash at their end stay apart, because outlets do not always serve the same page under both: which of them are
one article is told by what stands there (articles.importing.finding).
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.utils.translation import gettext

from articles.importing.hosts import one_host
from articles.importing.pages import Refused

MAX_LENGTH = 2000
_DATA = Path(__file__).parent / "data" / "tracking_parameters.txt"
_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
# What may stand in a path or query as it is (RFC 3986); everything else is written %XX.
_LEGAL = _UNRESERVED | frozenset(b"!$&'()*+,;=:@/?[]")
_ENCODED = re.compile(rb"%([0-9A-Fa-f]{2})|([" + re.escape(bytes(sorted(_LEGAL))) + rb"]+)|.", re.DOTALL)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def canonical_url(url: str) -> str:
    """The one form of this URL, in ASCII. Raises Refused with the reason when it cannot be an article's."""
    parts = _split(url.strip().strip("\u200e\u200f\ufeff"))
    if parts.scheme not in _DEFAULT_PORTS:
        raise Refused(gettext("الرابط لا يبدأ بـ http أو https"))
    if "@" in parts.netloc:
        raise Refused(gettext("في الرابط اسم مستخدم أو كلمة مرور"))
    query = _without_tracking(parts.query)
    path = _without_dots(_encoded(parts.path) or "/")
    result = f"{parts.scheme}://{_host(parts)}{path}" + (f"?{query}" if query else "")
    if len(result) > MAX_LENGTH:
        raise Refused(gettext("الرابط أطول من %(limit)d حرف") % {"limit": MAX_LENGTH})
    return result


def host_key(url: str) -> str:
    """The host of a canonical URL without "www.": what a source is known by. Ports are no part of it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(_INVISIBLE.sub(lambda match: "" if "\n" in match[0] else "%20", url))
        parts.port  # noqa: B018 - raises for a port that is none
    except ValueError as error:
        raise Refused(gettext("الرابط غير صالح")) from error
    return parts


def _host(parts: SplitResult) -> str:
    try:
        host = one_host(parts.hostname or "")
    except ValueError as error:
        raise Refused(gettext("الرابط بلا اسم موقع صالح")) from error
    return host if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{parts.port}"


def _encoded(text: str) -> str:
    """Raw Arabic and %D8… become the same; %2F stays apart from /, because the two can mean different pages."""

    def encode(match: re.Match[bytes]) -> bytes:
        if match[1]:
            code = int(match[1], 16)
            return bytes([code]) if code in _UNRESERVED else b"%%%02X" % code
        return match[0] if match[2] else b"%%%02X" % match[0][0]

    return _ENCODED.sub(encode, text.encode("utf-8", "replace")).decode("ascii")


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    steps = path.split("/")[1:]
    for step in steps:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    if steps[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)


def _without_tracking(query: str) -> str:
    exact, prefixes = _tracking_parameters()
    kept = []
    for parameter in query.split("&"):
        name = unquote(parameter.partition("=")[0]).lower()
        if parameter and name not in exact and not name.startswith(prefixes):
            kept.append(_encoded(parameter))
    return "&".join(kept)


@cache
def _tracking_parameters() -> tuple[frozenset[str], tuple[str, ...]]:
    """(names, beginnings of names)"""
    lines = _DATA.read_text("utf-8").splitlines()
    names = [line.split()[0] for line in lines if line and not line.startswith("#")]
    return (
        frozenset(name for name in names if not name.endswith("*")),
        tuple(name.removesuffix("*") for name in names if name.endswith("*")),
    )
