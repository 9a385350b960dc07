"""Pending and hidden articles leak nowhere, and what nobody has decided stays with members."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation
from articles.models import Article
from tests.accounts import make_user
from tests.articles.copies import FLOOD, stored
from tests.articles.factories import make_article, make_mention, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
# Words that stand nowhere else in the interface, so that finding them on a page is a leak.
TITLE, NAME, SOURCE, WORDS = "زهرنبات السرية", "كيوان المستتر", "صحيفة الكتمان", "لن يعلم أحد بهذا"
ROLES = [None, "reader", "annotator", "editor", "moderator", "administrator"]


def text_of(response) -> str:
    """What the answer says, with the letters of JSON as letters."""
    if response["Content-Type"].startswith("text/html"):
        return response.content.decode()
    return json.dumps(response.json(), ensure_ascii=False)


def client_of(role):
    client = Client()
    if role:
        client.force_login(make_user(role))
    return client


@pytest.fixture
def secret():
    """An article with a mention, a suggestion and an accepted mark, in a source that has no other."""
    article = make_article(title=TITLE, paragraphs=[f"قال {NAME}: «{WORDS}»."], source=make_source(SOURCE))
    make_mention(article, NAME)
    for status, detector in (
        ("suggested", {"detector": "d", "detector_version": "1", "confidence": 0.9}),
        ("accepted", {}),
    ):
        decided = (
            {} if detector else {"created_by_name": "x", "decided_by_name": "x", "decided_at": article.imported_at}
        )
        mark = Annotation.objects.create(
            revision=article.current_revision, kind="quote", quote_type="direct", status=status, **detector, **decided
        )
        start = article.current_revision.text.index(WORDS)
        mark.parts.create(order=0, start=start, end=start + len(WORDS), exact=WORDS)
    index_everything()
    return article


def pages_about(article):
    entity = article.current_revision.mentions.get().entity_id
    return [
        reverse("article_list"),
        f"{reverse('article_list')}?q={TITLE.split()[0]}",
        f"{reverse('article_list')}?entity={entity}",
        f"{reverse('article_list')}?source={article.source_id}",
        reverse("article_facets"),
        f"{reverse('article_facets')}?q={TITLE.split()[0]}",
        reverse("entity", args=[entity]),
        reverse("entity_quotes", args=[entity]),
        reverse("entity_quotes_about", args=[entity]),
        reverse("people"),
        reverse("article", args=[article.pk]),
        reverse("ledger", args=[article.pk]),
        reverse("api_article_marks", args=[article.pk]),
        reverse("compare", args=[article.pk, article.pk]),
    ]


@pytest.mark.parametrize("status", [Article.Status.PENDING, Article.Status.HIDDEN])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("follows", [True, False])
def test_an_unpublished_article_shows_nowhere_but_to_those_who_publish(secret, settings, status, role, public, follows):
    settings.PUBLIC_READING = public
    Article.objects.update(status=status)
    # The index learns of it a moment later; nobody else may.
    if follows:
        index_everything()
    may_see = role in ("editor", "moderator", "administrator")
    client, seen = client_of(role), []
    for address in pages_about(secret):
        response = client.get(address)
        text = text_of(response)
        # The query box repeats what was asked for; that is no leak.
        text = text.replace(f'value="{TITLE.split()[0]}"', "")
        seen.append(any(words in text for words in (TITLE, NAME, SOURCE, WORDS)))
        if not may_see and str(secret.pk) in address.split("?")[0]:
            assert response.status_code in ((404,) if public or role else (302, 401, 403, 404)), address
    assert all(seen) if may_see else not any(seen), dict(zip(pages_about(secret), seen, strict=True))


@pytest.mark.parametrize("status", [Article.Status.PENDING, Article.Status.HIDDEN])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("public", [True, False])
def test_a_copy_that_may_not_be_read_is_told_of_to_nobody(settings, status, role, public):
    settings.PUBLIC_READING = public
    secret = stored(FLOOD, title=TITLE, source=SOURCE, hours=-9)
    open_copy, other = stored(FLOOD, source="أ"), stored(FLOOD, source="ب", hours=1)
    Article.objects.filter(pk=secret.pk).update(status=status)
    may_see = role in ("editor", "moderator", "administrator")
    client = client_of(role)
    for address in (open_copy.get_absolute_url(), reverse("story", args=[open_copy.story_id or other.story_id])):
        text = text_of(client.get(address))
        assert may_see or not any(words in text for words in (TITLE, SOURCE, f"/articles/{secret.pk}/")), address
        assert (bool(public or role)) == (FLOOD[0] in text or "story-first" in text)
    for pair in ((secret.pk, other.pk), (other.pk, secret.pk)):
        response = client.get(reverse("compare", args=pair))
        assert response.status_code == (200 if may_see else 404 if public or role else 302)
    response = client.get(reverse("compare_revisions", args=[secret.pk, 1, 1]))
    assert response.status_code == (200 if may_see else 404 if role else 302)


@pytest.mark.parametrize("role", ROLES)
def test_reading_is_for_members_unless_the_setting_opens_it(secret, settings, role):
    for public in (False, True):
        settings.PUBLIC_READING = public
        response = client_of(role).get(secret.get_absolute_url())
        assert (TITLE in text_of(response)) == bool(public or role)
        if not (public or role):
            assert response.status_code == 302
            assert response.url.startswith(reverse("login"))


def test_a_signed_out_reader_never_gets_what_nobody_has_decided(secret, settings):
    settings.PUBLIC_READING = True
    Annotation.objects.filter(status="accepted").delete()
    for address in pages_about(secret):
        text = text_of(client_of(None).get(address))
        assert "mark-quote" not in text, address
        assert "is-suggested" not in text, address
    assert client_of(None).get(reverse("api_article_marks", args=[secret.pk])).json()["marks"] == []
    assert WORDS in text_of(client_of("reader").get(reverse("ledger", args=[secret.pk])))
