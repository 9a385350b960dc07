"""What words are searched by: as written, without attached letters, as stems."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.language.folding import fold
from articles.language.lexicon import DATA, rows
from articles.language.stems import (
    LONGEST_TERM,
    Forms,
    core_span,
    listed_words,
    stem,
    stemmed_forms,
    without_endings,
)


def stems_of(word: str) -> set[str]:
    return {reading.stem for reading in stemmed_forms(word)}


def core(word: str, reading: int = 0) -> str:
    start, end = core_span(word, reading)
    return word[start:end]


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("وللوزراء", "وزراء"),
        ("لواشنطن", "واشنطن"),
        ("والحكومة", "حكومه"),
        ("مدرسته", "مدرسه"),
        ("مستشفاه", "مستشفي"),
        ("وزرائه", "وزراء"),
        ("وزير", "وزير"),
        ("بيروت", "بيروت"),
    ],
)
def test_the_base_is_the_word_without_what_is_attached_to_it(word: str, base: str) -> None:
    assert stemmed_forms(word)[0] == Forms(fold(word), base, stem(base))


@pytest.mark.parametrize(
    "words",
    [
        "الوزير وزير وزراء وللوزراء وزرائه وزيرين",
        "مشروع مشاريع المشروع بمشاريعهم",
        "تقرير تقارير تقريرين",
        "قانون قوانين وقوانينها",
        "عاصمة عواصم بالعاصمة",
        "شارع شوارع الشارعين",
        "سلاح أسلحة بأسلحتهم",
        "قنبلة قنابل وقنبلتين",
        "رئيس رؤساء رئيسة",
        "مدينة مدن مدينتين",
        "كتاب كتب الكتابان",
        "انتخاب انتخابات الانتخابية",
        "مسلم مسلمون المسلمين",
        "سعودي السعودية السعوديين السعوديات",
        "دولة دولتين دولتها الدول",
    ],
)
def test_numbers_genders_and_attached_letters_share_a_stem(words: str) -> None:
    assert set.intersection(*map(stems_of, words.split()))


@pytest.mark.parametrize(
    "words",
    [
        "نتنياهو نتانياهو ونتنياهو لنتانياهو",
        "أمريكا أميركا وأمريكا",
        "الأميركية أمريكي للأمريكيين اميركيين",
        "غوغل جوجل وجوجل",
        "غالانت جالانت وغالانت",
        "إسرائيل اسرائيل لإسرائيل",
        "مسؤول مسئول المسؤولين",
        "تلفزيون التليفزيون",
        "2024 ٢٠٢٤ ۲۰۲۴",
        "1,250 ١٬٢٥٠ 1250",
        "F-16 f16 F16",
        "NATO Nato nato",
        "سوريا سورية وبسوريا السوري السوريين والسورية",
    ],
)
def test_spellings_of_one_name_share_a_stem(words: str) -> None:
    assert set.intersection(*map(stems_of, words.split()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("لبنان", "لبن"),
        ("سورية", "سور"),
        ("سوري", "سورة"),
        ("تعاون", "تعا"),
        ("مقابل", "مقبل"),
        ("تبادل", "تبدل"),
        ("حمراء", "حمير"),
        ("الجزائر", "جزيرة"),
        ("عراقية", "عرقية"),
        ("كتابة", "كتبة"),
        ("حوالي", "حالية"),
        ("أخيرة", "خيار"),
        ("رمضان", "رمضه"),
        ("وزارة", "زيارة"),
    ],
)
def test_words_that_only_look_like_plurals_keep_apart(one: str, other: str) -> None:
    assert stems_of(one).isdisjoint(stems_of(other))


def test_tashkeel_and_tatweel_never_matter() -> None:
    assert stemmed_forms("مُحَمَّدٌ") == stemmed_forms("محـــمد") == stemmed_forms("محمد")
    assert stemmed_forms("وَلِلوُزَرَاءِ")[0].stem == stemmed_forms("وزير")[0].stem


def test_an_unknown_name_is_read_with_and_without_what_may_be_attached() -> None:
    plain, attached = stemmed_forms("كرنبلاوي")[0], stemmed_forms("وكرنبلاوي")
    assert [reading.base for reading in attached] == ["وكرنبلاوي", "كرنبلاوي"]
    assert plain.stem in stems_of("وكرنبلاوي")
    assert len(stemmed_forms("وزير")) == 1


@pytest.mark.parametrize(
    ("word", "part"),
    [("لواشنطن", "واشنطن"), ("لِوَاشِنْطُنَ", "وَاشِنْطُنَ"), ("وللوزراء", "وزراء"), ("قراراتهم", "قرارات"), ("CNN", "CNN")],
)
def test_the_core_is_what_stands_between_the_attached_letters(word: str, part: str) -> None:
    assert core(word) == part


def test_the_core_of_an_unknown_name_is_that_of_its_reading() -> None:
    assert core("وكرنـبلاوي") == "وكرنـبلاوي"
    assert core("وَكرنـبلاوي", 1) == "كرنـبلاوي"


@pytest.mark.parametrize("word", ["", "ـ", "َ"])
def test_marks_alone_are_no_word(word: str) -> None:
    assert stemmed_forms(word) == ()


def test_a_ligature_of_a_phrase_is_one_term() -> None:
    assert " " not in stemmed_forms("ﷺ")[0].surface


@settings(deadline=None)
@given(st.text(st.sampled_from("والبلكسفهانيتمكـَّةىأءﻻﷲﷺa1,.\u200f\ud800"), max_size=14))
def test_every_reading_is_made_of_terms_without_spaces_and_lies_inside_the_word(word: str) -> None:
    for number, reading in enumerate(stemmed_forms(word)):
        assert all(form and not form.isspace() and len(form) <= LONGEST_TERM for form in reading)
        start, end = core_span(word, number)
        assert 0 <= start < end <= len(word)


def test_a_very_long_word_is_answered_at_once() -> None:
    begun = time.process_time()
    assert len(stemmed_forms("و" * 1_000_000)[0].stem) <= LONGEST_TERM
    assert time.process_time() - begun < 2


def test_lists_are_well_formed_and_no_plural_is_listed_twice() -> None:
    plurals = [plural for _, others in listed_words() for plural in others]
    assert len(plurals) == len(set(plurals)) > 250
    spellings = [
        without_endings(other) for _, others in rows("spelling_variants.tsv") for other in fold(others).split()
    ]
    assert len(spellings) == len(set(spellings)) > 100
    standards = {without_endings(fold(standard)) for standard, _ in rows("spelling_variants.tsv")}
    assert standards.isdisjoint(spellings)


@pytest.mark.parametrize(
    "name", ["broken_plurals.tsv", "same_words.tsv", "spelling_variants.tsv", "function_words.tsv"]
)
def test_every_list_names_its_origin(name: str) -> None:
    with (DATA / name).open(encoding="utf-8") as lines:
        assert "licence" in next(lines)
