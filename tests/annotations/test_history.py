"""Every decision leaves who took it, when and what was there before, also after the account is gone."""

import json

import pytest
from django.apps import apps
from django.urls import reverse

from annotations.connecting import connect_speaker
from annotations.history import history_of
from annotations.marking import accept, change_mark, delete_mark, reject
from annotations.models import MarkChange
from annotations.suggesting import suggest_annotations
from articles.recognition import record_mentions
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE = "«لن نُغلق الميناء مهما حدث»"
TEXT = f"قال وزير النقل سالم الخطيب {QUOTE} أمس."


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


@pytest.fixture
def annotator():
    return make_user("annotator", username="هدى")


def events(name: str) -> list:
    return list(apps.get_model("annotations", f"{name}Event").objects.order_by("pgh_id").select_related("pgh_context"))


def told(name: str) -> list[tuple[str, str]]:
    """What happened to rows of this model, and who did it."""
    return [(event.pgh_label, event.pgh_context.metadata["username"]) for event in events(name)]


def test_making_changing_and_deleting_a_mark_is_kept_with_the_name(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    change_mark(mark=mark, spans=[span(article, "الميناء")], note="أقصر", by=annotator)
    delete_mark(mark=mark, by=make_user("editor", username="ليلى"))
    assert told("Annotation") == [("insert", "هدى"), ("update", "هدى"), ("delete", "ليلى")]
    assert [(event.pgh_label, event.exact) for event in events("Part")] == [("delete", QUOTE), ("delete", "الميناء")]


def test_a_decision_is_kept_with_the_name(article, annotator):
    quote, speaker = suggest_said(article, QUOTE, "سالم الخطيب")
    accept(mark=quote, by=annotator)
    reject(mark=quote, by=annotator)
    kept = [(event.pgh_obj_id, event.status, event.decided_by_name) for event in events("Annotation")]
    assert sorted(kept[:2]) == sorted([(quote.pk, "accepted", "هدى"), (speaker.pk, "accepted", "هدى")])
    assert kept[2:] == [(quote.pk, "rejected", "هدى")]


def test_who_said_it_is_kept_when_it_is_said_otherwise(article, annotator):
    quote = make_mark(article, QUOTE, by=annotator)
    connect_speaker(mark=quote, name="سالم الخطيب", by=annotator)
    connect_speaker(mark=quote, name="ناطق باسم الوزارة", by=annotator)
    assert [(event.pgh_label, event.name) for event in events("Attribution")] == [
        ("insert", "سالم الخطيب"),
        ("delete", "سالم الخطيب"),
        ("insert", "ناطق باسم الوزارة"),
    ]


def test_a_decision_over_the_web_says_who_took_it_and_where(client, article, annotator):
    quote = suggest(article, QUOTE)
    client.force_login(annotator)
    address = reverse("api_accept_mark", args=[quote.uuid])
    client.generic("POST", address, json.dumps({}), content_type="application/json")
    [event] = events("Annotation")
    assert event.pgh_context.metadata == {"user": annotator.pk, "username": "هدى", "url": address}


def test_names_stay_on_mark_and_history_when_the_account_goes(article, annotator):
    own, decided = make_mark(article, QUOTE, by=annotator), suggest(article, "سالم الخطيب", kind="speaker")
    accept(mark=decided, by=annotator)
    annotator.delete()
    own.refresh_from_db()
    decided.refresh_from_db()
    assert (own.created_by, own.created_by_name) == (None, "هدى")
    assert (decided.decided_by, decided.decided_by_name) == (None, "هدى")
    assert told("Annotation")[:2] == [("insert", "هدى"), ("update", "هدى")]


def test_suggestions_that_nobody_looked_at_leave_no_history(article):
    record_mentions(article.current_revision)
    suggest_annotations(article.current_revision)
    suggest_annotations(article.current_revision)
    assert article.current_revision.annotations.exists()
    assert [event for name in ("Annotation", "Attribution", "Part") for event in events(name)] == []


def test_what_was_changed_before_changes_were_kept_whole_is_told_too(article, annotator):
    mark, suggested = make_mark(article, QUOTE, by=annotator), suggest(article, "أمس", kind="claim")
    change_mark(mark=mark, note="للمراجعة", by=make_user("editor", username="ليلى"))
    accept(mark=suggested, by=annotator)
    whole = [entry.act for entry in history_of(mark.uuid, annotator).entries]
    MarkChange.objects.all().delete()
    told = history_of(mark.uuid, annotator).entries
    assert [(entry.act, entry.by) for entry in told] == [("changed", "ليلى"), ("marked", "هدى")]
    assert [entry.act for entry in told] == whole
    assert told[0].differences == [("ملاحظة", "", "للمراجعة")]
    change_mark(mark=mark, note="روجع", by=annotator)
    assert [entry.act for entry in history_of(mark.uuid, annotator).entries] == ["changed", "changed", "marked"]
    assert [entry.act for entry in history_of(suggested.uuid, annotator).entries] == ["accepted"]
    reject(mark=suggested, by=annotator)
    assert [entry.act for entry in history_of(suggested.uuid, annotator).entries] == ["rejected", "accepted"]


def test_deleting_a_quote_with_a_proposed_speaker_keeps_its_words(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    speaker = suggest(article, "سالم الخطيب", kind="speaker")
    mark.attributions.create(order=0, speaker=speaker, certainty="probable")
    delete_mark(mark=mark, by=annotator)
    assert [(event.pgh_label, event.exact) for event in events("Part")] == [("delete", QUOTE)]
