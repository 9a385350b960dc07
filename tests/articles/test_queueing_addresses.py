"""Addresses that wait in the queue: pages, feeds and lists of addresses, from a real server on this machine."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.importing.packing import unpacked
from articles.importing.queue.dividing import divide_upload
from articles.importing.queue.queueing import queue_import, queue_retry
from articles.models import Article, ImportRun
from tests.articles.fetching.site import Site, answered, serving
from tests.articles.pages import FIRST, SECOND, TITLE
from tests.articles.working import empty_queue, waiting_jobs, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _one_step_and_an_empty_queue(settings):
    settings.REVISION_STEPS = ["articles.provenance.steps.join_story"]
    settings.FETCH_ALLOW, settings.FETCH_DELAY = ["127.0.0.1"], 0
    empty_queue()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def page(number: int) -> bytes:
    html = (
        f"<html lang='ar'><head><meta charset='utf-8'><title>{TITLE} {number}</title></head><body><article>"
        f"<h1>{TITLE} {number}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST} {number}</p></article></body></html>"
    )
    return answered(html.encode())


def feed(site: Site, numbers: range) -> bytes:
    items = "".join(f"<item><title>{number}</title><link>{site.url(f'/{number}')}</link></item>" for number in numbers)
    return answered(f"<rss version='2.0'><channel><title>القرية</title>{items}</channel></rss>".encode())


def counts(run: ImportRun) -> tuple[str, int, int, int, int]:
    run.refresh_from_db()
    return run.state, run.created, run.updated, run.unchanged, run.refused


def test_pages_and_feeds_become_one_run(site):
    site.answers |= {"/feed": feed(site, range(3)), "/page": page(9)} | {f"/{one}": page(one) for one in range(3)}
    run = queue_import([site.url("/feed"), site.url("/page"), site.url("/none")], by=None)
    assert (run.weight, run.inputs.splitlines()[1]) == (None, site.url("/page"))
    work_off()
    assert counts(run) == ("finished", 4, 0, 0, 1)
    assert "404" in run.items.get(outcome="refused").reason
    assert Article.objects.filter(url=site.url("/page")).exists()
    site.answers["/none"] = page(10)
    again = queue_retry(run, by=None)
    work_off()
    assert counts(again) == ("finished", 1, 0, 0, 0)


def test_a_retry_of_a_scheduled_run_obeys_the_site_and_one_page_that_a_person_names_is_fetched(site):
    addresses = [site.url(f"/{one}") for one in range(3)]
    site.answers |= {"/robots.txt": answered(b"User-agent: *\nDisallow: /", media_type="")}
    site.answers |= {f"/{one}": page(one) for one in range(3)}
    run = queue_import([], uploads=[SimpleUploadedFile("1.txt", "\n".join(addresses).encode())], by=None)
    run.options = {"scheduled": True}
    run.save()
    work_off()
    assert counts(run) == ("finished", 0, 0, 0, 3)
    for items in (None, run.items.all()):
        again = queue_retry(run, by=None, items=items)
        work_off()
        assert counts(again) == ("finished", 0, 0, 0, 3)
        assert "robots.txt" in again.items.first().reason
    assert set(site.paths()) == {"/robots.txt"}
    named = queue_retry(again, by=None, items=again.items.filter(input=addresses[1]), named=True)
    work_off()
    assert counts(named) == ("finished", 1, 0, 0, 0)
    assert Article.objects.get().url == addresses[1]


def test_trying_a_scheduled_run_again_that_had_one_input_asks_for_no_page_by_name(site, client):
    site.answers |= {"/robots.txt": answered(b"User-agent: *\nDisallow: /", media_type=""), "/1": page(1)}
    run = queue_import([], uploads=[SimpleUploadedFile("1.txt", site.url("/1").encode())], by=None)
    ImportRun.objects.filter(pk=run.pk).update(options={"scheduled": True})
    work_off()
    assert counts(run) == ("finished", 0, 0, 0, 1)
    client.force_login(User.objects.create_superuser("editor"))
    client.post(f"/imports/{run.pk}/retry/")
    work_off()
    bulk = run.retries.get()
    assert counts(bulk) == ("finished", 0, 0, 0, 1)
    assert set(site.paths()) == {"/robots.txt"}
    client.post(f"/imports/{bulk.pk}/retry/", {"item": bulk.items.get().pk})
    work_off()
    assert counts(bulk.retries.get()) == ("finished", 1, 0, 0, 0)


def test_a_file_of_addresses_is_fetched_from(site):
    site.answers |= {f"/{one}": page(one) for one in range(25)}
    lines = "\n".join(site.url(f"/{one}") for one in range(25))
    run = queue_import([], uploads=[SimpleUploadedFile("روابط.txt", lines.encode())], by=None)
    work_off()
    assert counts(run) == ("finished", 25, 0, 0, 0)
    assert set(run.items.values_list("input", flat=True)) == set(lines.splitlines())


def test_what_a_list_says_is_written_together_or_not_at_all(site):
    class Killed(BaseException):
        pass

    def kill_at_the_last() -> None:
        left.pop()
        if not left:
            raise Killed

    site.answers["/feed"] = feed(site, range(30))
    run, left = queue_import([site.url("/feed")], by=None), list(range(30))
    (upload,) = [arguments["upload_id"] for _, arguments in waiting_jobs()]
    with pytest.raises(Killed):
        divide_upload(upload, between=kill_at_the_last)
    assert not run.chunks.exists()
    # Meanwhile the feed has gone on.
    site.answers["/feed"] = feed(site, range(20, 50))
    divide_upload(upload)
    divide_upload(upload)
    links = [record.address for chunk in run.chunks.all() for record in unpacked(chunk.payload)]
    assert links == [site.url(f"/{number}") for number in range(20, 50)]


def test_many_addresses_are_looked_at_by_several_jobs(site):
    queue_import([site.url(f"/{number}") for number in range(45)], by=None)
    assert [task for task, _ in waiting_jobs()] == ["divide_upload"] * 3
