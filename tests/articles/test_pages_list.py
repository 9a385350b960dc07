from datetime import UTC, datetime
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.urls import reverse

from articles.layers import MarkCount
from articles.models import Article
from articles.views.results import PER_PAGE
from tests.accounts import make_user
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.articles.markup import page_in, with_class, words
from tests.searching import index_everything

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def reader(client):
    client.force_login(make_user("reader"))
    return client


def titles(response) -> list[str]:
    return [words(title) for title in with_class(page_in(response), "card-title")]


def text_of(response, name: str) -> str:
    return words(with_class(page_in(response), name)[0])


def day(number: int) -> datetime:
    return datetime(2024, 5, number, 12, tzinfo=UTC)


def three_marks_each(ids, user):
    return dict.fromkeys(ids, MarkCount(marks=3, suggestions=1))


def test_the_newest_article_comes_first(reader):
    make_article(title="الأقدم", published_at=day(1))
    make_article(title="الأحدث", published_at=day(3))
    make_article(title="الأوسط", published_at=day(2))
    assert titles(reader.get("/")) == ["الأحدث", "الأوسط", "الأقدم"]


def test_a_card_says_source_date_and_first_lines_without_the_headline(reader):
    make_article(
        title="عودة القطار",
        paragraphs=["عاد القطار إلى المدينة.", "وقال المدير إن الرحلات يومية."],
        source=make_source("جريدة السكة"),
        published_at=datetime(2024, 5, 1, 22, 30, tzinfo=UTC),
    )
    response = reader.get("/")
    assert text_of(response, "card-source") == "جريدة السكة"
    assert words(with_class(page_in(response), "card", "time")[0]) == "2 مايو 2024، 01:30"
    assert text_of(response, "card-lines") == "عاد القطار إلى المدينة. وقال المدير إن الرحلات يومية."


def test_a_long_text_is_cut_between_words(reader):
    make_article(paragraphs=["كلمة، " * 300])
    lines = text_of(reader.get("/"), "card-lines")
    assert lines.endswith("كلمة…")
    assert len(lines) < 400


def test_a_card_says_how_many_marks_its_article_has(reader, settings):
    settings.ARTICLE_COUNTS = [f"{__name__}.three_marks_each"] * 2
    make_article()
    page = reader.get("/")
    assert "6 علامات" in text_of(page, "card-marks")
    assert "مقترحان" in text_of(page, "card-suggestions")


def test_an_article_without_date_says_when_it_was_imported(reader):
    make_article(published_at=None)
    assert "بلا تاريخ" in text_of(reader.get("/"), "card-meta")


def test_words_restrict_the_list_and_stay_in_the_box(reader):
    make_article(title="سفر الوفد إلى لواشنطن")
    make_article(title="حصاد القمح")
    index_everything()
    response = reader.get("/", {"q": "واشنطن"})
    assert titles(response) == ["سفر الوفد إلى لواشنطن"]
    assert page_in(response).get_element_by_id("id_q").get("value") == "واشنطن"


def test_sources_restrict_the_list(reader):
    for name in ("أولى", "ثانية", "ثالثة"):
        make_article(title=name, source=make_source(name))
    index_everything()
    response = reader.get("/", {"source": [make_source("أولى").pk, make_source("ثالثة").pk]})
    assert set(titles(response)) == {"أولى", "ثالثة"}


def test_both_days_of_a_range_belong_to_it_in_the_newsroom_s_time(reader):
    make_article(title="قبل", published_at=datetime(2024, 4, 30, 20, 59, tzinfo=UTC))
    make_article(title="أول دقيقة", published_at=datetime(2024, 4, 30, 21, 0, tzinfo=UTC))
    make_article(title="آخر دقيقة", published_at=datetime(2024, 5, 2, 20, 59, tzinfo=UTC))
    make_article(title="بعد", published_at=datetime(2024, 5, 2, 21, 0, tzinfo=UTC))
    index_everything()
    response = reader.get("/", {"since": "2024-05-01", "until": "2024-05-02"})
    assert titles(response) == ["آخر دقيقة", "أول دقيقة"]


