import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.annotations.requests import address, assert_problem, send, signed_in
from tests.articles.factories import add_revision, make_article, make_entity, make_mention

pytestmark = pytest.mark.django_db

QUOTE = "«لن نُغلق الميناء 😀»"
SPEAKER = "سالم الخطيب"
TEXT = f"قال {SPEAKER} {QUOTE} أمس."


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


def marks_of(article) -> str:
    return reverse("api_article_marks", args=[article.pk])


def part(article, words) -> dict:
    return span(article, words)._asdict()


def test_a_mark_is_made_read_changed_and_deleted(article, annotator):
    client = signed_in(annotator)
    body = {"kind": "quote", "revision": article.current_revision.pk, "parts": [part(article, QUOTE)]}
    response = send(client, "POST", marks_of(article), body)
    assert response.status_code == 201
    made = response.json()
    assert made.pop("undo")
    assert made["parts"] == [part(article, QUOTE)]
    assert (made["quote_type"], made["status"], made["may"]) == ("direct", "accepted", {"change": True, "decide": True})
    assert client.get(marks_of(article)).json()["marks"] == [made]

    mark = Annotation.objects.get(uuid=made["uuid"])
    changed = send(client, "PATCH", address(mark), {"parts": [part(article, "الميناء")], "note": "للمراجعة"}).json()
    assert changed.pop("undo")
    assert [one["exact"] for one in changed["parts"]] == ["الميناء"]
    assert changed["note"] == "للمراجعة"
    assert client.get(address(mark)).json() == changed

    assert send(client, "DELETE", address(mark)).json()["undo"]
    assert_problem(client.get(address(mark)), 404, "not_found")


def test_a_suggestion_is_accepted_or_rejected(article, annotator):
    client = signed_in(annotator)
    quote, _ = suggest_said(article, QUOTE, SPEAKER)
    other = suggest(article, "أمس", kind="claim")
    accepted = send(client, "POST", address(quote, "api_accept_mark")).json()
    assert accepted["status"] == "accepted"
    assert accepted["attributions"][0]["certainty"] == "confirmed"
    assert send(client, "POST", address(other, "api_reject_mark")).json()["status"] == "rejected"
    assert_problem(send(client, "POST", address(other, "api_accept_mark")), 404, "not_found")


def test_a_speaker_is_connected_by_mark_words_entity_or_name_and_disconnected(article, annotator):
    client = signed_in(annotator)
    quote = make_mark(article, QUOTE, by=annotator)
    speaker = make_mark(article, SPEAKER, kind="speaker", by=annotator)
    entity = make_mention(article, SPEAKER).entity
    for body, name in [
        ({"speaker": str(speaker.uuid)}, SPEAKER),
        ({"part": part(article, "الخطيب")}, SPEAKER),
        ({"entity": entity.pk}, SPEAKER),
        ({"name": " مصدر "}, "مصدر"),
    ]:
        response = send(client, "PUT", address(quote, "api_mark_speaker"), body)
        assert response.status_code == 200, response.content.decode()
        [link] = response.json()["attributions"]
        assert (link["name"], link["certainty"]) == (name, "confirmed")
    assert send(client, "DELETE", address(quote, "api_mark_speaker")).json()["attributions"] == []


def test_words_that_are_not_there_are_refused_with_a_clear_line(article, annotator):
    client = signed_in(annotator)
    wrong = part(article, QUOTE) | {"exact": "«سنُغلق الميناء 😀»"}
    assert_problem(send(client, "POST", marks_of(article), {"kind": "quote", "parts": [wrong]}), 409, "text_changed")
    outside = {"start": 5, "end": 9999, "exact": "x"}
    assert_problem(send(client, "POST", marks_of(article), {"kind": "quote", "parts": [outside]}), 422, "outside_text")
    assert_problem(send(client, "POST", marks_of(article), {"kind": "quote"}), 422, "no_words")


def test_offsets_counted_in_utf16_are_refused_after_an_emoji(article, annotator):
    words = part(article, "أمس")
    shifted = words | {"start": words["start"] + 1, "end": words["end"] + 1}
    response = send(signed_in(annotator), "POST", marks_of(article), {"kind": "claim", "parts": [shifted]})
    assert_problem(response, 409, "text_changed")


