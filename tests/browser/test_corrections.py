"""Correcting an article and reviewing the marks that its old words had, as a moderator does it."""

import pytest
from playwright.sync_api import expect

from tests.accounts import make_user
from tests.annotations.marks import make_mark
from tests.annotations.test_carrying import LINES, QUOTE, SECOND
from tests.articles.factories import make_article
from tests.browser.hands import drawn

pytestmark = pytest.mark.django_db(transaction=True)

OTHER = QUOTE.replace("مهما حدث، وسنواصل العمل", "أبداً، وسنمضي في التشغيل")


@pytest.fixture
def article():
    article = make_article(title="الميناء باق", paragraphs=LINES)
    annotator = make_user("annotator")
    make_mark(article, QUOTE, by=annotator, cue="قال")
    make_mark(article, SECOND, by=annotator, kind="claim")
    return article


def test_a_text_is_corrected_and_the_mark_on_its_changed_words_confirmed(article, signed_in_page):
    page = signed_in_page("moderator")
    page.goto(article.get_absolute_url())
    page.get_by_role("link", name="صحّح العنوان أو النص أو التاريخ").click()
    body = page.get_by_label("النص", exact=True)
    body.fill(body.input_value().replace(QUOTE, OTHER))
    page.get_by_label("سبب التصحيح").fill("صحّحنا الاقتباس من التسجيل")
    page.get_by_role("button", name="احفظ التصحيح").click()
    expect(page.locator(".correction-note").first).to_contain_text("صحّحها")
    expect(page.locator("html.highlights")).to_be_attached()
    assert drawn(page, "claim") == [SECOND]
    assert drawn(page, "doubtful") == [OTHER]
    waiting = page.locator("#waiting")
    expect(waiting.locator("mark")).to_have_text([QUOTE, OTHER])
    waiting.get_by_role("button", name="ثبّتها هنا").click()
    expect(page.locator(".message")).to_have_text("ثُبّتت العلامة في موضعها.")
    expect(page.locator("#waiting")).to_have_count(0)
    expect(page.locator("html.highlights")).to_be_attached()
    assert drawn(page, "doubtful") == []
    assert OTHER in drawn(page, "quote")
