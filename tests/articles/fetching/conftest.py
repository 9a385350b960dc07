from collections.abc import Callable, Iterator

import pytest

from articles.importing.fetching import Fetcher
from tests.articles.fetching.site import Site, rules_for_tests, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def fetcher(tmp_path) -> Callable[..., Fetcher]:
    """Makes a fetcher by the rules of tests, changed as said."""
    return lambda **changed: Fetcher(rules_for_tests(tmp_path / "turns", **changed))
