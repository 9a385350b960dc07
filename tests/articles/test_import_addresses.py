"""Importing what stands at addresses: pages, and the feeds, sitemaps and lists that lead to them."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.utils import timezone

from articles.importing.running import import_inputs
from articles.models import Article, ImportItem
from tests.articles.fetching.site import answered, moved
from tests.articles.news_site import feed_of, news_site, page_of
from tests.articles.pages import TITLE

pytestmark = pytest.mark.django_db
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"


@pytest.fixture(autouse=True)
def _near(settings, tmp_path):
    settings.REVISION_STEPS = []
    settings.NEWSDESK_DATA = tmp_path / "data"
    settings.FETCH_ALLOW, settings.FETCH_DELAY = ["127.0.0.1"], 0


@pytest.fixture
def site():
    with news_site() as site:
        yield site


def titles() -> list[str]:
    return list(Article.objects.order_by("title").values_list("title", flat=True))


ALL = [f"{TITLE} {number}" for number in (1, 2, 3)]


@pytest.mark.parametrize("path", ["/feed", "/sitemap", "/index", "/list"])
def test_every_kind_of_list_leads_to_its_pages(site, path):
    report = import_inputs([site.url(path)])
    assert (report.created, report.refused) == (3, 0)
    assert titles() == ALL


def test_a_page_is_known_by_its_address_and_keeps_what_the_server_said(site):
    import_inputs([site.url("/1")])
    article = Article.objects.get()
    assert article.url == site.url("/1")
    original = article.originals.get()
    assert (original.final_url, original.headers["etag"], original.body) == (site.url("/1"), '"1"', page_of(1))


def test_a_redirected_page_stands_under_its_last_address(site):
    site.answers["/old"] = moved(site.url("/2"))
    import_inputs([site.url("/old")])
    assert Article.objects.get().url == site.url("/2")


def test_files_of_addresses_feeds_and_sitemaps_lead_to_their_pages(site, tmp_path):
    (tmp_path / "addresses.txt").write_text(f"# قائمة الصباح\n{site.url('/1')}\n{site.url('/1')}\nلا رابط\n")
    (tmp_path / "saved.rss").write_bytes(feed_of(site, [2]))
    (tmp_path / "sitemap.xml").write_bytes(site.answers["/sitemap"].partition(b"\r\n\r\n")[2])
    inputs = [tmp_path / "addresses.txt", tmp_path / "saved.rss", tmp_path / "sitemap.xml"]
    report = import_inputs(inputs, format="addresses", limit=2)
    assert (report.created, report.refused) == (1, 1)
    report = import_inputs(inputs[1:])
    assert (report.created, report.unchanged, report.refused) == (2, 2, 0)
    assert titles() == ALL


def test_a_text_of_addresses_is_known_as_one_and_an_article_as_none(site, tmp_path):
    (tmp_path / "links.txt").write_text(f"{site.url('/1')}\n{site.url('/3')}\n")
    (tmp_path / "news.txt").write_text(
        f"مدرسة القرية تحتفل بيومها\nنقلت عنها الصفحة {site.url('/2')} خبراً.\nحضر الأهالي."
    )
    assert import_inputs([tmp_path / "links.txt", tmp_path / "news.txt"]).created == 3
    assert site.paths().count("/2") == 0


def test_a_folder_is_read_without_fetching_what_its_lists_lead_to(site, tmp_path):
    (tmp_path / "feed.xml").write_bytes(feed_of(site, [1]))
    (tmp_path / "page.html").write_bytes(page_of(2))
    assert import_inputs([tmp_path]).created == 1
    assert site.asked == []


def test_a_page_that_has_not_changed_is_asked_for_by_its_etag_and_writes_nothing(site):
    import_inputs([site.url("/list")])
    items = ImportItem.objects.count()
    site.answers |= {f"/{number}": NOT_MODIFIED for number in (1, 2, 3)}
    report = import_inputs([site.url("/list")])
    assert (report.unchanged, report.created, report.updated) == (3, 0, 0)
    assert [asked.headers.get("if-none-match") for asked in site.asked[-3:]] == ['"1"', '"2"', '"3"']
    assert ImportItem.objects.count() == items


def test_a_page_that_changed_gets_a_new_revision(site):
    import_inputs([site.url("/1")])
    site.answers["/1"] = answered(page_of(1, addition="وأضاف المتحدث أن العمل يستمر حتى المساء."))
    assert import_inputs([site.url("/1")]).updated == 1
    assert Article.objects.get().revisions.count() == 2


def test_the_date_of_a_feed_is_that_of_a_page_without_one(site):
    import_inputs([site.url("/feed")])
    article = Article.objects.first()
    assert article.published_at == datetime(2024, 3, 27, 6, 30, tzinfo=UTC)
    assert (article.published_precision, article.published_from) == ("minute", "feed")


def test_what_cannot_be_fetched_is_refused_by_name_and_the_rest_is_imported(site):
    site.answers["/2"] = answered(b"", status="404 Not Found")
    report = import_inputs([site.url("/feed"), site.url("/nothing"), "http://10.1.2.3/"])
    assert (report.created, report.refused) == (2, 3)
    reasons = dict(ImportItem.objects.filter(outcome="refused").values_list("input", "reason"))
    assert "404" in reasons[site.url("/2")]
    assert "404" in reasons[site.url("/nothing")]
    assert "10.1.2.3" in reasons["http://10.1.2.3/"]


def test_a_link_of_a_list_to_another_list_is_no_article(site):
    site.answers["/links"] = answered(site.url("/feed").encode(), media_type="text/plain")
    report = import_inputs([site.url("/links")])
    assert (report.created, report.refused) == (0, 1)
    assert "قائمة" in ImportItem.objects.get().reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "الخلاصة فارغة"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>", "خريطة الموقع فارغة"),
    ],
)
def test_an_empty_list_says_so(site, body, reason):
    site.answers["/empty"] = answered(body, media_type="application/xml")
    import_inputs([site.url("/empty")])
    assert ImportItem.objects.get().reason == reason


def test_a_page_of_a_server_without_clock_is_seen_from_the_moment_when_it_was_fetched(site):
    html = page_of(1).decode().replace("</h1>", "</h1><p class='date'>منذ يومين</p>")
    site.answers["/undated"] = answered(html.encode())
    before = timezone.localdate()
    import_inputs([site.url("/undated")])
    article = Article.objects.get()
    assert timezone.localdate(article.published_at) in (before - timedelta(days=2), before - timedelta(days=1))
    assert parsedate_to_datetime(article.originals.get().headers["date"]).date() >= before - timedelta(days=1)
