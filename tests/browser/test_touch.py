"""With a finger on a phone: long press, selection handles, the sheet at the bottom, and a mark."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from annotations.models import Annotation
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.articles.factories import make_article, make_entity, make_mention
from tests.browser.hands import drawn, palette_button, place, said, selected, stored

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نغلق الميناء أبداً»"
LONG_PRESS = 900  # milliseconds
PHONE = {"width": 390, "height": 844}
# What a phone selects under a finger: the word, without what is around it.
WORD_AT = """({ x, y }) => {
    const place = document.caretPositionFromPoint(x, y);
    const selection = getSelection();
    selection.collapse(place.offsetNode, place.offset);
    selection.modify("move", "backward", "word");
    selection.modify("extend", "forward", "word");
}"""


@pytest.fixture
def article() -> Article:
    article = make_article(title="الوزير يتحدث", paragraphs=[f"وقال سالم الخطيب للصحفيين: {QUOTE} وعاد."])
    make_mention(article, "سالم الخطيب", entity=make_entity("سالم الخطيب"))
    return article


@pytest.fixture
def phone(browser: Browser, live_server, article) -> Iterator[Page]:
    """The article on a phone, signed in as page.user."""
    context = browser.new_context(
        base_url=live_server.url, locale="ar", viewport=PHONE, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    user, client = make_user("annotator"), Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    expect.set_options(timeout=20_000)
    page = context.new_page()
    page.user = user
    yield page
    context.close()


def press_long(page: Page, words: str) -> None:
    """A finger rests on the first of these words, and the phone, for which we stand in, selects it."""
    point = place(page, words, nudge=6)
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    page.wait_for_timeout(LONG_PRESS)
    page.evaluate(WORD_AT, point)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


def drag_handle(page: Page, words: str) -> None:
    """The selection goes as far as these words, letter by letter, as the handles of a phone move it."""
    page.evaluate(
        """([words]) => {
            const selection = getSelection();
            for (let step = 0; step < 400 && !String(selection).endsWith(words); step += 1) {
                selection.modify("extend", "forward", "character");
            }
        }""",
        [words],
    )


def test_words_pressed_long_are_marked_from_the_sheet_with_their_speaker(phone, article):
    phone.goto(article.get_absolute_url())
    press_long(phone, "نغلق")
    assert selected(phone).strip() == "نغلق"
    drag_handle(phone, "المينا")
    sheet = phone.locator("#palette")
    expect(palette_button(phone, "quote")).to_be_visible()
    assert selected(phone) == "نغلق الميناء"
    box = sheet.bounding_box()
    assert (box["x"], box["width"]) == (0, PHONE["width"])
    assert abs(box["y"] + box["height"] - PHONE["height"]) <= 1
    palette_button(phone, "quote").tap()
    expect(phone.locator("#palette-people [data-proposed]").first).to_be_visible()
    assert phone.evaluate("document.activeElement.matches('input')") is False
    phone.locator("#palette-people [data-proposed]").first.tap()
    said(phone, "رُبط القائل.")
    assert ("quote", "نغلق الميناء") in stored(article)
    assert drawn(phone, "quote") == ["نغلق الميناء"]
    assert Annotation.objects.get(kind="quote").attributions.get().display_name == "سالم الخطيب"
    phone.locator(".status-undo").tap()
    expect(phone.locator("#marking-status")).to_contain_text("تراجعتَ عن")
    assert not Annotation.objects.get(kind="quote").attributions.exists()


def test_a_tap_on_a_mark_opens_its_tools_and_every_one_is_large_enough_for_a_finger(phone, article):
    make_mark(article, QUOTE, by=phone.user)
    phone.goto(article.get_absolute_url())
    expect(phone.locator("html.highlights")).to_have_count(1)
    point = place(phone, "الميناء", nudge=8)
    phone.touchscreen.tap(point["x"], point["y"])
    expect(phone.locator("#palette [data-for=mark]")).to_be_visible()
    for button in phone.locator("#palette button:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24, button.text_content()
        assert box["height"] >= 40, button.text_content()
    palette_button(phone, "type").nth(1).tap()
    expect(palette_button(phone, "type").nth(1)).to_have_attribute("aria-pressed", "true")
    phone.locator(".palette-close").tap()
    expect(phone.locator("#palette")).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_finger_goes_from_suggestion_to_suggestion(phone, article):
    suggest(article, "للصحفيين", kind="claim")
    suggest(article, QUOTE)
    phone.goto(article.get_absolute_url())
    expect(phone.locator("html.highlights")).to_have_count(1)
    phone.locator(".marking-tools [data-do=step-on]").tap()
    words = phone.locator("#palette [data-for=mark] [data-words]")
    expect(words).to_have_text("للصحفيين")
    palette_button(phone, "step-on").tap()
    expect(words).to_have_text(QUOTE)
    palette_button(phone, "step-back").tap()
    palette_button(phone, "accept").tap()
    said(phone, "قُبل المقترح.")
    expect(words).to_have_text(QUOTE)
