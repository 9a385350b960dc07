"""What failed is kept, and a retry that succeeds releases it."""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.importing.intake import take_in
from articles.importing.quarantine import failed_items, forget_old_quarantine, quarantined_records
from articles.importing.records import ReadingOptions
from articles.importing.running import begin_run, import_inputs
from articles.models import Article, ImportItem, ImportRun, Quarantined
from tests.articles.fetching.site import answered
from tests.articles.news_site import feed_of, news_site, page_of

pytestmark = pytest.mark.django_db
OPTIONS = ReadingOptions(1_000_000)


@pytest.fixture(autouse=True)
def _near(settings, tmp_path):
    settings.REVISION_STEPS = []
    settings.NEWSDESK_DATA = tmp_path / "data"
    settings.FETCH_ALLOW, settings.FETCH_DELAY = ["127.0.0.1"], 0


def retried(run: ImportRun) -> ImportRun:
    again = begin_run([run.inputs], by=None, options=OPTIONS, retry_of=run, weight=None)
    found = quarantined_records(failed_items(run))
    for result in take_in(found, OPTIONS, run=again):
        setattr(again, result.outcome, getattr(again, result.outcome) + 1)
    return again


def test_a_page_that_failed_is_kept_byte_by_byte_once_however_often_it_fails(tmp_path):
    (tmp_path / "empty.html").write_bytes(b"<p>x</p>")
    for _ in range(3):
        run = import_inputs([tmp_path]).run
    kept = Quarantined.objects.get()
    assert gzip.decompress(kept.compressed) == b"<p>x</p>"
    assert kept.items.count() == 3
    assert failed_items(run).count() == 1


def test_what_could_not_be_read_at_all_is_no_input_to_try_again(tmp_path):
    run = import_inputs([tmp_path / "nothing.html"]).run
    assert run.items.count() == 1
    assert not failed_items(run).exists()


def test_an_unexpected_error_is_kept_and_taken_in_when_it_is_mended(tmp_path, settings):
    settings.REVISION_STEPS = [f"{__name__}.fail"]
    (tmp_path / "page.html").write_bytes(page_of(1))
    first = import_inputs([tmp_path]).run
    assert not Article.objects.exists()
    settings.REVISION_STEPS = []
    again = retried(first)
    assert (again.created, again.refused) == (1, 0)
    item = first.items.get()
    assert (item.taken_in_by, item.quarantined) == (again, None)
    assert not Quarantined.objects.exists()
    assert Article.objects.get().key == "page.html"


def fail(revision):
    raise RuntimeError("no")


def test_an_address_that_failed_is_fetched_again(settings):
    with news_site(1) as site:
        site.answers["/1"] = [answered(b"", status="404 Not Found"), answered(page_of(1))]
        first = import_inputs([site.url("/feed")]).run
        assert first.items.get().outcome == "refused"
        again = retried(first)
    assert again.created == 1
    assert Article.objects.get().published_from == "feed"


def test_a_feed_that_failed_is_read_again_with_its_pages():
    with news_site(2) as site:
        feed = answered(feed_of(site, [1, 2]), media_type="application/rss+xml")
        site.answers["/feed"] = [answered(b"", status="404 Not Found"), feed]
        first = import_inputs([site.url("/feed")]).run
        assert retried(first).created == 2


def test_what_fails_again_stays_in_quarantine(tmp_path):
    (tmp_path / "empty.html").write_bytes(b"<p>x</p>")
    first = import_inputs([tmp_path]).run
    again = retried(first)
    assert again.refused == 1
    assert Quarantined.objects.get().items.count() == 2
    assert ImportItem.objects.filter(taken_in_by=None).count() == 2


def test_the_quarantine_forgets_after_so_many_days(tmp_path, settings):
    (tmp_path / "empty.html").write_bytes(b"<p>x</p>")
    import_inputs([tmp_path])
    assert forget_old_quarantine() == 0
    Quarantined.objects.update(kept_at=timezone.now() - timedelta(days=settings.QUARANTINE_DAYS, seconds=1))
    assert forget_old_quarantine() == 1
    assert ImportItem.objects.get().quarantined is None