def test_a_mark_of_an_older_text_is_refused_even_where_the_words_stand_still(article, annotator):
    seen = article.current_revision.pk
    add_revision(article, title=article.title, paragraphs=[TEXT, "فقرة أضيفت."])
    body = {"kind": "quote", "revision": seen, "parts": [part(article, QUOTE)]}
    assert_problem(send(signed_in(annotator), "POST", marks_of(article), body), 409, "text_changed")


@pytest.mark.parametrize(
    "body",
    [
        "[]",
        "{",
        '"quote"',
        "\ud800",
        '{"kind": "quote", "parts": [{"start": "1", "end": 2, "exact": "x"}]}',
        '{"kind": "quote", "parts": [{"start": true, "end": 2, "exact": "x"}]}',
        '{"kind": "quote", "parts": [{"start": 1, "end": 2}]}',
        '{"kind": "quote", "parts": [7]}',
        '{"kind": "quote", "parts": {"start": 1}}',
        '{"kind": 3, "parts": []}',
        '{"kind": "quote", "revision": "first"}',
        '{"note": "\\ud800"}',
        "[" * 100_000,
    ],
)
def test_what_is_no_sensible_request_is_refused_and_changes_nothing(article, annotator, body):
    response = signed_in(annotator).generic(
        "POST", marks_of(article), body.encode("utf-8", "surrogatepass"), content_type="application/json"
    )
    assert_problem(response, 400, "bad_request")
    assert not Annotation.objects.exists()


def test_numbers_beyond_the_database_and_texts_it_cannot_hold_are_refused(article, annotator):
    client, huge = signed_in(annotator), 10**30
    mark = make_mark(article, QUOTE, by=annotator)
    many = {"kind": "claim", "parts": [{"start": huge, "end": huge + 1, "exact": "x"}]}
    assert_problem(send(client, "POST", marks_of(article), many), 422, "outside_text")
    assert_problem(send(client, "PUT", address(mark, "api_mark_speaker"), {"entity": huge}), 404, "not_found")
    assert_problem(send(client, "PUT", address(mark, "api_mark_speaker"), {"name": "a\0b"}), 400, "bad_request")
    assert_problem(send(client, "PUT", address(mark, "api_mark_speaker"), {"name": "س" * 301}), 400, "bad_request")
    assert_problem(send(client, "PUT", address(mark, "api_mark_speaker"), {"speaker": "هذا"}), 400, "bad_request")


def test_a_body_of_megabytes_is_not_read(article, annotator):
    assert_problem(send(signed_in(annotator), "POST", marks_of(article), {"note": "x" * 2_000_001}), 400, "bad_request")


def test_another_method_is_refused(article, annotator):
    response = send(signed_in(annotator), "DELETE", marks_of(article))
    assert_problem(response, 405, "method")
    assert response.headers["Allow"] == "GET, POST"


@pytest.mark.parametrize("public", [False, True])
def test_who_is_not_signed_in_changes_nothing(article, annotator, settings, public):
    settings.PUBLIC_READING = public
    mark, client = make_mark(article, QUOTE, by=annotator), Client()
    for method, where in [
        ("POST", marks_of(article)),
        ("PATCH", address(mark)),
        ("DELETE", address(mark)),
        ("POST", address(mark, "api_accept_mark")),
        ("POST", address(mark, "api_reject_mark")),
        ("PUT", address(mark, "api_mark_speaker")),
        ("DELETE", address(mark, "api_mark_speaker")),
    ]:
        assert_problem(send(client, method, where, {}), 401, "sign_in")


def test_a_reader_reads_and_changes_nothing(article, annotator):
    quote, client = suggest(article, QUOTE), signed_in(make_user("reader"))
    assert client.get(marks_of(article)).json()["marks"][0]["may"] == {"change": False, "decide": False}
    for method, where, body in [
        ("POST", marks_of(article), {"kind": "quote", "parts": [part(article, SPEAKER)]}),
        ("PATCH", address(quote), {"note": "x"}),
        ("DELETE", address(quote), None),
        ("POST", address(quote, "api_accept_mark"), None),
        ("POST", address(quote, "api_reject_mark"), None),
        ("PUT", address(quote, "api_mark_speaker"), {"name": "x"}),
        ("DELETE", address(quote, "api_mark_speaker"), None),
    ]:
        assert_problem(send(client, method, where, body), 403, "not_permitted")
    assert Annotation.objects.get().status == "suggested"


