"""All who have a part in a quote: who said it, together with whom, and who passed it on."""

import pytest

from annotations.detection import Quote
from tests.detection.reading_of import entity, only_quote, quotes, words_of


def parts(quote: Quote) -> list[tuple[str, str]]:
    return [(voice.role, voice.name) for voice in quote.voices]


def test_who_said_it_is_named_with_the_words_that_name_him() -> None:
    text = "خبر\nوقال الوزير سامر حداد إن القطار جاهز."
    (voice,) = only_quote(text, entity(text, "سامر حداد")).voices
    assert (voice.role, voice.name, text[slice(*voice.span)]) == ("said", "سامر حداد", "الوزير سامر حداد")


def test_joint_speakers_are_named_one_by_one() -> None:
    text = "خبر\nوقال الوزير سامر حداد والسفيرة ليلى منصور في بيان مشترك إن الاتفاق نهائي."
    quote = only_quote(text, entity(text, "سامر حداد"), entity(text, "ليلى منصور"))
    assert parts(quote) == [("joint", "سامر حداد"), ("joint", "ليلى منصور")]
    assert [text[slice(*voice.span)] for voice in quote.voices] == ["سامر حداد", "ليلى منصور"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ونقلت صحيفة «الساحل» عن سامر حداد أن الحريق أخمد",
        "ونقلت صحيفة «الساحل» عن سامر حداد قوله إن الحريق أخمد",
        "ونسبت صحيفة «الساحل» إلى سامر حداد قوله إن الحريق أخمد",
        "وقالت صحيفة «الساحل» نقلاً عن سامر حداد إن الحريق أخمد",
        "وبحسب ما نقلت صحيفة «الساحل» عن سامر حداد، أخمد الحريق بعد ساعات",
    ],
)
def test_who_passes_words_on_is_not_who_said_them(sentence: str) -> None:
    text = f"خبر\n{sentence}."
    quote = only_quote(text, entity(text, "سامر حداد"), entity(text, "الساحل", "organisation"))
    assert quote.name == "سامر حداد"
    assert parts(quote) == [("said", "سامر حداد"), ("relayed", "الساحل")]


def test_words_relayed_from_a_pronoun_are_of_the_one_who_spoke_last() -> None:
    text = "خبر\nوقال سامر حداد إن الخطة جاهزة. كما نقلت عنه صحيفة «الساحل» قوله: «لن نستقيل من مناصبنا»."
    found = quotes(text, entity(text, "سامر حداد"), entity(text, "الساحل", "organisation"))
    assert [words_of(text, quote) for quote in found] == ["الخطة جاهزة", "لن نستقيل من مناصبنا"]
    assert parts(found[1]) == [("said", "سامر حداد"), ("relayed", "الساحل")]


def test_nobody_has_a_part_in_words_of_nobody() -> None:
    assert only_quote("خبر\nوأضاف: «لن نعود إلى الوراء أبداً».").voices == ()


def test_who_tells_of_anothers_words_passes_them_on() -> None:
    text = "خبر\nوقال سامر حداد إن الوزير فهد الرملي أكد أن القطار جاهز."
    quote = only_quote(text, entity(text, "سامر حداد"), entity(text, "فهد الرملي"))
    assert quote.name == "سامر حداد"
    assert parts(quote) == [("said", "فهد الرملي"), ("relayed", "سامر حداد")]
