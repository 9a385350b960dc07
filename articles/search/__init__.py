"""Search over articles. The engine behind `search` may change; what it takes and gives does not."""

from articles.search.query import SearchPage, SearchQuery
from articles.search.postgres import search

__all__ = ["SearchPage", "SearchQuery", "search"]
