"""Marks found again in a changed text: no database, no Django."""

import subprocess
import sys
import time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.anchoring import LOST, Anchored, Span, State, TextChange
from articles.language.tokens import words
from tests.annotations.edits import edit, text_of
from tests.settings import REPOSITORY

QUOTE = "«لن نغلق الميناء مهما حدث، وسنواصل العمل ليلاً ونهاراً في كل الأيام»"
SECOND = "سنوسّع الأرصفة في العام المقبل بإذن الله"
TEXT = (
    "الميناء باق\n"
    f"قال وزير النقل سالم الخطيب للصحفيين {QUOTE}.\n"
    "وتفقد الوزير الأرصفة الشمالية صباح الثلاثاء، ثم زار قاعة المراقبة الجديدة.\n"
    f"وأضاف الخطيب {SECOND}، وشدد على أن 12 رافعة جديدة تصل قريباً.\n"
    "وحضر الجولة عدد من النواب وممثلو العمال في المدينة."
)
# A newspaper's own phrases, for what is written round the marks.
PHRASES = st.sampled_from(
    [
        "وذكر بيان للوزارة أن العمل متواصل.",
        "وفي سياق آخر هطلت أمطار غزيرة على المدينة.",
        "وقال الوزير إن التفاصيل ستعلن لاحقاً.",
        "الميناء باق",
        "من جهته رحب اتحاد العمال بالقرار.",
        "ليلاً ونهاراً",
        "وأضاف",
        "،",
    ]
)


def find(words: str, new: str, *, old: str = TEXT) -> Anchored:
    start = old.index(words)
    return TextChange(old, new).find(start, start + len(words))


def words_at(found: Anchored, text: str) -> str:
    return text[slice(*found.span)]


def test_what_did_not_change_stands_exactly_where_it_stood():
    for word in words(TEXT):
        assert TextChange(TEXT, TEXT).find(word.start, word.end) == (State.EXACT, Span(word.start, word.end), 1.0)


def test_the_same_words_further_on_have_moved():
    new = "خبر عاجل\n" + TEXT
    found = find(QUOTE, new)
    assert (found.state, found.score, words_at(found, new)) == (State.MOVED, 1.0, QUOTE)


@pytest.mark.parametrize("place", range(TEXT.count("ال")))
def test_among_several_like_it_the_surroundings_decide(place):
    """Every «ال» is found again as that one, with letters that are marked inside a word."""
    start = -1
    for _ in range(place + 1):
        start = TEXT.index("ال", start + 1)
    new = "وتابع الوزير قال وقال\n" + TEXT
    found = TextChange(TEXT, new).find(start, start + 2)
    assert found == (State.MOVED, Span(start + 22, start + 24), 1.0)


@pytest.mark.parametrize(
    ("before", "after", "repaired"),
    [
        ("لن نغلق الميناء", "لَنْ نُغْلِقَ الميناءَ", "«لَنْ نُغْلِقَ الميناءَ مهما حدث، وسنواصل العمل ليلاً ونهاراً في كل الأيام»"),
        (QUOTE, QUOTE.replace("«", '"').replace("»", '"'), QUOTE.replace("«", '"').replace("»", '"')),
        ("الأيام", "الايام", QUOTE.replace("الأيام", "الايام")),
        ("مهما حدث، ", "مهماحدث ", QUOTE.replace("مهما حدث، ", "مهماحدث ")),
        ("الميناء مهما", "المينـــاء  مهما", QUOTE.replace("الميناء مهما", "المينـــاء  مهما")),
    ],
    ids=["tashkeel", "quotation marks", "hamza", "spaces", "tatweel"],
)
def test_repaired_spelling_is_the_same_words(before, after, repaired):
    new = TEXT.replace(before, after, 1)
    found = find(QUOTE, new)
    assert (found.state, words_at(found, new)) == (State.MOVED, repaired)
    assert 0.9 < found.score < 1


