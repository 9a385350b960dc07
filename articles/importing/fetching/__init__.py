"""One fetcher for every address: `fetch(url)` gives what stands there, or says which rule was against it."""

from functools import lru_cache

from articles.importing.fetching.fetcher import Fetched, Fetcher
from articles.importing.fetching.refusals import FetchRefused
from articles.importing.fetching.rules import FetchRules, configured_rules, read_allowed

__all__ = ["FetchRefused", "FetchRules", "Fetched", "Fetcher", "configured_rules", "fetch", "read_allowed"]


def fetch(url: str, *, etag: str = "", last_modified: str = "", scheduled: bool = False) -> Fetched:
    """By the rules of the settings; see Fetcher.fetch."""
    return _fetcher(configured_rules()).fetch(url, etag=etag, last_modified=last_modified, scheduled=scheduled)


@lru_cache(maxsize=1)
def _fetcher(rules: FetchRules) -> Fetcher:
    """Kept, because a fetcher remembers what robots.txt said."""
    return Fetcher(rules)
