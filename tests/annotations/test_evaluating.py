"""`manage.py evaluate_detection`: what counts as found in an annotated article."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from annotations.evaluating import Touched, compare, evaluate, fold_name

GOLD = Path(__file__).parents[1] / "data" / "gold"
TEXT = "قال سامر حداد إن القطار جاهز منذ شهر كامل اليوم"


def mark(words: str, **told: object) -> dict:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), **told}


def quote(words: str, *, kind: str = "indirect", name: str = "سامر حداد") -> dict:
    said = {"type": kind, "name": name, "cues": [[0, 3]], "cue": [0, 3], "speaker": [4, 13]}
    return mark(words, **said)


def figures(gold: dict, found: dict) -> dict:
    sides = ({"entities": [], "quotes": [], "checkworthy": []}, {"entities": [], "quotes": [], "claims": []})
    return compare({"text": TEXT, **sides[0], **gold}, {**sides[1], **found})


def test_a_quote_is_found_when_four_fifths_of_the_words_are_shared():
    gold = {"quotes": [quote("القطار جاهز منذ شهر كامل")]}
    assert figures(gold, {"quotes": [quote("القطار جاهز منذ شهر كامل اليوم")]})["quotes"].f1 == 1
    assert figures(gold, {"quotes": [quote("القطار جاهز")]})["quotes"].f1 == 0


def test_two_found_for_one_count_once():
    found = {"quotes": [quote("القطار جاهز منذ شهر كامل"), quote("القطار جاهز منذ شهر")]}
    figure = figures({"quotes": [quote("القطار جاهز منذ شهر كامل")]}, found)["quotes"]
    assert (figure.right, figure.precision, figure.recall) == (1, 0.5, 1)


def test_a_quote_of_another_type_is_found_but_not_as_that_type():
    gold, found = quote("القطار جاهز منذ شهر كامل"), quote("القطار جاهز منذ شهر كامل", kind="direct")
    counted = figures({"quotes": [gold]}, {"quotes": [found]})
    assert (counted["quotes"].f1, counted["direct quotes"].f1, counted["indirect quotes"].f1) == (1, 0, 0)


def test_names_are_compared_without_articles_and_spelling():
    assert fold_name("الإدارة العامّة") == fold_name("إداره عامة")


def test_a_speaker_is_right_by_his_name():
    gold = {"quotes": [quote("القطار جاهز منذ شهر كامل")]}
    counted = figures(gold, {"quotes": [quote("القطار جاهز منذ شهر كامل", name="فهد")]})
    assert (counted["speakers"].f1, counted["speakers' names"].f1, counted["cues"].f1) == (1, 0, 1)


def test_claims_are_found_by_half_and_entities_by_their_very_span_and_type():
    place = mark("سامر حداد", type="PERS")
    counted = figures(
        {"checkworthy": [[17, 41]], "entities": [place]},
        {"claims": [mark("القطار جاهز منذ")], "entities": [{**place, "type": "ORG"}]},
    )
    assert (counted["claims"].f1, counted["entities"].f1) == (1, 0)


def test_a_span_touches_the_words_it_cuts():
    assert Touched(TEXT).by(2, 5) == {0, 1}


def test_the_command_prints_the_figures_of_a_folder():
    out = StringIO()
    call_command("evaluate_detection", GOLD, stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[0].startswith(f"{len(list(GOLD.glob('*.json')))} articles, ")
    assert lines[1].startswith("quotes ")
    assert "words/s" in lines[-1]


@pytest.mark.parametrize("content", [None, "{}", "[]", "{not json"])
def test_what_is_no_annotated_article_is_named(tmp_path, content):
    if content is not None:
        (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=str(tmp_path)):
        call_command("evaluate_detection", tmp_path)


def test_the_same_articles_give_the_same_figures():
    assert evaluate(GOLD).figures == evaluate(GOLD).figures
    assert json.loads(next(GOLD.glob("*.json")).read_text("utf-8"))["quotes"]
