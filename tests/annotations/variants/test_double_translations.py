"""Speech that was translated twice differs without anyone altering it: fifty honest pairs, and with another number."""

import json
from datetime import date
from pathlib import Path

import pytest

from annotations.variants import Statement, judge

PAIRS = json.loads((Path(__file__).parents[2] / "data" / "double_translations.json").read_text("utf-8"))
DAY = date(2024, 3, 5)

pytestmark = pytest.mark.parametrize("pair", PAIRS, ids=[pair["subject"] for pair in PAIRS])


def rendered(text, **known):
    return Statement(text, **{"day": DAY, "speaker": "المتحدث", "translated": True} | known)


def changed(pair):
    return pair["right"].replace(pair["number"]["stands"], pair["number"]["becomes"])


def test_there_are_fifty_pairs_in_other_words(pair):
    assert len(PAIRS) == 50
    assert changed(pair) != pair["right"]
    assert len({pair["left"], pair["right"]}) == 2
    assert min(len(pair["left"].split()), len(pair["right"].split())) >= 10


@pytest.mark.parametrize("flags", [(True, True), (True, False), (False, True), (True, None)])
def test_an_honest_double_translation_is_called_that(pair, flags):
    left, right = (rendered(pair[side], translated=flag) for side, flag in zip(("left", "right"), flags, strict=True))
    judgement = judge(left, right)
    assert judgement.verdict == "translation"
    assert all(difference.to_check for difference in judgement.differences)
    assert not {"number", "negation", "name"} & {difference.kind for difference in judgement.differences}


def test_it_is_not_called_altered_where_nobody_said_that_it_was_translated(pair):
    judgement = judge(rendered(pair["left"], translated=None), rendered(pair["right"], translated=None))
    assert judgement.verdict in ("translation", "reworded")
    assert not {"number", "negation", "name"} & {difference.kind for difference in judgement.differences}


def test_a_number_that_was_changed_is_listed_to_check_and_accuses_nobody(pair):
    left, right = rendered(pair["left"]), rendered(changed(pair))
    judgement = judge(left, right)
    assert judgement.verdict == "translation"
    assert all(difference.to_check for difference in judgement.differences)
    listed = [difference for difference in judgement.differences if difference.kind == "number"]
    assert any(right.text[slice(*one.right)] in pair["number"]["becomes"] for one in listed if one.right) or any(
        pair["number"]["becomes"].startswith(right.text[slice(*one.right)].split()[0]) for one in listed if one.right
    )
