"""Two variants word by word."""

import pytest

from annotations.variants import Statement, align


def told(left, right):
    """Each change as (kind, words of the left text, words of the right one)."""
    return [
        (
            change.kind,
            left[slice(*change.left)] if change.left else "",
            right[slice(*change.right)] if change.right else "",
        )
        for change in align(Statement(left), Statement(right))
    ]


def test_the_same_words_are_one_stretch():
    text = "لن نفتح الجسر قبل الخريف"
    assert told(text, text) == [("same", text, text)]


def test_a_word_may_be_respelled_or_have_other_letters_attached():
    assert told("المسئول زار جدة", "المسؤول زار جده") == [
        ("respelled", "المسئول", "المسؤول"),
        ("same", "زار", "زار"),
        ("respelled", "جدة", "جده"),
    ]
    assert told("وأنه زار بيروت", "أن زار بيروت")[0] == ("attached", "وأنه", "أن")
    assert told("الجِسْرُ القديم", "الجسر القديم")[0] == ("respelled", "الجِسْرُ", "الجسر")


def test_reported_speech_changes_the_person_of_its_verbs():
    assert told("سأسافر إلى باريس", "سيسافر إلى باريس")[0] == ("inflected", "سأسافر", "سيسافر")
    assert told("سنواصل العمل", "سيواصلون العمل")[0] == ("inflected", "سنواصل", "سيواصلون")


def test_a_number_in_words_is_the_number_in_digits():
    assert told("قبل 25 أيلول المقبل", "قبل خمسة وعشرين أيلول المقبل")[1][0] == "respelled"
    assert ("replaced", "14 مليون", "18 مليون") in told("رصدنا 14 مليون دينار", "رصدنا 18 مليون دينار")


def test_what_is_cut_put_in_and_exchanged_is_told_apart():
    left = "سنفتح الجسر القديم أمام السيارات إذا سمح المهندسون"
    right = "سنفتح الجسر المرمم أمام جميع السيارات"
    assert told(left, right) == [
        ("same", "سنفتح الجسر", "سنفتح الجسر"),
        ("replaced", "القديم", "المرمم"),
        ("same", "أمام", "أمام"),
        ("inserted", "", "جميع"),
        ("same", "السيارات", "السيارات"),
        ("dropped", "إذا سمح المهندسون", ""),
    ]


def test_a_clause_that_stands_elsewhere_has_moved():
    left = "قبل نهاية الخريف سنفتح الجسر القديم أمام السيارات والمشاة"
    right = "سنفتح الجسر القديم أمام السيارات والمشاة قبل نهاية الخريف"
    changes = told(left, right)
    assert ("moved", "قبل نهاية الخريف", "قبل نهاية الخريف") in changes
    assert {kind for kind, *_ in changes} == {"same", "moved"}


@pytest.mark.parametrize(("left", "right"), [("", ""), ("", "كلمة"), ("كلمة", ""), ("…", "«»")])
def test_texts_without_words_align_with_anything(left, right):
    kinds = [kind for kind, *_ in told(left, right)]
    assert kinds == ["inserted"] * ("كلمة" in right) + ["dropped"] * ("كلمة" in left)
