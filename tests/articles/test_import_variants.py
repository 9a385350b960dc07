"""One page under several forms of its URL, and several pages under what looks like one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.canonical import canonical_url
from articles.importing.readers.html import read_html
from articles.importing.storing import Outcome, store_page
from articles.importing.variants import page_of, variants_of
from articles.models import Article, Revision
from tests.articles.pages import FIRST, SECOND, TITLE, make_page

URL = "https://village.example/news/7"
PRINTED = "https://village.example/print.php?id=7"
THIRD = "وأضاف أن المكتبة ستفتح أبوابها ستة أيام في الأسبوع، وأن الاشتراك فيها مجاني لطلاب المدارس."
OTHER = (
    "أعلنت بلدية مرسى النخيل إغلاق الجسر القديم أمام الشاحنات حتى نهاية الشهر المقبل بسبب أعمال الصيانة.",
    "وقال المهندس نبيل الخطيب إن الحركة ستتحول إلى الطريق الساحلي، وإن العمل سيجري ليلاً قدر الإمكان.",
)
VARIANTS = (
    "http://village.example/news/7",
    "https://www.village.example/news/7",
    "http://www.village.example/news/7/",
    "https://village.example/news/7/",
    "https://m.village.example/news/7",
    "https://amp.village.example/news/7/",
    "https://www.village.example/news/7/amp/",
    "https://village.example/amp/news/7",
    "https://village.example/news/7?amp=1",
    "https://village.example/news/7.amp",
)


@pytest.fixture(autouse=True)
def _no_steps(settings):
    settings.REVISION_STEPS = []


def stored_at(url: str, *paragraphs: str, **details):
    return store_page(make_page(*(paragraphs or (FIRST, SECOND)), url=canonical_url(url), **details))


def html(canonical: str, *more: str) -> bytes:
    text = "".join(f"<p>{line}</p>" for line in (FIRST, SECOND, *more))
    return (
        f"<html lang='ar'><head><meta charset='utf-8'><link rel='canonical' href='{canonical}'><title>{TITLE}</title>"
        f"</head><body><article><h1>{TITLE}</h1>{text}</article></body></html>"
    ).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("variant", [*VARIANTS, f"{URL}#comments"])
def test_a_page_under_another_form_of_its_url_is_the_same_article_and_may_update_it(variant):
    article = stored_at(URL).article
    assert stored_at(variant).outcome == Outcome.UNCHANGED
    updated = stored_at(variant, FIRST, SECOND, THIRD)
    assert (updated.outcome, updated.article.pk) == (Outcome.UPDATED, article.pk)
    article.refresh_from_db()
    assert (article.url, article.current_revision.number) == (URL, 2)
    assert stored_at(URL, FIRST, SECOND, THIRD).outcome == Outcome.UNCHANGED
    assert Article.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("variant", VARIANTS)
def test_which_form_came_first_makes_no_difference(variant):
    first = stored_at(variant).article
    assert stored_at(URL).article.pk == first.pk
    assert stored_at(URL, FIRST, SECOND, THIRD, title=f"{TITLE}: تفاصيل").article.pk == first.pk
    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_a_site_that_shows_different_pages_under_such_forms_has_as_many_articles():
    pages = [(URL, TITLE, (FIRST, SECOND)), (f"{URL}/", "إغلاق الجسر القديم", OTHER)]
    for url, title, paragraphs in pages * 2:
        stored_at(url, *paragraphs, title=title)
    assert Article.objects.count() == Revision.objects.count() == 2
    assert set(Article.objects.values_list("url", flat=True)) == {URL, f"{URL}/"}
    later = stored_at(f"{URL}/", *OTHER, THIRD, title="إغلاق الجسر القديم")
    assert (later.outcome, later.article.url) == (Outcome.UPDATED, f"{URL}/")


@pytest.mark.django_db
def test_a_line_that_all_of_a_sites_pages_have_makes_no_two_of_them_one():
    line = "تابعوا أخبار القرية على قناتنا، وشاركونا صوركم وآراءكم في البريد المفتوح كل يوم خميس من الأسبوع."
    stored_at(URL, FIRST, line)
    stored_at(f"{URL}/", OTHER[0], line, title="إغلاق الجسر القديم")
    assert Article.objects.count() == 2
    # Under one headline that is the site's name little in common is not enough either.
    stored_at("https://village.example/a", FIRST, SECOND, "تابعونا", title="أخبار القرية")
    stored_at("http://village.example/a", *OTHER, "تابعونا", title="أخبار القرية")
    assert Article.objects.count() == 4


@pytest.mark.django_db
def test_pages_of_different_paths_hosts_and_queries_stay_apart_however_alike():
    others = (f"{URL}1", "https://sport.village.example/news/7", f"{URL}?page=2", "https://village.example/News/7")
    for url in (URL, *others):
        assert stored_at(url).outcome == Outcome.CREATED


@pytest.mark.django_db
def test_a_page_that_names_another_url_of_its_site_as_its_own_is_the_article_there():
    article = stored_at(URL).article
    assert store_page(read_html(html("/news/7"), address=PRINTED)).article.pk == article.pk
    updated = store_page(read_html(html("/news/7", THIRD), address=PRINTED))
    assert (updated.outcome, updated.article.pk) == (Outcome.UPDATED, article.pk)
    assert Article.objects.count() == 1


@pytest.mark.django_db
def test_the_article_that_was_stored_under_another_url_is_found_by_the_url_that_it_names():
    printed = store_page(read_html(html(URL), address=PRINTED)).article
    assert printed.url == PRINTED
    assert store_page(read_html(html(URL), address=URL)).article.pk == printed.pk
    assert store_page(read_html(html(URL), address=f"{URL}/")).article.pk == printed.pk


@pytest.mark.django_db
def test_a_template_that_names_one_url_for_all_its_pages_makes_no_two_of_them_one():
    home = "https://village.example/"
    last = (THIRD, f"{THIRD} وفي العطل")
    texts = ((URL, TITLE, (FIRST, SECOND)), (f"{URL}1", "إغلاق الجسر", OTHER), (home, "القرية", last))
    for url, title, lines in texts:
        page = html(home).decode().replace(TITLE, title).replace(FIRST, lines[0]).replace(SECOND, lines[1])
        assert store_page(read_html(page.encode(), address=url)).outcome == Outcome.CREATED


@pytest.mark.django_db
@pytest.mark.parametrize("said", [7, None, ["x"], "http://[", "javascript:alert(1)", "x" * 5000])
def test_what_an_input_calls_canonical_and_is_no_url_does_no_harm(said):
    assert stored_at(URL, metadata={"canonical": said}).outcome == Outcome.CREATED


@pytest.mark.django_db(transaction=True)
def test_processes_that_store_the_forms_of_one_page_at_the_same_time_make_one_article():
    def store(url: str) -> None:
        try:
            stored_at(url)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(store, (URL, *VARIANTS)))
    assert Article.objects.count() == 1


HOSTS = ("a.example", "www.a.example", "m.a.example", "amp.dev", "www.amp.dev", "127.0.0.1", "[::1]", "x")
PATHS = ("/", "/a", "/a/", "/amp", "/amp/", "/amp/a", "/a/amp/", "/a.html", "/a.amp.html", "/a//", "//")
QUERIES = ("", "?id=7", "?amp=1", "?id=7&amp", "?outputType=amp")


@given(st.tuples(*map(st.sampled_from, (("http", "https"), HOSTS, ("", ":8080"), PATHS, QUERIES))))
def test_all_forms_of_a_url_are_forms_of_one_page_and_canonical(parts):
    url = canonical_url("{}://{}{}{}{}".format(*parts))
    found = variants_of(url)
    assert found[0] == url
    assert len(set(found)) == len(found) <= 60
    assert {page_of(variant) for variant in found} == {page_of(url)}
    assert all(canonical_url(variant) == variant for variant in found)
