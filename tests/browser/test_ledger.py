"""The ledger «من قال ماذا» and the suggestions in it, as a person uses them."""

import pytest
from playwright.sync_api import expect

from annotations.connecting import connect_speaker
from annotations.models import Annotation
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import make_article
from tests.browser.hands import (
    drag_over,
    drawn,
    open_article,
    press_on_arabic_layout,
    said,
    stored,
    until,
)

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نُغلقَ الميناءَ 😀 أبداً»"
TITLED = "وزير النقل سالم الخطيب"
FIRST = f"قالَ {TITLED} 👨‍👩‍👧 للصحفيين {QUOTE} في مؤتمرٍ صحفي."
SECOND = "وسافر الوفد لواشنطن ثم عاد منها وبالوزير مرض."


@pytest.fixture
def article() -> Article:
    return make_article(title="الوزير 😀 يتحدث", paragraphs=[FIRST, SECOND])


def test_suggestions_are_walked_and_decided_by_keyboard(article, signed_in_page):
    suggest_said(article, QUOTE, TITLED)
    suggest(article, "وبالوزير مرض", kind="claim")
    page = open_article(signed_in_page, article)
    assert drawn(page, "quote-suggested") == [QUOTE]
    page.locator(".article-text").focus()
    page.keyboard.press("j")  # the quote: who speaks is decided with it
    expect(page.locator("#palette [data-for=mark] [data-words]")).to_have_text(QUOTE)
    page.keyboard.press("Enter")
    said(page, "قُبل المقترح.")
    assert drawn(page, "quote") == [QUOTE]
    expect(page.locator("#palette [data-for=mark] [data-words]")).to_have_text("وبالوزير مرض")
    press_on_arabic_layout(page, "KeyX", "ء")
    said(page, "رُفض المقترح. لم يبق في هذه المادة مقترح: تابع إلى المادة التالية.")
    assert stored(article) == [("quote", QUOTE), ("speaker", TITLED)]
    assert Annotation.objects.get(kind="claim").status == "rejected"


def test_a_suggestion_is_accepted_in_the_ledger_and_the_focus_stays_with_it(article, signed_in_page):
    quote, _ = suggest_said(article, QUOTE, TITLED)
    page = open_article(signed_in_page, article)
    page.locator("#ledger [data-do=accept]").focus()
    page.keyboard.press("Enter")
    said(page, "قُبل المقترح.")
    assert page.evaluate("document.activeElement.closest('.entry').dataset.mark") == str(quote.uuid)
    expect(page.locator("#ledger [data-do=accept]")).to_have_count(0)


def test_the_ledger_leads_to_the_words_and_an_address_with_a_mark_does(signed_in_page):
    article = make_article(paragraphs=[*(f"فقرة رقم {number}." for number in range(60)), FIRST])
    mark = suggest(article, QUOTE)
    page = open_article(signed_in_page, article)
    page.locator(".entry-words").click()
    until(page, "[...CSS.highlights.get('flash')].length > 0")
    until(page, "scrollY > 500")
    assert page.url.endswith(f"#mark-{mark.uuid}")
    page.goto("about:blank")
    page.goto(f"{article.get_absolute_url()}#mark-{mark.uuid}")
    until(page, "scrollY > 500")


@pytest.mark.parametrize("clipboard", ["granted", "missing"])
def test_a_quote_is_copied_with_its_source(article, signed_in_page, clipboard):
    annotator = make_user("annotator")
    quote = make_mark(article, QUOTE, by=annotator)
    connect_speaker(mark=quote, span=span(article, "سالم الخطيب"), by=annotator)
    page = signed_in_page("reader")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if clipboard == "missing":
        page.add_init_script("delete Clipboard.prototype.writeText")
    page.goto(article.get_absolute_url())
    page.locator("#ledger [data-do=copy]").click()
    said(page, "نُسخ مع المصدر.")
    expected = f"{QUOTE} — سالم الخطيب، صحيفة الميناء، 27 مارس 2024، 12:30، {article.url}"
    assert page.evaluate("navigator.clipboard.readText()") == expected


def test_readers_see_marks_and_have_no_tools(article, signed_in_page):
    suggest(article, QUOTE)
    page = open_article(signed_in_page, article, "reader")
    drag_over(page, "الوزير")
    expect(page.locator("#palette")).to_have_count(0)
    assert drawn(page, "quote-suggested") == [QUOTE]
    expect(page.locator("#ledger button:visible")).to_have_count(1)


def test_without_scripts_marks_are_tinted_and_decided(article, browser, live_server, signed_in_page):
    mark = suggest(article, QUOTE)
    cookies = signed_in_page("annotator").context.cookies()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(article.get_absolute_url())
    tint = page.locator(".mark-quote").first
    expect(tint).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    page.locator("#ledger [data-do=accept]").click()
    assert page.url == f"{live_server.url}{article.get_absolute_url()}#ledger"
    expect(page.locator("#ledger .entry-state")).to_have_count(0)
    mark.refresh_from_db()
    assert mark.status == "accepted"
    context.close()


def test_a_browser_without_highlights_shows_the_servers_marks_and_marking_works(article, signed_in_page):
    page = signed_in_page("annotator")
    page.add_init_script("delete window.Highlight")
    page.goto(article.get_absolute_url())
    page.locator("#ledger").wait_for()
    drag_over(page, QUOTE)
    with page.expect_navigation():
        page.keyboard.press("q")
    expect(page.locator(".mark-quote").first).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    assert stored(article) == [("quote", QUOTE)]
