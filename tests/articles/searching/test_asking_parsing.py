"""What a query is understood as: words, phrases, exclusions, alternatives, criteria; and what is said of the rest."""

import time
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles.search.asking import read_asked
from articles.search.asking.parts import (
    Days,
    Either,
    Every,
    Exact,
    Name,
    Not,
    Part,
    Phrase,
    Prefix,
    Title,
    Value,
    Words,
)


def shown(part: Part) -> str:
    """A part in one line, its words folded."""
    match part:
        case Every(parts):
            return " ".join(f"({shown(one)})" if isinstance(one, Every) else shown(one) for one in parts)
        case Either(parts):
            return "[" + " | ".join(shown(one) for one in parts) + "]"
        case Not(inner):
            return f"-{shown(inner)}" if not isinstance(inner, Every) else f"-({shown(inner)})"
        case Words(words):
            return " ".join(word.surface for word in words)
        case Phrase(words):
            return "«" + " ".join(word.surface for word in words) + "»"
        case Exact(words):
            return "=" + words[0].surface
        case Title(words, phrase):
            return ("title:«%s»" if phrase else "title:%s") % " ".join(word.surface for word in words)
        case Prefix(letters):
            return letters + "*"
        case Name(field, text):
            return f"{field}:{text}"
        case Value(field, value):
            return f"{field}:{value}"
        case Days(first, last):
            return f"{first or ''}..{last or ''}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("واشنطن تعلن", "واشنطن تعلن"),
        ("", ""),
        # phrases, in whatever marks a keyboard has
        ("«مجلس الأمن» قرار", "«مجلس الامن» قرار"),
        ('"مجلس الأمن"', "«مجلس الامن»"),
        ("“مجلس الأمن”", "«مجلس الامن»"),
        ("„مجلس الأمن“", "«مجلس الامن»"),
        ("»مجلس الأمن«", "«مجلس الامن»"),
        ('قال"مجلس الأمن"قراره', "قال «مجلس الامن» قراره"),
        # what is left out
        ("النفط -السعر", "النفط -السعر"),
        ("النفط −السعر", "النفط -السعر"),
        ("-«سعر النفط»", "-«سعر النفط»"),
        ("-(سعر النفط)", "-(سعر النفط)"),
        ("-عنوان:النفط -مصدر:الميناء -فيه:صورة -سع*", "-title:النفط -source:الميناء -has:image -سع*"),
        ("\u200f-السعر", "-السعر"),  # with a mark of direction, as it is pasted
        ("F-16 أ - ب --", "f-16 ا ب"),
        # one of several
        ("سلام OR هدنة", "[سلام | هدنه]"),
        ("سلام أو هدنة", "[سلام | هدنه]"),
        ("سلام او هدنة", "[سلام | هدنه]"),
        ("سلام|هدنة | صلح", "[سلام | هدنه | صلح]"),
        ("محادثات سلام أو هدنة اليوم", "محادثات [سلام | هدنه] اليوم"),
        ("(سعر النفط) أو «أسعار الغاز»", "[سعر النفط | «اسعار الغاز»]"),
        ("(سلام أو هدنة) (غزة | لبنان)", "[سلام | هدنه] [غزه | لبنان]"),
        ("peace or war", "peace or war"),
        # «أو» that joins nothing is a word
        ("أو", "او"),
        ("أو هدنة", "او هدنه"),
        ("هدنة أو", "هدنه او"),
        ("هدنة OR |", "هدنه or"),
        ("أوباما", "اوباما"),
        # prefixes and written forms
        ("مستشف*", "مستشف*"),
        ("مستشف** F-1*", "مستشف* f-1*"),
        ("=وزير", "=وزير"),
        ("=«وزير الطاقة» =", "«وزير الطاقه»"),
        ("5*3 * ***", "5 3"),
        # brackets
        ("(((سلام)))", "سلام"),
        ("(سلام هدنة) صلح", "سلام هدنه صلح"),
        # what only looks like a criterion
        ("12:30 http://news.example/a?b=1 كذا:كذا", "12 30 http://news.example/a?b=1 كذا كذا"),
        ("#غزة_الآن", "غزه الان"),
    ],
)
def test_a_query_is_read_as_it_is_meant_without_a_note(text, meant):
    asked = read_asked(text)
    assert shown(asked.part) == meant
    assert asked.notes == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("مصدر:الجزيرة", "source:الجزيرة"),
        ("source:www.port.example", "source:www.port.example"),
        ('مصدر:"صحيفة الميناء"', "source:صحيفة الميناء"),
        ("مصدر:(صحيفة الميناء)", "source:صحيفة الميناء"),
        ("شخص:«سالم الحاج»", "person:سالم الحاج"),
        ("person:سالم org:البلدية جهة:البلدية", "person:سالم organisation:البلدية organisation:البلدية"),
        ("مكان:الوادي place:الوادي", "place:الوادي place:الوادي"),
        ("قائل:سالم speaker:سالم", "speaker:سالم speaker:سالم"),
        ("عنوان:جسر title:«جسر جديد»", "title:جسر title:«جسر جديد»"),
        ("فيه:اقتباس has:quote فيه:ادعاء", "has:quote has:quote has:claim"),
        ("فيه:علامة فيه:صورة فيه:جدول فيه:منشور", "has:mark has:image has:table has:post"),
        ("فيه:كاتب فيه:نسخ فيه:«إعادات نشر»", "has:byline has:copies has:copies"),
        ("لغة:عربي lang:ar لغة:الانجليزية lang:pt", "language:ar language:ar language:en language:pt"),
        ("حالة:محجوبة status:pending حالة:«قيد المراجعة»", "status:hidden status:pending status:pending"),
        ("قبل:2015", "..2014-12-31"),
        ("بعد:2015", "2016-01-01.."),
        ("before:2015-08 after:2015-08", "..2015-07-31 2015-09-01.."),
        ("قبل:٢٠١٥-٠٨-٣١", "..2015-08-30"),
        ("بعد:31/8/2015 بعد:31-8-2015 بعد:2015/8/31", "2015-09-01.. 2015-09-01.. 2015-09-01.."),
        ("بعد:8/2015", "2015-09-01.."),
        ("بعد:آب-2015 بعد:«31 أغسطس 2015»", "2015-09-01.. 2015-09-01.."),
    ],
)
def test_criteria_have_arabic_and_english_names(text, meant):
    asked = read_asked(text)
    assert shown(asked.part) == meant
    assert asked.notes == ()


