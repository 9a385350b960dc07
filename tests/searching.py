"""The search index in tests: each has a folder of its own (conftest.py), which is empty at first."""

from articles.search.index.rebuilding import rebuild


def index_everything() -> int:
    """Index what this connection sees, committed or not; to be called again after every change. How many articles."""
    return rebuild()
