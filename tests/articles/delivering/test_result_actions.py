"""What a page of results offers to take along."""

import pytest
from django.urls import reverse

from tests.accounts import make_user
from tests.articles.delivering.found import article_in_index
from tests.articles.markup import page_in, with_class

pytestmark = pytest.mark.django_db
ASKED = "q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1&since=2024-01-01"


def offered(client, query: str = "q=الجسر&since=2024-01-01&page=1&until=") -> list[str]:
    return [link.get("href") for link in with_class(page_in(client.get(f"/?{query}")), "result-actions", "a")]


def test_members_save_the_search_download_its_results_and_follow_its_feed(client):
    article_in_index()
    client.force_login(make_user("reader"))
    links = offered(client)
    assert links == [
        f"{reverse('save_search')}?{ASKED}",
        f"{reverse('export')}?format=docx&{ASKED}",
        f"{reverse('export')}?format=docx&group=source&{ASKED}",
        f"{reverse('export')}?format=xlsx&{ASKED}",
        f"{reverse('export')}?format=csv&{ASKED}",
        f"{reverse('new_export')}?of=search&{ASKED}",
        f"{reverse('public_feed')}?{ASKED}",
    ]
    assert [client.get(link).status_code for link in links] == [200] * len(links)


def test_they_stand_below_what_holds_some_of_the_words_too(client):
    article_in_index()
    client.force_login(make_user("reader"))
    assert len(offered(client, "q=الجسر+والطائرة")) == 7


def test_strangers_follow_the_feed_where_reading_is_open(client, settings):
    settings.PUBLIC_READING = True
    article_in_index()
    assert offered(client) == [f"{reverse('public_feed')}?{ASKED}"]


def test_nothing_found_is_nothing_to_take_along(client):
    article_in_index()
    client.force_login(make_user("reader"))
    assert offered(client, "q=طائرة") == []
    assert offered(client, "since=nonsense") == []
