from datetime import UTC, datetime

import pytest
from django.urls import reverse

from articles.layers import Layer, LayerSpan, Panel
from articles.models import Article
from tests.accounts import make_user
from tests.articles.factories import add_revision, make_article, make_entity, make_mention, make_source
from tests.articles.markup import page_in, with_class, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def page_of(client, article: Article):
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return page_in(response)


def overlapping_layer(revision, user):
    return Layer(
        spans=[
            LayerSpan(3, 20, "mark mark-quote", {"data-mark": "a"}),
            LayerSpan(10, 40, "mark mark-claim", {"data-mark": "b"}),
        ],
        panels=[Panel("articles/names.html", {"names": []})],
    )


def test_every_block_shows_exactly_its_code_points(reader, settings):
    settings.ARTICLE_LAYERS = [*settings.ARTICLE_LAYERS, f"{__name__}.overlapping_layer"]
    article = make_article(
        title="«نعم» قال <b>الوزير</b> &amp; سكت",
        paragraphs=[
            "سافر الوفد لواشنطن  ثم عاد 😀 إلى «المدينة».",
            ("heading", "ما بعد السفر"),
            ("quotation", "سنعود <غداً>"),
            ("list_item", "أولاً"),
            ("list_item", "ثانياً"),
            "وكَفَى.",
        ],
    )
    make_mention(article, "واشنطن", entity=make_entity("واشنطن", kind="place"))
    revision, page = article.current_revision, page_of(reader, article)
    shown = {int(block.get("data-start")): block for block in page.xpath("//*[@id='article']//*[@data-start]")}
    assert list(shown) == [block["start"] for block in revision.blocks]
    for block in revision.blocks:
        assert shown[block["start"]].text_content() == revision.text[block["start"] : block["end"]]
    assert [block.tag for block in shown.values()] == ["h1", "p", "h2", "blockquote", "li", "li", "p"]
    assert len(with_class(page, "article-text", "ul")) == 1


def test_a_mention_inside_a_word_is_an_element_of_its_own_letters(reader):
    article = make_article(paragraphs=["سافر الوفد لواشنطن ثم عاد."])
    mention = make_mention(article, "واشنطن", entity=make_entity("واشنطن", kind="place"))
    (drawn,) = with_class(page_of(reader, article), "mention-place")
    assert drawn.text_content() == "واشنطن"
    assert drawn.get("data-entity") == str(mention.entity_id)


def test_markup_in_a_name_stays_text(reader):
    article = make_article(paragraphs=["وقّعت شركة <img src=x> العقد."])
    make_mention(article, "<img src=x>", entity=make_entity('"<script>" onclick="x', kind="organisation"))
    page = page_of(reader, article)
    (drawn,) = with_class(page, "mention-organisation")
    assert drawn.text_content() == "<img src=x>"
    assert '"<script>" onclick="x' in drawn.get("title")
    assert page.xpath("//article//img | //@onclick") == []


def test_the_legend_counts_each_kind_and_shows_people_at_first(reader):
    article = make_article(paragraphs=["قالت سلمى الهادي في بيروت إن سلمى الهادي باقية."])
    person = make_entity("سلمى الهادي")
    make_mention(article, "سلمى الهادي", entity=person)
    make_mention(article, "سلمى الهادي", entity=person, occurrence=1)
    make_mention(article, "بيروت", entity=make_entity("بيروت", kind="place"))
    page = page_of(reader, article)
    assert [words(kind) for kind in with_class(page, "legend-kind")] == ["أشخاص 2", "أماكن 1"]
    assert [box.get("value") for box in with_class(page, "legend", "input") if box.checked] == ["person"]


def test_the_names_beside_the_text_lead_to_their_articles(reader):
    article = make_article(title="لقاء", paragraphs=["قالت سلمى الهادي إنها باقية."])
    make_mention(article, "سلمى الهادي")
    (link,) = with_class(page_of(reader, article), "names", "a")
    found = page_in(reader.get(link.get("href")))
    assert words(found.find(".//h1")) == "سلمى الهادي"
    assert [words(title) for title in with_class(found, "naming", "h3")] == ["لقاء"]


