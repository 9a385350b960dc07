"""What is found again after seeded edits, counted. `python -m tests.benchmarks.anchoring` counts 100,000."""

from collections import Counter

import pytest

from tests.annotations.anchored import golds_in, outcomes, table
from tests.settings import REPOSITORY

FOLDERS = {
    "our own samples": REPOSITORY / "tests" / "data" / "gold",
    "real articles": REPOSITORY.parent / "shared" / "data" / "gold" / "dev",
}


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_mark_is_put_silently_where_it_does_not_belong(folder):
    golds = golds_in(FOLDERS[folder])
    if not golds:
        pytest.skip("the shared data is not beside the repository")
    counted = Counter(outcomes(golds, seed=5, marks=3_000))
    total = sum(counted.values())
    intact = sum(number for outcome, number in counted.items() if outcome.was == "intact")
    found = sum(number for outcome, number in counted.items() if outcome.was == "intact" and outcome.right)
    sure = sum(
        counted[outcome] for outcome in counted if outcome.was == "intact" and outcome.state in ("exact", "moved")
    )
    assert sum(number for outcome, number in counted.items() if outcome.is_wrong_silently) == 0, table(counted)
    assert total > 3_000 * 0.99
    assert found >= 0.99 * intact, table(counted)
    assert sure >= 0.94 * intact, table(counted)
