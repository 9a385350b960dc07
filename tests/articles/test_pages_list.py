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
        ({"source": "999999"}, "وسيلة الإعلام"),
        ({"source": "9" * 30}, "وسيلة الإعلام"),
        ({"entity": "9" * 30}, "لا يرد هذا الاسم"),
        ({"source": [str(number) for number in range(900)]}, "100 وسيلة"),
        ({"entity": [str(number) for number in range(900)]}, "10 أسماء"),
        ({"language": "../etc"}, "ليس رمز لغة"),
        ({"sort": "random"}, "الترتيب"),
        ({"marked": "2"}, "العلامات"),
        ({"q": "حرف\0محظور"}, "ابحث في المواد"),
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