def test_four_of_twelve_words_changed_is_doubtful():
    quote = "سنبدأ أعمال الصيانة في الجسر القديم قبل نهاية شهر آذار المقبل حتماً"
    old = f"عنوان\nقال المهندس إن {quote}، ثم غادر القاعة مع فريقه إلى موقع العمل."
    changed = quote.replace("الصيانة في الجسر القديم", "الترميم على المعبر العتيق")
    new = old.replace(quote, changed)
    found = find(quote, new, old=old)
    assert (found.state, words_at(found, new)) == (State.DOUBTFUL, changed)
    assert 0.5 < found.score < 0.8


def test_one_changed_word_of_many_waits_for_a_person_with_a_high_score():
    new = TEXT.replace("ليلاً", "دائماً")
    found = find(QUOTE, new)
    assert (found.state, words_at(found, new)) == (State.DOUBTFUL, QUOTE.replace("ليلاً", "دائماً"))
    assert 0.9 <= found.score < 0.99


# Ninety letters that one word decides.
STATEMENT = (
    "نفى المتحدث أن تكون إسرائيل قد أبلغت أغلب السفراء قبل الاجتماع بأن أسعار القمح ارتفعت "
    "وقال إن أحمد سليم رفض العرض أمس"
)
ARTICLE = f"عنوان\nاجتمع الوفدان صباح الثلاثاء في القصر. {STATEMENT}. وغادر الحضور القاعة بعد ذلك إلى فنادقهم."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("نفى", "وأكد"),
        ("رفض", "أقر"),
        ("قبل", "بعد"),
        ("إسرائيل", "إيران"),
        ("ارتفعت", "تراجعت"),
        ("أحمد سليم", "خالد سليم"),
        ("أغلب", "بعض"),
        ("قد أبلغت", "أبلغت"),
        ("أبلغت", "أبلغت سراً"),
        ("أبلغت", "أبلغته"),
        ("العرض", "الأرض"),
        ("إن أحمد سليم رفض", "إن رفض أحمد سليم"),
        (" أمس", ""),
    ],
)
def test_one_other_word_in_a_long_span_is_never_taken_silently(before, after):
    assert STATEMENT.count(before) == 1
    new = "سطر جديد\n" + ARTICLE.replace(before, after, 1)
    assert find(STATEMENT, new, old=ARTICLE).state == State.DOUBTFUL


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("وقال", "قال"),
        ("وقال", "فقال"),
        ("نفى", "ونفى"),
        ("أحمد", "احمـد"),
        ("نفى المتحدث", "نفي، المتحدّث"),
        ("وقال إن", "قال: إن"),
        ("قد أبلغت", "قدأبلغت"),
    ],
)
def test_spelling_punctuation_and_a_conjunction_make_no_other_words(before, after):
    new = "سطر جديد\n" + ARTICLE.replace(before, after, 1)
    found = find(STATEMENT, new, old=ARTICLE)
    assert (found.state, words_at(found, new)) == (State.MOVED, STATEMENT.replace(before, after, 1))


def test_a_letter_that_belongs_to_the_word_is_no_conjunction():
    quote = "سيسافر وزير النقل مع أعضاء اللجنة إلى العاصمة الأسبوع المقبل لإجراء المحادثات النهائية هناك"
    old = f"عنوان\nاجتمع الوفدان صباح الثلاثاء. {quote}. وغادر الحضور القاعة بعد ذلك."
    assert find(quote, old.replace("وزير", "زير"), old=old).state == State.DOUBTFUL


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("وشدد على أن 12 رافعة جديدة تصل قريباً", "12", "13"),
        ("وشدد على أن 12 رافعة جديدة تصل قريباً", "12 ", "1 2 "),
        (QUOTE, "لن نغلق", "نغلق"),
        (QUOTE, "وسنواصل", "ولا نواصل"),
        ("وحضر الجولة عدد من النواب وممثلو العمال في المدينة", "عدد من", "خمسة من"),
    ],
)
def test_another_number_or_negation_waits_for_a_person(words, before, after):
    new = TEXT.replace(before, after, 1)
    assert find(words, new).state == State.DOUBTFUL


