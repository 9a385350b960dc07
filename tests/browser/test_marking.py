"""Marking up in the article page as a person does it, by mouse and by keyboard, to the code point."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Annotation
from articles.models import Article
from tests.annotations.marks import suggest
from tests.articles.factories import add_revision, make_article, make_entity, make_mention
from tests.browser.hands import (
    click_on,
    drag_over,
    drawn,
    open_article,
    palette_button,
    place,
    press_on_arabic_layout,
    said,
    selected,
    stored,
)

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نُغلقَ الميناءَ 😀 أبداً»"
TITLED = "وزير النقل سالم الخطيب"
FIRST = f"قالَ {TITLED} 👨‍👩‍👧 للصحفيين {QUOTE} في مؤتمرٍ صحفي."
SECOND = "وسافر الوفد لواشنطن ثم عاد منها وبالوزير مرض."


@pytest.fixture
def article() -> Article:
    article = make_article(title="الوزير 😀 يتحدث", paragraphs=[FIRST, SECOND])
    make_mention(article, "سالم الخطيب")
    make_mention(article, "الميناءَ", entity=make_entity("الميناء", kind="place"))
    make_mention(article, "واشنطن", entity=make_entity("واشنطن", kind="place"))
    return article


def test_words_across_an_entity_are_marked_by_mouse_and_an_arabic_key_and_stand_there_after_reload(
    article, signed_in_page
):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    expect(palette_button(page, "quote")).to_be_visible()
    press_on_arabic_layout(page, "KeyQ", "ض")
    said(page, "حُفظ.")
    assert stored(article) == [("quote", QUOTE)]
    page.reload()
    assert drawn(page, "quote") == [QUOTE]
    expect(page.locator(".entry-words")).to_have_text(QUOTE)


def test_words_of_the_headline_are_marked_by_a_key_and_keys_take_that_back(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, "الوزير")
    page.keyboard.press("s")
    said(page, "حُفظ.")
    assert stored(article) == [("speaker", "الوزير")]
    expect(page.locator("#ledger .entry")).to_have_count(1)
    page.locator("#main").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#ledger .entry")).to_have_count(0)
    assert stored(article) == []


def test_a_selection_inside_a_word_is_kept_to_the_letter(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, "واشنطن")
    assert selected(page) == "واشنطن"
    press_on_arabic_layout(page, "KeyS", "س")
    said(page, "حُفظ.")
    assert stored(article) == [("speaker", "واشنطن")]
    page.reload()
    assert drawn(page, "speaker") == ["واشنطن"]


def test_a_selection_over_several_words_is_widened_to_whole_ones_before_the_eyes_and_w_goes_through_the_others(
    article, signed_in_page
):
    page = open_article(signed_in_page, article)
    drag_over(page, "واشنطن ثم عا")
    assert selected(page) == "لواشنطن ثم عاد"
    expect(page.locator("#palette [data-form=bare]")).to_be_visible()
    for taken in ("واشنطن ثم عاد", "واشنطن ثم عا", "لواشنطن ثم عاد"):
        page.keyboard.press("w")
        assert selected(page) == taken
    palette_button(page, "claim").click()
    said(page, "حُفظ.")
    assert stored(article) == [("claim", "لواشنطن ثم عاد")]


def test_a_selection_over_two_paragraphs_is_one_mark(article, signed_in_page):
    page = open_article(signed_in_page, article)
    begin = place(page, "مؤتمرٍ")
    end = place(page, "الوفد", edge="end")
    begin = place(page, "مؤتمرٍ")
    page.mouse.move(begin["x"], begin["y"])
    page.mouse.down()
    page.mouse.move(end["x"], end["y"])
    page.mouse.up()
    expect(palette_button(page, "claim")).to_be_visible()
    page.keyboard.press("c")
    said(page, "حُفظ.")
    assert stored(article) == [("claim", "مؤتمرٍ صحفي.\nوسافر الوفد")]


def test_without_a_mouse_words_are_walked_selected_and_marked(article, signed_in_page):
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    assert selected(page) == "وزير"
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    assert selected(page) == TITLED
    press_on_arabic_layout(page, "KeyS", "س")
    said(page, "حُفظ.")
    assert stored(article) == [("speaker", TITLED)]
    expect(page.locator(".article-text")).to_be_focused()


def test_without_a_mouse_the_letters_at_either_edge_are_given_up_one_by_one(article, signed_in_page):
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert selected(page) == "وبالوزير"
    for _ in range(2):
        page.keyboard.press("Control+ArrowLeft")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Control+Shift+ArrowLeft")
    assert selected(page) == "الوزير"
    page.keyboard.press("s")
    said(page, "حُفظ.")
    assert stored(article) == [("speaker", "الوزير")]


def test_a_letter_step_takes_vowel_signs_and_joined_emoji_as_a_whole(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, "نُغلقَ")
    page.keyboard.press("Control+ArrowLeft")
    assert selected(page) == "غلقَ"
    page.keyboard.press("Control+Shift+ArrowRight")
    assert selected(page) == "غل"
    drag_over(page, "الخطيب 👨‍👩‍👧")
    page.keyboard.press("Control+Shift+ArrowRight")
    assert selected(page).rstrip() == "الخطيب"


@pytest.mark.parametrize("way", ["a name in the text", "typing", "words", "a name as typed", "the list"])
def test_a_quote_is_connected_to_its_speaker(article, signed_in_page, way):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(page.get_by_label("من قال هذا؟")).to_be_focused()
    speaker, name = None, "سالم الخطيب"
    if way == "a name in the text":
        click_on(page, "سالم الخطيب")
        speaker = "سالم الخطيب"
    elif way == "typing":
        page.keyboard.type("الخطيب")
        page.keyboard.press("Enter")
        speaker = TITLED
    elif way == "words":
        drag_over(page, TITLED)
        page.keyboard.press("s")
        speaker = TITLED
    elif way == "a name as typed":
        name = "ناطق باسم الوزارة"
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    else:
        page.locator("#palette [data-do='connect-entity']").first.click()
    said(page, "رُبط القائل.")
    page.reload()
    link = Annotation.objects.get(kind="quote").attributions.get()
    assert (link.display_name, link.certainty) == (name, "confirmed")
    assert (link.speaker.exact if link.speaker else None) == speaker
    expect(page.locator(".said-by-name")).to_have_text(name)


def test_a_mark_is_chosen_by_a_click_moved_retyped_and_deleted(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    said(page, "حُفظ.")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    click_on(page, "أبداً")
    expect(page.locator("#palette [data-for=mark] [data-words]")).to_have_text(QUOTE)
    palette_button(page, "type").nth(1).click()
    expect(palette_button(page, "type").nth(1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("e")
    drag_over(page, "الميناءَ")
    page.keyboard.press("e")
    expect(page.locator(".entry-words")).to_have_text("الميناءَ")
    assert stored(article) == [("quote", "الميناءَ")]
    assert Annotation.objects.get().quote_type == "indirect"
    page.keyboard.press("Delete")
    said(page, "حُذفت العلامة.")
    assert drawn(page, "quote") == []
    assert not Annotation.objects.exists()


def test_a_quote_gets_a_second_part(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(page.get_by_label("من قال هذا؟")).to_be_focused()
    page.keyboard.press("Escape")
    drag_over(page, "في مؤتمرٍ")
    page.keyboard.press("a")
    expect(page.locator(".entry-words")).to_have_text(f"{QUOTE} … في مؤتمرٍ")
    assert stored(article) == [("quote", QUOTE), ("quote", "في مؤتمرٍ")]


def test_words_of_a_text_that_changed_meanwhile_are_refused_in_words(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    add_revision(article, title=article.title, paragraphs=["نص آخر تماماً."])
    page.keyboard.press("q")
    expect(page.locator("#marking-status")).to_contain_text("تغيّر نص المادة")
    assert not Annotation.objects.exists()


def test_keys_do_nothing_with_ctrl_or_alt_in_a_field_or_when_switched_off(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    for keys in ("Control+q", "Alt+q", "Shift+q"):
        page.keyboard.press(keys)
    page.locator("#marking [data-do=keys]").click()
    page.locator("#single-keys").uncheck()
    page.keyboard.press("Escape")
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(page.locator("#marking-status")).to_have_text("")
    palette_button(page, "quote").click()
    said(page, "حُفظ.")
    assert stored(article) == [("quote", QUOTE)]


def test_escape_closes_the_tools_and_the_focus_is_in_the_text(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    page.keyboard.press("Enter")
    expect(palette_button(page, "quote")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator(".article-text")).to_be_focused()


def test_on_a_phone_the_tools_are_a_sheet_at_the_bottom(article, signed_in_page):
    page = open_article(signed_in_page, article)
    page.set_viewport_size({"width": 360, "height": 740})
    drag_over(page, "الوفد")
    box = page.locator("#palette").bounding_box()
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 360, 740)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_every_offset_of_the_text_leads_to_the_dom_and_back(article, signed_in_page):
    mark = suggest(article, QUOTE)
    page = open_article(signed_in_page, article)
    wrong = page.evaluate(
        """async () => {
            const { ArticleText } = await import("/static/js/marking/offsets.js");
            const text = new ArticleText(document.querySelector("#article"));
            const wrong = [];
            for (let offset = 0; offset < text.end; offset += 1) {
                if (text.letters[offset] === "\\n") continue;
                const begin = text.pointAt(offset), end = text.pointAt(offset + 1, { end: true });
                const back = [text.offsetAt(begin.node, begin.offset), text.offsetAt(end.node, end.offset)];
                const letter = text.rangeOf(offset, offset + 1).toString();
                if (back[0] !== offset || back[1] !== offset + 1 || letter !== text.letters[offset]) wrong.push(offset);
            }
            return [wrong, text.letters.join("")];
        }"""
    )
    assert wrong == [[], article.current_revision.text]
    assert page.request.get(reverse("api_mark", args=[mark.uuid])).json()["parts"][0]["exact"] == QUOTE


def test_clicks_in_the_head_and_the_legend_choose_nothing(article, signed_in_page):
    suggest(article, FIRST, kind="claim")
    page = open_article(signed_in_page, article)
    page.locator(".legend-kind").last.click()
    page.locator(".provenance").click(position={"x": 3, "y": 3})
    expect(page.locator("#palette")).to_be_hidden()
    click_on(page, "للصحفيين")
    expect(page.locator("#palette")).to_be_visible()
