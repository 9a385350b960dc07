"""Marks of a file stand at the words that they were made on, or are not taken."""

from dataclasses import replace

import pytest

from annotations.carrying import carry_marks
from annotations.exports.records import ArticleRecord, MarkRecord, PartRecord, TextRecord
from annotations.models import Annotation
from annotations.receiving.words import find_words
from tests.accounts import make_user
from tests.annotations.exports.samples import EARLIER, TEXT, part, uuid
from tests.annotations.receiving.arriving import received, stored_sample, told
from tests.articles.factories import add_revision

pytestmark = pytest.mark.django_db
URL = "https://zafaran.example/2026/03/24/سد"
WORDS = "الماء حقٌّ لكل بيت في المدينة"
OPENING = "في خبر سابق: عاد العمال إلى الموقع مساء أمس بعد توقف دام أسبوعاً كاملاً.\n"


@pytest.fixture
def editor():
    return make_user("editor")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "marks.jsonl"


def quote(*words: str, text: str = TEXT, revision: int = 1, number: int = 1) -> MarkRecord:
    return MarkRecord(uuid(number), "quote", tuple(part(one, text=text) for one in words), revision, created_by="ليلى")


def of_text(text: str | None, *marks: MarkRecord, revision: int = 1) -> ArticleRecord:
    """An article of which the file has this text, or none."""
    texts = (TextRecord.of(revision, text),) if text is not None else ()
    return ArticleRecord(id=None, title="سد", url=URL, revision=revision, texts=texts, marks=marks)


def only() -> Annotation:
    return Annotation.objects.get()


def words_of(mark: Annotation) -> list[str]:
    text = mark.revision.text
    return [text[one.start : one.end] for one in mark.parts.all()]


def test_a_mark_of_a_stored_text_stands_at_its_code_points(editor, path):
    stored_sample(earlier=False)
    assert told(received(path, of_text(TEXT, quote("التربة صالحة للبناء 👷🏽‍♀️ بلا تحفظ")), by=editor)) == {"new": 1}
    (one,) = only().parts.all()
    assert (one.exact, one.prefix, one.suffix) == ("التربة صالحة للبناء 👷🏽‍♀️ بلا تحفظ", *around(one.start, one.end))


def around(start: int, end: int) -> tuple[str, str]:
    return TEXT[max(0, start - 32) : start], TEXT[end : end + 32]


def test_a_text_that_does_not_leave_is_known_by_its_digest(editor, path):
    stored_sample(earlier=False)
    record = of_text(TEXT, quote(WORDS))
    record = replace(record, texts=(replace(record.texts[0], text=None),))
    assert told(received(path, record, by=editor)) == {"new": 1}
    assert words_of(only()) == [WORDS]


def test_a_mark_of_an_earlier_stored_text_stays_on_it_and_is_carried_over(editor, path):
    article = stored_sample()
    assert told(received(path, of_text(EARLIER, quote(WORDS, text=EARLIER)), by=editor)) == {"new": 1}
    assert only().revision.number == 1
    (place,) = only().parts.get().placements.all()
    current = article.current_revision
    assert (place.revision, place.state, current.text[place.start : place.end]) == (current, "moved", WORDS)


def test_a_text_has_the_number_that_it_has_here(editor, path):
    """Elsewhere it was the seventh."""
    stored_sample()
    received(path, of_text(EARLIER, quote(WORDS, text=EARLIER, revision=7), revision=7), by=editor)
    assert only().revision.number == 1


def test_a_mark_of_another_text_is_found_in_the_current_one(editor, path):
    stored_sample(earlier=False)
    other = OPENING + TEXT
    assert told(received(path, of_text(other, quote("قالت", WORDS, text=other)), by=editor)) == {"moved": 1}
    assert words_of(only()) == ["قالت", WORDS]
    assert told(received(path, of_text(other, quote("قالت", WORDS, text=other)), by=editor)) == {"unchanged": 1}


def test_a_mark_that_was_found_is_the_same_mark_after_the_text_changed_again(editor, path):
    article = stored_sample(earlier=False)
    other = OPENING + TEXT
    received(path, of_text(other, quote(WORDS, text=other)), by=editor)
    title, *lines = TEXT.split("\n")
    carry_marks(
        add_revision(article, title=title, paragraphs=[OPENING.strip(), *lines[:2], *lines[2:], "خاتمة جديدة."])
    )
    assert told(received(path, of_text(other, quote(WORDS, text=other)), by=editor)) == {"unchanged": 1}


