"""What of a text is shown under a result, and what is marked in it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.analysing.marking import phrase_spans
from articles.search.passages import marks_in, passages_of
from tests.articles.searching.marked import asked, matched_spans

FILLER = "وصلت الشاحنات إلى المستودع صباحاً وأفرغت حمولتها على مهل. "


def marked(text, question):
    return [text[mark.start : mark.end] for mark in marks_in(text, question)]


def shown(text, question, **limits):
    return [text[passage.start : passage.end] for passage in passages_of(text, question, **limits)]


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("واشنطن", "سافر الوفد لواشنطن أمس", ["واشنطن"]),
        ("غالانت", "وغالانت يرد", ["غالانت"]),
        ("اسرائيل", "قالت إسرائيل", ["إسرائيل"]),
        ("الوزير", "اجتمع الوزراء مع وزير", ["الوزراء", "وزير"]),
        ("نتانياهو", "قال نتنياهو", ["نتنياهو"]),
        ("عضو", "صوت الأعضاء", ["الأعضاء"]),
        ("الكتاب", "كِتَابُهُم ضاع", ["كِتَابُ"]),
        ("سلام", "الســـــــــــــــــلام عليكم", ["الســـــــــــــــــلام"]),
        ("F-16", "طائرات f16 جديدة", ["f16"]),
        ("1250", "بلغ ١٬٢٥٠ ديناراً", ["١٬٢٥٠"]),
        ("يستقبل", "استقبلت الوزارة وفداً، ويستقبلون آخر", ["استقبلت", "يستقبلون"]),
        ("مليار", "بلغت ملياراً", ["ملياراً"]),
        ("Reuters", "نقلت REUTERS عن", ["REUTERS"]),
        ("москва", "كتبت Москва هنا", ["Москва"]),
        ("الله", "قال ﷲ تعالى", ["ﷲ"]),
        ("في البيت", "في البيت الأبيض", ["البيت"]),
        ("من هو", "من هو الفائز", ["من", "هو"]),
    ],
)
def test_a_word_is_marked_in_every_form_that_it_is_found_by(words, text, found):
    assert marked(text, asked(words)) == found


def test_phrases_prefixes_and_exact_words_are_marked_as_they_were_asked():
    text = "أقر مجلس الوزراء الموازنة، ووزع المجلس نص الموازنات على الوزراء"
    assert marked(text, asked(phrases=["مجلس الوزراء"])) == ["مجلس الوزراء"]
    assert marked(text, asked(prefixes=["مواز", "الموازن"])) == ["الموازنة", "الموازنات"]
    assert marked("وزراء ووزارة والوزير", asked(prefixes=["وزار", "وزير"])) == ["وزارة", "الوزير"]
    assert marked(text, asked(exact=["الموازنه"])) == ["الموازنة"]
    assert marked(text, asked("وزير", phrases=["مجلس الوزراء"])) == ["مجلس الوزراء", "الوزراء"]
    assert marked("في مجلس  «الوزراء»", asked(phrases=["في مجلس الوزراء"])) == ["في مجلس  «الوزراء"]
    assert marked("بمجلس الوزراء", asked(phrases=["مجلس الوزراء"])) == []


@given(st.text("اأإوزيرءةتنملكسفبه َ،_3 F-\nـ" + "ﷲﻻ", max_size=60), st.text("اوزيرءةتنمكسه 3F", max_size=12))
def test_what_is_marked_is_what_the_index_matches_whatever_the_text(text, words):
    question = asked(words)
    assert marks_in(text, question) == matched_spans(text, question.marking.words)


@given(st.lists(st.sampled_from(["وزير", "وزراء", "لوزير", "دولة", "في", "،", "\n"]), max_size=20))
def test_a_phrase_is_marked_wherever_it_stands(parts):
    text = " ".join(parts)
    question = asked(phrases=["وزير في دولة"])
    assert marks_in(text, question) == phrase_spans(text, question.marking.phrases[0])


def test_the_headline_is_no_passage():
    assert shown("واشنطن ترد\nلا ذكر لها في النص.", asked("واشنطن")) == []
    assert shown("واشنطن ترد", asked("واشنطن")) == []
    assert shown("عنوان\nقالت واشنطن.", asked("واشنطن")) == ["قالت واشنطن."]


def test_the_passage_with_the_most_of_what_was_asked_is_shown():
    text = "عنوان\n" + "قال الوزير. " + FILLER * 20 + "وقع الوزير الاتفاق في بيروت. " + FILLER * 20
    assert [("الوزير" in part, "بيروت" in part) for part in shown(text, asked("الوزير بيروت"))] == [(True, True)]


def test_a_second_passage_shows_what_the_first_lacks_and_no_third_follows():
    text = "عنوان\n" + (FILLER * 12).join(("غرقت سفينة. ", "جاء القبطان. ", "وصل الإسعاف. ", "انتهى."))
    parts = shown(text, asked("سفينة القبطان الإسعاف"))
    assert len(parts) == 2
    assert "سفينة" in parts[0]
    assert "القبطان" in parts[1]
    assert len(shown(text, asked("سفينة"))) == 1
    assert len(shown(text, asked("سفينة القبطان الإسعاف"), most=3)) == 3


@given(st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_a_passage_is_of_whole_words_and_no_longer_than_asked(before, after, lines):
    text = "عنوان\n" + (FILLER * before + "زار السفير المرفأ. " + FILLER * after).replace(
        ". ", ".\n" if lines else ". "
    )
    [passage] = passages_of(text, asked("السفير"))
    assert passage.end - passage.start <= 240
    part = text[passage.start : passage.end]
    assert part == part.strip()
    assert text[passage.start - 1].isspace()
    assert text[passage.end : passage.end + 1] in ("", " ", "\n")
    assert [text[mark.start : mark.end] for mark in passage.marks] == ["السفير"]
    assert not passage.cut_before
    assert not passage.cut_after


def test_a_passage_out_of_a_long_sentence_says_that_it_is_cut():
    text = "عنوان\n" + "كلمة أخرى ثم " * 60 + "السفير " + "وبعدها كلمة " * 60
    [passage] = passages_of(text, asked("السفير"))
    assert (passage.cut_before, passage.cut_after) == (True, True)


def test_a_text_without_spaces_is_cut_all_the_same():
    [passage] = passages_of("عنوان\n" + "ب" * 30_000 + "،السفير،" + "ب" * 30_000, asked("السفير"))
    assert passage.end - passage.start < 400


def test_a_page_of_long_texts_is_read_quickly():
    """Against reading every word of them, which is what the marks are defined by."""
    text = "عنوان\n" + (FILLER * 9 + "قال المدير إن الشحنة تأخرت. ") * 95 + "زار السفير."
    question = asked("السفير المدير الجديد")
    matched_spans(text, question.marking.words)

    def seconds(read):
        begun = time.process_time()
        read()
        return time.process_time() - begun

    every_word = min(seconds(lambda: matched_spans(text, question.marking.words)) for _ in range(3))
    assert len(text) > 50_000
    assert min(seconds(lambda: passages_of(text, question)) for _ in range(3)) < every_word / 2
