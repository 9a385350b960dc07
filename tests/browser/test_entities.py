"""The card of a name in the real browser: by mouse, by keys, and for words that are no name yet."""

import pytest
from playwright.sync_api import Page, expect

from articles.models import Mention
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article, make_entity, make_mention
from tests.browser.hands import drag_over, open_article, place, press_on_arabic_layout

pytestmark = pytest.mark.django_db(transaction=True)

NAME, OTHER = "سلمى الهادي", "كيوان الراوي"
LINE = f"قالت {NAME} في بيروت إن {OTHER} لن يحضر، ثم سافر الوفد لواشنطن."


@pytest.fixture
def article():
    article = make_article(title="لقاء المدينة", paragraphs=[LINE, "سطر آخر. " * 60])
    make_mention(article, NAME)
    make_mention(article, "بيروت", entity=make_entity("بيروت", kind="place"))
    return article


def card(page: Page):
    return page.locator("#name-card")


def click_on_name(page: Page, words: str) -> None:
    point = place(page, words, nudge=4)
    page.mouse.click(point["x"], point["y"])


def test_a_click_on_a_highlighted_name_opens_its_card_and_its_page(article, signed_in_page):
    page = signed_in_page("reader")
    page.goto(article.get_absolute_url())
    click_on_name(page, NAME)
    expect(card(page)).to_be_visible()
    expect(card(page)).to_contain_text("في مادة واحدة")
    expect(card(page).get_by_text("ليس هذا اسماً")).to_have_count(0)
    card(page).get_by_role("link", name=NAME).click()
    expect(page.locator("h1")).to_have_text(NAME)


def test_a_name_of_a_kind_that_is_not_shown_is_plain_text(article, signed_in_page):
    page = signed_in_page("reader")
    page.goto(article.get_absolute_url())
    click_on_name(page, "بيروت")
    expect(card(page)).to_be_hidden()
    page.locator(".legend-kind", has_text="أماكن").click()
    click_on_name(page, "بيروت إن")
    expect(card(page)).to_contain_text("مكان")


def test_escape_and_a_click_elsewhere_close_the_card(article, signed_in_page):
    page = open_article(signed_in_page, article)
    click_on_name(page, NAME)
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    click_on_name(page, NAME)
    expect(card(page)).to_be_visible()
    click_on_name(page, "لقاء المدينة")
    expect(card(page)).to_be_hidden()


def test_a_wrong_name_is_removed_from_its_card(article, signed_in_page):
    page = open_article(signed_in_page, article)
    click_on_name(page, NAME)
    card(page).get_by_role("button", name="ليس هذا اسماً").click()
    expect(page.locator(".messages")).to_contain_text("لن يُعدّ هذا اسماً")
    expect(page.locator("#article [data-mention]")).to_have_count(1)
    assert not Mention.objects.filter(surface=NAME).exists()


def test_another_name_is_chosen_by_typing_in_any_spelling(article, signed_in_page):
    wanted = make_entity("إيمان خليل")
    make_mention(make_article(paragraphs=["قالت إيمان خليل ذلك."]), "إيمان خليل", entity=wanted)
    page = open_article(signed_in_page, article)
    click_on_name(page, NAME)
    card(page).get_by_text("اسم آخر…").click()
    card(page).get_by_role("searchbox").fill("ايمان")
    card(page).get_by_role("button", name="إيمان خليل").click()
    expect(page.locator(".messages")).to_contain_text("حُفظ الاسم")
    mention = Mention.objects.get(surface=NAME)
    assert (mention.entity, mention.decided_by_name) == (wanted, page.user.username)
    assert page.url.endswith(f"#mention-{mention.pk}")


def test_words_that_are_no_name_yet_are_named_by_the_palette_s_key(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, OTHER)
    press_on_arabic_layout(page, "KeyN", "ى")
    expect(card(page)).to_contain_text(OTHER)
    expect(page.locator("#palette")).to_be_hidden()
    expect(card(page).get_by_role("searchbox")).to_be_focused()
    card(page).get_by_role("button", name="شخص", exact=True).click()
    expect(page.locator(f"[data-mention]:text-is('{OTHER}')")).to_have_count(1)
    mention = Mention.objects.get(surface=OTHER)
    assert (mention.entity.name, mention.recogniser, mention.decided_by_name) == (OTHER, "", page.user.username)


def test_a_name_inside_a_word_is_named_to_the_code_point(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, "واشنطن")
    page.keyboard.press("n")
    card(page).get_by_role("button", name="مكان", exact=True).click()
    expect(page.locator("[data-mention]:text-is('واشنطن')")).to_have_count(1)
    mention = Mention.objects.get(surface="واشنطن")
    assert article.current_revision.text[mention.start - 1 : mention.end] == "لواشنطن"


def test_the_keys_alone_open_a_name_s_card(article, signed_in_page):
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    for _ in ("لقاء", "المدينة", "قالت", "سلمى"):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(card(page)).to_be_visible()
    expect(card(page).get_by_role("link", name=NAME)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".article-text")).to_be_focused()


def test_a_second_click_reaches_the_mark_below_the_name(article, signed_in_page):

    page = signed_in_page("annotator")
    make_mark(article, f"{NAME} في بيروت", by=page.user)
    page.goto(article.get_absolute_url())
    click_on_name(page, NAME)
    expect(card(page)).to_be_visible()
    expect(page.locator("#palette")).to_be_hidden()
    click_on_name(page, NAME)
    expect(card(page)).to_be_hidden()
    expect(page.locator("#palette [data-for='mark']")).to_be_visible()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_card_and_the_pages_of_names_fit_every_screen(article, signed_in_page, width):
    page = open_article(signed_in_page, article)
    page.set_viewport_size({"width": width, "height": 800})
    click_on_name(page, NAME)
    expect(card(page)).to_be_visible()
    box = card(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    for address in ("/people/", make_entity(NAME).get_absolute_url()):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_a_name_is_removed_on_a_page_of_its_own(article, browser, live_server, signed_in_page):
    page = signed_in_page("annotator")
    cookies = page.context.cookies()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, locale="ar")
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(make_entity(NAME).get_absolute_url())
    plain.get_by_role("link", name="صحّح").click()
    plain.get_by_role("button", name="ليس هذا اسماً").click()
    assert not Mention.objects.filter(surface=NAME).exists()
    context.close()
