"""What every page keeps: no code or style inside the markup, no stranger's address, labels on every field."""

from itertools import pairwise

import pytest
from django.urls import reverse

from tests.accounts import make_user
from tests.articles.factories import make_article, make_mention
from tests.articles.markup import page_in

pytestmark = pytest.mark.django_db


@pytest.fixture(
    params=["list", "results", "article", "paste", "refused paste", "password", "not found", "signed out", "sign in"]
)
def response(request, client):
    article = make_article(paragraphs=["قالت سلمى الهادي إن الجسر باقٍ.", ("list_item", "بند")])
    make_mention(article, "سلمى الهادي")
    if request.param not in ("signed out", "sign in"):
        client.force_login(make_user("moderator"))
    match request.param:
        case "results":
            return client.get("/", HTTP_HX_REQUEST="true")
        case "article":
            return client.get(article.get_absolute_url())
        case "paste":
            return client.get(reverse("paste"))
        case "refused paste":
            return client.post(reverse("paste"), {"text": ""})
        case "password":
            return client.get(reverse("change_password"))
        case "not found":
            return client.get("/nowhere/")
        case "sign in":
            return client.get(reverse("login"))
        case _:
            return client.get("/")


def test_no_code_and_no_style_stands_in_the_markup(response):
    page = page_in(response)
    assert page.xpath("//style | //@style") == []
    assert page.xpath("//script[not(@src)][not(@type='application/json')]") == []
    assert page.xpath("//@*[starts-with(name(), 'on')]") == []
    assert page.xpath("//@*[starts-with(., 'javascript:')]") == []


def test_the_policy_allows_only_ourselves(response):
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_nothing_is_loaded_from_elsewhere(response):
    sources = page_in(response).xpath("//@src | //link/@href")
    assert all(source.startswith("/static/") for source in sources)


def test_every_field_has_a_name_that_is_read_aloud(response):
    page = page_in(response)
    for field in page.xpath("//input[not(@type='hidden')] | //textarea | //select"):
        labelled = page.xpath("//label[@for=$id]", id=field.get("id", "")) or field.xpath("ancestor::label")
        assert labelled or field.get("aria-label") or field.get("aria-labelledby"), field.attrib


def test_ids_are_unique_and_what_refers_to_them_finds_them(response):
    page = page_in(response)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    references = page.xpath("//label/@for | //@aria-labelledby | //@aria-describedby")
    assert set(" ".join(references).split()) <= set(ids)


def test_headings_go_down_one_step_at_a_time(response):
    levels = [int(name[1]) for name in (element.tag for element in page_in(response).iter("h1", "h2", "h3", "h4"))]
    if levels and levels[0] == 1:
        assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_cache_may_give_one_reader_s_page_to_another(response):
    assert "Cookie" in response["Vary"]
