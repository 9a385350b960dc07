"""The pages of saved searches: saving one from the results, what is new in it, its settings; nobody sees another's."""

from urllib.parse import quote

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from articles.delivering import saving
from articles.delivering.saving import NotSaved
from articles.models import Article, SavedSearch
from tests.accounts import make_user
from tests.articles.delivering.found import article_in_index, keep
from tests.articles.factories import make_article, make_source
from tests.articles.markup import page_in, with_class, words
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    user = make_user("reader")
    client.force_login(user)
    return user


def rows(client) -> list[str]:
    return [words(row) for row in with_class(page_in(client.get(reverse("search_list"))), "search-row")]


def test_a_search_is_saved_from_its_address_under_a_name(client, reader):
    source = make_article(source=make_source("قناة الأفق")).source_id
    address = f"{reverse('save_search')}?q=الجسر&source={source}&page=4"
    page = page_in(client.get(address))
    assert page.xpath("//input[@name='name']/@value") == ["الجسر، قناة الأفق"]
    response = client.post(address, {"name": "  جسر\r\nالوادي "}, follow=True)
    assert response.redirect_chain == [(reverse("search_list"), 303)]
    saved = SavedSearch.objects.get()
    assert (saved.owner, saved.name, saved.query) == (
        reader,
        "جسر الوادي",
        f"q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1&source={source}",
    )
    (row,) = rows(client)
    assert "جسر الوادي" in row
    assert "كلمات البحث الجسر" in row
    assert "وسيلة الإعلام قناة الأفق" in row


@pytest.mark.parametrize(
    ("address", "name", "line"),
    [
        ("q=الجسر", "", "اكتب اسماً تميّز به هذا البحث."),
        ("q=الجسر", " \n ", "اكتب اسماً تميّز به هذا البحث."),
        ("q=الجسر", "ا" * 201, "200"),
        ("q=الجسر", "آخر", "هذا البحث محفوظ لديك من قبل."),
    ],
)
def test_what_cannot_be_saved_is_one_line_and_the_form_stays(client, reader, address, name, line):
    keep("q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1", owner=reader)
    response = client.post(f"{reverse('save_search')}?{address}", {"name": name})
    assert response.status_code == 422
    assert line in words(page_in(response))
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["since=2024-13-01", "source=999999", "since=2024-05-02&until=2024-05-01", "entity=x"]
)
def test_a_search_that_is_not_understood_leads_back_to_where_it_is_said_why(client, reader, address):
    response = client.post(f"{reverse('save_search')}?{address}", {"name": "x"})
    assert response["Location"].startswith("/?")
    assert not SavedSearch.objects.exists()


def test_nobody_keeps_more_than_can_be_looked_through(reader, monkeypatch):
    monkeypatch.setattr(saving, "MOST_SEARCHES", 2)
    keep("q=1", owner=reader)
    keep("q=2", owner=reader)
    with pytest.raises(NotSaved, match="2"):
        keep("q=3", owner=reader)
    keep("q=3")


def test_what_is_new_is_counted_until_the_search_is_opened(client, reader):
    article_in_index()
    keep(owner=reader)
    assert "لا جديد منذ آخر اطّلاع" in rows(client)[0]
    for _ in range(3):
        make_article()
    make_article(title="سد", paragraphs=["لا صلة له."])
    make_article(status="hidden")
    index_everything()
    assert "3 مواد جديدة" in rows(client)[0]
    address = page_in(client.get(reverse("search_list"))).xpath("//h2/a/@href")[0]
    client.head(address)
    assert "3 مواد جديدة" in rows(client)[0]
    assert client.get(address)["Location"] == f"/?q={quote('الجسر')}"
    assert "لا جديد منذ آخر اطّلاع" in rows(client)[0]


def test_an_editor_is_told_of_what_waits_for_review_and_a_reader_is_not(client):
    editor, reader = make_user("editor"), make_user("reader")
    for owner in (editor, reader):
        keep(owner=owner)
    article_in_index(status="pending")
    for owner, told in ((editor, "مادة جديدة"), (reader, "لا جديد")):
        client.force_login(owner)
        assert told in rows(client)[0]


def test_while_there_is_no_index_the_page_says_that_what_is_new_is_not_known(client, reader):
    keep(owner=reader)
    assert "لا يُعرف الآن ما جدّ" in rows(client)[0]


