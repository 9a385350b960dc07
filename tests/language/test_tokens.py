"""Words, sentences and paragraphs with their offsets."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.language.tokens import Span, Word, paragraphs, sentences, words

any_text = st.text(st.sampled_from("والدأ.؟!…«»“”\"'()، \n\u200f\u0640َ1٣aA@-_/:ـ")) | st.text(st.characters(codec=None))


def surfaces(text: str) -> list[str]:
    return [word.text for word in words(text)]


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوزيرُ، أمس.", ["وصل", "الوزيرُ", "أمس"]),
        ("مُحَمَّدٌ كـــتب", ["مُحَمَّدٌ", "كـــتب"]),
        ("بـ«حماس» ولـ60 والـBBC", ["بـ", "حماس", "ولـ", "60", "والـ", "BBC"]),
        ("و«نيويورك تايمز»", ["و", "نيويورك", "تايمز"]),
        ("بلغ 1,250.5 و١٬٢٥٠ و2،5 و٪٣٫٥", ["بلغ", "1,250.5", "و", "١٬٢٥٠", "و", "2،5", "و", "٣٫٥"]),
        ("بين 2013،2014", ["بين", "2013", "2014"]),
        ("عام 2013م و1435هـ", ["عام", "2013", "م", "و", "1435", "هـ"]),
        ("في 3/8/2013 و2013-08-03", ["في", "3", "8", "2013", "و", "2013", "08", "03"]),
        ("مقاتلة F-16 وقمة G20 و3G", ["مقاتلة", "F-16", "وقمة", "G20", "و", "3G"]),
        ("كوفيد-19", ["كوفيد", "19"]),
        ("راسلنا: info@example.com.", ["راسلنا", "info@example.com"]),
        (
            "زر https://news.example/a?id=1&b=2، ثم www.x.example.",
            ["زر", "https://news.example/a?id=1&b=2", "ثم", "www.x.example"],
        ),
        ("#غزة_الآن", ["غزة", "الآن"]),
        ("Demain Dès l'Aube", ["Demain", "Dès", "l'Aube"]),
        ("كل\u200cمة \u202bمصر\u202c", ["كل\u200cمة", "مصر"]),
        ("ﻻ ﷲ", ["ﻻ", "ﷲ"]),
        ("ـَّ ... «» 🙂 \ud800", []),
        ("", []),
    ],
)
def test_words_as_a_reader_tells_them_apart(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@settings(deadline=None)
@given(any_text)
def test_words_stand_where_they_say_and_in_order(text: str) -> None:
    found = words(text)
    assert all(text[word.start : word.end] == word.text != "" for word in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


def test_a_word_is_its_offsets_and_its_surface() -> None:
    assert words(" قال") == [Word(1, 4, "قال")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وصل الوزير. ثم غادر.", ["وصل الوزير.", "ثم غادر."]),
        ("أين هو؟ لا نعلم! ربما.", ["أين هو؟", "لا نعلم!", "ربما."]),
        ("قال؛ نعم؛ لا.", ["قال؛ نعم؛ لا."]),
        ("قال... ثم مضى… وعاد. انتهى", ["قال... ثم مضى… وعاد.", "انتهى"]),
        ("التقى د. أحمد وأ. سعيد وأ.د. علي. ثم عاد.", ["التقى د. أحمد وأ. سعيد وأ.د. علي.", "ثم عاد."]),
        ("العنوان: ص. ب. 123 الرياض. شكراً", ["العنوان: ص. ب. 123 الرياض.", "شكراً"]),
        ("نقلت (أ.ف.ب) ذلك. وقالت أ ف ب. نعم", ["نقلت (أ.ف.ب) ذلك.", "وقالت أ ف ب. نعم"]),
        ("زاد 3.5 في المئة في 3.8.2013. وقال", ["زاد 3.5 في المئة في 3.8.2013.", "وقال"]),
        ("زاد ٣.٥ مليون. وقال", ["زاد ٣.٥ مليون.", "وقال"]),
        ("عام 2013م. وفي 2015 م. كما في 1435هـ. ثم", ["عام 2013م.", "وفي 2015 م.", "كما في 1435هـ.", "ثم"]),
        ("جورج دبليو. بوش وجون ف. كينيدي. ثم", ["جورج دبليو. بوش وجون ف. كينيدي.", "ثم"]),
        ("شبكة إن. بي. سي الأميركية. وقناة بي بي سي. ثم", ["شبكة إن. بي. سي الأميركية.", "وقناة بي بي سي.", "ثم"]),
        ("شركة إل.جي الكورية. انتهى", ["شركة إل.جي الكورية.", "انتهى"]),
        ("موقع news.example مفيد. انتهى", ["موقع news.example مفيد.", "انتهى"]),
        ("انظر https://a.example/?b=1!c الآن. انتهى", ["انظر https://a.example/?b=1!c الآن.", "انتهى"]),
        ("J. K. Rowling wrote it. Then", ["J. K. Rowling wrote it.", "Then"]),
        ("وصل إلى المدينة.وقال فيها", ["وصل إلى المدينة.", "وقال فيها"]),
        ("1. الأول\n2. الثاني. ثم", ["1. الأول", "2. الثاني.", "ثم"]),
        ("الإصلاح (!) الذي وعد به. انتهى", ["الإصلاح (!) الذي وعد به.", "انتهى"]),
        ("ماذا؟! لا أصدق.", ["ماذا؟!", "لا أصدق."]),
    ],
)
def test_sentences_survive_what_only_looks_like_an_end(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال «ذهبنا.» وعاد.", ["قال «ذهبنا.»", "وعاد."]),
        ("قال «ذهبنا. ثم عدنا» وأضاف. انتهى", ["قال «ذهبنا. ثم عدنا» وأضاف.", "انتهى"]),
        ('قال: "لا. نعم." وأضاف. انتهى', ['قال: "لا. نعم."', "وأضاف.", "انتهى"]),
        ("قال: “لا. نعم”. وأضاف", ["قال: “لا. نعم”.", "وأضاف"]),
        ("قال «هل نذهب الآن أم لا؟» ثم مضى", ["قال «هل نذهب الآن أم لا؟»", "ثم مضى"]),
        ("قال «هل نذهب الآن أم لا؟»، ثم مضى", ["قال «هل نذهب الآن أم لا؟»، ثم مضى"]),
        ("كتابه «إلى أين؟» جديد. انتهى", ["كتابه «إلى أين؟» جديد.", "انتهى"]),
        ("(حدث ذلك أمس.) ثم مضى", ["(حدث ذلك أمس.)", "ثم مضى"]),
        ("انتهى كلامه. » وقال آخر", ["انتهى كلامه. »", "وقال آخر"]),
        ("قال «بدأ. ثم انتهى. وقال", ["قال «بدأ.", "ثم انتهى.", "وقال"]),
    ],
)
def test_sentences_keep_quotations_whole(text: str, expected: list[str]) -> None:
    assert split(text) == expected


def test_a_long_quotation_is_a_passage_of_sentences() -> None:
    quoted = " ".join(["هذه جملة طويلة من كلام المتحدث."] * 20)
    assert len(split(f"قال: «{quoted}» ومضى.")) > 10


@settings(deadline=None)
@given(any_text)
def test_sentences_hold_every_word_and_cross_no_newline(text: str) -> None:
    found = sentences(text)
    assert all(first.end <= second.start for first, second in pairwise(found))
    for start, end in found:
        assert text[start:end] == text[start:end].strip() != ""
        assert "\n" not in text[start:end]
    for word in words(text):
        assert any(start <= word.start and word.end <= end for start, end in found)


def test_paragraphs_are_the_lines_that_say_something() -> None:
    text = "عنوان\n\n  \nفقرة أولى.\r\nفقرة ثانية"
    assert [text[start:end] for start, end in paragraphs(text)] == ["عنوان", "فقرة أولى.", "فقرة ثانية"]
    assert paragraphs("أ\nب") == [Span(0, 1), Span(2, 3)]
    assert paragraphs("") == []


HOSTILE = [
    "ب",
    "ـ",
    ".",
    "«",
    '"',
    '"a',
    "a.",
    "a@",
    "www.",
    "http://",
    "د. ",
    '."',
    ".»",
    "1,",
    "ب\u200f",
    "\ud800",
    "\n",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_million_characters_in_one_line_take_linear_time(unit: str) -> None:
    text = (unit * 1_000_000)[:1_000_000]
    for find in (words, sentences, paragraphs):
        begun = time.perf_counter()
        find(text)
        assert time.perf_counter() - begun < 8
