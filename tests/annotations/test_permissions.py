"""Who may see, mark, change, decide and say what: every method of the API, by role and whose mark it is."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse

from annotations.commenting import add_comment
from annotations.connecting import connect_speaker
from annotations.marking import accept, change_mark
from annotations.models import Annotation, MarkChange
from annotations.permissions import TABLE
from newsdesk.roles import permissions_of
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest
from tests.annotations.requests import send, signed_in
from tests.articles.factories import make_article

pytestmark = pytest.mark.django_db

QUOTE, CLAIM, OTHER = "«لن نُغلق الميناء»", "ثم أضاف", "«سنوسّعه»"
TEXT = f"قال الوزير سالم الخطيب {QUOTE} {CLAIM} {OTHER} أمس."
ROLES = ("reader", "annotator", "editor", "moderator", "administrator")
MARKING, EDITING, MODERATING = ROLES[1:], ROLES[2:], ROLES[3:]
# Whose mark it is, to the person who asks.
SUGGESTED, OWN, OWN_ACCEPTED, OTHERS, OTHERS_ACCEPTED = "suggested", "own", "own accepted", "others", "others accepted"
STATES = (SUGGESTED, OWN, OWN_ACCEPTED, OTHERS, OTHERS_ACCEPTED)
EVERYONE = dict.fromkeys(STATES, ROLES)
# To change or decide somebody else's takes an editor; what nobody has decided and one's own an annotator.
CHANGE = dict.fromkeys(STATES, MARKING) | dict.fromkeys((OTHERS, OTHERS_ACCEPTED), EDITING)


class Call(NamedTuple):
    """A request about a mark, and by whose mark it is the roles that it is answered to."""

    method: str
    name: str
    body: dict | None
    allowed: dict[str, tuple[str, ...]]


CALLS = {
    "see a mark": Call("GET", "api_mark", None, EVERYONE),
    "see its history": Call("GET", "api_mark_history", None, EVERYONE),
    "see what is said": Call("GET", "api_mark_comments", None, EVERYONE),
    "give it other words": Call("PATCH", "api_mark", {"note": "x"}, CHANGE),
    "delete it": Call("DELETE", "api_mark", None, CHANGE),
    "accept it": Call("POST", "api_accept_mark", None, CHANGE),
    "reject it": Call("POST", "api_reject_mark", None, CHANGE),
    "say who said it": Call("PUT", "api_mark_speaker", {"name": "مصدر"}, CHANGE),
    "unsay who said it": Call("DELETE", "api_mark_speaker", None, CHANGE),
    "link it to a quote": Call("PUT", "api_mark_quote", {"quote": "QUOTE"}, CHANGE),
    "unlink it": Call("DELETE", "api_mark_quote", None, CHANGE),
    "tag it": Call("PUT", "api_mark_tags", {"tags": ["وسم"]}, CHANGE),
    "comment on it": Call("POST", "api_mark_comments", {"text": "رأي"}, dict.fromkeys(STATES, MARKING)),
    "have seen what is said": Call("POST", "api_comments_seen", None, EVERYONE),
    "bring a state back": Call("POST", "api_restore_mark", {"change": "CHANGE"}, dict.fromkeys(STATES, EDITING)),
}


@pytest.fixture
def article():
    return make_article(paragraphs=[TEXT])


def mark_in(state: str, article, user, other) -> Annotation:
    """A claim as it is to this person; each was changed once, so that there is something to bring back."""
    owner = other if "others" in state else user
    if state in (OWN, OTHERS):
        mark = make_mark(article, CLAIM, kind="claim", by=owner)
    else:
        mark = suggest(article, CLAIM, kind="claim")
        if state != SUGGESTED:
            accept(mark=mark, by=owner)
    return mark


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("what", CALLS)
def test_who_may_do_what_with_whose_mark(article, what, role):
    call, other, owner = CALLS[what], make_user("annotator"), make_user("annotator")
    quote = make_mark(article, QUOTE, by=other)
    for state in STATES:
        user = make_user(role)
        # One's own mark was made while one might mark; a reader has none, and is somebody who no longer may.
        maker = promoted(user) if "own" in state else owner
        mark = mark_in(state, article, maker, other)
        change = change_of(mark, other)
        body = {key: {"QUOTE": str(quote.uuid), "CHANGE": change}.get(value, value) if isinstance(value, str) else value
                for key, value in (call.body or {}).items()}  # fmt: skip
        client = signed_in(type(user).objects.get(pk=user.pk))
        answer = send(client, call.method, reverse(call.name, args=[mark.uuid]), body)
        allowed = role in call.allowed[state]
        assert (answer.status_code < 300) == allowed, (state, answer.status_code, answer.content.decode())
        assert allowed or answer.status_code == 403
        Annotation.objects.filter(kind="claim").delete()


def promoted(user):
    """The same person while still an annotator: in memory alone, so that the account keeps its role."""
    maker = type(user).objects.get(pk=user.pk)
    maker._perm_cache = set(permissions_of("annotator"))
    return maker


def change_of(mark: Annotation, other) -> str:
    """A change in the mark's history: made by an editor, where nobody changed it so far."""
    if mark.status == "suggested":
        MarkChange.objects.all().delete()
        editor = make_user("editor")
        tagged = suggest(mark.revision.article, OTHER, kind="claim")
        change_mark(mark=tagged, note="x", by=editor)
        row = MarkChange.objects.first().marks.get()
        MarkChange.objects.first().marks.create(mark=mark.uuid, before=row.before, after=row.after)
        return str(MarkChange.objects.first().uuid)
    return str(MarkChange.objects.filter(marks__mark=mark.uuid).latest("pk").uuid)


