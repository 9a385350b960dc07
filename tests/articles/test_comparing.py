"""What a second text adds, drops, moves and spells otherwise."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.aligning import aligned, moved
from articles.comparing import Side, compare

TITLE = "الجسر القديم يغلق أبوابه أمام السيارات"
FIRST = "أعلنت البلدية إغلاق الجسر أمام السير بعد أن ارتفع منسوب النهر مترين خلال الليل."
SECOND = "وقال رئيس البلدية إن الفرق نقلت سبعين أسرة إلى مدرسة الحي ووزعت عليها الأغطية."
THIRD = "ودعت الأرصاد السكان إلى الابتعاد عن مجرى النهر حتى مساء الأربعاء."


def side(*lines):
    blocks, start = [], 0
    for number, line in enumerate(lines):
        blocks.append({"kind": "paragraph" if number else "heading", "start": start, "end": start + len(line)})
        start += len(line) + 1
    return Side("\n".join(lines), blocks)


def changes(old, new):
    comparison = compare(side(*old), side(*new))
    return [
        (piece.kind, piece.text) for passage in comparison.passages for piece in passage.pieces if piece.kind != "same"
    ]


def read(comparison, *kinds):
    """The lines that are made of pieces of these kinds alone."""
    lines = []
    for passage in comparison.passages:
        pieces = [piece for piece in passage.pieces if piece.kind in kinds]
        if pieces:
            lines.append("".join(piece.text + piece.after for piece in pieces).split())
    return lines


def test_the_same_text_has_no_changes():
    comparison = compare(side(TITLE, FIRST), side(TITLE, FIRST))
    assert comparison.is_same
    assert [passage.kind for passage in comparison.passages] == ["heading", "paragraph"]


def test_an_added_a_dropped_and_an_exchanged_word():
    assert changes([TITLE, "وصل الوفد إلى بيروت"], [TITLE, "وصل الوفد أمس إلى بيروت"]) == [("added", "أمس")]
    assert changes([TITLE, "وصل الوفد أمس إلى بيروت"], [TITLE, "وصل الوفد إلى بيروت"]) == [("dropped", "أمس")]
    assert changes([TITLE, "وصل الوفد إلى بيروت."], [TITLE, "وصل الوفد إلى دمشق."]) == [
        ("dropped", "بيروت."),
        ("added", "دمشق."),
    ]


def test_a_word_in_common_amid_exchanged_passages_is_exchanged_with_them():
    old, new = "ودعت الوزارة السكان إلى الحذر من السيول", "وأعلنت بلدية الوادي في بيان إلى أهالي الضفة الشرقية"
    assert changes([TITLE, f"{FIRST} {old}"], [TITLE, f"{FIRST} {new}"]) == [("dropped", old), ("added", new)]


def test_tashkeel_and_hamza_change_no_word_but_are_told():
    comparison = compare(side("قالت إدارة المدرسة"), side("قالت اداره المدرسةُ"))
    respelt = [piece for passage in comparison.passages for piece in passage.pieces if piece.kind == "respelt"]
    assert [(piece.was, piece.text) for piece in respelt] == [("إدارة", "اداره"), ("المدرسة", "المدرسةُ")]
    assert comparison.counts == {"same": 1, "respelt": 2}


@pytest.mark.parametrize(
    ("old", "new", "weighty"),
    [
        ("قتل 5 أشخاص", "قتل 7 أشخاص", ["5", "7"]),
        ("نقلت سبعين أسرة", "نقلت ثمانين أسرة", ["سبعين", "ثمانين"]),
        ("قال إنه سيعود", "قال إنه لن يعود", ["لن"]),
        ("وهم شاركوا فيه", "ولم يشاركوا فيه", ["ولم"]),
        ("وصل الوفد مساء", "وصل الوفد صباحاً", []),
    ],
)
def test_numbers_and_negations_weigh_more(old, new, weighty):
    assert [piece.text for piece in compare(side(TITLE, old), side(TITLE, new)).weighty] == weighty


def test_a_moved_paragraph_is_one_move_and_no_loss():
    comparison = compare(side(TITLE, FIRST, SECOND, THIRD), side(TITLE, THIRD, FIRST, SECOND))
    assert set(comparison.counts) == {"same", "moved_here", "moved_away"}
    assert read(comparison, "moved_here") == read(comparison, "moved_away") == [THIRD.split()]
    moves = {piece.move for passage in comparison.passages for piece in passage.pieces if piece.move}
    assert moves == {1}


def test_a_dropped_paragraph_is_a_passage_of_its_own_in_its_place():
    comparison = compare(side(TITLE, FIRST, SECOND, THIRD), side(TITLE, FIRST, THIRD))
    assert [passage.dropped for passage in comparison.passages] == [False, False, True, False]
    assert read(comparison, "dropped") == [SECOND.split()]
    comparison = compare(side(TITLE, FIRST, SECOND, THIRD), side(TITLE, FIRST, SECOND))
    assert [passage.dropped for passage in comparison.passages] == [False, False, False, True]


def test_texts_without_a_word_in_common_are_exchanged():
    comparison = compare(side("سطر أول", "وثان"), side("one", "***", "two"))
    assert [(passage.dropped, passage.pieces[0].text) for passage in comparison.passages] == [
        (True, "سطر أول"),
        (True, "وثان"),
        (False, "one"),
        (False, "***"),
        (False, "two"),
    ]


line = st.lists(st.sampled_from([*"ابتثجح", "إ", "أ", "تَ", "5", "لا", "،", "—", "😀"]), min_size=1, max_size=12).map(
    " ".join
)
texts = st.lists(line, min_size=1, max_size=6)


@given(texts, texts)
def test_each_text_can_be_read_off_the_comparison(old, new):
    comparison = compare(side(*old), side(*new))
    kept = [passage for passage in comparison.passages if not passage.dropped]
    assert len(kept) == len(new)
    for passage, written in zip(kept, new, strict=True):
        shown = [piece for piece in passage.pieces if piece.kind in ("same", "respelt", "added", "moved_here")]
        assert "".join(piece.text + piece.after for piece in shown).split() == written.split()
    gone = ("dropped", "moved_away")
    letters = [
        word
        for passage in comparison.passages
        for piece in passage.pieces
        if piece.kind in gone
        for word in piece.text.split()
    ]
    assert all(word in " ".join(old).split() for word in letters)


@given(st.text("ابتثج", max_size=60), st.text("ابتثج", max_size=60))
def test_runs_ascend_and_hold_the_same_words(old, new):
    kept = aligned(old, new)
    moves = moved(old, new, kept)
    for run in [*kept, *moves]:
        assert old[run.old : run.old + run.size] == new[run.new : run.new + run.size]
    for one, other in pairwise(kept):
        assert one.old + one.size <= other.old
        assert one.new + one.size <= other.new
    places = [place for run in [*kept, *moves] for place in range(run.new, run.new + run.size)]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("kind", ["edited", "shuffled", "unlike", "monotonous"])
def test_texts_of_20_000_words_are_compared_in_half_a_second(kind):
    chance = random.Random(3)
    vocabulary = [f"كلمة{number}" for number in range(4000)]
    lines = [" ".join(chance.choices(vocabulary, k=50)) for _ in range(400)]
    if kind == "monotonous":
        lines = ["كلمة أخرى " * 25] * 400
    other = list(lines)
    if kind == "shuffled":
        chance.shuffle(other)
    elif kind == "unlike":
        other = [" ".join(chance.choices(vocabulary, k=50)) for _ in range(400)]
    else:
        other = [line.replace(line.split()[7], "غيرها") for line in lines if chance.random() < 0.95]
    begin = time.process_time()
    compare(side(*lines), side(*other))
    assert time.process_time() - begin < 1.5  # half a second on a machine that does nothing else
