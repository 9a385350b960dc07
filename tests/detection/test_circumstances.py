"""How, where and when words were said, whether they are a translation, and what the reporter thinks of them."""

import pytest

from annotations.detection import Quote
from articles.language.spans import Span
from tests.detection.reading_of import entity, only_quote, quotes


def written(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span is not None else None


def read(sentence: str, *named: tuple[str, str]) -> tuple[str, Quote]:
    text = f"خبر\n{sentence}."
    return text, only_quote(text, *(entity(text, surface, kind) for surface, kind in named))


@pytest.mark.parametrize(
    ("sentence", "channel", "words"),
    [
        ("وقالت الوزارة في بيان إن القطار جاهز", "statement", "بيان"),
        ("وقالت الوزارة في بيان صدر أمس إن القطار جاهز", "statement", "بيان صدر"),
        ("وفي بيان أصدرته أمس، قالت الوزارة إن القطار جاهز", "statement", "بيان أصدرته"),
        ("وجاء في بيان للوزارة أن القطار جاهز", "statement", "بيان للوزارة"),
        (
            "وكتب الوزير في تغريدة على حسابه في «المنصة»: «القطار جاهز اليوم»",
            "post",
            "تغريدة على حسابه في «المنصة»",
        ),
        ("وأكد الوزير في مقابلة مع صحيفة الساحل أن القطار جاهز", "interview", "مقابلة مع صحيفة الساحل"),
        ("وأكد الوزير خلال مؤتمر صحفي في عدن أن القطار جاهز", "press_conference", "مؤتمر صحفي في عدن"),
        ("وأكد الوزير في كلمته أن القطار جاهز", "speech", "كلمته"),
    ],
)
def test_the_channel_is_told_in_the_texts_words(sentence: str, channel: str, words: str) -> None:
    text, quote = read(sentence)
    assert (quote.circumstances.channel, written(text, quote.circumstances.channel_words)) == (channel, words)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("وقال الوزير خلال زيارة إلى المصنع إن القطار جاهز", "زيارة إلى المصنع"),
        ("وعلى هامش القمة العربية، أكد الوزير أن القطار جاهز", "القمة العربية"),
    ],
)
def test_the_occasion_is_told_in_the_texts_words(sentence: str, words: str) -> None:
    text, quote = read(sentence)
    assert written(text, quote.circumstances.occasion) == words
    assert quote.circumstances.channel == ""


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("وقال الوزير أمس إن القطار جاهز", "أمس"),
        ("وقال الوزير في بيان صدر يوم الأحد إن القطار جاهز", "الأحد"),
        ("وفي 12 مايو قال الوزير إن القطار جاهز", "12 مايو"),
        ("وكان الوزير قد أعلن عام 2022 أن القطار جاهز", "2022"),
    ],
)
def test_the_day_of_the_saying_stands_beside_it(sentence: str, day: str) -> None:
    text, quote = read(sentence)
    assert written(text, quote.circumstances.said_on) == day


@pytest.mark.parametrize(
    "sentence",
    [
        "وقال الوزير تعليقاً على هجوم أمس إن القطار جاهز",
        "وقال الوزير إن القطار وصل أمس",
        "وفي البلاد بيان كثير، وقال الوزير إن القطار جاهز",
        "وقال الوزير رداً على البيان إن القطار جاهز",
    ],
)
def test_what_belongs_to_something_else_is_no_circumstance(sentence: str) -> None:
    _, quote = read(sentence)
    assert (quote.circumstances.said_on, quote.circumstances.channel) == (None, "")


@pytest.mark.parametrize(
    ("sentence", "translated"),
    [
        ("وقال الوزير الفرنسي سامر حداد: «بلادنا مستعدة للحوار اليوم»", True),
        ("وقال الوزير السعودي سامر حداد: «بلادنا مستعدة للحوار اليوم»", False),
        ("وقال القنصل السعودي بمدينة مشهد الإيرانية سامر حداد: «بلادنا مستعدة للحوار اليوم»", False),
        ("وقال المدير المالي سامر حداد: «بلادنا مستعدة للحوار اليوم»", False),
        ("ونقلت صحيفة بريطانية عن سامر حداد: «بلادنا مستعدة للحوار اليوم»", True),
        ("وقال الوزير الفرنسي سامر حداد إن بلاده مستعدة للحوار اليوم", False),
    ],
)
def test_own_words_of_a_foreign_speaker_or_outlet_are_taken_for_a_translation(sentence: str, translated: bool) -> None:
    _, quote = read(sentence, ("سامر حداد", "person"))
    assert quote.circumstances.translated is translated


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("وقال الوزير إن الهجوم المزعوم لم يقع", "المزعوم"),
        ("وقال الوزير إن ما يسمى جيش المدينة انسحب", "ما يسمى"),
        ("وقال الوزير إن الهجوم لم يقع، على حد زعمه", "على حد زعمه"),
        ("وقال الوزير: «إن الهجوم المزعوم لم يقع»", None),
        ("وقال الوزير إن الهجوم لم يقع", None),
    ],
)
def test_the_reporters_distance_is_marked_outside_the_speakers_own_words(sentence: str, words: str | None) -> None:
    text, quote = read(sentence)
    assert written(text, quote.framing) == words


def test_a_foreign_outlet_goes_on_in_its_language() -> None:
    text = "خبر\nوقالت صحيفة «نيو تايمز» إن العمل مستمر. وأضافت: «لا أحد يعرف متى ينتهي هذا العمل»."
    assert quotes(text, entity(text, "نيو تايمز", "organisation"))[1].circumstances.translated


def test_writing_is_no_book() -> None:
    text = "خبر\nوقال الباحث الذي شارك في كتابة البحث إن العمل بدأ أمس."
    assert only_quote(text).circumstances.channel == ""
