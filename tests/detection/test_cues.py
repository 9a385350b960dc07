import pytest

from annotations.detection.cues import find_cues, lexicon
from annotations.detection.reading import read


def cues(text: str) -> list[str]:
    return [text[cue.start : cue.end] for cue in find_cues(read(text)).values()]


@pytest.mark.parametrize("form", ["قال", "قالت", "قالوا", "يقول", "تقول", "يقولون", "قائلاً", "قائلة", "قائلين"])
def test_all_forms_of_a_verb_are_cues(form: str) -> None:
    assert cues(f"{form} الوزير") == [form]


@pytest.mark.parametrize("form", ["نفت", "نفوا", "ادّعت", "يدّعون", "أشارت", "مُشيراً", "لفتت", "أوضحا", "مصرّين"])
def test_weak_doubled_and_vowelled_forms_are_cues(form: str) -> None:
    assert cues(f"{form} ذلك") == [form]


def test_an_attached_letter_is_left_out_of_the_cue() -> None:
    assert cues("وقال الوزير، فأجابت السفيرة، وَأضاف") == ["قال", "أجابت", "أضاف"]


def test_a_verb_that_begins_with_waw_keeps_it() -> None:
    assert cues("وصفه بالخطأ") == ["وصفه"]


def test_a_source_takes_in_its_verb() -> None:
    assert cues("بحسب ما أفاد المرصد، ووفقاً لما قاله المدير، حسبما ذكرت الصحيفة") == [
        "بحسب ما أفاد",
        "وفقاً لما قاله",
        "حسبما ذكرت",
    ]


def test_phrases_of_source_are_one_cue() -> None:
    assert cues("تأخر القطار، على حد قول المسافرين") == ["على حد قول"]


def test_what_was_not_said_is_no_cue() -> None:
    assert cues("لم يقل الوزير ذلك ولا يؤكد أحد غيره") == []


def test_two_words_of_attribution_are_one_cue() -> None:
    assert cues("وتابع قائلاً إن الطريق مفتوح") == ["تابع قائلاً"]


def test_every_cue_has_a_stance() -> None:
    known = {
        "neutral",
        "assertive",
        "revealing",
        "admitting",
        "warning",
        "demanding",
        "accusing",
        "doubting",
        "denying",
    }
    assert {cue.stance for cue in lexicon().values()} == known


def test_a_claim_is_doubted_and_a_denial_denies() -> None:
    assert lexicon()["زعمت"].stance == "doubting"
    assert lexicon()["نفت"].stance == "denying"


@pytest.mark.parametrize(
    "text", ["رجل يدعى سامر", "على ذكر ذلك", "عدم ذكر اسمه", "نفي الخبر", "ناقلة نفط", "العلاقات بين البلدين"]
)
def test_other_words_with_the_letters_of_a_cue_are_no_cues(text: str) -> None:
    assert cues(text) == []


def test_shadda_tells_a_verb_from_a_preposition() -> None:
    assert cues("ثم بيّن المدير") == ["بيّن"]
