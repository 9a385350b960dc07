"""Folding, and the map between folded and original offsets."""

import time

import pytest
from camel_tools.utils.charsets import AR_DIAC_CHARSET
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.language.folding import fold, fold_with_map

# What news pages hold, with what makes folding hard well represented; and any code point at all, surrogates included.
arabic_text = st.text(st.sampled_from("اأإآٱبتكلمنهةىيؤئء ًٌَُِّْٰـﻻﷲﷺ﷽ٹ١۲3٬.,«»\n\u200f\u200e\u202b\u202c\u200c\ufeffAbİﬁé"))
any_text = st.text() | st.text(st.characters(codec=None)) | arabic_text


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("مُحَمَّدٌ", "محمد"),
        ("كـــتاب", "كتاب"),
        ("أإآٱا", "ااااا"),
        ("مستشفى", "مستشفي"),
        ("وزارة", "وزاره"),
        ("رؤساء الهيئات", "روساء الهييات"),
        ("ﻻ إﻟﻪ", "لا اله"),
        ("ﷲ", "الله"),
        ("بتاريخ ١٢٣ و۴۵۶", "بتاريخ 123 و456"),
        ("١٬٢٥٠٫٥٪", "1,250.5%"),
        ("کردستان ایران", "كردستان ايران"),
        ("\u202bمصر\u202c\u200f", "مصر"),
        ("ه\u200dـ", "ه"),
        ("NATO Été", "nato ete"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("ڤيينا وپاريس وڨفصة", "فيينا وباريس وقفصه"),
        ("", ""),
    ],
)
def test_spellings_of_a_word_fold_to_one_form(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_tashkeel_of_camel_tools_is_dropped_between_letters() -> None:
    assert {fold(f"ك{mark}ت") for mark in AR_DIAC_CHARSET} == {"كت"}


def test_spacing_form_of_a_mark_does_not_split_its_word() -> None:
    assert fold("مد\ufc5eرسة") == "مدرسه"


def test_white_space_stays() -> None:
    assert fold("أ\u00a0ب\n\tج") == "ا ب\n\tج"


def test_lone_surrogates_pass_through() -> None:
    assert fold("أ\ud83dب\udc00") == "ا\ud83dب\udc00"


def test_folding_a_folded_character_changes_nothing() -> None:
    ideographs = range(0x3000, 0xF900)
    characters = [chr(code) for code in range(0x20000) if code not in ideographs]
    assert [character for character in characters if fold(fold(character)) != fold(character)] == []


@settings(deadline=None)
@given(any_text, any_text)
def test_characters_fold_independently(first: str, second: str) -> None:
    assert fold(first + second) == fold(first) + fold(second)


@settings(deadline=None)
@given(any_text, st.data())
def test_original_span_maps_to_the_fold_of_its_text(text: str, data: st.DataObject) -> None:
    folded = fold_with_map(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = folded.to_folded(start, end)
    assert folded.text[first:last] == fold(text[start:end])


@settings(deadline=None)
@given(any_text, st.data())
def test_folded_span_maps_back_to_text_that_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold_with_map(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.to_original(start, end)
    cover_start, cover_end = folded.to_folded(first, last)
    if start == end:
        assert first == last
        return
    assert folded.text[cover_start:cover_end] == fold(text[first:last])
    assert cover_start <= start < end <= cover_end
    # Only a span that cuts through one character's fold is widened, and then to that character's edge.
    assert cover_start == start or len(fold(text[first])) > start - cover_start
    assert cover_end == end or len(fold(text[last - 1])) > cover_end - end


@settings(deadline=None)
@given(st.text(st.sampled_from("كتبمـَُِّْ\u200f\u202b 1١أة")), st.data())
def test_folded_span_maps_back_exactly_where_nothing_expands(text: str, data: st.DataObject) -> None:
    folded = fold_with_map(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    first, last = folded.to_original(start, end)
    assert fold(text[first:last]) == folded.text[start:end]


def test_found_word_keeps_its_tashkeel_and_leaves_invisible_controls() -> None:
    text = "قال \u200fمُحَمَّدٌ\u200f نعم"
    folded = fold_with_map(text)
    start = folded.text.index("محمد")
    first, last = folded.to_original(start, start + 4)
    assert text[first:last] == "مُحَمَّدٌ"


def test_part_of_a_ligature_maps_to_the_whole_ligature() -> None:
    folded = fold_with_map("بﻼد")
    assert folded.text == "بلاد"
    assert folded.to_original(1, 2) == (1, 2)
    assert folded.to_original(2, 4) == (1, 3)


@pytest.mark.parametrize("span", [(-1, 1), (2, 1), (0, 9)])
def test_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    folded = fold_with_map("كلمة")
    with pytest.raises(IndexError):
        folded.to_original(*span)
    with pytest.raises(IndexError):
        folded.to_folded(*span)


@pytest.mark.parametrize("character", ["أ", "َ", "ﷺ", "\ud800", "x", "\u200f"])
def test_a_million_characters_fold_and_map_in_linear_time(character: str) -> None:
    begun = time.perf_counter()
    folded = fold_with_map(character * 1_000_000)
    first, last = folded.to_original(0, len(folded.text))
    assert fold(folded.original[first:last]) == folded.text
    assert time.perf_counter() - begun < 5
