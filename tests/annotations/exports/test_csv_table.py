"""CSV, read as a spreadsheet would: with its mark of UTF-8, one row a mark, nothing that could be a formula."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils import translation

from annotations.exports import csv_table, wording
from annotations.exports.records import ArticleRecord, AttributionRecord, Losses, SourceRecord
from annotations.exports.rows import DROPS, Row, column_names
from annotations.models import Annotation, Attribution, Placement
from annotations.models.circumstances import Channel, Stance
from tests.annotations.exports.compared import ABOUT
from tests.annotations.exports.samples import plain, uuid, whole


@pytest.fixture(autouse=True)
def newsroom(settings):
    settings.TIME_ZONE = "Asia/Riyadh"


def table(*articles: ArticleRecord) -> tuple[list[Row], Losses]:
    file, losses = io.BytesIO(), Losses()
    csv_table.write(articles, file, ABOUT, losses)
    content = file.getvalue()
    assert content.startswith("\ufeff".encode())
    names, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert names == column_names()
    return [Row(*row) for row in rows], losses


def row(number: int) -> Row:
    return next(row for row in table(whole())[0] if row.uuid == uuid(number))


def test_each_mark_is_one_row_however_many_parts_it_has():
    rows, _ = table(whole(), plain())
    assert [row.uuid for row in rows] == [mark.uuid for mark in (*whole().marks, *plain().marks)]
    interrupted = row(3)
    assert interrupted.words == "يروي ثلاث مدن كبيرة … العملَ فيه يبدأ قبل الصيف"
    assert interrupted.cue == "قالت"
    mark = whole().marks[2]
    assert (int(interrupted.start), int(interrupted.end)) == (mark.content[0].start, mark.content[1].end)
    content = "; ".join(f"{part.start}-{part.end}" for part in mark.content)
    assert interrupted.spans == f"{content} ({mark.cues[0].start}-{mark.cues[0].end})"
    text = whole().texts[0].text
    assert text[int(interrupted.start) :].startswith("يروي ثلاث مدن كبيرة")


def test_a_row_says_what_is_known_in_the_words_of_the_pages():
    told = row(3)
    assert told[:7] == (
        whole().title,
        "صحيفة الزعفران",
        "2026-03-24 11:15",
        "كتب: ليث النجار",
        "اقتباس",
        "مقبول",
        told.words,
    )
    assert (told.quote_type, told.stance, told.channel, told.occasion) == (
        "مختلط",
        "تأكيد",
        "مؤتمر صحفي",
        "في مؤتمر صحفي",
    )
    assert (told.said_when, told.said_on, told.translated, told.framing) == (
        "يوم الثلاثاء",
        "2026-03-24",
        "نعم",
        "على حدّ قولها",
    )
    assert told.tags == "مياه؛ <script>alert('سد')</script>؛ ميزانية & أرقام"
    assert told.note.startswith("سطر أول\nوسطر ثانٍ")
    assert told.comments.split("\n")[1:] == ["ليلى: نعم، في الدقيقة 12.", "نور: تعليق محذوف"]
    assert told.link == f"https://desk.example/articles/17/#mark-{uuid(3)}"
    assert told.original == "https://zafaran.example/2026/03/24/%D8%B3%D8%AF"
    assert (told.created_by, told.created_at, told.decided_by) == ("ليلى", "2026-03-24 11:18", "ليلى")
    assert (told.standing, told.version, told.revision) == ("انتقلت", "4", "1")
    assert told.made_with == "Newsdesk 0.1.0، جدول العلامات 1"
    suggested = row(9)
    assert (suggested.status, suggested.detector, suggested.detector_version) == ("مقترح", "newsdesk", "2")
    assert (suggested.rule, suggested.confidence) == ("number", "0.75")
    assert row(8).quote == uuid(7)


def test_speakers_that_nobody_confirmed_stand_in_a_column_of_their_own():
    assert (row(4).speakers, row(4).unconfirmed) == ("زياد الحلو (قول مشترك)", "Anna Lindqvist (قول مشترك، مرجّح)")
    assert (row(6).speakers, row(6).unconfirmed) == ("وكالة الواحة (نقل)", "مروان الشامي (غير مؤكد)")
    assert (row(3).speakers, row(3).unconfirmed) == ("سلمى الرافعي", "")


def test_a_speaker_without_a_name_is_called_by_the_words_that_were_marked():
    article = whole()
    nameless = replace(article.marks[2], attributions=(AttributionRecord(speaker=uuid(2)),))
    (told,) = [row for row in table(replace(article, marks=(article.marks[1], nameless)))[0] if row.uuid == uuid(3)]
    assert told.speakers == "وزيرة المياه سلمى الرافعي"


@pytest.mark.parametrize("formula", ["=1+1", "+966", "-5", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(formula):
    mark = replace(plain().marks[0], note=formula, tags=(formula,), created_by=formula)
    article = replace(plain(), title=formula, byline=formula, source=SourceRecord(formula), marks=(mark,))
    (told,), _ = table(article)
    for cell in (told.title, told.byline, told.source, told.note, told.tags, told.created_by):
        assert cell == f"'{formula}"


@pytest.mark.parametrize(
    ("precision", "shown"), [("day", "2026-03-24"), ("month", "2026-03"), ("", "2026-03-24 11:15")]
)
def test_a_date_is_as_precise_as_it_is_known(precision, shown):
    (told,), _ = table(replace(plain(), published_at=whole().published_at, published_precision=precision))
    assert told.published == shown


def test_addresses_that_lead_nowhere_on_the_web_are_left_out():
    (told,), _ = table(replace(plain(), url="javascript:alert(1)", address="file:///etc/passwd"))
    assert (told.original, told.link) == ("", "")


def test_control_characters_do_not_reach_the_table():
    (told,), _ = table(replace(plain(), marks=(replace(plain().marks[0], note="a\x00b\x0bc"),)))
    assert told.note == "abc"


def test_headings_and_labels_are_in_the_language_of_the_one_who_asks():
    with translation.override("en"):
        (told,), _ = table(plain())
        assert (told.kind, told.status, told.quote_type) == ("Quote", "Accepted", "Direct")
    assert len(Row._fields) == len(column_names())


def test_what_the_table_has_no_column_for_is_counted():
    _, losses = table(whole())
    assert losses.counted == {
        "key of an article": 1,
        "language": 1,
        "change in a mark's history": 2,
        "place where an entity is named": 5,
        "text of an article": 2,
        "place of a mark in another revision": 2,
        "words around a mark": 13,
        "entity behind a name": 4,
        "time of a comment and what it answers": 3,
    }
    assert losses.counted.keys() <= set(DROPS)


def test_the_words_are_those_that_the_pages_have():
    for labels, choices in (
        (wording.KINDS, Annotation.Kind),
        (wording.STATUSES, Annotation.Status),
        (wording.QUOTE_TYPES, Annotation.QuoteType),
        (wording.STANCES, Stance),
        (wording.CHANNELS, Channel),
        (wording.ROLES, Attribution.Role),
        (wording.CERTAINTIES, Attribution.Certainty),
        (wording.STANDINGS, Placement.State),
    ):
        for language in ("ar", "en"):
            with translation.override(language):
                assert {key: str(label) for key, label in labels.items()} == {
                    value: str(label) for value, label in choices.choices
                }


def test_a_file_of_others_may_have_kinds_of_its_own():
    mark = replace(plain().marks[0], kind="rumour", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    (told,), _ = table(replace(plain(), marks=(mark,)))
    assert (told.kind, told.created_at) == ("rumour", "2026-01-01 03:00")
