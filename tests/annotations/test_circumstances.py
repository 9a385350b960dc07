"""How a quote was said: corrected through the API, kept in history, taken back, shown in the ledger."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from lxml import html

from annotations.connecting import connect_speaker
from annotations.history import history_of
from annotations.marking import accept, change_mark
from annotations.models import Annotation, ChangedMark, MarkChange
from annotations.searching import facts
from annotations.undoing import restore, undo
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest
from tests.annotations.requests import address, assert_problem, send, signed_in
from tests.annotations.suggested import proposed, telling
from tests.annotations.test_suggesting_voices import JOINT, RELAYED, SECOND_HAND, WARNING
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE = "«لن نُغلق الميناء»"
DAY = datetime(2024, 3, 27, 9, 30, tzinfo=UTC)


@pytest.fixture
def article():
    return make_article(paragraphs=[f"قال سالم الخطيب {QUOTE} أمس."])


@pytest.fixture
def quote(article, annotator):
    return make_mark(article, QUOTE, by=annotator)


def entry_of(article, client: Client):
    ledger = html.fromstring(client.get(reverse("ledger", args=[article.pk])).content.decode())
    return ledger.find_class("entry-quote")[0]


def words(element) -> str:
    return " ".join(element.text_content().split())


def facts_shown(article, client: Client) -> list[str]:
    return [words(line) for line in entry_of(article, client).find_class("entry-facts")]


def test_how_a_quote_was_said_is_changed_one_by_one_and_cleared(quote, annotator):
    client = signed_in(annotator)
    for body in (
        {"stance": "warning", "channel": "interview"},
        {"occasion": "افتتاح الرصيف", "said_on": "2024-03-26"},
        {"translated": True},
    ):
        answer = send(client, "PATCH", address(quote), body)
        assert answer.status_code == 200, answer.content.decode()
    assert (answer.json()["stance"], answer.json()["framing"]) == ("warning", "")
    assert answer.json()["circumstances"] == {
        "channel": "interview",
        "occasion": "افتتاح الرصيف",
        "said_when": "",
        "said_on": "2024-03-26",
        "translated": True,
    }
    cleared = {"stance": "", "channel": "", "occasion": "", "said_on": None, "translated": False}
    answer = send(client, "PATCH", address(quote), cleared).json()
    assert answer["stance"] == ""
    assert not any(answer["circumstances"].values())


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"stance": "angry"}, 422, "unknown_stance"),
        ({"channel": "telepathy"}, 422, "unknown_channel"),
        ({"said_on": "أمس"}, 400, "bad_request"),
        ({"said_on": 20240326}, 400, "bad_request"),
        ({"translated": "yes"}, 400, "bad_request"),
        ({"occasion": "س" * 301}, 400, "bad_request"),
    ],
)
def test_what_is_not_known_is_refused_and_changes_nothing(quote, annotator, body, status, code):
    assert_problem(send(signed_in(annotator), "PATCH", address(quote), body), status, code)
    quote.refresh_from_db()
    assert (quote.stance, quote.channel, quote.occasion, quote.said_on, quote.version) == ("", "", "", None, 1)


def test_only_quotes_have_it_also_in_the_database(article, annotator):
    claim = make_mark(article, "أمس", kind="claim", by=annotator)
    assert_problem(send(signed_in(annotator), "PATCH", address(claim), {"stance": "warning"}), 422, "not_a_quote")
    assert send(signed_in(annotator), "GET", address(claim)).json()["circumstances"] is None
    for wrong in ({"stance": "warning"}, {"channel": "post"}, {"translated": True}, {"said_on": date(2024, 3, 26)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Annotation.objects.filter(pk=claim.pk).update(**wrong)


def test_who_may_not_change_the_mark_may_not_change_how_it_was_said(quote):
    assert_problem(
        send(signed_in(make_user("annotator")), "PATCH", address(quote), {"stance": "warning"}), 403, "not_permitted"
    )


def test_a_quote_is_made_with_what_the_proposals_knew_of_it_and_undone_as_one(article, annotator):
    client, words_ = signed_in(annotator), span(article, QUOTE)._asdict()
    body = {"kind": "quote", "parts": [words_], "stance": "denying", "channel": "statement", "said_on": "2024-03-26"}
    made = send(client, "POST", reverse("api_article_marks", args=[article.pk]), body).json()
    assert (made["stance"], made["circumstances"]["channel"]) == ("denying", "statement")
    assert MarkChange.objects.count() == 1
    assert send(client, "POST", reverse("api_undo"), {"undo": made["undo"]}).json()["gone"] == [made["uuid"]]


@pytest.mark.parametrize(("day", "words_left"), [(date(2024, 3, 26), "الثلاثاء"), (date(2024, 3, 19), ""), (None, "")])
def test_the_texts_words_for_the_day_go_with_a_day_that_was_not_meant(annotator, day, words_left):
    [mark] = proposed(telling(WARNING, published_at=DAY))
    change_mark(mark=mark, circumstances={"said_on": day}, by=annotator)
    mark.refresh_from_db()
    assert (mark.said_on, mark.said_when, mark.channel) == (day, words_left, "statement")


def test_what_changed_is_told_in_words_and_taken_back(annotator):
    [mark] = proposed(telling(WARNING, published_at=DAY))
    change = {"stance": "denying", "channel": "", "occasion": "افتتاح الرصيف", "said_on": None, "translated": True}
    change_mark(mark=mark, circumstances=change, by=annotator)
    told = {one.label: (one.before, one.after) for one in history_of(mark.uuid, annotator).entries[0].differences}
    assert told == {
        "الحالة": ("مقترح", "مقبول"),
        "نبرة الفعل": ("تحذير", "نفي"),
        "قناة القول": ("بيان", ""),
        "المناسبة": ("", "افتتاح الرصيف"),
        "تاريخ القول": ("الثلاثاء (26 مارس 2024)", ""),
        "الترجمة": ("", "مترجم"),
    }
    undo(change=MarkChange.objects.first(), by=annotator)
    mark.refresh_from_db()
    assert (mark.stance, mark.channel, mark.said_when, mark.said_on) == (
        "warning",
        "statement",
        "الثلاثاء",
        date(2024, 3, 26),
    )


def test_what_was_kept_before_marks_had_this_can_be_told_taken_back_and_restored(quote, annotator):
    """States are kept for years, the table's columns are those of today."""
    change_mark(mark=quote, note="للمراجعة", by=annotator)
    _forget_circumstances_in_history()
    assert [entry.act for entry in history_of(quote.uuid, annotator).entries] == ["changed", "marked"]
    undo(change=MarkChange.objects.first(), by=annotator)
    quote.refresh_from_db()
    assert (quote.note, quote.stance, quote.translated) == ("", "", False)
    editor = make_user("editor")
    restore(changed=ChangedMark.objects.filter(after__mark__note="للمراجعة").first(), by=editor)
    quote.refresh_from_db()
    assert (quote.note, quote.channel) == ("للمراجعة", "")