def test_a_page_of_another_site_cannot_mark(article, annotator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(annotator)
    body = {"kind": "quote", "parts": [part(article, QUOTE)]}
    assert send(client, "POST", marks_of(article), body).status_code == 403
    assert not Annotation.objects.exists()


def test_undecided_suggestions_and_the_names_of_members_are_not_for_anonymous_readers(article, annotator, settings):
    settings.PUBLIC_READING = True
    quote, _ = suggest_said(article, QUOTE, SPEAKER)
    made = make_mark(article, "أمس", kind="claim", by=annotator)
    assert len(signed_in(make_user("reader")).get(marks_of(article)).json()["marks"]) == 3
    [shown] = Client().get(marks_of(article)).json()["marks"]
    assert shown["uuid"] == str(made.uuid)
    assert annotator.username not in json.dumps(shown)
    assert_problem(Client().get(address(quote)), 404, "not_found")


def test_an_unconfirmed_speaker_of_an_accepted_quote_is_not_for_anonymous_readers(article, annotator, settings):
    settings.PUBLIC_READING = True
    quote, _ = suggest_said(article, QUOTE, SPEAKER)
    send(signed_in(annotator), "PATCH", address(quote), {"note": "نص صحيح"})
    [shown] = Client().get(marks_of(article)).json()["marks"]
    assert shown["attributions"] == []
    assert Client().get(address(quote)).json()["attributions"] == []


def test_without_an_account_nothing_is_read_where_reading_is_for_members(article):
    assert_problem(Client().get(marks_of(article)), 401, "sign_in")


def test_marks_on_what_a_person_may_not_read_do_not_exist_for_them(annotator):
    hidden = make_article(paragraphs=[TEXT], status="hidden")
    mark = make_mark(hidden, QUOTE, by=make_user("editor"))
    visible = make_mark(make_article(paragraphs=[TEXT]), QUOTE, by=annotator)
    secret = make_mention(hidden, SPEAKER, entity=make_entity("اسم لا يرد إلا هناك")).entity
    client = signed_in(annotator)
    for method, where, body in [
        ("GET", marks_of(hidden), None),
        ("POST", marks_of(hidden), {"kind": "quote", "parts": [part(hidden, SPEAKER)]}),
        ("GET", address(mark), None),
        ("PATCH", address(mark), {"note": "x"}),
        ("DELETE", address(mark), None),
        ("POST", address(mark, "api_accept_mark"), None),
        ("PUT", address(mark, "api_mark_speaker"), {"name": "x"}),
        ("PUT", address(visible, "api_mark_speaker"), {"entity": secret.pk}),
        ("PUT", address(visible, "api_mark_speaker"), {"speaker": str(mark.uuid)}),
        ("GET", reverse("api_mark", args=[uuid4()]), None),
        ("GET", reverse("api_article_marks", args=[10**15]), None),
    ]:
        assert_problem(send(client, method, where, body), 404, "not_found")


def test_errors_are_in_the_readers_language(article, annotator):
    client = signed_in(annotator)
    client.cookies["django_language"] = "en"
    arabic = signed_in(annotator).get(reverse("api_mark", args=[uuid4()])).json()["detail"]
    assert "لم تعد" in arabic
    assert client.get(reverse("api_mark", args=[uuid4()])).headers["Content-Language"] == "en"


def test_whose_session_ended_is_told_to_sign_in_before_anything_else(article, annotator):
    client = Client(enforce_csrf_checks=True)
    body = {"kind": "claim", "parts": [{"start": 0, "end": len(article.title), "exact": article.title}]}
    signed_out = send(client, "POST", marks_of(article), body)
    assert (signed_out.status_code, signed_out.json()["code"]) == (401, "sign_in")
    client.force_login(annotator)
    assert send(client, "POST", marks_of(article), body).status_code == 403
    assert not article.current_revision.annotations.exists()
