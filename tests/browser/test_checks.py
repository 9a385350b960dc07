"""Checks in the real browser: the data block passes the policy, the board is worked by keyboard, pages fit a phone."""

import json

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Check
from tests.annotations.checking.cases import make_check, published
from tests.browser.test_accessible import serious

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def check(settings) -> Check:
    settings.PUBLIC_READING = True
    make_check("ادعاء جديد ينتظر")
    return published()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_visitor_s_page_holds_the_claim_review_and_breaks_no_policy(check, page):
    page.goto(check.get_absolute_url())
    expect(page.locator(".verdict .rating")).to_have_text("خاطئ")
    block = page.locator("script[type='application/ld+json']").text_content()
    assert json.loads(block)["claimReviewed"] == check.wording


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_serious_is_found_on_pages_of_checks(check, signed_in_page, theme):
    page = signed_in_page("editor")
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    addresses = ["/claims/", "/claims/board/", "/claims/?show=suggestions", check.get_absolute_url()]
    addresses += [f"{check.get_absolute_url()}{part}/" for part in ("history", "verdict")]
    for address in addresses:
        page.goto(address)
        assert serious(page) == [], address
        page.set_viewport_size({"width": 360, "height": 640})
        assert fits(page), address
        page.set_viewport_size({"width": 1440, "height": 900})


def test_the_board_is_worked_by_keyboard(check, signed_in_page):
    page = signed_in_page("editor")
    page.goto("/claims/board/")
    page.locator("#column-new + .board-cards button").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#column-checking + .board-cards")).to_contain_text("ادعاء جديد ينتظر")
