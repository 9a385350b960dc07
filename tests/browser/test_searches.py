"""Saved searches in a real browser: from results to a saved search, its feed's address, its mail."""

import pytest
from playwright.sync_api import expect

from articles.models import SavedSearch
from tests.articles.delivering.found import keep
from tests.articles.factories import make_article
from tests.searching import index_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def searches(signed_in_page, settings):
    """The page of somebody who keeps two searches, one with something new."""
    settings.MAIL_SEARCHES = True
    page = signed_in_page("reader")
    page.user.email = "salma@desk.example"
    page.user.save()
    keep("q=%D8%A7%D9%84%D8%AC%D8%B3%D8%B1", owner=page.user, name="أخبار الجسر")
    keep("q=bridge", owner=page.user, name="Bridge & river")
    make_article()
    index_everything()
    page.goto("/searches/")
    return page


def test_the_feed_s_address_is_copied(searches):
    searches.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row = searches.locator(".search-row").filter(has_text="أخبار الجسر")
    row.get_by_text("إعدادات البحث").click()
    row.get_by_role("button", name="انسخ").click()
    expect(row.get_by_role("button", name="نُسخ")).to_be_visible()
    copied = searches.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/searches/{SavedSearch.objects.get(name='أخبار الجسر').token}/feed/")
    expect(row.get_by_role("button", name="انسخ")).to_be_visible()


def test_mail_is_set_up_and_what_is_new_is_opened(searches):
    row = searches.locator(".search-row").filter(has_text="أخبار الجسر")
    expect(row).to_contain_text("مادة جديدة واحدة")
    row.get_by_text("إعدادات البحث").click()
    row.get_by_label("أرسل الجديد بالبريد الإلكتروني").select_option("daily")
    row.get_by_label("الساعة").select_option("16")
    row.get_by_role("button", name="احفظ إعدادات الإرسال").click()
    expect(searches.get_by_role("status")).to_contain_text("حُفظت إعدادات الإرسال")
    expect(row).to_contain_text("رسالة كل يوم، الساعة 16:00")
    row.get_by_role("link", name="أخبار الجسر", exact=True).click()
    searches.wait_for_url("**/?q=*")
    searches.goto("/searches/")
    expect(row).to_contain_text("لا جديد منذ آخر اطّلاع")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(searches, width):
    searches.set_viewport_size({"width": width, "height": 900})
    for summary in searches.locator(".search-settings summary").all():
        summary.click()
    assert searches.evaluate("document.documentElement.scrollWidth") <= width
