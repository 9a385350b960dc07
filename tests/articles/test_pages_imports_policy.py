"""What every page keeps (test_pages_policy.py), on the pages of imports."""

from itertools import product

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import FeedSubscription
from tests.accounts import make_user
from tests.articles import test_pages_contrast as contrast
from tests.articles import test_pages_policy as policy
from tests.articles.factories import make_article, make_source
from tests.articles.markup import page_in
from tests.articles.test_pages_imports_run import make_run, refuse

pytestmark = pytest.mark.django_db

test_no_code_and_no_style_stands_in_the_markup = policy.test_no_code_and_no_style_stands_in_the_markup
test_the_policy_allows_only_ourselves = policy.test_the_policy_allows_only_ourselves
test_nothing_is_loaded_from_elsewhere = policy.test_nothing_is_loaded_from_elsewhere
test_every_field_has_a_name_that_is_read_aloud = policy.test_every_field_has_a_name_that_is_read_aloud
test_headings_go_down_one_step_at_a_time = policy.test_headings_go_down_one_step_at_a_time
test_no_cache_may_give_one_reader_s_page_to_another = policy.test_no_cache_may_give_one_reader_s_page_to_another


@pytest.fixture(params=["imports", "refused import", "waiting", "running", "finished", "articles", "feeds", "remove"])
def response(request, client):
    client.force_login(make_user("editor"))
    make_source()
    feed = FeedSubscription.objects.create(address="https://news.example/feed", fetched_at=timezone.now())
    again = make_run("waiting")
    run = make_run("running" if request.param == "running" else "finished", created=1, subscription=feed)
    run.retries.add(again)
    run.items.create(input="good.html", outcome="created", article=make_article())
    refuse(run, "bad.html")
    refuse(run, "late.html", "سبب آخر", kept=False, taken_in_by=again)
    match request.param:
        case "imports":
            return client.get(reverse("import_list"))
        case "refused import":
            return client.post(reverse("import_list"), {"addresses": "/etc/passwd"})
        case "feeds":
            return client.get(reverse("feed_list"))
        case "remove":
            return client.get(reverse("remove_feed", args=[feed.pk]))
        case "waiting":
            return client.get(reverse("import_run", args=[again.pk]))
        case "articles":
            return client.get(reverse("import_run", args=[run.pk]), {"outcome": "created"})
        case _:
            return client.get(reverse("import_run", args=[run.pk]))


def test_ids_are_unique_and_what_refers_to_them_finds_them(response):
    page = page_in(response)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    references = page.xpath("//label/@for | //@aria-labelledby | //@aria-describedby | //@list")
    assert set(" ".join(references).split()) <= set(ids)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_a_failure_stands_out_on_every_paper(theme):
    colour = contrast.colours(theme)
    for text, paper in product(("warning", "accent"), contrast.PAPERS):
        assert contrast.contrast(colour[text], colour[paper]) >= 4.5, (text, paper)
