"""Altered quotes are found among 20,000; see tests/benchmarks/variants.py for the whole measurement."""

import random
import time

import pytest

from annotations.variants import Statement
from articles.language.tokens import sentences
from tests.benchmarks.variants import CORPUS, altered, articles, day_of, detected, indexed, sought

QUOTES, STATEMENTS, ALTERED = 2_000, 20_000, 200
# Measured last: recall .97, precision .99.
RECALL, PRECISION = 0.95, 0.95
SECONDS = 60


@pytest.fixture(scope="module")
def statements():
    """Quotes detected in real articles, and sentences of others, which are as easily taken for one another."""
    if not CORPUS.exists():
        pytest.skip("the shared data are not here")
    records = articles()
    found = detected(records, QUOTES)
    for record in reversed(records):
        text = record["text"]
        found += [Statement(text[span.start : span.end], day_of(record)) for span in sentences(text)]
        if len(found) >= STATEMENTS:
            return found[:STATEMENTS]
    return found


def test_altered_quotes_are_found_among_twenty_thousand_and_little_else(statements):
    begin = time.process_time()
    index = indexed(statements)
    copies = altered(statements[:QUOTES], ALTERED)
    found = sought(index, statements, copies)
    told = [f"missed ({copy.how}): {copy.statement.text}" for copy in found.missed]
    told += [f"found {other!r} for {one!r}" for one, other in found.doubtful]
    assert len(statements) == STATEMENTS
    assert found.recall >= RECALL, "\n".join(told)
    assert found.precision >= PRECISION, "\n".join(told)
    assert time.process_time() - begin <= SECONDS


def test_no_alteration_of_the_benchmark_leaves_a_quote_as_it_was(statements):
    for copy in altered(statements[:QUOTES], ALTERED):
        assert not copy.how or copy.statement.text.split() != statements[copy.original].text.split()
    assert len({copy.original for copy in random.Random(1).sample(altered(statements[:QUOTES], ALTERED), 50)}) == 50
