"""The moderators' desk, as a moderator uses it."""

import pytest
from django.urls import reverse

from annotations.marking import create_mark
from annotations.models import Annotation
from annotations.spans import MarkedSpan
from articles.models import Alias, Article, Entity, ImportItem, ImportRun
from tests.accounts import make_user
from tests.articles.factories import make_article, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    user = make_user("moderator")
    user.is_staff = True
    user.save()
    client.force_login(user)
    return client


def listed(client, model: str, search: str) -> str:
    return client.get(reverse(f"admin:{model}_changelist"), {"q": search}).content.decode()


def test_the_desk_is_in_arabic_and_opens_for_moderators_only(client, moderator):
    page = moderator.get("/admin/").content.decode()
    assert "مكتب المشرفين" in page
    assert "المواد" in page
    client.logout()
    assert client.get("/admin/").status_code == 302


def test_articles_are_searched_by_the_words_of_their_text_folded(moderator):
    found = make_article(title="جولة الوفد", paragraphs=["وصل الوفد إلى أمريكا لمناقشة الأزمة."])
    other = make_article(title="نتائج الدوري")
    index_everything()
    page = listed(moderator, "articles_article", "امريكا الازمه")
    assert found.title in page
    assert other.title not in page


def test_articles_are_hidden_and_published_in_bulk_and_readers_follow(moderator, client):
    articles = [make_article(), make_article()]
    reader = make_user("reader")
    for action, status, answer in (("hide", "hidden", 404), ("publish", "published", 200)):
        chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
        moderator.post(reverse("admin:articles_article_changelist"), chosen)
        assert set(Article.objects.values_list("status", flat=True)) == {status}
        page = type(client)()
        page.force_login(reader)
        assert page.get(articles[0].get_absolute_url()).status_code == answer


def test_who_hid_an_article_is_kept(moderator):
    article = make_article()
    moderator.post(reverse("admin:articles_article_changelist"), {"action": "hide", "_selected_action": [article.pk]})
    event = article.events.get(status="hidden")
    assert event.pgh_context.metadata["username"].startswith("moderator")


def test_sources_and_entities_are_found_in_any_spelling(moderator):
    make_source("صحيفة الأنباء", key="anbaa.example")
    entity = Entity(kind="person", name="إيمان عبد الله")
    entity.save()
    Alias(entity=entity, form="أم يوسف").save()
    assert "صحيفة الأنباء" in listed(moderator, "articles_source", "الانباء")
    assert "صحيفة الأنباء" in listed(moderator, "articles_source", "anbaa.example")
    assert "إيمان عبد الله" in listed(moderator, "articles_entity", "ايمان عبدالله") or "إيمان عبد الله" in listed(
        moderator, "articles_entity", "ايمان"
    )
    assert "إيمان عبد الله" in listed(moderator, "articles_entity", "ام يوسف")


def test_a_mark_shows_who_made_it_and_is_found_by_its_words(moderator):
    article = make_article(paragraphs=["قال المدير: «لن نرفع الأسعار هذا العام»."])
    annotator = make_user("annotator", username="samar")
    text, words = article.current_revision.text, "لن نرفع الأسعار هذا العام"
    start = text.index(words)
    span = MarkedSpan(start, start + len(words), words, "content")
    create_mark(revision=article.current_revision, kind="quote", spans=[span], by=annotator)
    index_everything()
    page = listed(moderator, "annotations_annotation", "الاسعار")
    assert words in page
    assert "samar" in page
    assert words not in listed(moderator, "annotations_annotation", "الحرارة")
    assert Annotation.objects.get().created_by_name == "samar"


def test_an_imports_refusals_are_listed_with_their_reasons(moderator):
    run = ImportRun.objects.create(inputs="folder")
    ImportItem.objects.create(run=run, input="folder/empty.html", outcome="refused", reason="الملف فارغ")
    page = moderator.get(reverse("admin:articles_importrun_change", args=[run.pk])).content.decode()
    assert "folder/empty.html" in page
    assert "الملف فارغ" in page


@pytest.mark.parametrize("model", ["articles_article", "articles_entity", "articles_source", "annotations_annotation"])
def test_every_list_and_every_form_opens(moderator, model):
    article = make_article(paragraphs=["قال المدير: «لن نرفع الأسعار هذا العام»."])
    Entity(kind="person", name="إيمان عبد الله").save()
    words = article.title
    span = MarkedSpan(0, len(words), words, "content")
    create_mark(revision=article.current_revision, kind="claim", spans=[span], by=make_user("annotator"))
    assert moderator.get(reverse(f"admin:{model}_changelist")).status_code == 200
    rows = {
        "articles_article": article,
        "articles_entity": Entity.objects.get(),
        "articles_source": article.source,
        "annotations_annotation": Annotation.objects.get(),
    }
    assert moderator.get(reverse(f"admin:{model}_change", args=[rows[model].pk])).status_code == 200


def test_the_history_of_an_article_says_who_did_what_in_arabic(moderator):
    article = make_article()
    chosen = {"action": "hide", "_selected_action": [article.pk]}
    moderator.post(reverse("admin:articles_article_changelist"), chosen)
    address = reverse("admin:pghistory_events_changelist")
    page = moderator.get(f"{address}?method=tracks&obj=articles.Article:{article.pk}").content.decode()
    for words in ("سجل التغييرات", "moderator", "عُدّل", f"مادة {article.pk}"):
        assert words in page