def test_who_is_signed_out_does_nothing_with_any_mark(article, settings):
    settings.PUBLIC_READING = True
    mark = make_mark(article, QUOTE, by=make_user("annotator"))
    for what, call in CALLS.items():
        answer = send(Client(), call.method, reverse(call.name, args=[mark.uuid]), call.body or {})
        assert answer.status_code == (200 if what == "see a mark" else 401), what


AROUND: dict[str, tuple[str, str, Callable[[object], dict], tuple[str, ...]]] = {
    "make a mark": ("POST", "api_article_marks", lambda one: {"kind": "quote", "parts": [part(one)]}, MARKING),
    "ask for proposals": ("POST", "api_proposals", lambda one: {"start": 0, "end": 5}, MARKING),
    "look for mentions": ("POST", "api_mentions_of", lambda one: {"part": part(one)}, MARKING),
    "mark mentions": ("POST", "api_mark_mentions", lambda one: {"parts": [part(one)]}, MARKING),
    "see the marks": ("GET", "api_article_marks", lambda one: {}, ROLES),
}


def part(article) -> dict:
    return span(article, "الخطيب")._asdict()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("what", AROUND)
def test_who_may_do_what_in_an_article(article, what, role):
    method, name, body, allowed = AROUND[what]
    answer = send(signed_in(make_user(role)), method, reverse(name, args=[article.pk]), body(article))
    assert (answer.status_code < 300) == (role in allowed), answer.content.decode()
    assert send(Client(), method, reverse(name, args=[article.pk]), body(article)).status_code == 401


@pytest.mark.parametrize("role", ROLES)
def test_who_may_do_what_with_comments_and_tags(article, role):
    mark = make_mark(article, QUOTE, by=make_user("annotator"))
    theirs = add_comment(mark=mark, text="تعليق", by=make_user("annotator"))
    client = signed_in(make_user(role))
    for method, address, body, allowed in [
        ("GET", reverse("api_tags"), None, ROLES),
        ("POST", reverse("api_tags"), {"name": f"وسم {role}"}, MARKING),
        ("GET", reverse("api_members"), None, MARKING),
        ("PATCH", reverse("api_comment", args=[theirs.pk]), {"text": "x"}, ()),
        ("DELETE", reverse("api_comment", args=[theirs.pk]), None, MODERATING),
    ]:
        answer = send(client, method, address, body)
        assert (answer.status_code < 300) == (role in allowed), (address, answer.content.decode())


@pytest.mark.parametrize("role", ROLES)
def test_what_a_person_did_is_taken_back_by_nobody_else(article, role):
    connect_speaker(mark=make_mark(article, QUOTE, by=(owner := make_user("editor"))), name="مصدر", by=owner)
    token = {"undo": str(MarkChange.objects.first().uuid)}
    assert send(signed_in(make_user(role)), "POST", reverse("api_undo"), token).status_code == 404
    assert send(signed_in(owner), "POST", reverse("api_undo"), token).status_code == 200


def test_the_table_says_what_the_roles_hold():
    """What the page's buttons go by is what the API answers by."""
    for needs, allowed in ((TABLE["change"], CHANGE), (TABLE["decide"], CHANGE)):
        for role in ROLES:
            held = set(permissions_of(role))
            assert held.issuperset(needs.suggested) == (role in allowed[SUGGESTED])
            assert held.issuperset(needs.own) == (role in allowed[OWN])
            assert held.issuperset(needs.others) == (role in allowed[OTHERS])