@pytest.mark.parametrize("words", [QUOTE, "سالم الخطيب", "الخطيب", "قال"])
def test_what_was_deleted_is_lost_though_words_like_it_stand_elsewhere(words):
    new = TEXT.replace(f"قال وزير النقل سالم الخطيب للصحفيين {QUOTE}.\n", "")
    assert find(words, new) == LOST


def test_words_like_it_in_a_new_passage_are_proposed_and_not_taken():
    new = TEXT.replace(f"{SECOND}، ", "") + f"\nوكان الوزير قد وعد قبل عام كامل بأشياء منها: {SECOND}."
    found = find("في العام المقبل بإذن الله", new)
    assert (found.state, words_at(found, new)) == (State.DOUBTFUL, "في العام المقبل بإذن الله")


def test_a_paragraph_that_moved_takes_its_marks_along():
    headline, *paragraphs = TEXT.split("\n")
    new = "\n".join([headline, *paragraphs[1:], paragraphs[0]])
    found = find(QUOTE, new)
    assert (found.state, words_at(found, new)) == (State.MOVED, QUOTE)


def test_of_two_sentences_that_begin_alike_the_one_that_is_left_keeps_its_mark():
    old = "عنوان\nانتهى الاجتماع مساء أمس. وقال الوزير إن الميناء باق. وقال الوزير إن الجسر سيفتح."
    new = old.replace(" وقال الوزير إن الميناء باق.", "")
    change = TextChange(old, new)
    first, second = old.index("الوزير"), old.rindex("الوزير")
    assert change.find(first, first + 6) == LOST
    found = change.find(second, second + 6)
    assert (found.state, found.span) == (State.MOVED, Span(new.index("الوزير"), new.index("الوزير") + 6))


def test_a_copy_of_the_same_passage_makes_it_doubtful_which_of_them_it_is():
    line = f"قال وزير النقل سالم الخطيب للصحفيين {QUOTE}."
    new = TEXT.replace("الميناء باق\n", f"سطر جديد\n{line}\nسطر آخر\n")
    found = find("سالم", new)
    assert found.state == State.DOUBTFUL
    assert words_at(found, new) == "سالم"


def test_a_text_that_repeats_itself_below_leaves_marks_where_they_are():
    assert find(SECOND, f"{TEXT}\n{TEXT}").state == State.EXACT


@pytest.mark.parametrize("new", ["", "\n", "نص آخر تماماً.", "«»"])
def test_nothing_of_it_left_is_lost(new):
    assert find(QUOTE, new) == LOST


def test_marks_without_letters_stand_where_they_stood_or_nowhere():
    place = TEXT.index("،")
    assert TextChange(TEXT, TEXT).find(place, place + 1) == (State.EXACT, Span(place, place + 1), 1.0)
    assert TextChange(TEXT, "س" + TEXT).find(place, place + 1) == LOST


def parts_of(text: str, *parts: str) -> list[Span]:
    return [Span(text.index(part), text.index(part) + len(part)) for part in parts]


def test_the_parts_of_an_interrupted_quote_keep_their_order():
    old = "عنوان\n«لن نغلق الميناء»، قال الوزير للصحفيين، «وسنواصل العمل ليلاً ونهاراً»، ثم غادر القاعة."
    new = "عنوان\n«وسنواصل العمل ليلاً ونهاراً»، قال الوزير للصحفيين، «لن نغلق الميناء»، ثم غادر القاعة."
    found = TextChange(old, new).find_parts(parts_of(old, "«لن نغلق الميناء»", "«وسنواصل العمل ليلاً ونهاراً»"))
    placed = [one.span for one in found if one.span]
    assert placed == sorted(placed)
    assert len(placed) == 1


