"""Atom feeds of searches, as feed readers read them."""

import time

import feedparser
import pytest
from django.urls import reverse
from lxml import etree

from articles.models import Article, SavedSearch
from tests.accounts import make_user
from tests.articles.delivering.found import BRIDGE, FILLER, article_in_index, keep
from tests.articles.factories import add_revision, make_article, make_source
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_address(search: SavedSearch) -> str:
    return reverse("search_feed", args=[search.token])


def read(client, address: str, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    parsed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_a_feed_tells_what_who_and_when_and_leads_to_the_article(client):
    article = article_in_index(title="جسر <الوادي> & النهر", paragraphs=[BRIDGE], source=make_source("قناة الأفق"))
    parsed = read(client, feed_address(keep(name="أخبار الجسر")))
    assert parsed.version == "atom10"
    assert parsed.feed.title == "أخبار الجسر"
    assert parsed.feed.subtitle == "كلمات البحث: الجسر"
    assert parsed.feed.language == "ar"
    (entry,) = parsed.entries
    assert entry.title == "جسر <الوادي> & النهر"
    assert entry.author == "قناة الأفق"
    assert entry.published_parsed[:5] == (2024, 3, 27, 9, 30)
    links = {link.rel: link.href for link in entry.links}
    assert links == {"alternate": f"http://testserver/articles/{article.pk}/", "via": article.url}
    assert "<b>الجسر</b>" in entry.summary


def test_it_is_atom_as_the_standard_wants_it(client):
    for number in range(3):
        make_article(title=f"جسر {number}", published_at=None if number else make_article().published_at)
    index_everything()
    response = client.get(feed_address(keep()))
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(response.content)
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        assert [len(element.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert (
        feed.findall(f"{ATOM}link[@rel='self']")[0].get("href") == f"http://testserver{response.request['PATH_INFO']}"
    )
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    assert all(element.get("href").startswith("http") for element in feed.iter(f"{ATOM}link"))


def test_an_excerpt_goes_out_and_never_the_text(client):
    article = article_in_index(paragraphs=[*FILLER[:20], BRIDGE, *FILLER[20:]])
    (entry,) = read(client, feed_address(keep())).entries
    assert "سلمى الهادي" in entry.summary
    assert len(entry.summary) < 700 < len(article.current_revision.text)


def test_markup_in_a_text_stays_text(client):
    article_in_index(paragraphs=["يقول الجسر <script>alert(1)</script> & <b>كلمة</b> في النص."])
    (entry,) = read(client, feed_address(keep())).entries
    assert "<script" not in entry.summary
    assert "&lt;b&gt;كلمة" in entry.summary


def test_characters_that_xml_does_not_know_break_no_feed(client):
    article_in_index(title="جسر \x0bالوادي\ufffe", source=make_source("قناة \x01الأفق"))
    assert read(client, feed_address(keep())).entries[0].title == "جسر الوادي"


def test_the_newest_come_first_and_no_more_than_fifty(client):
    day = make_article().published_at
    articles = [make_article(published_at=day.replace(year=1960 + number)) for number in range(55)]
    Article.objects.exclude(pk__in=[article.pk for article in articles]).update(status="hidden")
    index_everything()
    entries = read(client, feed_address(keep("q=الجسر&sort=oldest"))).entries
    assert [entry.published_parsed.tm_year for entry in entries] == list(range(2014, 1964, -1))


def test_what_has_not_changed_is_not_sent_again(client):
    article = article_in_index()
    address = feed_address(keep())
    first = client.get(address)
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        answer = client.get(address, headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
    assert client.get(address, headers={"if-none-match": '"x"'}).status_code == 200
    time.sleep(1)  # Last-Modified counts seconds.
    add_revision(article, title=article.title, paragraphs=["نص جديد عن الجسر."])
    index_everything()
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert client.get(address, headers=headers).status_code == 200


def test_a_feed_without_entries_is_a_feed_and_keeps_its_date(client):
    search = keep("q=طائرة")
    article_in_index()
    parsed = read(client, feed_address(search))
    assert parsed.entries == []
    first = client.get(feed_address(search))
    assert client.get(feed_address(search), headers={"if-none-match": first["ETag"]}).status_code == 304
    assert parsed.feed.updated == search.created_at.isoformat()


@pytest.mark.parametrize("role", ["reader", "editor", "moderator"])
def test_only_what_is_published_goes_out_whoever_owns_the_search(client, role):
    search = keep(owner=make_user(role))
    shown = make_article(title="جسر ظاهر")
    for status in ("pending", "hidden"):
        make_article(title="جسر مستور", status=status)
    index_everything()
    assert [entry.title for entry in read(client, feed_address(search)).entries] == ["جسر ظاهر"]
    Article.objects.filter(pk=shown.pk).update(status="hidden")  # The index does not know yet.
    assert read(client, feed_address(search)).entries == []


def test_the_feed_of_somebody_who_left_is_gone(client):
    search = keep()
    search.owner.is_active = False
    search.owner.save()
    assert client.get(feed_address(search)).status_code == 404
    search.owner.delete()
    assert client.get(feed_address(search)).status_code == 404


def test_while_there_is_no_index_a_feed_reader_is_told_to_come_later(client):
    answer = client.get(feed_address(keep()))
    assert (answer.status_code, answer["Retry-After"]) == (503, "120")


def test_a_feed_for_what_is_no_more_says_so(client):
    article = article_in_index(source=make_source("قناة عابرة"))
    search = keep(f"source={article.source_id}")
    Article.objects.update(status="hidden")
    parsed = read(client, feed_address(search))
    assert parsed.entries == []
    assert "لم يعد هذا البحث صالحاً" in parsed.feed.subtitle


def test_where_reading_is_open_any_search_is_a_feed(client, settings):
    settings.PUBLIC_READING = True
    article_in_index()
    make_article(title="جسر مستور", status="hidden")
    index_everything()
    parsed = read(client, f"{reverse('public_feed')}?q=الجسر&page=3&utm=x")
    assert [entry.title for entry in parsed.entries] == ["افتتاح جسر جديد على نهر الوادي"]
    own = next(link.href for link in parsed.feed.links if link.rel == "self")
    assert own == "http://testserver/feed/?q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1"
    assert parsed.feed.id == own
    assert client.get(f"{reverse('public_feed')}?since=nonsense").status_code == 404


def test_where_reading_is_for_members_the_signed_out_are_asked_to_sign_in(client, settings):
    settings.PUBLIC_READING = False
    article_in_index()
    address = f"{reverse('public_feed')}?q=الجسر"
    assert client.get(address)["Location"].startswith(reverse("login"))
    client.force_login(make_user("editor"))
    assert len(read(client, address).entries) == 1


def test_a_feed_asks_the_database_few_times(client, django_assert_max_num_queries):
    for _ in range(60):
        make_article()
    index_everything()
    search = keep()
    with django_assert_max_num_queries(6):
        assert len(read(client, feed_address(search)).entries) == 50