@pytest.mark.parametrize(
    ("old", "fate"),
    [
        ("الماء حقٌّ واجب لكل بيت في مدينتنا الكبيرة", "doubtful"),
        ("لا أحد سيبقى بلا مدرسة قريبة هذا العام", "lost"),
    ],
)
def test_what_is_not_found_for_sure_is_not_taken_and_told_with_its_passage(editor, path, old: str, fate: str):
    stored_sample(earlier=False)
    other = TEXT.replace(WORDS, old)
    report = received(path, of_text(other, quote(old, text=other)), by=editor)
    assert told(report) == {fate: 1}
    assert not Annotation.objects.exists()
    (line,) = report.lines
    assert line.words == old
    assert bool(line.passage) == (fate == "doubtful")
    if fate == "doubtful":
        assert f"[{WORDS}]" in line.passage


def test_one_part_that_is_not_found_keeps_the_whole_quote_out(editor, path):
    stored_sample(earlier=False)
    other = TEXT + "\nوختم: «إلى اللقاء في موسم الحصاد القادم إن شاء الله»."
    mark = quote(WORDS, "إلى اللقاء في موسم الحصاد القادم", text=other)
    assert set(told(received(path, of_text(other, mark), by=editor))) <= {"doubtful", "lost"}
    assert not Annotation.objects.exists()


def test_a_cue_that_is_not_found_is_left_out_and_told(editor, path):
    stored_sample(earlier=False)
    other = TEXT.replace("تقول النائبة", "صرّحت بذلك النائبة")
    words = part("أُنفق على المشروع 40 مليون دينار منذ 2019", text=other)
    mark = replace(quote(WORDS), parts=(words, part("صرّحت بذلك", "cue", text=other)))
    report = received(path, of_text(other, mark), by=editor)
    assert dict(report.left_out) == {"cue that is not found in the text": 1}
    assert [one.role for one in only().parts.all()] == ["content"]


@pytest.mark.parametrize("text", [TEXT, EARLIER, OPENING + TEXT])
def test_wrong_offsets_are_refused_whether_the_text_is_here_or_not(editor, path, text: str):
    stored_sample()
    mark = quote(WORDS, text=text)
    wrong = replace(mark, parts=(replace(mark.parts[0], start=mark.parts[0].start - 1, end=mark.parts[0].end - 1),))
    report = received(path, of_text(text, wrong), by=editor)
    assert told(report) == {"refused": 1}
    assert "المواضع خاطئة" in report.lines[0].reason


def test_without_a_text_words_are_found_by_what_stands_around_them(editor, path):
    stored_sample(earlier=False)
    known = part(WORDS)
    mark = replace(quote(WORDS), parts=(replace(known, start=0, end=0),))
    assert told(received(path, of_text(None, mark), by=editor)) == {"new": 1}
    assert [(one.start, one.end) for one in only().parts.all()] == [(known.start, known.end)]
    assert only().quote_type == "direct"


REPEATED = "قال الوزير إن الخطة جاهزة.\nثم قال النائب إن الخطة جاهزة.\nوالعاصمة واحدة لا ثانية لها."


@pytest.mark.parametrize(
    ("prefix", "words", "suffix", "state", "start"),
    [
        ("الوزير إن ", "الخطة جاهزة", ".\nثم", "exact", REPEATED.index("الخطة")),
        ("النائب إن ", "الخطة جاهزة", "", "exact", REPEATED.rindex("الخطة")),
        ("", "الخطة جاهزة", "", "doubtful", None),  # twice
        (" إن ", "الخطة جاهزة", ".", "doubtful", None),  # twice, with what stands around it
        ("", "والعاصمة واحدة لا ثانية لها", "", "exact", REPEATED.index("والعاصمة")),
        ("", "النائب", "", "doubtful", None),  # once, but a word says little by itself
        ("", "العاصمه واحده لا ثانيه لها", "", None, None),
        ("", "لا شيء من هذا في النص أبداً", "", "lost", None),
        ("", " ", "", "lost", None),
    ],
)
def test_words_are_sure_where_they_stand_once(prefix, words, suffix, state, start):
    found = find_words(PartRecord(0, 0, words, prefix=prefix, suffix=suffix), REPEATED)
    if state:
        assert found.state == state
    if start is not None:
        assert found.span == (start, start + len(words))
    if found.state.is_sure:
        assert REPEATED[slice(*found.span)].count(" ") == words.count(" ")


def test_a_look_alike_elsewhere_is_not_taken(editor, path):
    """The passage that the words stood in is gone; the same words stand in another one."""
    stored_sample(earlier=False)
    gone = PartRecord(0, 0, "السدّ الجديد", prefix="وسيُفتتح في العام القادم رسمياً ", suffix=" بحضور سفراء الدول")
    report = received(path, of_text(None, replace(quote(WORDS), parts=(gone,))), by=editor)
    assert set(told(report)) <= {"doubtful", "lost"}
    assert not Annotation.objects.exists()
