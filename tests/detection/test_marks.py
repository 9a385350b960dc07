import pytest

from annotations.detection.marks import find_marks
from annotations.detection.reading import read


def marked(text: str) -> list[str]:
    reading = read(text)
    return [
        text[reading.ends[stretch.open] : reading.starts[stretch.close]].strip()
        for stretch in find_marks(reading).stretches
        if stretch.closed
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "«سنعود غداً»",
        "“سنعود غداً”",
        '"سنعود غداً"',
        "''سنعود غداً''",
        "<<سنعود غداً>>",
        "((سنعود غداً))",
        "&quot;سنعود غداً&quot;",
    ],
)
def test_marks_are_found_however_they_are_typed(typed: str) -> None:
    assert marked(f"قال الحارس: {typed} ثم انصرف") == ["سنعود غداً"]


def test_swapped_marks_enclose_what_stands_between_them() -> None:
    assert marked("وقال في رسالته: »سنعود غداً« ثم انصرف") == ["سنعود غداً"]
    assert marked("وقال في رسالته :» سنعود غداً » ثم انصرف") == ["سنعود غداً"]


def test_a_mark_inside_a_mark_belongs_to_the_outer_one() -> None:
    assert marked("قال: «قرأت «كتاب الرمل» كله» ومضى") == ["قرأت «كتاب الرمل» كله"]


def test_a_forgotten_closing_mark_does_not_swallow_the_next_quote() -> None:
    assert marked("قال: «سنعود غداً. وأضاف: «لن ننسى».") == ["لن ننسى"]


def test_a_stray_closing_mark_opens_nothing() -> None:
    assert marked('انتهى الكلام". وقال الحارس: "سنعود غداً".') == ["سنعود غداً"]


def test_straight_marks_with_loose_spaces_pair_up() -> None:
    assert marked('قال الحارس " سنعود غداً "، ثم انصرف') == ["سنعود غداً"]


def test_a_quote_may_run_over_paragraphs() -> None:
    assert marked("قال: «سنعود غداً.\nولن ننسى» ثم انصرف") == ["سنعود غداً.\nولن ننسى"]


def test_a_forgotten_mark_does_not_reach_into_the_next_paragraphs_quote() -> None:
    assert marked("قال: «سنعود غداً\nوأضاف: «لن ننسى» ثم انصرف") == ["لن ننسى"]


def test_straight_marks_within_straight_marks_do_not_close_them() -> None:
    assert marked('قال: "اخترنا طاقم ل"الكأس" من الخارج، ولن نغيره". وأضاف: "القرار نهائي".') == [
        'اخترنا طاقم ل"الكأس" من الخارج، ولن نغيره',
        "القرار نهائي",
    ]


def test_a_straight_mark_that_nothing_closes_leaves_the_next_ones_alone() -> None:
    assert marked('قال: "اخترنا الطاقم من الخارج. وأضاف المدير "القرار نهائي".')[-1] == "القرار نهائي"


@pytest.mark.parametrize("text", ["قال: 'الطريق مفتوح'.", "قال: ‘الطريق مفتوح’."])
def test_single_marks_enclose_words(text: str) -> None:
    assert marked(text) == ["الطريق مفتوح"]


def test_an_apostrophe_opens_nothing() -> None:
    assert marked("عرض فيلم Don't Look وفيلم l'Avenir في القاعة") == []
