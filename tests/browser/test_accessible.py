"""axe-core finds nothing serious on any page, in light and in dark; the workspace works on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from articles.models import Article, Story
from tests.annotations.marks import suggest, suggest_said
from tests.articles.factories import make_article, make_entity, make_mention
from tests.browser.hands import choose_mark, drag_over, open_article, palette_button

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نغلق الميناء أبداً»"
MINISTER = "وزير النقل سالم الخطيب"
PAGES = (
    "/",
    "/queue/",
    "/searches/",
    "/imports/",
    "/accounts/tokens/",
    "/api/docs/",
    "article",
    "entity",
    "quotes",
    "story",
)


@pytest.fixture
def article() -> Article:
    article = make_article(title="الوزير يتحدث", paragraphs=[f"وقال {MINISTER} للصحفيين: {QUOTE} وعاد."])
    make_mention(article, "سالم الخطيب", entity=make_entity("سالم الخطيب"))
    suggest_said(article, QUOTE, MINISTER)
    suggest(article, "وعاد", kind="claim")
    copy = make_article(title="الوزير يتحدث", paragraphs=["نص آخر."])
    story = Story.objects.create(origin=article)
    Article.objects.filter(pk__in=[article.pk, copy.pk]).update(story=story)
    article.refresh_from_db()
    return article


def serious(page: Page) -> list[tuple[str, list[str]]]:
    violations = Axe().run(page).response["violations"]
    grave = [one for one in violations if one["impact"] in ("serious", "critical")]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in grave]


def address(name: str, article: Article) -> str:
    entity = article.current_revision.mentions.first().entity_id
    known = {
        "article": article.get_absolute_url(),
        "entity": reverse("entity", args=[entity]),
        "quotes": reverse("entity_quotes", args=[entity]),
        "story": reverse("story", args=[article.story_id]),
    }
    return known.get(name, name)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_is_found(article, signed_in_page, name, theme):
    page = signed_in_page("editor")
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.goto(address(name, article))
    page.wait_for_load_state("networkidle")
    assert serious(page) == []


def test_nothing_serious_is_found_in_the_tools(article, signed_in_page):
    page = open_article(signed_in_page, article)
    choose_mark(page, "نغلق")
    assert serious(page) == []
    page.keyboard.press("l")
    expect(page.locator("#palette-people [data-proposed]").first).to_be_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.locator(".entry [data-do=details]").first.click()
    page.locator("#mark-details summary").click()
    assert serious(page) == []
    for opener in ("keys", "decide-many"):
        page.locator(f"#marking [data-do={opener}]").click()
        assert serious(page) == []
        page.keyboard.press("Escape")


def test_on_a_phone_every_tool_is_in_a_sheet_that_fits(article, signed_in_page):
    page = open_article(signed_in_page, article)
    page.set_viewport_size({"width": 360, "height": 640})
    drag_over(page, "للصحفيين")
    palette_button(page, "quote").click()
    expect(page.get_by_label("من قال هذا؟")).to_be_focused()
    box = page.locator("#palette").bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 640)
    assert box["y"] >= 640 * 0.35
    page.locator("#palette-people [data-proposed]").first.click()
    expect(page.locator(".said-by-name").first).to_contain_text("سالم الخطيب")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
