import pytest

from annotations.detection import Claim, detect
from articles.language.entities import NamedEntity
from tests.detection.reading_of import entity


def claims(text: str, *entities: NamedEntity) -> list[Claim]:
    return detect(text, list(entities)).claims


def test_a_sentence_with_figures_and_an_event_is_a_claim_with_its_reasons() -> None:
    text = "حريق في الميناء\nقتل 12 عاملاً وأصيب 30 آخرون في حريق اندلع فجر الأحد بمستودع للوقود في ميناء صحار."
    (claim,) = claims(text, entity(text, "صحار", "place"))
    assert {"figures", "event", "date", "party"} <= set(claim.reasons)
    assert claim.score > 0.8


def test_a_claim_is_the_whole_sentence_without_its_full_stop() -> None:
    sentence = "ارتفعت صادرات النفط بنسبة 15 في المئة مقارنة بالعام الماضي بسبب تراجع الأسعار في الأسواق"
    text = f"خبر\n{sentence}. وهذا رائع."
    (claim,) = claims(text)
    assert text[claim.start : claim.end] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "نتمنى لكم يوماً جميلاً ونسأل الله أن يحفظ الجميع.",
        "أعتقد أن هذا اللاعب رائع ويجب أن يبقى معنا.",
        "كيف نصل إلى حل؟",
        "رابط الخبر بالصحيفة.",
    ],
)
def test_wishes_opinions_questions_and_notices_are_no_claims(sentence: str) -> None:
    assert claims(f"خبر\n{sentence}") == []


def test_the_headline_is_left_to_the_sentence_that_repeats_it() -> None:
    headline = "مقتل 12 عاملاً وإصابة 30 آخرين في حريق اندلع فجر الأحد بمستودع للوقود في ميناء صحار"
    assert claims(f"{headline}\nنص الخبر هنا.") == []


def test_another_persons_words_about_himself_weigh_less_than_the_same_facts_reported() -> None:
    reported = "خبر\nوقال المدير إن الشركة باعت 40 سفينة خلال عام 2019 وأغلقت مكتبها في المدينة القديمة."
    verbatim = "خبر\nوقال المدير: «نحن بعنا 40 سفينة خلال عام 2019 وأغلقنا مكتبنا في المدينة القديمة»."
    (first,) = claims(reported)
    assert all(claim.score < first.score for claim in claims(verbatim))


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        ("وقال سامر حداد إن 12 شخصاً قتلوا في انفجار مصنع الغاز صباح الأحد", "سامر حداد"),
        ("وقتل 12 شخصاً في انفجار مصنع الغاز صباح الأحد في مدينة الساحل", ""),
        ("وأضافت أن 12 شخصاً قتلوا في انفجار مصنع الغاز صباح الأحد في المدينة", ""),
    ],
)
def test_a_claim_names_who_is_quoted_with_most_of_it(sentence: str, claimant: str) -> None:
    text = f"خبر\n{sentence}."
    (claim,) = detect(text, [entity(text, "سامر حداد")] if "سامر" in text else []).claims
    assert claim.claimant == claimant