def test_an_entity_restricts_the_list_and_says_so(reader):
    article = make_article(title="لقاء", paragraphs=["التقت سلمى الهادي الوفد."])
    make_article(title="غير ذلك")
    mention = make_mention(article, "سلمى الهادي")
    index_everything()
    response = reader.get("/", {"entity": mention.entity_id})
    assert titles(response) == ["لقاء"]
    assert "سلمى الهادي" in text_of(response, "chip")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "2024-05-02", "until": "2024-05-01"}, "اليوم الأخير يسبق اليوم الأول."),
        ({"since": "ليس يوماً"}, "أدخل تاريخاً صحيحاً"),
        ({"until": "9999-12-31"}, "إلى يوم"),
        ({"entity": "999999"}, "لا يرد هذا الاسم"),
        ({"source": "999999"}, "لا مادة يمكنك قراءتها من وسيلة الإعلام هذه."),
        ({"source": "9" * 30}, "وسيلة الإعلام"),
        ({"entity": "9" * 30}, "لا يرد هذا الاسم"),
        ({"source": [str(number) for number in range(900)]}, "100 وسيلة"),
        ({"entity": [str(number) for number in range(900)]}, "10 أسماء"),
        ({"language": "../etc"}, "ليس رمز لغة"),
        ({"sort": "random"}, "ترتيب النتائج"),
        ({"marked": "2"}, "العلامات"),
    ],
)
def test_what_cannot_be_understood_is_said_and_finds_nothing(reader, asked, said):
    make_article()
    response = reader.get("/", asked)
    assert response.status_code == 200
    assert titles(response) == []
    assert said in text_of(response, "notice-error")


@pytest.mark.parametrize("asked", [{}, {"q": "جسر"}, {"sort": "oldest"}, {"q": "الجسر", "sort": "oldest"}])
@pytest.mark.parametrize("indexed", [True, False])
def test_pages_follow_each_other_without_gap(reader, asked, indexed):
    for number in range(PER_PAGE + 2):
        make_article(title=f"مادة {number}", published_at=datetime(2024, 1, 1, number % 24, number, tzinfo=UTC))
    if indexed:
        index_everything()
    elif "q" in asked:
        pytest.skip("there is no second page of what nobody can search")
    seen = titles(reader.get("/", asked)) + titles(reader.get("/", asked | {"page": 2}))
    assert len(seen) == len(set(seen)) == PER_PAGE + 2
    assert titles(reader.get("/", asked | {"page": 9})) == seen[PER_PAGE:]


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "٢", "9" * 400])
def test_any_page_number_is_answered(reader, page):
    make_article(title="الوحيدة")
    assert titles(reader.get("/", {"page": page})) == ["الوحيدة"]


def test_page_links_keep_what_was_asked(reader):
    for _ in range(PER_PAGE + 1):
        make_article()
    index_everything()
    source = str(make_source().pk)
    links = with_class(page_in(reader.get("/", {"source": source})), "page-numbers", "a")
    assert links
    assert all(f"source={source}" in link.get("href") for link in links)


def test_htmx_gets_the_results_alone_and_an_address_without_empty_fields(reader):
    make_article(title="الوحيدة")
    response = reader.get("/?q=&since=2020-01-01&until=", **HTMX)
    assert titles(response) == ["الوحيدة"]
    assert b"<main" not in response.content
    assert response["HX-Push-Url"] == "/?since=2020-01-01"
    assert "HX-Request" in response["Vary"]


def test_going_back_in_htmx_gets_the_whole_page(reader):
    assert b"<main" in reader.get("/", **HTMX, HTTP_HX_HISTORY_RESTORE_REQUEST="true").content


def test_a_session_that_ended_leads_to_signing_in_and_back(client):
    response = client.get("/", {"q": "جسر", "since": ""}, **HTMX)
    where = urlsplit(response["HX-Redirect"])
    assert where.path == reverse("login")
    assert parse_qs(where.query)["next"] == [f"/?q={quote('جسر')}"]


def test_an_empty_archive_and_an_empty_search_say_what_to_do(reader, client):
    assert "لا مواد هنا بعد" in text_of(reader.get("/"), "empty")
    assert "لم نجد" in text_of(reader.get("/", {"q": "شيء"}), "empty")


