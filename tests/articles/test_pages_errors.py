import pytest
from django.template.loader import get_template
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import translation

import newsdesk.urls
from tests.accounts import make_user
from tests.articles.factories import make_article
from tests.articles.markup import page_in

pytestmark = pytest.mark.django_db


def break_down(request):
    raise RuntimeError("تعطّل مقصود")


urlpatterns = [path("broken/", break_down), *newsdesk.urls.urlpatterns]


@pytest.mark.parametrize("who", [None, "reader"])
def test_an_address_that_leads_nowhere_says_so_and_shows_the_way_back(client, who):
    if who:
        client.force_login(make_user(who))
    response = client.get("/لا-شيء/")
    assert response.status_code == 404
    assert page_in(response).xpath("//main//a[@href='/']")


def test_what_an_account_may_not_do_is_explained(client):
    client.force_login(make_user("reader"))
    response = client.post(reverse("paste"), {"text": "نص"})
    assert response.status_code == 403
    assert "لا تملك الصلاحية" in response.content.decode()


def test_a_form_that_comes_from_elsewhere_is_explained():
    response = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "انتهت صلاحية الصفحة" in response.content.decode()


def test_a_host_that_is_not_ours_gets_a_plain_refusal(client):
    response = client.get("/", HTTP_HOST="elsewhere.example")
    assert response.status_code == 400
    assert "لم نفهم الطلب" in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_a_breakdown_is_answered_in_arabic_and_gives_nothing_away(client):
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == 500
    assert "حدث عطل في الموقع" in response.content.decode()
    assert "تعطّل مقصود" not in response.content.decode()


def test_the_page_for_breakdowns_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0), translation.override("en"):
        assert 'dir="ltr"' in get_template("500.html").render()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_reading_pages_change_nothing(client, method):
    client.force_login(make_user("editor"))
    for address in ("/", make_article().get_absolute_url()):
        assert getattr(client, method)(address).status_code == 405
