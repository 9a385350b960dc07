"""What screen readers are told of marks in the text: where they begin and end, and what was found for a name."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from articles.naming.counting import settle_all_counts
from tests.annotations.marks import make_mark, suggest
from tests.articles.factories import make_article, make_entity, make_mention
from tests.browser.hands import choose_mark, drag_over, drawn, open_article, palette_button, said, stored, until

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نغلق الميناء أبداً»"
TEXT = f"وقال سالم الخطيب للصحفيين: {QUOTE} وسافر لواشنطن."


@pytest.fixture
def article() -> Article:
    article = make_article(title="الوزير يتحدث", paragraphs=[TEXT])
    make_mention(article, "سالم الخطيب", entity=make_entity("سالم الخطيب"))
    return article


def spoken(page: Page) -> str:
    """What the browser's accessibility tree has of the paragraph, in order."""
    session = page.context.new_cdp_session(page)
    nodes = {one["nodeId"]: one for one in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    told: list[str] = []

    def walk(node: dict) -> None:
        if not node["ignored"] and node["role"]["value"] in ("StaticText", "image", "mark"):
            told.append(node["name"]["value"])
        else:
            for child in node.get("childIds", ()):
                walk(nodes[child])

    walk(next(iter(nodes.values())))
    words = " ".join(" ".join(told).split())
    return words[words.index("وقال") : words.index("واشنطن.") + len("واشنطن.")]


def edges_are_there(page: Page, number: int) -> None:
    expect(page.locator(".article-text [role=img]")).to_have_count(number)


def test_where_marks_begin_and_end_is_said_also_of_those_made_just_now(article, signed_in_page):
    suggest(article, "سالم الخطيب للصحفيين", kind="claim")
    page = open_article(signed_in_page, article)
    edges_are_there(page, 2)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    edges_are_there(page, 4)
    claim = "بداية ادعاء، مقترح سالم الخطيب للصحفيين نهاية ادعاء، مقترح"
    assert spoken(page) == f"وقال {claim} : بداية اقتباس {QUOTE} نهاية اقتباس وسافر لواشنطن."
    page.keyboard.press("Escape")
    choose_mark(page, "للصحفيين")
    page.keyboard.press("x")
    edges_are_there(page, 2)
    page.keyboard.press("Control+z")
    edges_are_there(page, 4)


def test_the_edges_leave_the_text_and_its_offsets_as_they_are(article, signed_in_page):
    page = open_article(signed_in_page, article)
    make_mark(article, "واشنطن", by=page.user, kind="speaker")
    make_mark(article, "الخطيب للصحفيين", by=page.user, kind="claim")
    page.reload()
    edges_are_there(page, 4)
    assert page.locator(".article-text p").text_content() == TEXT
    assert drawn(page, "speaker") == ["واشنطن"]
    drag_over(page, QUOTE)
    palette_button(page, "claim").click()
    said(page, "حُفظ.")
    assert ("claim", QUOTE) in stored(article)


def test_a_name_from_the_archive_is_found_said_and_taken(article, signed_in_page):
    entity = make_entity("كمال النجار")
    for _ in range(2):
        make_mention(make_article(title="مادة أخرى", paragraphs=["عاد كمال النجار."]), "كمال النجار", entity=entity)
    settle_all_counts()
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    field = page.get_by_label("من قال هذا؟")
    expect(field).to_be_focused()
    page.keyboard.type("النجار")
    found = page.locator("#palette-people [data-found]")
    expect(found).to_contain_text("كمال النجار")
    expect(found).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == found.get_attribute("id")
    expect(page.locator("[data-found-line]")).to_have_text("أسماء مطابقة: 1")
    page.keyboard.press("Tab")
    expect(page.locator("[data-typed-choice]")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    said(page, "رُبط القائل.")
    until(page, "document.querySelector('#ledger').textContent.includes('كمال النجار')")
    assert page.locator(".said-by-name a").get_attribute("href") == entity.get_absolute_url()