@pytest.mark.parametrize("status", [Article.Status.PENDING, Article.Status.HIDDEN])
def test_what_is_not_published_leaks_nowhere_in_the_list(reader, status):
    secret = make_article(
        title="سرّ مكتوم", paragraphs=["ذُكر فيها مجهول الاسم."], status=status, source=make_source("وسيلة خفية")
    )
    entity = make_mention(secret, "مجهول الاسم").entity_id
    index_everything()
    for query in ("", "?q=مكتوم", f"?entity={entity}", f"?source={secret.source_id}", "?since=2000-01-01"):
        page = reader.get(f"/{query}").content.decode()
        assert "سرّ" not in page
        assert "مجهول" not in page
        assert "وسيلة خفية" not in page
        assert "مادة واحدة" not in page


def test_who_may_see_the_unpublished_sees_it_labelled(client):
    make_article(title="مسودة", status=Article.Status.PENDING)
    client.force_login(make_user("editor"))
    response = client.get("/")
    assert titles(response) == ["مسودة"]
    assert text_of(response, "status") == "قيد المراجعة"


def test_a_signed_out_visitor_is_invited_in_and_shown_nothing(client):
    make_article(title="للأعضاء فقط", source=make_source("وسيلة الأعضاء"))
    page = client.get("/").content.decode()
    assert "للأعضاء فقط" not in page
    assert "وسيلة الأعضاء" not in page
    assert reverse("login") in page


def test_a_newsroom_may_open_its_reading(client, settings):
    settings.PUBLIC_READING = True
    make_article(title="للجميع")
    make_article(title="مسودة", status=Article.Status.PENDING)
    assert titles(client.get("/")) == ["للجميع"]


def test_the_list_asks_the_database_twelve_times_at_most(reader, django_assert_max_num_queries):
    for number in range(PER_PAGE + 5):
        article = make_article(title=f"مادة {number}", source=make_source(f"وسيلة {number}"))
    make_mention(article, "الجسر", entity=make_entity("الجسر", kind="place"))
    index_everything()
    with django_assert_max_num_queries(12):
        reader.get("/", {"q": "مادة", "entity": "", "source": [make_source("وسيلة 3").pk]})
    with django_assert_max_num_queries(12):
        reader.get("/", {"page": 2})


def facet(response, key: str) -> dict[str, str]:
    """The choices of a facet with their numbers, as they are read."""
    rows = with_class(page_in(response), f"facet-{key}", "label")
    counted = [row for row in rows if row.find_class("choice-count")]
    return {words(row.find_class("choice-label")[0]): words(row.find_class("choice-count")[0]) for row in counted}


def test_each_criterion_is_a_chip_that_takes_itself_back(reader):
    article = make_article(paragraphs=["التقت سلمى الهادي الوفد."], source=make_source("أولى"))
    entity = make_mention(article, "سلمى الهادي").entity_id
    index_everything()
    asked = {"q": "الوفد", "source": article.source_id, "entity": entity, "language": "ar", "marked": "0"}
    response = reader.get("/", asked | {"since": "2024-01-01", "until": "2024-12-31", "page": "1", "sort": "newest"})
    chips = with_class(page_in(response), "chip")
    said = [words(chip) for chip in chips]
    assert [line.partition(":")[0] for line in said] == [
        "وسيلة الإعلام", "من يوم", "إلى يوم", "شخص", "اللغة", "العلامات"
    ]  # fmt: skip
    assert "أولى" in said[0]
    assert "1 يناير 2024" in said[1]
    assert "العربيّة" in said[4]
    for name, chip in zip(("source", "since", "until", "entity", "language", "marked"), chips, strict=True):
        without = parse_qs(urlsplit(chip.find_class("chip-remove")[0].get("href")).query)
        assert name not in without
        assert "page" not in without
        assert len(without) == 7
        assert titles(reader.get("/", without)) == [article.title]


def test_what_holds_some_of_the_words_follows_apart(reader):
    make_article(title="القطار يعود إلى الوادي")
    make_article(title="القطار يتوقف")
    index_everything()
    response = reader.get("/", {"q": "القطار الوادي"})
    assert titles(response) == ["القطار يعود إلى الوادي", "القطار يتوقف"]
    assert "مادة واحدة تحوي كل كلماتك" in text_of(response, "results-count")
    assert text_of(response, "nearby-title") == "مواد تحوي بعض كلماتك"
    response = reader.get("/", {"q": "القطار زقزبر"})
    assert "لا مادة تحوي كل كلماتك" in text_of(response, "results-count")
    assert len(titles(response)) == 2
    assert with_class(page_in(response), "nearby-title") == []