def test_parts_that_lay_over_each_other_may_do_so_again():
    spans = parts_of(TEXT, QUOTE, "وسنواصل العمل")
    found = TextChange(TEXT, "س\n" + TEXT).find_parts(spans)
    assert [one.span for one in found] == [Span(start + 2, end + 2) for start, end in spans]


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), PHRASES), max_size=6), st.data())
def test_what_is_written_around_a_mark_never_moves_it_to_other_words(insertions, data):
    """Insertions anywhere outside the span: it is found at its letters, or a person is asked."""
    found = words(TEXT)
    first = data.draw(st.integers(0, len(found) - 1))
    last = data.draw(st.integers(first, min(first + 12, len(found) - 1)))
    start, end = found[first].start, found[last].end
    before, after = TEXT[:start], TEXT[end:]
    for place, phrase in insertions:
        if place <= start:
            before = f"{before[:place]} {phrase} {before[place:]}"
        elif place >= end:
            after = f"{after[: place - end]} {phrase} {after[place - end :]}"
    new = before + TEXT[start:end] + after
    anchored = TextChange(TEXT, new).find(start, end)
    if anchored.state.is_sure:
        assert words_at(anchored, new) == TEXT[start:end]
        assert anchored.span == (len(before), len(before) + end - start) or _stands_alike(anchored, new, start, end)


def _stands_alike(anchored: Anchored, new: str, start: int, end: int) -> bool:
    """Whether the words stand between the words between which they stood: nothing in the text tells it from them."""
    before, after = TEXT[max(0, start - 20) : start].split(), TEXT[end : end + 20].split()
    return new[: anchored.span.start].split()[-1:] == before[-1:] or new[anchored.span.end :].split()[:1] == after[:1]


@given(st.integers(0, 10_000))
def test_parts_keep_their_order_and_never_overlap_whatever_becomes_of_the_text(seed: int):
    random = Random(seed)
    found = words(TEXT)
    cuts = sorted(random.sample(range(len(found)), 6))
    spans = [Span(found[first].start, found[last - 1].end) for first, last in zip(cuts[::2], cuts[1::2], strict=True)]
    anchored = TextChange(TEXT, text_of(edit(TEXT, random))).find_parts(spans)
    placed = [one.span for one in anchored if one.span]
    assert all(left.end <= right.start for left, right in pairwise(placed))


def test_it_works_where_django_cannot_be_imported():
    script = (
        "import sys; sys.modules['django'] = None\n"
        "from annotations.anchoring import TextChange\n"
        "print(TextChange('قال الوزير نعم', 'قال الوزير نعم').find(4, 10).state)\n"
    )
    result = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.stdout == "exact\n", result.stderr


@given(st.randoms(use_true_random=False), st.integers(0, 200))
def test_tashkeel_anywhere_changes_nothing(random: Random, number: int):
    found = words(TEXT)
    word = found[number % len(found)]
    new = "".join(c + random.choice(["", "\u064e", "\u0651\u064f"]) if "ب" <= c <= "ي" else c for c in TEXT)
    anchored = TextChange(TEXT, new).find(word.start, word.end)
    assert anchored.state.is_sure
    assert [c for c in words_at(anchored, new) if not "\u064b" <= c <= "\u0652"] == [
        c for c in word.text if not "\u064b" <= c <= "\u0652"
    ]


@given(st.text("اب تثج.،\n«»1ً", max_size=40), st.text("اب تثج.،\n«»1ً", max_size=40), st.data())
def test_any_two_texts_can_be_compared(old, new, data):
    change = TextChange(old, new)
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    if start < end:
        found = change.find(start, end)
        assert 0 <= found.score <= 1
        assert (found.span is None) == (found.state == State.LOST)
        if found.span:
            assert 0 <= found.span.start < found.span.end <= len(new)


def test_500_marks_on_20_000_words_take_less_than_a_second():
    random = Random(4)
    vocabulary = sorted({word.text for word in words(TEXT)}) + [f"كلمة{number}" for number in range(900)]
    sentences = [" ".join(random.choices(vocabulary, k=random.randint(5, 30))) + "." for _ in range(1150)]
    old = "\n".join(sentences)
    for place in random.sample(range(len(sentences)), 60):
        sentences[place] = sentences[place].replace("كلمة", "عبارة", 1)
    new = "\n".join(["سطر جديد", *sentences[:500], *sentences[510:]])
    found = random.sample(words(old), 500)
    began = time.process_time()
    change = TextChange(old, new)
    states = [change.find(word.start, word.end).state for word in found]
    assert time.process_time() - began < 1
    assert len(words(old)) >= 20_000
    assert states.count(State.MOVED) > 450
