import pytest
from playwright.sync_api import Page, expect

from articles.models import Article, Revision
from tests.articles.factories import make_article
from tests.articles.test_pages_evidence import FIGURE, POST, TABLE

PARAGRAPH = "افتتحت البلدية سوق الصيادين القديم بعد عامين من أعمال الترميم التي شملت السقف الخشبي والأرصفة."
WIDE = {**TABLE, "rows": [[f"عمود {column}" for column in range(12)] for _ in range(4)]}


def article_with_evidence() -> Article:
    article = make_article(title="افتتاح سوق الصيادين بعد ترميمه", paragraphs=[PARAGRAPH, "وقالت نهى إن السوق مفتوح."])
    before = article.current_revision
    article.current_revision = Revision.objects.create(
        article=article,
        number=2,
        text=before.text,
        blocks=before.blocks,
        evidence=[FIGURE, WIDE, POST],
        content_hash=before.content_hash,
        cleaner_version="test",
    )
    article.save()
    return article


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_wide_table_scrolls_inside_itself_and_never_the_page(signed_in_page, width):
    page: Page = signed_in_page("reader")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(article_with_evidence().get_absolute_url())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    scrolled = page.locator(".evidence-scroll")
    assert scrolled.evaluate("element => element.scrollWidth > element.clientWidth")
    assert scrolled.evaluate("element => element.getBoundingClientRect().width") < width


def test_words_selected_beside_the_text_are_no_part_of_it(signed_in_page):
    page: Page = signed_in_page("annotator")
    page.goto(article_with_evidence().get_absolute_url())
    page.locator(".evidence-figure figcaption").dblclick(position={"x": 200, "y": 10})
    expect(page.locator("[data-palette]:visible, .palette:visible")).to_have_count(0)