@pytest.mark.parametrize(
    ("text", "meant", "told"),
    [
        ("غزة «هدنة", "غزه هدنه", "لم تُغلق"),
        ('غزة" هدنة', "غزه هدنه", "لم تُغلق"),
        ("title:«جسر جديد", "جسر جديد", "لم تُغلق"),
        ("(غزة هدنة", "غزه هدنه", "قوس"),
        ("غزة) هدنة", "غزه هدنه", "قوس"),
        ("مصدر: الجزيرة", "مصدر الجزيره", "«مصدر:»"),
        ("غزة title:", "غزه title", "«title:»"),
        ("قبل:الأزل", "الازل", "«الأزل»"),
        ("بعد:2015-13", "2015 13", "«2015-13»"),
        ("بعد:1436 غزة", "1436 غزه", "«1436»"),
        ("فيه:سحر غزة", "سحر غزه", "«فيه:سحر»"),
        ("لغة:الطير", "الطير", "«الطير»"),
        ("حالة:حرجة", "حرجه", "«حرجة»"),
        ("و* غزة", "و غزه", "«و»"),
        ("ال*", "ال", "«ال»"),
        ("الم*", "الم", "«الم»"),
        ("«»،؛؟!", "", "ليس في ما كُتب"),
        ('""', "", "ليس في ما كُتب"),
        ("()", "", "ليس في ما كُتب"),
    ],
)
def test_what_cannot_be_read_as_it_was_meant_is_words_and_one_line_says_so(text, meant, told):
    asked = read_asked(text)
    assert shown(asked.part) == meant
    (note,) = asked.notes
    assert told in note


def test_notes_are_in_the_language_of_the_page():
    with translation.override("ar"):
        assert read_asked("غزة «").notes[0].startswith("علامة تنصيص")


def test_yesterday_is_a_day_too():
    (days,) = read_asked("قبل:أمس").part.parts
    assert days.first is None
    assert (date.today() - days.last).days in (1, 2, 3)


def test_what_is_marked_is_what_was_wanted_and_nothing_that_was_excluded():
    asked = read_asked(
        "غزة «مجلس الأمن» -روسيا -«صندوق النقد» مستشف* =وزير عنوان:جسر شخص:سالم مصدر:الميناء (نفط أو غاز)"
    )
    marking = asked.marking
    assert [word.surface for word in marking.words] == ["غزه", "جسر", "سالم", "نفط", "غاز"]
    assert [[word.surface for word in phrase] for phrase in marking.phrases] == [["مجلس", "الامن"]]
    assert (marking.prefixes, marking.exact) == (["مستشف"], ["وزير"])


def test_where_a_word_stands_in_the_query_is_kept():
    asked = read_asked("  غزة -«كذا» (هدنة)")
    spans = [part.at for part in asked.part.parts if isinstance(part, Words)]
    assert [asked.text[span.start : span.end] for span in spans] == ["غزة", "هدنة"]


@pytest.mark.parametrize(
    "text",
    [
        "كلمة " * 10_000,
        "«»،؛؟!…",
        "\x00\x01\x1f غزة \ud800",
        "(" * 10_000 + "غزة" + ")" * 10_000,
        '"' * 9_999,
        "«" * 10_000,
        "»" * 10_000,
        "title:(" * 1_500,
        "before:2015 " * 900,
        "أ|" * 5_000,
        "=«" * 5_000,
        "كل* " * 3_000,
        "أو " * 3_000,
        "-" * 10_000,
        ":" * 10_000,
        "\u064b" * 10_000,
        "www." * 2_500,
        "x" * 1_000_000,
        "(a+)+$ " * 1_000,
        "[[[" * 1_000,
    ],
)
def test_no_query_is_too_bad_to_be_read_quickly(text):
    begun = time.process_time()
    asked = read_asked(text)
    assert time.process_time() - begun < 0.5
    assert len(shown(asked.part)) <= 6_000
    assert len(asked.notes) <= 5


def test_a_pasted_page_is_cut_and_says_so():
    asked = read_asked("خبر " * 60)
    assert len(asked.part.parts) == 50
    assert "الخمسون" in asked.notes[0]
    assert "الخمسون" in read_asked("«" + "خبر " * 60 + "»").notes[0]


def test_criteria_are_bounded_too():
    asked = read_asked("قبل:2015 " * 30)
    assert len(asked.part.parts) == 20
    assert "عشرين" in asked.notes[0]


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    asked = read_asked(text)
    assert isinstance(asked.part, Every)
    assert asked.marking is not None


@given(
    st.lists(
        st.sampled_from([*'"«»“()|-=*: ', "أو ", "OR ", "title:", "قبل:", "فيه:", "2015", "غزة", "b"]), max_size=30
    )
)
def test_any_row_of_signs_is_read(signs):
    read_asked("".join(signs))
