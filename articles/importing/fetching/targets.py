"""An address taken apart: only what HTTP can ask for, and nothing that could write into a request."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext

from articles.importing.fetching.refusals import refusal

_PORTS = {"http": 80, "https": 443}
# What servers commonly accept.
_LONGEST = 8000
_LONGEST_HOST = 253
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_MARKS = "\u200e\u200f\ufeff"
# Everything but what RFC 3986 lets stand in a path or query, and a % that begins no escape.
_ILLEGAL = re.compile(rb"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?\[\]%]")


@dataclass(frozen=True, slots=True)
class Target:
    """`host` is in ASCII and lower case, an IPv6 address without brackets. `path` has the query with it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        return self.origin + self.path

    @property
    def literal(self) -> IPv4Address | IPv6Address | None:
        """The host where it is an address and no name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None


def read_target(url: str, *, base: Target | None = None) -> Target:
    """Where this URL leads, seen from `base` where it is relative. Raises FetchRefused; the fragment is dropped."""
    url = url.strip().strip(_MARKS)
    if _CONTROL.search(url):
        raise refusal("invalid_address", gettext("في الرابط أحرف تحكم"), url)
    parts = _split(url, base)
    if parts.scheme not in _PORTS:
        raise refusal("scheme", gettext("لا يُجلب إلا ما يبدأ بـ http أو https"), url)
    if "@" in parts.netloc:
        # A password is not written into any record.
        shown = f"{parts.scheme}://…@{parts.netloc.rpartition('@')[2]}"
        raise refusal("credentials", gettext("في الرابط اسم مستخدم أو كلمة مرور"), shown)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    port = _PORTS[parts.scheme] if parts.port is None else parts.port
    target = Target(parts.scheme, _host(parts, url), port, _encoded(path))
    if len(target.url) > _LONGEST:
        raise refusal("invalid_address", gettext("الرابط أطول من %(limit)d حرف") % {"limit": _LONGEST}, url)
    return target


def _split(url: str, base: Target | None) -> SplitResult:
    try:
        parts = urlsplit(urljoin(base.url, url) if base else url)
        if parts.port == 0:
            raise ValueError
    except ValueError as error:
        raise refusal("invalid_address", gettext("الرابط غير صالح"), url) from error
    return parts


def _host(parts: SplitResult, url: str) -> str:
    host = (parts.hostname or "").removesuffix(".")
    try:
        if parts.netloc.startswith("[") and "%" not in host:
            return str(IPv6Address(host))
        host = host if host.isascii() else host.encode("idna").decode().lower()
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host) or len(host) > _LONGEST_HOST:
        raise refusal("invalid_address", gettext("الرابط بلا اسم موقع صالح"), url)
    return host


def _encoded(path: str) -> str:
    return _ILLEGAL.sub(lambda match: b"%%%02X" % match[0][0], path.encode("utf-8", "replace")).decode("ascii")