def _forget_circumstances_in_history() -> None:
    """As it was before the release that brought them; the table refuses changes by itself."""
    table = ChangedMark._meta.db_table
    names = "{stance,channel,occasion,said_when,said_on,translated,framing}"
    strip = "jsonb_set({0}, '{{mark}}', ({0} -> 'mark') - %s::text[])"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            f"UPDATE {table} SET after = {strip.format('after')},"
            f" before = CASE WHEN before IS NULL THEN NULL ELSE {strip.format('before')} END",
            [names, names],
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_the_ledger_tells_how_it_was_said_in_one_line(annotator):
    article = telling(WARNING, published_at=DAY)
    assert facts_shown(article, signed_in(annotator))[1:] == [
        "في بيان الثلاثاء (26 مارس 2024) نبرة الفعل: تحذير",
    ]


def test_the_ledger_tells_occasion_framing_and_the_guess_of_a_translation(quote, annotator, article):
    told = {"occasion": "افتتاح الرصيف", "said_on": date(2024, 3, 26), "translated": True}
    change_mark(mark=quote, circumstances=told, by=annotator)
    Annotation.objects.filter(pk=quote.pk).update(framing="على حد زعمه")
    assert facts_shown(article, signed_in(annotator))[1:] == [
        "المناسبة: افتتاح الرصيف 26 مارس 2024 مترجم تحفّظ الناقل: على حد زعمه",
    ]
    suggested = telling("وقال وزير الخارجية الأمريكي أنتوني بلينكن «لن نغلق الميناء مهما حدث».")
    assert "مترجم على الأرجح" in facts_shown(suggested, signed_in(annotator))[1]


