import pytest
from django.urls import reverse
from lxml.html import HtmlElement

from tests.accounts import PASSWORD, make_user
from tests.articles.factories import make_article
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db


def sign_in(client, name: str, password: str = PASSWORD, **fields):
    return client.post(reverse("login"), {"username": name, "password": password, **fields})


def interface(client, path: str = "/") -> HtmlElement:
    return page_in(client.get(path))


def test_signing_in_leads_on_to_what_was_wanted(client):
    article = make_article(title="المقصودة")
    make_user(username="salma")
    wanted = client.get(article.get_absolute_url())["Location"]
    next_field = page_in(client.get(wanted)).xpath("//input[@name='next']")[0].get("value")
    response = sign_in(client, "salma", next=next_field)
    assert response["Location"] == article.get_absolute_url()


def test_signing_in_never_leads_to_another_site(client):
    make_user(username="salma")
    assert sign_in(client, "salma", next="https://elsewhere.example/")["Location"] == "/"


def test_a_wrong_password_says_so_and_keeps_the_name(client):
    make_user(username="salma")
    page = page_in(sign_in(client, "salma", "خطأ"))
    assert with_class(page, "notice-error")
    assert page.get_element_by_id("id_username").get("value") == "salma"
    assert page.get_element_by_id("id_password").get("value") is None


def test_guessing_is_locked_out_with_a_page_that_helps(client, settings):
    settings.AXES_FAILURE_LIMIT = 2
    make_user(username="salma")
    for _ in range(2):
        response = sign_in(client, "salma", "خطأ")
    assert response.status_code == 429
    assert "محاولات كثيرة" in response.content.decode()
    assert sign_in(client, "salma").status_code == 429


def test_signing_out_takes_a_form_and_ends_the_session(client):
    client.force_login(make_user(username="salma"))
    assert "salma" in words(with_class(interface(client), "masthead")[0])
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout"))["Location"] == "/"
    assert "salma" not in words(with_class(interface(client), "masthead")[0])


def test_a_member_changes_their_password(client):
    client.force_login(make_user(username="salma"))
    fresh = "عبارة سر أخرى 88"
    fields = {"old_password": PASSWORD, "new_password1": fresh, "new_password2": fresh}
    response = client.post(reverse("change_password"), fields, follow=True)
    assert "تغيّرت كلمة المرور" in response.content.decode()
    client.post(reverse("logout"))
    assert sign_in(client, "salma", fresh).status_code == 302


def test_a_weak_password_is_refused_with_the_reason(client):
    client.force_login(make_user())
    fields = {"old_password": PASSWORD, "new_password1": "12345678", "new_password2": "12345678"}
    assert with_class(page_in(client.post(reverse("change_password"), fields)), "errorlist")


def test_the_admin_keeps_its_own_password_page(client):
    person = make_user("moderator")
    person.is_staff = True
    person.save()
    client.force_login(person)
    assert not with_class(interface(client, reverse("admin:password_change")), "masthead")


def test_the_interface_is_arabic_whatever_the_browser_prefers(client):
    page = page_in(client.get("/", HTTP_ACCEPT_LANGUAGE="en-US,en;q=0.9"))
    assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")


def test_the_language_is_switched_and_kept_on_the_page_where_it_was_asked(client):
    path = reverse("login") + "?next=/paste/"
    response = client.post(reverse("set_language"), {"language": "en"}, HTTP_REFERER=f"http://testserver{path}")
    assert response["Location"] == f"http://testserver{path}"
    page = interface(client, path)
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    client.post(reverse("set_language"), {"language": "ar"})
    assert interface(client, path).get("dir") == "rtl"


@pytest.mark.parametrize(("staff", "links"), [(True, 1), (False, 0)])
def test_the_moderators_desk_is_linked_for_those_who_may_enter(client, staff, links):
    person = make_user("moderator")
    person.is_staff = staff
    person.save()
    client.force_login(person)
    assert len(interface(client).xpath("//header//a[@href='/admin/']")) == links
