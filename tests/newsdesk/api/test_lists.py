"""What the API lists: articles as the front page finds them, names, quotes and claims, sources and stories."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Alias
from articles.naming.counting import settle_all_counts
from articles.naming.merging import merge
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.annotations.requests import assert_problem
from tests.annotations.speaking.spoken import OTHER, SPEAKER, WORDS, confirmed, suggested, told_by
from tests.articles.copies import FLOOD, stored
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.newsdesk.api.asking import all_of, answered, client_of, let_out, pages
from tests.searching import index_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return client_of("reader")


def titles(rows) -> list[str]:
    return [row["title"] for row in rows]


def test_articles_come_newest_first_page_by_page_and_what_comes_in_shifts_nothing(reader):
    for number in range(1, 6):
        make_article(title=f"خبر {number}", published_at=f"2024-03-0{number}T10:00:00Z")
    first = answered(reader, "api_articles", limit=2)
    assert (titles(first["articles"]), first["total"]) == (["خبر 5", "خبر 4"], None)
    make_article(title="خبر 9", published_at="2024-03-09T10:00:00Z")
    second = reader.get(first["next"]).json()
    assert titles(second["articles"]) == ["خبر 3", "خبر 2"]
    assert titles(reader.get(second["next"]).json()["articles"]) == ["خبر 1"]
    oldest = all_of(reader, "api_articles", "articles", limit=2, sort="oldest")
    assert titles(oldest) == ["خبر 1", "خبر 2", "خبر 3", "خبر 4", "خبر 5", "خبر 9"]


def test_articles_of_one_moment_and_before_1970_are_each_listed_once(reader):
    for _number in range(5):
        make_article(published_at="1931-03-01T10:00:00Z")
    rows = all_of(reader, "api_articles", "articles", limit=2)
    assert len({row["id"] for row in rows}) == len(rows) == 5


def test_a_search_of_the_front_page_is_one_of_the_api(reader):
    for number in range(1, 6):
        make_article(title=f"الميناء {number}", published_at=f"2024-03-0{number}T10:00:00Z")
    make_article(title="المطار")
    index_everything()
    first = answered(reader, "api_articles", q="ميناء", sort="newest", limit=2)
    assert (titles(first["articles"]), first["total"]) == (["الميناء 5", "الميناء 4"], 5)
    make_article(title="الميناء 9", published_at="2024-03-09T10:00:00Z")
    index_everything()
    second = reader.get(first["next"]).json()
    assert titles(second["articles"]) == ["الميناء 3", "الميناء 2"]
    assert titles(answered(reader, "api_articles", q="ميناء", until="2024-03-01")["articles"]) == ["الميناء 1"]


def test_without_an_index_a_search_asks_to_come_again(reader):
    response = reader.get(reverse("api_articles"), {"q": "ميناء"})
    assert_problem(response, 503, "search_unavailable")
    assert response.headers["Retry-After"]


def test_an_article_has_its_text_where_its_source_lets_it_out_and_its_places_always(reader):
    article = told_by()
    let_out("full")
    whole = answered(reader, "api_article", article.pk)
    assert whole["text"] == article.current_revision.text
    (mention,) = whole["mentions"]
    assert whole["text"][mention["start"] : mention["end"]] == mention["exact"] == mention["entity"]["name"] == SPEAKER
    assert [block["kind"] for block in whole["blocks"]] == ["heading", "paragraph"]
    assert reader.get(whole["marks"]).json()["marks"] == []
    let_out("excerpt")
    kept = answered(reader, "api_article", article.pk)
    assert (kept["text"], kept["blocks"], kept["mentions"]) == (None, whole["blocks"], whole["mentions"])


def test_a_merged_name_is_named_and_answers_as_what_it_became(reader):
    article = told_by()
    old, new = make_entity(SPEAKER), make_entity("سلمى الهادي المنصوري")
    Alias.objects.create(entity=new, form="أم كيوان")
    merge(source=old, target=new, by=make_user("moderator"))
    assert answered(reader, "api_entity", old.pk)["id"] == new.pk
    assert "أم كيوان" in answered(reader, "api_entity", new.pk)["forms"]
    (naming,) = all_of(reader, "api_entity_mentions", "mentions", old.pk)
    assert (naming["article"]["id"], naming["places"][0]["exact"]) == (article.pk, SPEAKER)


def test_names_are_listed_the_most_named_first(reader):
    for name, times in (("نادر العلي", 1), ("هند صافي", 3), ("بلدة الوادي", 2)):
        for _number in range(times):
            make_mention(make_article(title=name), name)
    settle_all_counts()
    names = [row["name"] for row in all_of(reader, "api_entities", "entities", limit=1)]
    assert names == ["هند صافي", "بلدة الوادي", "نادر العلي"]
    assert all_of(reader, "api_entities", "entities", kind="place") == []
    (called,) = answered(reader, "api_entities", q="صافي")["entities"]
    assert called["address"].endswith(reverse("api_entity", args=[called["id"]]))


def test_the_articles_that_name_somebody_come_page_by_page_with_every_place(reader):
    for day in range(1, 6):
        told_by(day=day)
    rows = pages(reader, "api_entity_mentions", "mentions", make_entity(SPEAKER).pk, limit=2)
    assert [len(page) for page in rows] == [2, 2, 1]
    days = [row["article"]["published_at"][:10] for page in rows for row in page]
    assert days == [f"2024-05-0{day}" for day in (5, 4, 3, 2, 1)]


def test_quotes_are_narrowed_by_speaker_source_type_status_and_days(reader):
    here, there = told_by(day=1, source=make_source("أ")), told_by(OTHER, day=2, source=make_source("ب"))
    said, proposed = confirmed(here), suggested(there, by=OTHER)

    def uuids(**asked):
        return {row["uuid"] for row in all_of(reader, "api_quotes", "quotes", **asked)}

    assert uuids() == {str(said.uuid), str(proposed.uuid)}
    for asked in (
        {"speaker": make_entity(SPEAKER).pk},
        {"source": here.source_id},
        {"status": "accepted"},
        {"until": "2024-05-01"},
        {"status": "accepted", "type": said.quote_type},
    ):
        assert uuids(**asked) == {str(said.uuid)}, asked
    assert uuids(since="2024-05-02") == {str(proposed.uuid)}
    assert uuids(since="2024-05-03") == uuids(stance="denying") == set()
    (row,) = answered(reader, "api_quotes", status="accepted")["quotes"]
    assert (row["exact"], row["attributions"][0]["name"], row["article"]["id"]) == (WORDS, SPEAKER, here.pk)


def test_claims_and_marks_of_every_kind_have_lists_of_their_own(reader):
    article, person = told_by(), make_user("annotator")
    claim, quote = make_mark(article, "نغلق الميناء", by=person, kind="claim"), make_mark(article, WORDS, by=person)
    waiting = suggest(article, "ومضت", kind="claim")
    assert {row["uuid"] for row in answered(reader, "api_claims")["claims"]} == {str(claim.uuid), str(waiting.uuid)}
    marks = all_of(reader, "api_marks", "marks", limit=1)
    assert {row["uuid"] for row in marks} == {str(one.uuid) for one in (claim, quote, waiting)}
    assert [row["uuid"] for row in answered(reader, "api_marks", kind="quote")["marks"]] == [str(quote.uuid)]


@pytest.mark.parametrize("asked", [({"format": "w3c"}, {}), ({}, {"Accept": "application/ld+json"})])
def test_marks_are_web_annotations_where_these_are_asked_for(reader, asked):
    said = confirmed(told_by())
    query, headers = asked
    response = reader.get(reverse("api_marks"), query, headers=headers)
    assert response.headers["Content-Type"].startswith("application/ld+json")
    (item,) = [one for one in response.json()["first"]["items"] if one["id"].endswith(str(said.uuid))]
    words = [target["selector"][1]["exact"] for target in item["target"]]
    assert WORDS in words
    again = reader.get(reverse("api_marks"), query, headers=headers | {"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_story_tells_its_copies_and_its_origin(reader):
    first, second = stored(FLOOD, source="أ"), stored(FLOOD, source="ب", hours=1)
    story = first.story_id or second.story_id
    (row,) = answered(reader, "api_stories")["stories"]
    assert (row["id"], row["copies"]) == (story, 2)
    told = answered(reader, "api_story", story)
    assert [copy["id"] for copy in told["copies"]] == [first.pk, second.pk]
    assert told["origin"]["article"] == first.pk
    assert answered(reader, "api_article", first.pk)["story"] == story


def test_sources_are_listed_in_pages(reader):
    for name in ("أ", "ب", "ج"):
        make_article(source=make_source(name))
    make_source("بلا مواد")
    assert [row["name"] for row in all_of(reader, "api_sources", "sources", limit=2)] == ["أ", "ب", "ج"]


@pytest.mark.parametrize(
    "name", ["api_articles", "api_entities", "api_quotes", "api_claims", "api_marks", "api_stories"]
)
@pytest.mark.parametrize(
    "asked", [{"cursor": "x"}, {"cursor": "1_x"}, {"limit": 0}, {"limit": 1000}, {"cursor": "9" * 60 + "_1"}]
)
def test_what_cannot_be_understood_is_told_by_the_name_of_the_parameter(reader, name, asked):
    problem = assert_problem(reader.get(reverse(name), asked), 400, "bad_request")
    assert set(problem["errors"]) == set(asked)


@pytest.mark.parametrize(
    "name", ["api_articles", "api_entities", "api_quotes", "api_claims", "api_marks", "api_sources", "api_stories"]
)
def test_a_page_takes_the_same_few_queries_however_long_it_is(reader, name):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            answered(reader, name)
        return len(asked)

    confirmed(told_by())
    stored(FLOOD, source="أ")
    stored(FLOOD, source="ب", hours=1)
    settle_all_counts()
    one = queries()
    for day in range(2, 8):
        confirmed(told_by(f"{SPEAKER} {day}", day=day), by=SPEAKER)
    settle_all_counts()
    assert queries() <= one <= 12
