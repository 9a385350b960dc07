"""What members say about a mark, to whom, and who may take it back."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from annotations.commenting import (
    add_comment,
    comments_on,
    delete_comment,
    edit_comment,
    members_named,
    mentions_waiting_for,
    note_seen,
)
from annotations.models import Comment
from annotations.refusals import MarkRefused
from annotations.suggesting import suggest_annotations
from articles.models import Article
from articles.recognition import record_mentions
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.annotations.requests import address, assert_problem, send, signed_in
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE = "«لن نُغلق الميناء»"


@pytest.fixture
def article():
    return make_article(paragraphs=[f"قال الوزير {QUOTE} أمس."])


@pytest.fixture
def huda():
    return make_user("annotator", username="هدى")


@pytest.fixture
def layla():
    return make_user("annotator", username="layla.m")


@pytest.fixture
def mark(article, huda):
    return make_mark(article, QUOTE, by=huda)


def waiting(user) -> list[str]:
    return [mention.comment.text for mention in mentions_waiting_for(user)]


def test_a_comment_waits_for_whom_it_names_and_whom_it_answers(mark, huda, layla):
    first = add_comment(mark=mark, text=" هل هذا لفظه يا @layla.m؟ ", by=huda)
    assert (waiting(layla), waiting(huda)) == (["هل هذا لفظه يا @layla.m؟"], [])
    add_comment(mark=mark, text="نعم.", reply_to=first, by=layla)
    assert waiting(huda) == ["نعم."]
    note_seen(mark=mark, by=layla)
    assert (waiting(layla), waiting(huda)) == ([], ["نعم."])


def test_names_are_read_as_people_write_them(huda, layla):
    make_user("reader", username="layla")
    gone = make_user("reader", username="سعاد")
    gone.is_active = False
    gone.save()
    assert members_named("@هدى، و(@layla.m). ثم @layla. @nobody @سعاد a@layla.m @هدى @@@") == [
        huda,
        layla,
        type(huda).objects.get(username="layla"),
    ]
    assert members_named("@" * 5000 + " @" + "س" * 5000) == []


def test_who_is_named_anew_is_told_and_nobody_twice(mark, huda, layla):
    comment = add_comment(mark=mark, text="@layla.m انظري", by=huda)
    note_seen(mark=mark, by=layla)
    other = make_user("editor", username="editor")
    edit_comment(comment=comment, text="@layla.m و@editor انظرا", by=huda)
    assert (waiting(layla), waiting(other)) == ([], ["@layla.m و@editor انظرا"])
    edit_comment(comment=comment, text="لا شيء", by=huda)
    assert waiting(other) == []
    assert Comment.objects.get().edited_at


def test_a_deleted_comment_leaves_its_place_and_history_its_words(mark, huda, layla):
    first = add_comment(mark=mark, text="@layla.m كلام متسرّع", by=huda)
    add_comment(mark=mark, text="ردّ", reply_to=first, by=layla)
    delete_comment(comment=first, by=huda)
    assert [(one.text, bool(one.deleted_at)) for one in comments_on(mark)] == [("", True), ("ردّ", False)]
    assert waiting(layla) == []
    [event, *_] = Comment.pgh_event_model.objects.filter(pgh_obj=first.pk)
    assert (event.pgh_context.metadata["username"], event.deleted_by_name) == ("هدى", "هدى")
    for act in (
        lambda: edit_comment(comment=first, text="عودة", by=huda),
        lambda: delete_comment(comment=first, by=huda),
    ):
        with pytest.raises(MarkRefused):
            act()
    with pytest.raises(MarkRefused):
        add_comment(mark=mark, text="ردّ متأخر", reply_to=first, by=layla)


@pytest.mark.parametrize("role", ["reader", "annotator", "editor", "moderator", "administrator"])
def test_who_may_say_change_and_take_back(mark, huda, role):
    user, comment = make_user(role), add_comment(mark=mark, text="تعليق", by=huda)
    assert is_done(lambda: add_comment(mark=mark, text="رأي", by=user)) == (role != "reader")
    assert not is_done(lambda: edit_comment(comment=comment, text="غيره", by=user))
    assert is_done(lambda: delete_comment(comment=comment, by=user)) == (role in ("moderator", "administrator"))


def is_done(act) -> bool:
    try:
        act()
    except PermissionDenied:
        return False
    return True


def test_what_people_talk_about_outlives_a_run_of_the_detectors_and_is_not_proposed_twice(huda):
    article = make_article(paragraphs=["قال وزير النقل سالم الخطيب «لن نُغلق الميناء مهما حدث» أمس."])
    record_mentions(article.current_revision)
    suggest_annotations(article.current_revision)
    before = sorted(article.current_revision.annotations.values_list("kind", flat=True))
    quote = article.current_revision.annotations.get(kind="quote")
    add_comment(mark=quote, text="أهو لفظه؟", by=huda)
    suggest_annotations(article.current_revision)
    assert [one.text for one in comments_on(quote)] == ["أهو لفظه؟"]
    assert sorted(article.current_revision.annotations.values_list("kind", flat=True)) == before
    assert quote.attributions.get().speaker.status == "suggested"


def test_comments_stay_under_their_names_when_accounts_go(mark, layla):
    add_comment(mark=mark, text="يبقى", by=layla)
    layla.delete()
    assert [(one.author, one.author_name, one.text) for one in comments_on(mark)] == [(None, "layla.m", "يبقى")]


def test_comments_are_made_read_changed_and_deleted_over_the_api(mark, huda, layla):
    client, where = signed_in(huda), address(mark, "api_mark_comments")
    made = send(client, "POST", where, {"text": "انظري يا @layla.m"})
    assert made.status_code == 201
    comment = made.json()
    assert comment["mentions"] == [{"username": "layla.m", "name": "layla.m"}]
    assert comment["may"] == {"edit": True, "delete": True}
    send(signed_in(layla), "POST", where, {"text": "رأيت", "reply_to": comment["id"]})
    listed = client.get(where).json()["comments"]
    assert [(one["author"], one["text"], one["reply_to"]) for one in listed] == [
        ("هدى", "انظري يا @layla.m", None),
        ("layla.m", "رأيت", comment["id"]),
    ]
    assert client.get(address(mark)).json()["comments"] == 2
    one = reverse("api_comment", args=[comment["id"]])
    assert send(client, "PATCH", one, {"text": "انظري"}).json()["edited_at"]
    assert_problem(send(signed_in(layla), "PATCH", one, {"text": "لا"}), 403, "not_permitted")
    assert send(client, "DELETE", one).json() | {"created_at": ""} | {"edited_at": ""} == {
        "id": comment["id"], "author": None, "text": "", "reply_to": None, "created_at": "", "edited_at": "",
        "deleted": True, "mentions": [], "may": {"edit": False, "delete": False},
    }  # fmt: skip
    assert client.get(address(mark)).json()["comments"] == 1
    assert send(client, "POST", address(mark, "api_comments_seen")).status_code == 200
    assert waiting(huda) == []
    for body, status, code in [
        ({}, 422, "no_text"),
        ({"text": "  "}, 422, "no_text"),
        ({"text": "س" * 5001}, 400, "bad_request"),
        ({"text": "س", "reply_to": comment["id"]}, 422, "no_such_comment"),
        ({"text": "س", "reply_to": 10**12}, 404, "not_found"),
    ]:
        assert_problem(send(client, "POST", where, body), status, code)


def test_comments_are_for_members_who_may_read_the_article(article, mark, huda, layla, settings):
    settings.PUBLIC_READING = True
    comment = add_comment(mark=mark, text="@layla.m سرّ", by=huda)
    where, one = address(mark, "api_mark_comments"), reverse("api_comment", args=[comment.pk])
    assert_problem(Client().get(where), 401, "sign_in")
    assert "comments" not in Client().get(address(mark)).json()
    assert signed_in(make_user("reader")).get(where).status_code == 200
    Article.objects.update(status="hidden")
    client = signed_in(layla)
    assert waiting(layla) == []
    for method, address_of, body in [
        ("GET", where, None),
        ("POST", where, {"text": "x"}),
        ("PATCH", one, {"text": "x"}),
        ("DELETE", one, None),
        ("POST", address(mark, "api_comments_seen"), None),
    ]:
        assert_problem(send(client, method, address_of, body), 404, "not_found")


def test_members_are_found_by_those_who_may_name_them(article, huda, layla):
    client = signed_in(huda)
    assert client.get(reverse("api_members"), {"q": "lay"}).json()["members"] == [
        {"username": "layla.m", "name": "layla.m"}
    ]
    assert_problem(signed_in(make_user("reader")).get(reverse("api_members")), 403, "not_permitted")
    assert suggest(article, "أمس", kind="claim").comment_count == 0
