"""What every page keeps (test_pages_policy.py), on the pages of saved searches."""

import pytest
from django.urls import reverse

from articles.delivering.unsubscribing import unsubscribe_path
from tests.articles import test_pages_policy
from tests.articles.delivering.found import keep

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["searches", "none saved", "saving", "refused", "deleting", "stopping mail", "unknown link"])
def response(request, client, settings):
    settings.MAIL_SEARCHES = True
    search = keep(email="salma@desk.example")
    keep("q=bridge", owner=search.owner)
    client.force_login(search.owner)
    saving = f"{reverse('save_search')}?q=x"
    match request.param:
        case "searches":
            return client.get(reverse("search_list"))
        case "none saved":
            search.owner.saved_searches.all().delete()
            return client.get(reverse("search_list"))
        case "saving":
            return client.get(saving)
        case "refused":
            return client.post(saving, {"name": ""})
        case "deleting":
            return client.get(reverse("delete_search", args=[search.pk]))
        case "stopping mail":
            return client.get(unsubscribe_path(search))
        case _:
            return client.get("/searches/unsubscribe/x/")


test_no_code_and_no_style_stands_in_the_markup = test_pages_policy.test_no_code_and_no_style_stands_in_the_markup
test_the_policy_allows_only_ourselves = test_pages_policy.test_the_policy_allows_only_ourselves
test_nothing_is_loaded_from_elsewhere = test_pages_policy.test_nothing_is_loaded_from_elsewhere
test_every_field_has_a_name_that_is_read_aloud = test_pages_policy.test_every_field_has_a_name_that_is_read_aloud
test_ids_are_unique = test_pages_policy.test_ids_are_unique_and_what_refers_to_them_finds_them
test_headings_go_down_one_step_at_a_time = test_pages_policy.test_headings_go_down_one_step_at_a_time
test_no_cache_may_give_one_reader_s_page_to_another = (
    test_pages_policy.test_no_cache_may_give_one_reader_s_page_to_another
)
