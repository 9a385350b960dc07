"""Through the API, too, pending and hidden articles leak nowhere, what nobody decided stays with members, and what is
internal does not leave, whoever asks."""

import json

import pytest
from django.urls import reverse

from annotations.models import Annotation
from articles.models import Article
from articles.naming.counting import settle_all_counts
from tests.accounts import make_user
from tests.annotations.marks import make_mark
from tests.annotations.speaking.spoken import SPEAKER, WORDS, confirmed, suggested, told_by
from tests.articles.copies import FLOOD, stored
from tests.articles.factories import make_entity, make_source
from tests.newsdesk.api.asking import answered, client_of, let_out, program_of
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
TITLE, NAME, SOURCE, SAID = "زهرنبات السرية", "كيوان المستتر", "صحيفة الكتمان", "«لن يعلم أحد بهذا»"
ROLES = [None, "reader", "annotator", "editor", "moderator", "administrator"]
EDITORS = ("editor", "moderator", "administrator")


@pytest.fixture
def secret() -> Article:
    article = told_by(NAME, SAID, title=TITLE, source=make_source(SOURCE))
    confirmed(article, SAID, by=NAME)
    make_mark(article, "ومضت", by=make_user("annotator"), kind="claim")
    settle_all_counts()
    index_everything()
    return article


def addresses(article: Article) -> list[str]:
    """Where something of the article could be told: first those that always answer."""
    entity = article.current_revision.mentions.get().entity_id
    mark = Annotation.objects.filter(kind="quote").get()
    lists = ["api_articles", "api_entities", "api_quotes", "api_claims", "api_marks", "api_sources", "api_stories"]
    return [
        *map(reverse, lists),
        f"{reverse('api_articles')}?q=زهرنبات",
        f"{reverse('api_articles')}?marked=1",
        f"{reverse('api_entities')}?q=كيوان",
        f"{reverse('api_marks')}?format=w3c",
        f"{reverse('api_quotes')}?speaker={entity}",
        f"{reverse('api_quotes')}?source={article.source_id}",
        f"{reverse('api_articles')}?source={article.source_id}",
        reverse("api_article", args=[article.pk]),
        reverse("api_article_marks", args=[article.pk]),
        reverse("api_entity", args=[entity]),
        reverse("api_entity_mentions", args=[entity]),
        reverse("api_mark", args=[mark.uuid]),
    ]


def told(client, article: Article) -> dict[str, bool]:
    """By address whether anything of the article is told there."""
    found = {}
    for address in addresses(article):
        response = client.get(address)
        assert response.status_code in (200, 400, 401, 404), address
        said = json.dumps(response.json(), ensure_ascii=False)
        found[address] = any(words in said for words in (TITLE, NAME, SOURCE, SAID[1:-1]))
    return found


@pytest.mark.parametrize("status", ["pending", "hidden"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("follows", [True, False])
def test_an_unpublished_article_is_told_of_to_those_alone_who_publish(secret, settings, status, role, follows):
    settings.PUBLIC_READING = True
    Article.objects.update(status=status)
    if follows:  # the index and the counts learn of it a moment later
        index_everything()
        settle_all_counts()
    found = told(client_of(role), secret)
    del found[reverse("api_stories")]
    assert all(found.values()) if role in EDITORS else not any(found.values()), found


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("public", [True, False])
def test_reading_is_for_members_unless_the_setting_opens_it(secret, settings, role, public):
    settings.PUBLIC_READING = public
    found = told(client_of(role), secret)
    del found[reverse("api_stories")]
    assert all(found.values()) if role or public else not any(found.values()), found


@pytest.mark.parametrize("role", ROLES[1:])
def test_nothing_internal_leaves_whoever_asks_and_by_tokens_not_through_marks_either(secret, role):
    let_out("internal")
    index_everything()
    by_program = told(program_of(role), secret)
    assert not any(by_program.values()), by_program
    # The article's page, where members read it, goes on to work.
    in_session = {address for address, seen in told(client_of(role), secret).items() if seen}
    pages_own = {
        reverse("api_article_marks", args=[secret.pk]),
        reverse("api_mark", args=[Annotation.objects.filter(kind="quote").get().uuid]),
        f"{reverse('api_entities')}?q=كيوان",
    }
    assert in_session == pages_own


def test_visitors_get_no_suggestions_and_no_speaker_whom_nobody_confirmed(settings):
    settings.PUBLIC_READING = True
    article = told_by()
    proposed = suggested(article)
    visitor, reader = client_of(None), client_of("reader")
    asked = {"speaker": make_entity(SPEAKER).pk}
    for name, key in (("api_quotes", "quotes"), ("api_marks", "marks")):
        for narrowed in ({}, asked, {"status": "suggested"}):
            assert answered(visitor, name, **narrowed)[key] == []
            assert str(proposed.uuid) in {row["uuid"] for row in answered(reader, name, **narrowed)[key]}
    Annotation.objects.filter(pk=proposed.pk).update(
        status="accepted", decided_by_name="x", decided_at=article.imported_at
    )
    (row,) = answered(visitor, "api_quotes")["quotes"]
    assert (row["exact"], row["attributions"]) == (WORDS, [])
    assert answered(visitor, "api_quotes", **asked)["quotes"] == []
    web = json.dumps(answered(visitor, "api_marks", format="w3c"), ensure_ascii=False)
    assert str(proposed.uuid) in web
    assert "nd:attribution" not in web


def test_visitors_get_neither_who_made_a_mark_nor_what_members_note(settings):
    settings.PUBLIC_READING = True
    person = make_user("annotator", username="zayd.the.annotator")
    mark = confirmed(told_by(), person=person)
    Annotation.objects.filter(pk=mark.pk).update(note="ملاحظة داخلية")
    for asked in ({}, {"format": "w3c"}):
        said = json.dumps(answered(client_of(None), "api_marks", **asked), ensure_ascii=False)
        assert WORDS[1:-1] in said
        assert "zayd" not in said
        assert "ملاحظة داخلية" not in said
    assert "zayd" in json.dumps(answered(client_of("reader"), "api_marks", format="w3c"))


@pytest.mark.parametrize("hidden", ["hidden", "internal"])
def test_a_story_of_which_one_copy_may_be_read_is_none(hidden):
    first, second = stored(FLOOD, source="أ"), stored(FLOOD, source=SOURCE, hours=1)
    story = first.story_id or second.story_id
    if hidden == "hidden":
        Article.objects.filter(pk=second.pk).update(status="hidden")
    else:
        type(second.source).objects.filter(pk=second.source_id).update(rights="internal")
    reader = client_of("reader")
    assert answered(reader, "api_stories")["stories"] == []
    assert reader.get(reverse("api_story", args=[story])).status_code == 404
    assert answered(reader, "api_article", first.pk)["story"] is None
