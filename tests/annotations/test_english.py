"""What waits, what was said and what was done, in English: no word of the interface is left in Arabic."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from annotations.carrying import carry_marks
from annotations.commenting import add_comment
from annotations.connecting import connect_speaker
from annotations.marking import change_mark, delete_mark
from annotations.models import Annotation, Tag
from annotations.tagging import create_tag, set_tags
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest_said
from tests.annotations.requests import send
from tests.articles.factories import add_revision, make_article, make_source
from tests.english import ARABIC_WRITING, arabic_on, in_english

pytestmark = pytest.mark.django_db

SAID, OTHER = "We will not close the port", "Half of the trade passes here"
TEXT = f"Minister Salim said: {SAID}. {OTHER}. Layla Haddad agreed."


@pytest.fixture
def desk():
    """An administrator in English, with a mark of their own that somebody changed, comments, and places in doubt."""
    client = in_english("administrator")
    me, editor = client_user(client), make_user("editor", username="editor")
    article = make_article(
        title="The port stays open", paragraphs=[TEXT], language="en", source=make_source("Harbour Gazette")
    )
    mark = make_mark(article, SAID, by=me)
    add_comment(mark=mark, text=f"@{me.username} verbatim?", by=editor)
    set_tags(mark=mark, names=["trade"], by=editor)
    change_mark(mark=mark, note="check", by=editor)
    connect_speaker(mark=mark, name="Salim", by=editor)
    delete_mark(mark=make_mark(article, OTHER, kind="claim", by=me), by=editor)
    suggest_said(
        make_article(title="Another", paragraphs=[TEXT], language="en", source=make_source("Harbour Gazette")),
        SAID,
        "Salim",
    )
    create_tag(name="ports", by=me)
    return client


def client_user(client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_the_queue_and_the_history_in_english_have_no_arabic_left(desk):
    mark = Annotation.objects.get(created_by_name__startswith="administrator")
    addresses = [f"{reverse('queue')}?show={show}" for show in ("suggestions", "places", "comments", "changes")]
    addresses += [f"{reverse('queue')}?confidence=0.9&kind=claim", reverse("mark_history", args=[mark.uuid])]
    for address in addresses:
        assert arabic_on(desk.get(address)) == [], address
    article = mark.revision.article
    carry_marks(add_revision(article, title=article.title, paragraphs=["Nothing of it is left here any more."]))
    page = desk.get(f"{reverse('queue')}?show=places")
    assert SAID in page.content.decode()
    assert arabic_on(page) == []


def test_the_desk_of_tags_comments_and_changes_in_english_has_no_arabic_left(desk):
    for model in ("tag", "comment", "markchange", "annotation"):
        assert arabic_on(desk.get(reverse(f"admin:annotations_{model}_changelist"))) == [], model
    first, second = Tag.objects.all()
    merging = f"{reverse('admin:annotations_tag_merge')}?tag={first.pk}&tag={second.pk}"
    pages = [desk.get(merging), desk.get(reverse("admin:annotations_tag_change", args=[first.pk]))]
    pages.append(desk.post(reverse("admin:annotations_tag_add"), {"name": "Trade", "description": ""}))
    pages.append(desk.post(merging, {"into": first.pk}, follow=True))
    assert [arabic_on(page) for page in pages] == [[]] * len(pages)


def test_refusals_and_proposals_in_english_have_no_arabic_left(desk):
    mark = Annotation.objects.get(created_by_name__startswith="administrator")
    at = {"start": TEXT.index(SAID), "end": TEXT.index(SAID) + len(SAID)}
    answers = [
        send(desk, "PATCH", reverse("api_mark", args=[mark.uuid]), {"note": "x", "version": 1}),
        send(desk, "PUT", reverse("api_mark_quote", args=[mark.uuid]), {"quote": str(mark.uuid)}),
        send(desk, "PUT", reverse("api_mark_tags", args=[mark.uuid]), {"tags": [" "]}),
        send(desk, "POST", reverse("api_mark_comments", args=[mark.uuid]), {"text": " "}),
        send(desk, "POST", reverse("api_tags"), {"name": "TRADE"}),
        send(desk, "POST", reverse("api_proposals", args=[mark.revision.article_id]), at),
        desk.get(reverse("api_mark_history", args=[mark.uuid])),
    ]
    for answer in answers:
        assert not ARABIC_WRITING.search(str(answer.json())), answer.json()
