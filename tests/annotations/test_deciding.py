"""Many suggestions decided at once: one change, taken back at once, and nobody hindered by one that cannot be."""

import pytest
from django.urls import reverse

from annotations.models import Annotation, Attribution, MarkChange
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest, suggest_said
from tests.annotations.requests import assert_problem, send, signed_in
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE, OTHER, SPEAKER = "«لن نُغلق الميناء»", "«سنوسّعه»", "سالم الخطيب"
TEXT = f"قال {SPEAKER} {QUOTE} ثم أضاف {OTHER} أمس."


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


@pytest.fixture
def client():
    return signed_in(make_user("annotator"))


def decide(client, article, **body):
    return send(client, "POST", reverse("api_decide_marks", args=[article.pk]), body)


def statuses() -> dict[int, str]:
    return dict(Annotation.objects.values_list("pk", "status"))


def test_the_sure_ones_are_accepted_at_once_with_their_speakers_and_taken_back_at_once(article, client):
    quote, speaker = suggest_said(article, QUOTE, SPEAKER)
    second = suggest(article, OTHER, confidence=0.8)
    Attribution.objects.create(annotation=second, order=0, speaker=speaker, certainty="probable")
    unsure = suggest(article, "أمس", kind="claim", confidence=0.4)
    answer = decide(client, article, decision="accept", min_confidence=0.7).json()
    assert (answer["refused"], len(answer["marks"])) == ([], 3)
    assert statuses() == {quote.pk: "accepted", speaker.pk: "accepted", second.pk: "accepted", unsure.pk: "suggested"}
    assert set(Attribution.objects.values_list("certainty", flat=True)) == {"confirmed"}
    assert MarkChange.objects.get().marks.count() == 3
    assert send(client, "POST", reverse("api_undo"), {"undo": answer["undo"]}).status_code == 200
    assert set(statuses().values()) == {"suggested"}
    assert set(Attribution.objects.values_list("certainty", flat=True)) == {"probable"}


def test_those_of_a_kind_are_rejected(article, client):
    quote, claim = suggest(article, QUOTE), suggest(article, "أمس", kind="claim", confidence=0.2)
    answer = decide(client, article, decision="reject", max_confidence=0.5, kind="claim").json()
    assert (answer["done"], answer["gone"]) == (1, [str(claim.uuid)])
    assert statuses() == {quote.pk: "suggested", claim.pk: "rejected"}


def test_one_that_cannot_be_decided_hinders_no_other(article, client):
    waiting, theirs = suggest(article, QUOTE), make_mark(article, OTHER, by=make_user("editor"))
    elsewhere = suggest(make_article(paragraphs=[TEXT]), QUOTE)
    uuids = [str(mark.uuid) for mark in (waiting, theirs, elsewhere)]
    answer = decide(client, article, decision="reject", uuids=uuids).json()
    assert answer["done"] == 1
    assert {one["subject"]: one["code"] for one in answer["refused"]} == dict.fromkeys(uuids[1:], "not_suggested")
    assert statuses() == {waiting.pk: "rejected", theirs.pk: "accepted", elsewhere.pk: "suggested"}


def test_what_is_no_sensible_request_decides_nothing(article, client):
    mark = suggest(article, QUOTE)
    for body in (
        {},
        {"decision": "accept"},
        {"decision": "perhaps", "min_confidence": 0.5},
        {"decision": "accept", "min_confidence": 2},
        {"decision": "accept", "min_confidence": True},
        {"decision": "accept", "uuids": ["x"]},
        {"decision": "accept", "uuids": [str(mark.uuid)] * 501},
        {"decision": "accept", "min_confidence": 0, "kind": "rumour"},
    ):
        assert_problem(decide(client, article, **body), 400, "bad_request")
    assert_problem(decide(client, article, decision="accept", min_confidence=0, revision=10**9), 409, "text_changed")
    assert statuses() == {mark.pk: "suggested"}


def test_who_may_not_decide_is_told_so_for_each(article):
    mark = suggest(article, QUOTE)
    answer = decide(signed_in(make_user("reader")), article, decision="accept", min_confidence=0).json()
    assert (answer["done"], [one["code"] for one in answer["refused"]]) == (0, ["not_permitted"])
    assert statuses() == {mark.pk: "suggested"}
