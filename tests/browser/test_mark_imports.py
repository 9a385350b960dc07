"""Files of marks in the browser: chosen, looked at while a worker is at it, confirmed; at a desk and on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from annotations.models import MarkImport
from annotations.receiving import asking
from tests.annotations.exports.samples import plain, whole
from tests.annotations.marks import make_mark
from tests.annotations.receiving.arriving import stored_sample, written

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


def fits(page: Page) -> bool:
    # Without its styles, which may still be on their way, nothing fits.
    page.wait_for_load_state()
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_file_is_sent_looked_at_and_stored(signed_in_page, tmp_path: Path, size):
    page = signed_in_page("editor")
    if size:
        page.set_viewport_size(size)
    article = stored_sample()
    make_mark(article, "وزيرة المياه سلمى الرافعي", kind="speaker", by=page.user)
    file = written(tmp_path / "علامات الزعفران.jsonl", whole(), plain())
    page.goto("/imports/")
    page.get_by_role("link", name="العلامات", exact=True).click()
    assert fits(page)
    page.get_by_label("الملف", exact=True).set_input_files(file)
    page.get_by_role("button", name="افحص الملف").click()
    expect(page.get_by_role("status")).to_have_text("تُفحص")
    asking.check_marks(MarkImport.objects.get().pk)
    # The page asks again by itself.
    expect(page.get_by_role("heading", name="ما سيجري")).to_be_visible()
    expect(page.get_by_text("الكلمات نفسها معلَّمة هنا بمثل هذه العلامة.")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="استورد").click()
    expect(page.get_by_role("status")).to_have_text("تُستورد")
    asking.store_marks(MarkImport.objects.get().pk)
    expect(page.get_by_role("heading", name="ما جرى")).to_be_visible()
    page.get_by_role("link", name="استيراد علامات").click()
    expect(page.get_by_role("link", name="علامات الزعفران.jsonl")).to_be_visible()
    assert fits(page)
