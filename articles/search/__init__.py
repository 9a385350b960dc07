"""Search over articles. The engine behind these functions may change; what they take and give does not."""

from articles.search.postgres import matching, search
from articles.search.query import SearchPage, SearchQuery

__all__ = ["SearchPage", "SearchQuery", "matching", "search"]