def test_a_text_without_names_has_no_legend(reader):
    assert with_class(page_of(reader, make_article()), "legend") == []


def test_the_facts_of_an_article_are_told(reader):
    article = make_article(
        source=make_source("جريدة السكة"),
        byline="هند العلي",
        published_at=datetime(2024, 5, 1, 9, 5, tzinfo=UTC),
        url="https://www.rail.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/12?id=7",
    )
    page = page_of(reader, article)
    assert words(with_class(page, "article-source")[0]) == "جريدة السكة"
    assert words(with_class(page, "byline")[0]) == "هند العلي"
    assert with_class(page, "article-facts", "time")[0].get("datetime") == "2024-05-01T12:05+03:00"
    (link,) = with_class(page, "address")
    assert link.text_content() == "rail.example/أخبار/12?id=7"
    assert link.get("href") == article.url
    assert set(link.get("rel").split()) == {"noopener", "noreferrer", "nofollow"}
    assert link.get("dir") == "ltr"


def test_a_later_revision_is_what_is_read_and_says_its_number(reader):
    article = make_article(title="عنوان أول")
    add_revision(article, title="عنوان ثانٍ", paragraphs=["نص آخر."])
    page = page_of(reader, article)
    assert words(page.find(".//h1")) == "عنوان ثانٍ"
    assert "الإصدار 2" in words(with_class(page, "provenance")[0])


def test_panels_of_the_layers_stand_beside_the_text(reader, settings):
    settings.ARTICLE_LAYERS = [f"{__name__}.panel_about_a_search"]
    assert "لم نجد مادة توافق بحثك" in words(with_class(page_of(reader, make_article()), "beside")[0])


def panel_about_a_search(revision, user):
    return Layer(panels=[Panel("articles/nothing_found.html", {"form": {"q": {"value": "مريم"}}})])


def test_a_text_in_another_language_keeps_its_own_direction(reader):
    element = page_of(
        reader, make_article(title="Bridge opens", paragraphs=["It did."], language="en")
    ).get_element_by_id("article")
    assert (element.get("lang"), element.get("dir")) == ("en", "ltr")


def test_the_text_stays_arabic_in_the_english_interface(reader, settings):
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = page_of(reader, make_article())
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert (page.get_element_by_id("article").get("lang"), page.get_element_by_id("article").get("dir")) == (
        "ar",
        "rtl",
    )


@pytest.mark.parametrize(
    ("role", "status", "answer"),
    [
        ("reader", "published", 200),
        ("reader", "pending", 404),
        ("reader", "hidden", 404),
        ("annotator", "hidden", 404),
        ("editor", "pending", 200),
        ("editor", "hidden", 200),
        (None, "published", 200),
        (None, "hidden", 404),
    ],
)
def test_who_may_read_what(client, role, status, answer):
    client.force_login(make_user(role))
    assert client.get(make_article(status=status).get_absolute_url()).status_code == answer


def test_a_hidden_article_and_one_that_never_was_look_the_same(reader):
    hidden = reader.get(make_article(title="المكتوم", status="hidden").get_absolute_url())
    absent = reader.get("/articles/987654321/")
    assert hidden.status_code == absent.status_code == 404
    assert "المكتوم" not in hidden.content.decode()


def test_a_signed_out_visitor_signs_in_first_and_learns_nothing(client):
    for path in (make_article().get_absolute_url(), "/articles/987654321/"):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"] == f"{reverse('login')}?next={path}"


def test_an_open_newsroom_shows_what_is_published_to_anyone(client, settings):
    settings.PUBLIC_READING = True
    assert client.get(make_article().get_absolute_url()).status_code == 200
    assert client.get(make_article(status="hidden").get_absolute_url()).status_code == 404


def test_the_article_asks_the_database_twelve_times_at_most(reader, django_assert_max_num_queries):
    people = [f"سالم {first}{second}يد" for first in "بتحخدرسص" for second in "معفقك"]
    article = make_article(paragraphs=["، ".join(people)] * 3)
    for name in people:
        for occurrence in range(3):
            make_mention(article, name, occurrence=occurrence)
    with django_assert_max_num_queries(12):
        assert len(with_class(page_of(reader, article), "mention")) == 3 * len(people)
