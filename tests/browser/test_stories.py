"""A story and a comparison in a real browser: on a phone, without JavaScript, without colours."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from articles.models import Story
from tests.articles.copies import FLOOD, LIBRARY, stored

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def addresses():
    one = stored(FLOOD + LIBRARY, title="النهر يغلق الجسر القديم وينقل سبعين أسرة إلى مدرسة الحي")
    lines = [FLOOD[2], FLOOD[0].replace("أعلنت", "اعلنت"), FLOOD[1].replace("70", "80"), *LIBRARY]
    other = stored(lines, source="موقع نوافذ الساحل الشرقي للأخبار المنوعة", title="إغلاق الجسر", hours=2)
    return {
        "story": Story.objects.get().get_absolute_url(),
        "compare": reverse("compare", args=[one.pk, other.pk]),
        "article": other.get_absolute_url(),
    }


@pytest.mark.parametrize("name", ["story", "compare", "article"])
def test_nothing_scrolls_sideways_on_a_phone(signed_in_page, addresses, name):
    page = signed_in_page("reader")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(addresses[name])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_from_an_article_to_its_story_and_to_what_a_copy_changed(signed_in_page, addresses):
    page = signed_in_page("reader")
    page.goto(addresses["article"])
    page.get_by_role("link", name="القصة كلها بحسب الوقت").click()
    expect(page.get_by_role("heading", name="من أين أتى النص")).to_be_visible()
    page.get_by_role("link", name="قارن بالأصل كلمة كلمة").click()
    expect(page.locator(".compared ins.weighty")).to_have_text("80")
    page.get_by_role("link", name="اعكس الاتجاه").click()
    expect(page.locator(".compared ins.weighty")).to_have_text("70")


def test_every_difference_is_told_without_colour(signed_in_page, addresses):
    page = signed_in_page("reader")
    page.goto(addresses["compare"])
    lines = "element => getComputedStyle(element).textDecorationLine + getComputedStyle(element).textDecorationStyle"
    drawn = {
        kind: page.locator(f".compared {kind}").first.evaluate(lines)
        for kind in ("ins.added", "del.dropped", "ins.moved", "del.moved", ".respelt")
    }
    assert drawn == {
        "ins.added": "underlinesolid",
        "del.dropped": "line-throughsolid",
        "ins.moved": "underlinedouble",
        "del.moved": "line-throughdouble",
        ".respelt": "underlinesolid",
    }
    page.locator(".compared del.moved a").first.click()
    expect(page.locator(".compared ins.moved:target")).to_be_visible()


def test_a_comparison_works_without_javascript(browser: Browser, live_server, settings, addresses):
    settings.PUBLIC_READING = True
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(addresses["story"])
    page.get_by_role("link", name="قارن بالأصل كلمة كلمة").click()
    expect(page.locator(".compared del.weighty")).to_have_text("70")
    context.close()
