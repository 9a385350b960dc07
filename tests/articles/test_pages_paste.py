import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.accounts import make_user
from tests.articles.markup import page_in, with_class

pytestmark = pytest.mark.django_db
TEXT = """افتتاح مكتبة عامة في حي الميناء
افتتحت بلدية المدينة، صباح الأربعاء، مكتبة عامة في حي الميناء تضم عشرين ألف كتاب وقاعة للأطفال.
وقال رئيس البلدية إن «المكتبة ستفتح أبوابها كل يوم حتى المساء»، داعياً الأهالي إلى زيارتها.
"""


@pytest.fixture
def editor(client):
    client.force_login(make_user("editor"))
    return client


def test_a_pasted_text_becomes_an_article_that_is_shown(editor):
    response = editor.post(reverse("paste"), {"text": TEXT})
    article = Article.objects.get()
    assert response.status_code == 303
    assert response["Location"] == article.get_absolute_url()
    page = editor.get(response["Location"]).content.decode()
    assert "افتتاح مكتبة عامة في حي الميناء" in page


def test_a_stray_control_character_is_dropped_and_not_refused(editor):
    response = editor.post(reverse("paste"), {"text": TEXT.replace("مكتبة", "مكت\0بة")})
    assert response.status_code == 303
    assert "\0" not in Article.objects.get().current_revision.text


@pytest.mark.parametrize("text", ["", "   \n "])
def test_an_empty_paste_is_refused_in_the_form(editor, text):
    response = editor.post(reverse("paste"), {"text": text})
    assert response.status_code == 422
    assert "ألصق نص" in with_class(page_in(response), "errorlist")[0].text_content()
    assert not Article.objects.exists()


def test_a_refused_paste_keeps_what_was_pasted(editor):
    response = editor.post(reverse("paste"), {"text": "كلمة"})
    assert response.status_code == 422
    assert page_in(response).get_element_by_id("id_text").text_content().strip() == "كلمة"
    assert with_class(page_in(response), "errorlist")


@pytest.mark.parametrize(("role", "answer"), [("reader", 403), ("annotator", 403), ("editor", 200), ("moderator", 200)])
def test_who_may_paste(client, role, answer):
    client.force_login(make_user(role))
    assert client.get(reverse("paste")).status_code == answer
    assert (b'action="/paste/"' in client.get("/").content) == (answer == 200)


def test_nobody_pastes_signed_out(client):
    response = client.post(reverse("paste"), {"text": TEXT})
    assert response["Location"].startswith(reverse("login"))
    assert not Article.objects.exists()


def test_a_paste_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("editor"))
    response = client.post(reverse("paste"), {"text": TEXT})
    assert response.status_code == 403
    assert "انتهت صلاحية الصفحة" in response.content.decode()
