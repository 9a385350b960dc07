"""What every request to the API passes: tokens, how many there are, ETags, languages, and errors as problem details."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from annotations.models import Annotation
from newsdesk.api.models import Token, make_token
from tests.accounts import make_user
from tests.annotations.marks import span
from tests.annotations.requests import assert_problem, send
from tests.annotations.speaking.spoken import WORDS, told_by
from tests.articles.factories import make_article
from tests.articles.markup import page_in, with_class, words
from tests.newsdesk.api.asking import answered, client_of, program_of

pytestmark = pytest.mark.django_db


def quote_in(article) -> dict:
    start, end, exact, _role = span(article, WORDS)
    return {
        "kind": "quote",
        "revision": article.current_revision_id,
        "parts": [{"start": start, "end": end, "exact": exact}],
    }


def test_a_token_is_shown_once_reads_and_writes_as_its_owner_and_ends_when_it_is_revoked():
    owner, article = make_user("annotator"), told_by()
    person = Client(enforce_csrf_checks=False)
    person.force_login(owner)
    made = person.post(reverse("api_tokens"), {"name": "لوحة الرصد"})
    assert made.status_code == 201
    token = page_in(made).xpath("string(//code[@class='token'])")
    kept = Token.objects.get()
    assert token.startswith("nd_")
    assert token not in (kept.hashed, kept.name)
    listed = person.get(reverse("api_tokens")).content.decode()
    assert "لوحة الرصد" in listed
    assert token not in listed

    program = Client(enforce_csrf_checks=True, headers={"Authorization": f"Bearer {token}"})
    assert answered(program, "api_articles")["articles"]
    marked = send(program, "POST", reverse("api_article_marks", args=[article.pk]), quote_in(article))
    assert marked.status_code == 201
    assert Annotation.objects.get().created_by == owner
    kept.refresh_from_db()
    assert kept.used_at

    person.post(reverse("revoke_token", args=[kept.pk]))
    assert_problem(program.get(reverse("api_articles")), 401, "bad_token")


def test_nobody_revokes_the_token_of_another():
    kept, _token = make_token(by=make_user("reader"), name="برنامج")
    assert client_of("administrator").post(reverse("revoke_token", args=[kept.pk])).status_code == 404
    assert Token.objects.exists()


def test_a_token_without_a_name_is_not_made():
    assert client_of("reader").post(reverse("api_tokens"), {"name": " "}).status_code == 422
    assert not Token.objects.exists()


def test_the_token_of_an_account_that_is_closed_opens_nothing():
    owner = make_user("reader")
    _row, token = make_token(by=owner, name="برنامج")
    owner.is_active = False
    owner.save()
    response = Client(headers={"Authorization": f"Bearer {token}"}).get(reverse("api_root"))
    assert_problem(response, 401, "bad_token")
    assert "invalid_token" in response.headers["WWW-Authenticate"]


def test_a_token_is_good_for_the_api_alone():
    response = program_of("administrator").get(reverse("export"), {"format": "csv"})
    assert response.status_code == 302


def test_a_session_still_needs_its_csrf_token_to_write():
    article, client = told_by(), Client(enforce_csrf_checks=True)
    client.force_login(make_user("annotator"))
    refused = send(client, "POST", reverse("api_article_marks", args=[article.pk]), quote_in(article))
    assert_problem(refused, 403, "not_permitted")
    assert not Annotation.objects.exists()


def test_a_token_reads_what_its_owner_may_and_writes_nothing_else():
    article = told_by()
    refused = send(program_of("reader"), "POST", reverse("api_article_marks", args=[article.pk]), quote_in(article))
    assert_problem(refused, 403, "not_permitted")


@pytest.mark.parametrize("name", ["api_articles", "api_quotes", "api_sources", "api_schema"])
def test_what_has_not_changed_is_not_sent_again(name):
    reader, article = client_of("reader"), told_by()
    first = reader.get(reverse(name))
    again = reader.get(reverse(name), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert {"Authorization", "Cookie"} <= {one.strip() for one in first.headers["Vary"].split(",")}
    assert "private" in first.headers["Cache-Control"]
    if name == "api_articles":
        type(article).objects.update(title="عنوان آخر")
        assert reader.get(reverse(name), headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_whoever_asks_too_often_waits_and_the_others_do_not(settings):
    settings.API_RATES = {"user": 3, "address": 2}
    settings.PUBLIC_READING = True
    cache.clear()
    one, other, visitor = client_of("reader"), program_of("reader"), client_of(None)
    for client, most in ((one, 3), (visitor, 2)):
        codes = [client.get(reverse("api_root")).status_code for _ in range(most + 1)]
        # A minute may begin between two requests.
        assert codes == [200] * most + [429] or codes == [200] * (most + 1)
    assert other.get(reverse("api_root")).status_code == 200
    refused = [visitor.get(reverse("api_root")) for _ in range(6)][-1]
    assert_problem(refused, 429, "too_many")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    cache.clear()


def test_programs_are_answered_in_the_language_that_they_accept_and_the_page_in_its_own():
    def detail(client, **headers) -> str:
        return client.get(reverse("api_articles"), headers=headers).json()["detail"]

    arabic = detail(Client())
    assert detail(Client(), **{"Accept-Language": "ar"}) == arabic
    assert detail(Client(), **{"Accept-Language": "en-GB,en;q=0.9"}).isascii()
    page = Client()
    page.cookies["csrftoken"] = "x" * 32
    assert detail(page, **{"Accept-Language": "en"}) == arabic


@pytest.mark.parametrize("path", ["/api/nothing/", "/api/articles/9999999/", "/api/stories/99999999999/"])
def test_what_is_not_there_is_told_as_problem_details(path):
    assert_problem(client_of("reader").get(path), 404, "not_found")


def test_what_is_read_is_not_written():
    refused = client_of("reader").post(reverse("api_articles"))
    assert_problem(refused, 405, "method")
    assert "GET" in refused.headers["Allow"]


def test_no_other_site_may_read_the_answers():
    make_article()
    response = client_of("reader").get(reverse("api_articles"), headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in response.headers if name.lower().startswith("access-control")]


def test_the_page_of_tokens_says_when_each_was_made_and_used():
    owner = make_user("reader")
    _row, token = make_token(by=owner, name="لوحة الرصد")
    person = Client()
    person.force_login(owner)
    (row,) = with_class(page_in(person.get(reverse("api_tokens"))), "token-facts")
    assert "لم يُستعمل بعد" in words(row)
    answered(Client(headers={"Authorization": f"Bearer {token}"}), "api_root")
    (row,) = with_class(page_in(person.get(reverse("api_tokens"))), "token-facts")
    assert [time.get("datetime") for time in row.xpath(".//time")] == 2 * [f"{timezone.localdate():%Y-%m-%d}"]
