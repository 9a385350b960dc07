"""The forms under which a site commonly shows one page: pure.

They are no more than candidates. Some sites show different pages under two of them, so what stands there decides.
"""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import SplitResult, urlsplit

_SCHEMES = ("https", "http")
# Before the names of hosts for readers with telephones.
_MOBILE = ("m.", "mobile.", "amp.")
_AMP_FIRST, _AMP_LAST, _AMP_NAME = "/amp/", "/amp", ".amp"
_AMP_PARAMETERS = ("amp=1", "amp", "outputtype=amp", "amp=true")
_ENDING = re.compile(r"\.(?:html?|aspx?|php)$")
_IS_ADDRESS = re.compile(r"\[|[\d.]+$")


def variants_of(url: str) -> list[str]:
    """The URLs under which the page of this canonical URL may stand too, itself among them: some fifty."""
    parts = urlsplit(url)
    host, path, query = _plain_host(parts), _plain_path(parts.path), _plain_query(parts.query)
    plain = list(product(_hosts(host), _with_and_without_slash(path), [query]))
    amp = list(product(_hosts(host)[:2], _amp_paths(path), [query]))
    amp += list(product(_hosts(host)[:2], _with_and_without_slash(path)[:1], _amp_queries(query)))
    found = dict.fromkeys([url])
    for (name, place, asked), scheme in product([*plain, *amp], _SCHEMES if parts.port is None else [parts.scheme]):
        netloc = name if parts.port is None else f"{name}:{parts.port}"
        found[f"{scheme}://{netloc}{place}" + (f"?{asked}" if asked else "")] = None
    return list(found)


def page_of(url: str) -> str:
    """What all the variants of a canonical URL have in common."""
    parts = urlsplit(url)
    return f"{_plain_host(parts)}:{parts.port or ''}{_plain_path(parts.path)}?{_plain_query(parts.query)}"


def plain_host(url: str) -> str:
    """The host of a canonical URL without what stands before it for telephones: whose site it is."""
    return _plain_host(urlsplit(url))


def _plain_host(parts: SplitResult) -> str:
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    if _IS_ADDRESS.match(host):
        return host
    for before in ("www.", *_MOBILE, "www."):
        # amp.dev is a site, and no site's part.
        if host.startswith(before) and "." in host.removeprefix(before):
            host = host.removeprefix(before)
    return host


def _hosts(plain: str) -> list[str]:
    """The host as most write it first."""
    if _IS_ADDRESS.match(plain) or "." not in plain:
        return [plain]
    return [plain, f"www.{plain}", *(f"{before}{plain}" for before in _MOBILE)]


def _plain_path(path: str) -> str:
    path = path.rstrip("/") if path != "/" else path
    if path.startswith(_AMP_FIRST):
        path = path.removeprefix(_AMP_FIRST.rstrip("/"))
    path = path.removesuffix(_AMP_LAST)
    if ending := _ENDING.search(path):
        return path[: ending.start()].removesuffix(_AMP_NAME) + ending[0]
    return path.removesuffix(_AMP_NAME) or "/"


def _with_and_without_slash(path: str) -> list[str]:
    return [path] if path == "/" else [path, f"{path}/"]


def _amp_paths(path: str) -> Iterator[str]:
    if path == "/":
        return
    yield from (f"{path}/amp", f"{path}/amp/", f"/amp{path}", f"/amp{path}/")
    ending = _ENDING.search(path)
    yield f"{path[: ending.start()]}.amp{ending[0]}" if ending else f"{path}.amp"


def _plain_query(query: str) -> str:
    return "&".join(one for one in query.split("&") if one.lower() not in _AMP_PARAMETERS)


def _amp_queries(query: str) -> list[str]:
    return [f"{query}&{amp}" if query else amp for amp in ("amp=1", "amp", "outputType=amp")]
