"""How a quote was said, corrected in its entry of the ledger."""

from datetime import date

import pytest
from playwright.sync_api import expect

from annotations.marking import change_mark
from annotations.models import Annotation
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article
from tests.browser.hands import open_article, said

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نغلق الميناء أبداً»"


def test_what_a_person_changes_of_how_it_was_said_is_stored_and_shown_and_the_rest_left(signed_in_page):
    article = make_article(paragraphs=[f"وقال الوزير سالم الخطيب للصحفيين: {QUOTE}."])
    page = open_article(signed_in_page, article)
    mark = make_mark(article, QUOTE, by=page.user)
    change_mark(mark=mark, circumstances={"channel": "post", "said_on": date(2024, 3, 26)}, by=page.user)
    page.reload()
    expect(page.locator(".entry-circumstances")).to_have_text("في منشور 26 مارس 2024")
    page.locator(".entry [data-do=details]").click()
    expect(page.get_by_label("قناة القول")).to_have_value("post")
    page.get_by_label("نبرة الفعل").select_option("warning")
    page.get_by_label("المناسبة").fill("افتتاح الرصيف")
    page.get_by_label("تاريخ القول").fill("")
    page.get_by_label("الكلام مترجم").check()
    page.get_by_role("button", name="احفظ ظروف القول").click()
    said(page, "حُفظ.")
    line = page.locator(".entry-circumstances")
    expect(line).to_have_text("في منشور المناسبة: افتتاح الرصيف مترجم نبرة الفعل: تحذير")
    mark.refresh_from_db()
    assert (mark.stance, mark.channel, mark.occasion, mark.said_on, mark.translated) == (
        "warning",
        "post",
        "افتتاح الرصيف",
        None,
        True,
    )
    page.keyboard.press("Control+z")
    expect(line).to_have_text("في منشور 26 مارس 2024")
    expect(page.get_by_label("المناسبة")).to_have_value("")


def test_a_claim_has_no_such_form(signed_in_page):
    article = make_article(paragraphs=["استقبل الميناء أربعين سفينة في شهر واحد."])
    page = open_article(signed_in_page, article)
    make_mark(article, "استقبل الميناء أربعين سفينة", kind="claim", by=page.user)
    page.reload()
    page.locator(".entry [data-do=details]").click()
    expect(page.get_by_label("ملاحظة")).to_be_visible()
    expect(page.locator("[data-circumstances]")).to_be_hidden()
    assert Annotation.objects.get().stance == ""
