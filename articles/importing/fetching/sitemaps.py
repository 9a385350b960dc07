"""All pages that sitemaps lead to, through their indexes."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext

from articles.importing.fetching.fetcher import Fetched
from articles.importing.fetching.refusals import FetchRefused, refusal
from articles.importing.pages import Refused
from articles.importing.readers.sitemap import Sitemap, SitemapEntry, read_sitemap

# The protocol has indexes of sitemaps and no indexes of indexes; some sites do.
_DEEPEST = 3
_MOST_SITEMAPS = 1000


def pages_of_sitemaps(
    addresses: Iterable[str], fetch: Callable[[str], Fetched], *, max_bytes: int
) -> Iterator[SitemapEntry | FetchRefused]:
    """Pages in their order, and in the place of a sitemap that cannot be had the reason, which names it.

    Each sitemap is fetched once, when its pages are asked for.
    """
    waiting = deque((address, 0) for address in addresses)
    seen = {address for address, _ in waiting}
    while waiting:
        current, depth = waiting.popleft()
        try:
            found = _read(current, fetch, max_bytes)
        except FetchRefused as refused:
            yield refused
            continue
        yield from found.pages
        for entry in found.sitemaps:
            if entry.link in seen:
                continue
            if depth == _DEEPEST or len(seen) == _MOST_SITEMAPS:
                yield refusal("sitemaps", gettext("خرائط المواقع أكثر أو أعمق مما يُقرأ"), entry.link)
                break
            seen.add(entry.link)
            waiting.append((entry.link, depth + 1))


def _read(address: str, fetch: Callable[[str], Fetched], max_bytes: int) -> Sitemap:
    fetched = fetch(address)
    try:
        return read_sitemap(fetched.body, max_bytes=max_bytes, declared_encoding=fetched.charset)
    except Refused as refused:
        raise refusal("sitemaps", str(refused), address) from refused
