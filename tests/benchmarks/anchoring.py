"""Marks found again after seeded edits: python -m tests.benchmarks.anchoring [MARKS [SEED]]

Counts what became of MARKS marks (100,000 by default) on the hand-annotated articles of ../shared, or our own where
they are missing, and the time of a comparison of 20,000 words with 500 marks, in processor time of this process.
"""

import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

from annotations.anchoring import TextChange
from articles.language.tokens import words
from tests.annotations.anchored import golds_in, outcomes, table

REPOSITORY = Path(__file__).parents[2]
FOLDERS = (REPOSITORY.parent / "shared" / "data" / "gold" / "dev", REPOSITORY / "tests" / "data" / "gold")
LONG, MARKS = 20_000, 500


def main(marks: int = 100_000, seed: int = 1) -> None:
    golds = next(filter(None, map(golds_in, FOLDERS)))
    counted = Counter(outcomes(golds, seed=seed, marks=marks))
    wrong = sum(number for outcome, number in counted.items() if outcome.is_wrong_silently)
    print(table(counted))  # noqa: T201
    print(f"{wrong} of {sum(counted.values())} silently at the wrong place")  # noqa: T201
    text = "\n".join(gold["text"] for gold in golds)
    while len(words(text)) < LONG:
        text += "\n" + text
    random = Random(seed)
    spans = random.sample(words(text), MARKS)
    lines = text.split("\n")
    changed = [
        line.replace(" في ", " داخل ", 1) if random.random() < 0.1 else line for line in lines if random.random() < 0.98
    ]
    began = time.process_time()
    change = TextChange(text, "\n".join(changed))
    for span in spans:
        change.find(span.start, span.end)
    print(f"{len(words(text))} words, {MARKS} marks: {time.process_time() - began:.2f} s")  # noqa: T201


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
