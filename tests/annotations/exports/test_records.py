"""Marks of an earlier text as formats of one text have them: where they stand in the present one."""

from datetime import UTC, datetime

import pytest

from annotations.exports.records import CUE, ArticleRecord, MarkRecord, PartRecord, PlaceRecord, TextRecord

OLD, NEW = "قال الوزير إن السد آمن.", "وقال الوزير أمس إن السد آمن."


def article(*parts: PartRecord) -> ArticleRecord:
    mark = MarkRecord("", "quote", parts, revision=1, quote_type="indirect")
    return ArticleRecord(1, "السد", revision=2, texts=(TextRecord.of(1, OLD), TextRecord.of(2, NEW)), marks=(mark,))


def content(place: PlaceRecord | None) -> PartRecord:
    return PartRecord(14, 22, "السد آمن", places=(place,) if place else ())


def cue(place: PlaceRecord | None) -> PartRecord:
    return PartRecord(0, 3, "قال", CUE, places=(place,) if place else ())


HERE = PlaceRecord(2, "moved", 19, 27, "السد آمن", 1)


def test_a_mark_stands_where_its_words_are_now_with_what_is_around_them_now():
    [mark] = article(content(HERE), cue(PlaceRecord(2, "moved", 1, 4, "قال", 1))).standing().marks
    assert (mark.revision, mark.standing, mark.exact) == (2, "moved", "السد آمن")
    assert [part.exact for part in mark.cues] == ["قال"]
    assert (mark.content[0].prefix, mark.content[0].suffix) == (NEW[:19], ".")


@pytest.mark.parametrize(
    "place",
    [None, PlaceRecord(2, "lost"), PlaceRecord(2, "doubtful", 1, 4, "قال", 0.6)],
    ids=["no", "lost", "doubtful"],
)
def test_what_was_said_is_not_doubted_for_its_cue_which_is_left_out(place):
    [mark] = article(content(HERE), cue(place)).standing().marks
    assert (mark.standing, mark.exact, mark.cues) == ("moved", "السد آمن", ())


def test_words_that_changed_are_doubtful_until_somebody_decided():
    place = PlaceRecord(2, "doubtful", 19, 27, "السد آمن", 0.8)
    [mark] = article(content(place)).standing().marks
    assert mark.standing == "doubtful"
    decided = PlaceRecord(2, "moved", 19, 27, "السد آمن", 0.8, "salma", datetime(2024, 5, 1, tzinfo=UTC))
    [mark] = article(content(decided)).standing().marks
    assert mark.standing == "moved"


def test_of_an_interrupted_quote_a_lost_part_makes_the_rest_doubtful():
    [mark] = article(content(HERE), PartRecord(4, 10, "الوزير", places=(PlaceRecord(2, "lost"),))).standing().marks
    assert (mark.standing, len(mark.parts)) == ("doubtful", 1)


def test_a_mark_of_which_nothing_is_left_is_not_there():
    assert article(content(PlaceRecord(2, "lost"))).standing().marks == ()