def test_where_nothing_is_known_the_ledger_says_nothing_of_it(annotator):
    article = make_article(paragraphs=[f"قال سالم الخطيب {QUOTE} أمس."])
    mark = suggest(article, QUOTE)
    Annotation.objects.filter(pk=mark.pk).update(stance="neutral")
    assert len(facts_shown(article, signed_in(annotator))) == 1


@pytest.mark.parametrize(
    ("text", "said", "visitors", "cited"),
    [
        (JOINT, "مع: خالد المنصوري", True, "— سالم الخطيب وخالد المنصوري، "),
        (RELAYED, "نقلاً عن: رويترز", True, "— سالم الخطيب، نقلاً عن رويترز، "),
        (SECOND_HAND, "ينسبه إلى: خالد المنصوري (غير مؤكد)", False, "— سالم الخطيب، "),
    ],
)
def test_several_voices_are_told_beside_the_speaker_and_cited_as_confirmed(
    settings, annotator, text, said, visitors, cited
):
    settings.PUBLIC_READING = True
    article = telling(text)
    accept(mark=proposed(article)[0], by=annotator)
    assert said in facts_shown(article, signed_in(annotator))[0]
    assert (said in facts_shown(article, Client())[0]) == visitors
    for client in (signed_in(annotator), Client()):
        entry = entry_of(article, client)
        assert words(entry.xpath("ancestor::section[1]//h3")[0]) == "سالم الخطيب"
        assert cited in entry.xpath('.//button[@data-do="copy"]')[0].get("data-citation")
        assert not entry.xpath('.//button[@data-do="accept"]')


def test_a_visitor_never_learns_to_whom_the_speaker_attributes_the_words(settings, annotator):
    settings.PUBLIC_READING = True
    article = telling(SECOND_HAND)
    accept(mark=proposed(article)[0], by=annotator)
    marks = Client().get(reverse("api_article_marks", args=[article.pk])).json()["marks"]
    assert {link["name"] for mark in marks for link in mark["attributions"]} == {"سالم الخطيب"}


def test_the_search_index_takes_who_relays_for_no_speaker(annotator):
    relayed, heard = telling(RELAYED), telling(SECOND_HAND)
    (speaker, agency), (teller, minister) = (
        [link.entity_id for link in proposed(article)[0].attributions.all()] for article in (relayed, heard)
    )
    assert None not in (speaker, agency, teller, minister)
    for article in (relayed, heard):
        accept(mark=proposed(article)[0], by=annotator)
    told = facts([relayed.pk, heard.pk])
    assert (told[relayed.pk].speakers, told[relayed.pk].speakers_suggested) == ({speaker}, set())
    assert told[heard.pk].speakers == {teller}
    assert minister in told[heard.pk].speakers_suggested


def test_the_queue_names_those_who_said_it_and_not_who_relays_it(annotator):
    telling(JOINT)
    telling(RELAYED)
    page = html.fromstring(signed_in(annotator).get(reverse("queue")).content.decode())
    named = [[words(one) for one in row.find_class("queue-speaker")] for row in page.find_class("queue-row")]
    assert sorted(named, key=len) == [["سالم الخطيب"], ["سالم الخطيب", "خالد المنصوري"]]


def test_the_desk_shows_who_said_it_and_how(annotator):
    [mark] = proposed(telling(RELAYED.replace("عن سالم", "في بيان عن سالم")))
    moderator = make_user("moderator")
    moderator.is_staff = True
    moderator.save()
    client = signed_in(moderator)
    rows = html.fromstring(client.get(reverse("admin:annotations_annotation_changelist")).content.decode())
    assert {words(cell) for cell in rows.find_class("field-said_by")} == {"سالم الخطيب", "-"}
    mark.stance = "warning"
    mark.save()
    page = client.get(reverse("admin:annotations_annotation_change", args=[mark.pk])).content.decode()
    assert "نبرة الفعل" in page
    assert "تحذير" in page


def test_who_said_it_is_told_in_the_history_with_their_roles(annotator):
    [mark] = proposed(telling(RELAYED))
    connect_speaker(mark=mark, name="ناطق باسم الوزارة", by=annotator)
    [said] = [one for one in history_of(mark.uuid, annotator).entries[0].differences if one.label == "القائل"]
    assert said == ("القائل", "سالم الخطيب (مرجّح)، رويترز (نقل، مرجّح)", "ناطق باسم الوزارة (مؤكد)")
