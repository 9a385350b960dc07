"""One fetcher for every address: `fetch(url)` gives what stands there, or says which rule was against it."""

from functools import cache

from articles.importing.fetching.fetcher import Fetched, Fetcher
from articles.importing.fetching.refusals import FetchRefused
from articles.importing.fetching.rules import FetchRules, configured_rules, read_allowed

__all__ = ["FetchRefused", "FetchRules", "Fetched", "Fetcher", "configured_rules", "fetch", "read_allowed"]


def fetch(url: str, *, etag: str = "", last_modified: str = "", scheduled: bool = False) -> Fetched:
    """By the rules of the settings; see Fetcher.fetch."""
    return _configured_fetcher().fetch(url, etag=etag, last_modified=last_modified, scheduled=scheduled)


@cache
def _configured_fetcher() -> Fetcher:
    return Fetcher(configured_rules())
