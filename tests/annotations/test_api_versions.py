"""Two people in one article never overwrite each other silently; what one did is taken back over the API."""

import threading

import pytest
from django.db import close_old_connections, connection
from django.urls import reverse

from annotations.connecting import connect_speaker
from annotations.marking import change_mark, delete_mark, reject
from annotations.models import Annotation
from articles.models import Article
from articles.naming.merging import merge
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.annotations.requests import address, assert_problem, send, signed_in
from tests.articles.factories import make_article, make_entity

QUOTE, OTHER, SPEAKER = "«لن نُغلق الميناء»", "«سنوسّعه»", "سالم الخطيب"
TEXT = f"قال {SPEAKER} {QUOTE} ثم أضاف {OTHER} أمس."


@pytest.fixture
def article(db):
    return make_article(paragraphs=[TEXT])


@pytest.fixture
def annotator(db):
    return make_user("annotator")


def undo(client, answer):
    return send(client, "POST", reverse("api_undo"), {"undo": answer.json()["undo"]})


def test_what_was_changed_since_it_was_seen_is_not_overwritten_and_both_states_are_told(article, annotator):
    mark, client = make_mark(article, QUOTE, by=annotator), signed_in(annotator)
    seen = client.get(address(mark)).json()["version"]
    change_mark(mark=mark, note="ما كتبته ليلى", by=make_user("editor"))
    for method, name, body in [
        ("PATCH", "api_mark", {"note": "ما كتبتُه", "version": seen}),
        ("DELETE", "api_mark", {"version": seen}),
        ("POST", "api_accept_mark", {"version": seen}),
        ("POST", "api_reject_mark", {"version": seen}),
        ("PUT", "api_mark_speaker", {"name": "مصدر", "version": seen}),
        ("DELETE", "api_mark_speaker", {"version": seen}),
        ("PUT", "api_mark_tags", {"tags": ["مهم"], "version": seen}),
    ]:
        problem = assert_problem(send(client, method, address(mark, name), body), 409, "changed_meanwhile")
        assert problem["theirs"]["note"] == "ما كتبته ليلى"
        assert problem["yours"] == body
    mark.refresh_from_db()
    assert (mark.note, mark.taggings.count(), mark.attributions.count()) == ("ما كتبته ليلى", 0, 0)
    again = {"note": "ما كتبتُه", "version": problem["theirs"]["version"]}
    assert send(client, "PATCH", address(mark), again).json()["note"] == "ما كتبتُه"


def test_who_has_seen_a_mark_that_is_gone_is_told_what_became_of_it(article, annotator):
    client, editor = signed_in(annotator), make_user("editor")
    proposed, own = suggest(article, QUOTE), make_mark(article, OTHER, by=annotator)
    reject(mark=proposed, by=editor)
    delete_mark(mark=own, by=editor)
    mine = {"note": "x", "version": 1}
    told = assert_problem(send(client, "PATCH", address(proposed), mine), 409, "changed_meanwhile")
    assert told["theirs"]["status"] == "rejected"
    told = assert_problem(send(client, "PATCH", address(own), mine), 409, "changed_meanwhile")
    assert (told["theirs"], told["yours"]) == (None, mine)
    Article.objects.update(status="hidden")
    assert_problem(send(client, "PATCH", address(own), mine), 404, "not_found")


def test_an_older_client_that_knows_no_versions_goes_on(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    change_mark(mark=mark, note="أ", by=annotator)
    assert send(signed_in(annotator), "PATCH", address(mark), {"note": "ب"}).json()["note"] == "ب"
    assert_problem(send(signed_in(annotator), "PATCH", address(mark), {"version": "1"}), 400, "bad_request")


def test_a_speaker_that_turned_out_to_be_another_entity_is_a_change_of_the_mark(article, annotator):
    mark = make_mark(article, QUOTE, by=annotator)
    source, target = make_entity(SPEAKER), make_entity("سالم أحمد الخطيب")
    connect_speaker(mark=mark, entity=source, by=annotator)
    mark.refresh_from_db()
    merge(source=source, target=target, by=make_user("moderator"))
    assert Annotation.objects.get().version == mark.version + 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told(article, annotator):
    mark, other = make_mark(article, QUOTE, by=annotator), make_user("editor")
    answers, ready = [], threading.Barrier(2)

    def save(user, note: str) -> None:
        client = signed_in(user)
        ready.wait(timeout=20)
        answers.append(send(client, "PATCH", address(mark), {"note": note, "version": 1}))
        connection.close()

    threads = [threading.Thread(target=save, args=one) for one in ((annotator, "أ"), (other, "ب"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    close_old_connections()
    saved, refused = sorted(answers, key=lambda answer: answer.status_code)
    assert (saved.status_code, refused.status_code) == (200, 409)
    assert refused.json()["theirs"]["note"] == saved.json()["note"] == Annotation.objects.get().note


def test_every_answer_tells_what_undoes_it(article, annotator):
    client = signed_in(annotator)
    quote, _ = suggest_said(article, QUOTE, SPEAKER)
    claim = suggest(article, "أمس", kind="claim")
    before = client.get(reverse("api_article_marks", args=[article.pk])).json()["marks"]
    other = {"kind": "quote", "parts": [span(article, OTHER)._asdict()]}
    for method, where, body in [
        ("POST", reverse("api_article_marks", args=[article.pk]), other),
        ("PATCH", address(quote), {"note": "للمراجعة"}),
        ("PATCH", address(quote), {"parts": [span(article, "الميناء")._asdict()]}),
        ("DELETE", address(quote), None),
        ("POST", address(quote, "api_accept_mark"), None),
        ("POST", address(quote, "api_reject_mark"), None),
        ("PUT", address(quote, "api_mark_speaker"), {"name": "مصدر"}),
        ("DELETE", address(quote, "api_mark_speaker"), None),
        ("PUT", address(claim, "api_mark_quote"), {"quote": str(quote.uuid)}),
        ("PUT", address(claim, "api_mark_tags"), {"tags": ["مهم"]}),
    ]:
        done = send(client, method, where, body)
        undone = undo(client, done)
        assert undone.status_code == 200, (where, undone.content.decode())
        now = client.get(reverse("api_article_marks", args=[article.pk])).json()["marks"]
        assert [one | {"version": 0} for one in now] == [one | {"version": 0} for one in before], where
        assert undo(client, undone).status_code == 200
        assert undo(client, done).status_code == 200
        assert_problem(undo(client, done), 409, "cannot_undo")


def test_a_token_is_worth_something_to_who_got_it_and_only_while_they_may_read(article, annotator):
    body = {"kind": "quote", "parts": [span(article, QUOTE)._asdict()]}
    made = send(signed_in(annotator), "POST", reverse("api_article_marks", args=[article.pk]), body)
    assert_problem(undo(signed_in(make_user("administrator")), made), 404, "not_found")
    for wrong in ({"undo": "x"}, {}, {"undo": 1}):
        assert_problem(send(signed_in(annotator), "POST", reverse("api_undo"), wrong), 400, "bad_request")
    Article.objects.update(status="hidden")
    assert_problem(undo(signed_in(annotator), made), 404, "not_found")
    Article.objects.update(status="published")
    assert undo(signed_in(annotator), made).json() | {"undo": ""} == {
        "undo": "",
        "marks": [],
        "gone": [made.json()["uuid"]],
    }