def test_a_search_for_what_is_no_more_says_so(client, reader):
    source = make_article(source=make_source("قناة عابرة")).source
    keep(f"source={source.pk}", owner=reader)
    Article.objects.all().update(status="hidden")
    assert "لم يعد هذا البحث صالحاً" in rows(client)[0]


def test_it_is_renamed(client, reader):
    search = keep(owner=reader)
    response = client.post(reverse("rename_search", args=[search.pk]), {"name": "اسم آخر"})
    assert response["Location"] == f"{reverse('search_list')}#search-{search.pk}"
    assert "اسم آخر" in rows(client)[0]
    page = client.post(reverse("rename_search", args=[search.pk]), {"name": " "}, follow=True)
    assert "اكتب اسماً تميّز به هذا البحث." in words(page_in(page))
    assert "اسم آخر" in rows(client)[0]


def test_deleting_asks_first(client, reader):
    search = keep(owner=reader)
    address = reverse("delete_search", args=[search.pk])
    assert "ستتوقف خلاصته" in words(page_in(client.get(address)))
    assert SavedSearch.objects.exists()
    assert client.post(address)["Location"] == reverse("search_list")
    assert not SavedSearch.objects.exists()


def test_a_feed_gets_another_address_when_its_owner_wants_it(client, reader):
    search = keep(owner=reader)
    before = page_in(client.get(reverse("search_list"))).xpath("//copy-text/input/@value")
    assert before == [f"http://testserver/searches/{search.token}/feed/"]
    client.post(reverse("renew_feed", args=[search.pk]))
    assert page_in(client.get(reverse("search_list"))).xpath("//copy-text/input/@value") != before
    assert client.get(before[0]).status_code == 404


ACTS = ("open_search", "rename_search", "mail_search", "renew_feed", "delete_search")


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("role", ["reader", "administrator"])
def test_a_search_is_its_owner_s_alone(client, name, role):
    search = keep()
    client.force_login(make_user(role))
    address = reverse(name, args=[search.pk])
    assert client.get(address).status_code in (404, 405)
    assert client.post(address, {"name": "x", "mail": "daily", "hour": "1"}).status_code in (404, 405)
    kept = SavedSearch.objects.get()
    assert (kept.name, kept.mail, kept.token, kept.last_seen) == (search.name, "none", search.token, search.last_seen)
    assert rows(client) == []


@pytest.mark.parametrize("name", ["search_list", "save_search", *ACTS])
def test_the_signed_out_are_asked_to_sign_in(client, settings, name):
    settings.PUBLIC_READING = True
    address = reverse(name, args=[keep().pk] if name in ACTS else [])
    method = client.post if name in ("rename_search", "mail_search", "renew_feed") else client.get
    assert method(address)["Location"].startswith(reverse("login"))


@pytest.mark.parametrize("name", ["rename_search", "mail_search", "renew_feed", "delete_search"])
def test_a_search_is_changed_by_post_from_our_own_pages(reader, name):
    search = keep(owner=reader)
    stranger = Client(enforce_csrf_checks=True)
    stranger.force_login(reader)
    assert stranger.post(reverse(name, args=[search.pk]), {"name": "x"}).status_code == 403
    assert SavedSearch.objects.get().name == search.name


def test_the_database_is_asked_a_few_times_for_the_page_and_for_each_search(
    client, reader, django_assert_max_num_queries
):
    source = article_in_index().source_id
    for number in range(25):
        keep(f"q={number}&source={source}", owner=reader)
    with django_assert_max_num_queries(8 + 3 * 20):
        page = page_in(client.get(reverse("search_list")))
    assert len(with_class(page, "search-row")) == 20


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"mail": "hourly"}, {"hour": 24}, {"weekday": 0}, {"weekday": 8}, {"mail": "daily"}],
)
def test_the_database_refuses_what_no_page_can_make(wrong):
    search = keep()
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedSearch.objects.filter(pk=search.pk).update(**wrong)


def test_an_account_takes_its_searches_along():
    keep().owner.delete()
    assert not SavedSearch.objects.exists()


def test_administrators_see_whose_searches_there_are_but_no_secret(client):
    search = keep(owner=make_user("reader", username="سلمى"))
    admin = make_user("administrator")
    admin.is_staff = True
    admin.save()
    client.force_login(admin)
    for address in (
        reverse("admin:articles_savedsearch_changelist"),
        reverse("admin:articles_savedsearch_change", args=[search.pk]),
    ):
        page = client.get(address).content.decode()
        assert "سلمى" in page
        assert str(search.token) not in page
