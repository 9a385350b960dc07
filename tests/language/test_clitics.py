"""Letters written onto a word, and the ways to cut them off."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.language.clitics import PREFIXES, PRONOUNS, STEMS_FILE, Split, clitic_splits
from articles.language.folding import fold


def best(word: str) -> str:
    return "+".join(filter(None, clitic_splits(word)[0]))


@pytest.mark.parametrize(
    "word",
    [
        *(
            "وزير",
            "وزارة",
            "وكالة",
            "وفد",
            "والد",
            "ولاية",
            "فريق",
            "بيروت",
            "بنيامين",
            "كبير",
            "كان",
            "لبنان",
            "سوريا",
        ),
        *("بلينكن", "كلينتون", "لويد", "وود", "وينسلاند", "بوتين", "لافروف", "كوريا", "فيصل", "وليد", "ليبيا", "فيينا"),
    ],
)
def test_words_and_names_that_begin_with_a_clitic_letter_lose_nothing(word: str) -> None:
    assert best(word) == word


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("لواشنطن", "ل+واشنطن"),
        ("ولندن", "و+لندن"),
        ("وأضاف", "و+أضاف"),
        ("فقال", "ف+قال"),
        ("وسيقول", "وس+يقول"),
        ("بلبنان", "ب+لبنان"),
        ("لبلينكن", "ل+بلينكن"),
        ("للوزير", "لل+وزير"),
        ("فللوزارة", "فلل+وزارة"),
        ("وللأمم", "ولل+أمم"),
        ("قراره", "قرار+ه"),
        ("قراراتهم", "قرارات+هم"),
        ("مدرسته", "مدرست+ه"),
        ("مستشفاه", "مستشفا+ه"),
        ("وزراؤه", "وزراؤ+ه"),
        ("بينهما", "بين+هما"),
        ("وعليهم", "و+علي+هم"),
        ("بإلغاء", "ب+إلغاء"),
        ("سيكون", "س+يكون"),
    ],
)
def test_attached_letters_are_cut_off(word: str, split: str) -> None:
    assert best(word) == split


def test_the_article_stays_with_its_noun_before_it_is_cut_off() -> None:
    assert clitic_splits("وبالقاهرة")[:2] == [Split("وب", "القاهرة", ""), Split("وبال", "قاهرة", "")]
    assert clitic_splits("السعودية") == [Split("", "السعودية", ""), Split("ال", "سعودية", "")]


def test_a_teh_marbuta_or_an_alef_maqsura_is_no_pronoun() -> None:
    assert clitic_splits("دورة") == [Split("", "دورة", "")]
    assert best("دوره") == "دور+ه"
    assert all(split.suffix == "" for split in clitic_splits("مستشفى"))


def test_tatweel_and_tashkeel_stay_with_the_letters_they_are_written_on() -> None:
    assert clitic_splits("لـواشنطن")[0] == Split("لـ", "واشنطن", "")
    assert clitic_splits("وَقَالَ")[0] == Split("وَ", "قَالَ", "")
    assert clitic_splits("وﻻ")[0] == Split("و", "ﻻ", "")


@pytest.mark.parametrize("word", ["", "و", "CNN", "2013", "ـ", "\ud800", "ﻻ"])
def test_a_word_without_attached_letters_has_one_reading(word: str) -> None:
    assert clitic_splits(word) == [Split("", word, "")]


@settings(deadline=None)
@given(st.text(st.sampled_from("والبلكسفهانيتمكـَّةىأﻻﷲa\u200f\ud800"), max_size=12))
def test_every_reading_rebuilds_the_word_and_the_uncut_word_is_one(word: str) -> None:
    splits = clitic_splits(word)
    assert Split("", word, "") in splits
    assert len(set(splits)) == len(splits)
    for split in splits:
        assert "".join(split) == word
        assert fold(split.prefix) in PREFIXES
        assert fold(split.suffix) in PRONOUNS


def test_callers_cannot_spoil_the_readings_of_a_word() -> None:
    clitic_splits("وزير").clear()
    assert clitic_splits("وزير")


def test_a_very_long_word_is_answered_at_once() -> None:
    begun = time.perf_counter()
    assert len(clitic_splits("و" * 1_000_000)) == 1
    assert time.perf_counter() - begun < 1


def test_the_evidence_is_small_and_names_its_origin() -> None:
    assert STEMS_FILE.stat().st_size <= 1_000_000
    with STEMS_FILE.open(encoding="utf-8") as lines:
        assert "CC BY-SA" in next(lines)
