"""Whatever the texts are: spans lie inside them, every word is accounted for, and the cost stays bounded."""

import random
import time
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.variants import Statement, judge, same_statement, signature
from articles.language.tokens import words

WORDS = [
    "لا",
    "لن",
    "سنفتح",
    "الجسر",
    "إلا",
    "إذا",
    "14",
    "مليون",
    "خمسة",
    "وعشرون",
    "قد",
    "واشنطن",
    "%",
    "،",
    ".",
    "ما",
]
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
LONG = 10_000


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_word_is_in_one_change_and_spans_lie_inside(left, right):
    judgement = judge(Statement(left), Statement(right))
    for side, text in (("left", left), ("right", right)):
        spans = sorted(getattr(change, side) for change in judgement.changes if getattr(change, side))
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert all(any(start <= word.start and word.end <= end for start, end in spans) for word in words(text))
        told = [getattr(one, side) for one in judgement.differences if getattr(one, side)]
        assert all(0 <= start < end <= len(text) for start, end in told)
    for change in judgement.changes:
        assert (change.left is None) == (change.kind == "inserted")
        assert (change.right is None) == (change.kind == "dropped")


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_text_is_the_same_as_itself(text):
    statement = Statement(text)
    judgement = judge(statement, statement)
    assert judgement.verdict == "same"
    assert judgement.differences == []
    assert {change.kind for change in judgement.changes} <= {"same"}
    assert signature(text) == signature(text)
    assert all(0 <= key < 2**31 for key in signature(text))


@given(TEXTS, TEXTS)
@settings(max_examples=200, deadline=None)
def test_likeness_does_not_depend_on_the_order(left, right):
    assert same_statement(Statement(left), Statement(right)) == same_statement(Statement(right), Statement(left))


def test_long_texts_cost_little_whatever_they_are_made_of():
    chance = random.Random(3)
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    vocabulary = ["".join(chance.choices(letters, k=chance.randint(3, 7))) for _ in range(3000)]
    varied = chance.choices(vocabulary, k=LONG)
    texts = {
        "cut": (varied, [word for word in varied if chance.random() > 0.1]),
        "shuffled": (varied, chance.sample(varied, LONG)),
        "few words": (chance.choices(vocabulary[:30], k=LONG), chance.choices(vocabulary[:30], k=LONG)),
        "one word": (["الجسر"] * LONG, ["الجسر", "لا"] * (LONG // 2)),
        "numbers": ([str(number) for number in range(LONG)], [str(number) for number in range(7, 7 + LONG)]),
    }
    for name, (left, right) in texts.items():
        one, other = Statement(" ".join(left)), Statement(" ".join(right))
        begin = time.process_time()
        same_statement(one, other)
        judge(one, other)
        assert len(signature(one.text)) < 400
        assert time.process_time() - begin < 20, name
