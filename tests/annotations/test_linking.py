"""Claims stand in quotes, and several quotes have one speaker; nothing is linked across texts or in a circle."""

import pytest
from django.core.exceptions import PermissionDenied

from annotations.connecting import connect_speaker, link_to_quote, unlink_from_quote
from annotations.marking import delete_mark, reject
from annotations.models import Annotation
from annotations.refusals import MarkRefused
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.annotations.requests import address, assert_problem, send, signed_in
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE, CLAIM = "«نصف التجارة يمر من هنا ولن نغلق»", "نصف التجارة يمر من هنا"
TEXT = f"قال الوزير سالم الخطيب {QUOTE} أمس."


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


@pytest.fixture
def quote(article, annotator):
    return make_mark(article, QUOTE, by=annotator)


@pytest.fixture
def claim(article, annotator):
    return make_mark(article, CLAIM, kind="claim", by=annotator)


def test_a_claim_is_linked_to_the_quote_that_it_stands_in_and_unlinked(quote, claim, annotator):
    client, where = signed_in(annotator), address(claim, "api_mark_quote")
    answer = send(client, "PUT", where, {"quote": str(quote.uuid)}).json()
    assert (answer["quote"], bool(answer["undo"])) == (str(quote.uuid), True)
    assert client.get(address(claim)).json()["quote"] == str(quote.uuid)
    assert send(client, "DELETE", where).json()["quote"] is None


def test_several_claims_stand_in_one_quote_and_linking_accepts_what_was_proposed(article, claim, annotator):
    quote, other = suggest(article, QUOTE), suggest(article, "لن نغلق", kind="claim")
    for one in (claim, other):
        link_to_quote(claim=one, quote=quote, by=annotator)
    assert quote.claims.count() == 2
    assert set(Annotation.objects.values_list("status", flat=True)) == {"accepted"}


def test_only_claims_stand_in_quotes_and_only_in_those_of_the_same_text(article, quote, claim, annotator):
    stranger = make_mark(make_article(paragraphs=[TEXT]), QUOTE, by=annotator)
    speaker = make_mark(article, "سالم الخطيب", kind="speaker", by=annotator)
    for one, other in (
        (quote, quote),
        (quote, claim),
        (claim, claim),
        (claim, speaker),
        (claim, stranger),
        (speaker, quote),
    ):
        with pytest.raises(MarkRefused):
            link_to_quote(claim=one, quote=other, by=annotator)
    assert not Annotation.objects.exclude(quote=None).exists()


def test_quote_and_speaker_and_claim_never_go_round_in_a_circle(article, quote, claim, annotator):
    speaker = make_mark(article, "سالم الخطيب", kind="speaker", by=annotator)
    second = make_mark(article, "أمس", kind="quote", by=annotator)
    for one in (quote, second, claim):
        connect_speaker(mark=one, speaker=speaker, by=annotator)
    assert speaker.attributed.count() == 3
    for one, other in ((speaker, quote), (quote, second), (claim, quote)):
        with pytest.raises(MarkRefused):
            connect_speaker(mark=one, speaker=other, by=annotator)


@pytest.mark.parametrize("go", [delete_mark, reject])
def test_a_claim_outlives_the_quote_that_it_stood_in(quote, claim, annotator, go):
    link_to_quote(claim=claim, quote=quote, by=annotator)
    go(mark=quote, by=annotator)
    claim.refresh_from_db()
    assert (claim.quote, claim.status) == (None, "accepted")


def test_an_undecided_quote_is_not_told_to_anonymous_readers(article, claim, annotator, settings, client):
    settings.PUBLIC_READING = True
    quote = suggest(article, QUOTE)
    Annotation.objects.filter(pk=claim.pk).update(quote=quote)
    assert client.get(address(claim)).json()["quote"] is None


def test_others_claims_are_linked_by_editors_only(quote, claim):
    with pytest.raises(PermissionDenied):
        link_to_quote(claim=claim, quote=quote, by=make_user("annotator"))
    link_to_quote(claim=claim, quote=quote, by=make_user("editor"))
    with pytest.raises(PermissionDenied):
        unlink_from_quote(claim=claim, by=make_user("annotator"))


def test_what_is_no_sensible_link_is_refused(quote, claim, annotator):
    client, where = signed_in(annotator), address(claim, "api_mark_quote")
    assert_problem(send(client, "PUT", where, {}), 400, "bad_request")
    assert_problem(send(client, "PUT", where, {"quote": "هذا"}), 400, "bad_request")
    assert_problem(send(client, "PUT", where, {"quote": str(claim.uuid)}), 422, "not_a_quote")
    assert_problem(
        send(client, "PUT", address(quote, "api_mark_quote"), {"quote": str(quote.uuid)}), 422, "not_a_claim"
    )