def test_what_was_not_understood_of_a_query_is_said(reader):
    make_article(title="القطار يعود")
    index_everything()
    assert "تنصيص" in text_of(reader.get("/", {"q": "«القطار"}), "query-note")


def test_another_wording_is_offered_and_keeps_what_else_was_asked(reader):
    article = make_article(title="نتنياهو يزور واشنطن")
    make_mention(article, "نتنياهو", entity=make_entity("بنيامين نتنياهو"))
    index_everything()
    response = reader.get("/", {"q": "نتنياعو", "since": "2024-01-01"})
    link = with_class(page_in(response), "instead", "a")[0]
    assert words(link) == "نتنياهو"
    assert titles(reader.get(link.get("href"))) == ["نتنياهو يزور واشنطن"]
    assert "since=2024-01-01" in link.get("href")


def test_passages_and_headlines_show_what_was_asked(reader):
    body = ["تمهيد طويل. " * 60 + "ثم وصل الوفد لواشنطن <أمس> ليلاً."]
    make_article(title="سفر <الوفد> لواشنطن", paragraphs=body)
    index_everything()
    page = reader.get("/", {"q": "واشنطن"}).content.decode()
    assert "سفر &lt;الوفد&gt; ل<mark>واشنطن</mark>" in page
    assert "ثم وصل الوفد ل<mark>واشنطن</mark> &lt;أمس&gt; ليلاً." in page


def test_nothing_found_offers_to_take_back_each_criterion(reader):
    make_article(title="القطار يعود")
    index_everything()
    response = reader.get("/", {"q": "القطار", "since": "2025-01-01", "marked": "1"})
    ways = [words(way) for way in with_class(page_in(response), "empty-ways", "a")]
    assert ways == ["بلا «من يوم: 1 يناير 2025»", "بلا «العلامات: عليها علامات»", "بلا كلمات البحث"]


def test_an_article_that_is_hidden_disappears_before_anything_is_indexed_anew(reader):
    article = make_article(title="سرّ مكتوم", paragraphs=["ذُكر مجهول الاسم."], source=make_source("وسيلة خفية"))
    make_mention(article, "مجهول الاسم")
    index_everything()
    Article.objects.update(status=Article.Status.HIDDEN)
    for address in ("/", "/?q=مكتوم", "/facets/", "/facets/?q=مكتوم", "/facets/?find=مجهول&kind=person"):
        for headers in ({}, HTMX):
            page = reader.get(address, **headers).content.decode().replace('value="مكتوم"', "")
            for secret in ("سرّ", "مجهول", "وسيلة خفية"):
                assert secret not in page.replace("find=مجهول", ""), address


def test_without_an_index_the_newest_articles_stand_there_and_the_page_says_why(reader):
    make_article(title="الوحيدة")
    response = reader.get("/", {"q": "غيرها"})
    assert titles(response) == ["الوحيدة"]
    assert "لم يُبنَ فهرس البحث" in text_of(response, "notice")
    assert "هذه أحدث المواد" in text_of(response, "notice")
    assert "الأعداد غير متاحة" in reader.get("/facets/?q=غيرها", **HTMX).content.decode()


def test_facets_say_how_many_articles_each_choice_is_about(reader):
    article = make_article(paragraphs=["التقت سلمى الهادي الوفد."], source=make_source("أولى"))
    make_mention(article, "سلمى الهادي")
    make_article(source=make_source("ثانية"), language="en")
    make_article(source=make_source("ثانية"))
    index_everything()
    response = reader.get("/facets/", **HTMX)
    assert facet(response, "source") == {"ثانية": "2", "أولى": "1"}
    assert facet(response, "person") == {"سلمى الهادي": "1"}
    assert facet(response, "language") == {"العربيّة": "2", "الإنجليزيّة": "1"}
    assert facet(response, "status") == {}
    checked = page_in(reader.get("/facets/", {"source": article.source_id}, **HTMX)).xpath("//input[@checked]")
    assert [box.get("value") for box in checked] == [str(article.source_id), ""]
    assert b"<main" not in response.content
    assert b"<main" in reader.get("/facets/").content


