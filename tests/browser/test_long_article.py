"""A long text, which is laid out only where it is looked at: links into it lead to their words all the same."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.annotations.marks import span, suggest
from tests.articles.factories import make_article
from tests.browser.hands import open_article, until

pytestmark = pytest.mark.django_db(transaction=True)

PARAGRAPHS = 400
LINE = "ذهب الوفد إلى العاصمة ثم عاد منها وتحدث إلى الصحفيين عن نتائج الزيارة وما اتُّفق عليه فيها. "
WORDS = "هذه هي الكلمات المقصودة"
# How far the words are from where they should be: the upper third of the screen.
PLACE = """() => {
    const walker = document.createTreeWalker(document.querySelector("#article"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf("هذه هي الكلمات");
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 10);
        return range.getBoundingClientRect().top;
    }
}"""


@pytest.fixture
def article() -> Article:
    """20,000 words in paragraphs of very different lengths."""
    paragraphs = [f"الفقرة {number}: " + LINE * (1 + number % 7) for number in range(PARAGRAPHS)]
    paragraphs[PARAGRAPHS * 3 // 4] += WORDS
    return make_article(title="مادة طويلة", paragraphs=[one.strip() for one in paragraphs])


def at_rest(page: Page) -> float:
    """Where the words stand when the page has stopped moving."""
    before = None
    for _ in range(60):
        page.wait_for_timeout(200)
        now = page.evaluate(PLACE)
        if before is not None and abs(now - before) < 1:
            return now
        before = now
    raise AssertionError("the page never came to rest")


def test_a_link_to_a_mark_deep_in_a_long_text_leads_to_its_words(article, signed_in_page):
    mark = suggest(article, WORDS)
    page = signed_in_page("annotator")
    page.goto(f"{article.get_absolute_url()}#mark-{mark.uuid}")
    until(page, "CSS.highlights.get('flash')?.size >= 0")
    assert 0 <= at_rest(page) <= 900 * 0.6
    page.evaluate("scrollTo(0, 0)")
    page.locator(".entry-words").click()
    assert 0 <= at_rest(page) <= 900 * 0.6


def test_stepping_to_a_mark_deep_in_a_long_text_shows_its_tools_beside_it(article, signed_in_page):
    suggest(article, WORDS)
    assert span(article, WORDS).start > 100_000
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    page.keyboard.press("j")
    expect(page.locator("#palette [data-for=mark]")).to_be_visible()
    top = at_rest(page)
    assert 0 <= top <= 900 * 0.6
    box = page.locator("#palette").bounding_box()
    assert abs(box["y"] - top) <= 250


def test_the_ledger_beside_the_text_follows_to_the_mark_that_is_chosen(article, signed_in_page):
    for number in range(60):
        suggest(article, f"الفقرة {number}:")
    mark = suggest(article, WORDS)
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    page.keyboard.press("k")
    expect(page.locator(".entry.is-chosen")).to_have_attribute("data-mark", str(mark.uuid))
    expect(page.locator(".entry.is-chosen")).to_be_in_viewport()