def test_a_chosen_name_of_another_kind_is_not_lost_with_the_next_choice(reader):
    article = make_article(paragraphs=["فازت رواية الميناء بالجائزة."])
    entity = make_mention(article, "رواية الميناء", entity=make_entity("رواية الميناء", kind="other")).entity_id
    index_everything()
    page = page_in(reader.get("/facets/", {"entity": entity}, **HTMX))
    assert page.xpath(f"//input[@name='entity'][@value='{entity}'][@checked]")


def test_bars_of_the_plot_are_links_to_their_days(reader):
    make_article(title="أولى", published_at=day(1))
    make_article(title="أخيرة", published_at=day(4))
    index_everything()
    bars = with_class(page_in(reader.get("/facets/?q=جسر&page=3", **HTMX)), "plot-bar")
    assert len(bars) == 4
    first = bars[0].get("href")
    assert parse_qs(urlsplit(first).query) == {"q": ["جسر"], "since": ["2024-05-01"], "until": ["2024-05-01"]}
    assert titles(reader.get(first)) == ["أولى"]
    assert words(bars[1].find("title")) == "2 مايو 2024: 0"


def test_facets_are_for_those_who_may_read(client, settings):
    make_article(source=make_source("أولى"))
    index_everything()
    assert client.get("/facets/", **HTMX).status_code == 403
    assert client.get("/facets/?q=جسر").url.startswith(reverse("login"))
    settings.PUBLIC_READING = True
    assert client.get("/facets/", **HTMX).status_code == 200


@pytest.mark.parametrize("asked", ["since=x", "source=999999", "entity=1&" * 11, "marked=7"])
def test_facets_of_what_cannot_be_understood_are_left_to_the_results_to_explain(reader, asked):
    assert reader.get(f"/facets/?{asked}", **HTMX).status_code == 204
    assert with_class(page_in(reader.get(f"/facets/?{asked}")), "notice-error")


@pytest.mark.parametrize("kind", ["", "x", "%00", "%ED%A0%80", "' OR 1"])
def test_names_of_an_unknown_kind_are_not_there(reader, kind):
    index_everything()
    assert reader.get(f"/facets/?find=ا&kind={kind}", **HTMX).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["«" * 500, "(" * 1000, '" - * =', "a" * 2000, "\u202e\u200f ـــ", "من:" * 300, "*" * 500, "أو | OR", "\0", "ا\0ب"],
)
def test_any_query_is_answered(reader, query):
    make_article()
    index_everything()
    assert reader.get("/", {"q": query}).status_code == 200
    assert reader.get("/facets/", {"q": query}, **HTMX).status_code == 200


def test_of_ten_thousand_words_the_first_are_sought_and_the_page_says_so(reader):
    make_article(title="خبر الجسر")
    index_everything()
    response = reader.get("/", {"q": "الجسر " * 10_000})
    assert titles(response) == ["خبر الجسر"]
    assert text_of(response, "query-note")
    assert reader.get("/facets/", {"q": "الجسر " * 10_000}, **HTMX).status_code == 200


@pytest.mark.parametrize("address", ["/", "/facets/"])
def test_a_thousand_and_more_choices_are_refused_at_once(reader, address):
    response = reader.get(f"{address}?{'source=1&' * 1500}")
    assert response.status_code == 400
    assert "<h1" in response.content.decode()


def test_the_list_and_its_facets_ask_the_database_twelve_times_at_most(reader, django_assert_max_num_queries):
    for number in range(PER_PAGE + 5):
        article = make_article(title=f"مادة {number}", source=make_source(f"وسيلة {number}"))
    entity = make_mention(article, "الجسر", entity=make_entity("الجسر", kind="place")).entity_id
    index_everything()
    asked = {"q": "مادة", "entity": entity, "source": [article.source_id], "since": "2020-01-01", "language": "ar"}
    for address in ("/", "/facets/"):
        for query in ({}, {"q": "زقزبر مادة"}, asked):
            with django_assert_max_num_queries(12):
                reader.get(address, query, **HTMX)
