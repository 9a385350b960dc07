"""The annotation workspace as people use it: proposals, suggestions, links, mentions, what is said, keys."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotations.commenting import add_comment
from annotations.connecting import connect_speaker
from annotations.models import Annotation, Comment
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark, span, suggest, suggest_said
from tests.articles.factories import make_article, make_entity, make_mention
from tests.browser.hands import (
    choose_mark,
    drag_over,
    drawn,
    open_article,
    palette_button,
    press_on_arabic_layout,
    said,
    selected,
    stored,
)

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نغلق الميناء أبداً»"
MINISTER = "وزير النقل سالم الخطيب"
FIRST = f"وقال {MINISTER} للصحفيين: {QUOTE}، وأضافت المتحدثة هدى العمري أن العمل مستمر."
SECOND = "ورحّب الوفد بالخطيب ثم شكر سالم الخطيب وبالوزير الجديد، وعاد إلى لواشنطن."


@pytest.fixture
def article() -> Article:
    article = make_article(title="الوزير يتحدث", paragraphs=[FIRST, SECOND])
    minister, speaker = make_entity("سالم الخطيب"), make_entity("هدى العمري")
    make_mention(article, "سالم الخطيب", entity=minister)
    make_mention(article, "هدى العمري", entity=speaker)
    make_mention(article, "الخطيب", entity=minister, occurrence=1)
    make_mention(article, "سالم الخطيب", entity=minister, occurrence=1)
    return article


def question(page: Page):
    return page.get_by_label("من قال هذا؟")


def current(page: Page):
    return page.locator("#palette-people [aria-selected=true]")


def mark_quote(page: Page) -> None:
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(question(page)).to_be_focused()


def test_a_quote_its_cue_and_its_speaker_are_one_gesture(article, signed_in_page):
    page = open_article(signed_in_page, article)
    mark_quote(page)
    expect(current(page)).to_contain_text("سالم الخطيب")
    expect(page.locator("[data-take=cue]")).to_contain_text("قال")
    page.keyboard.press("Enter")
    said(page, "رُبط القائل.")
    quote = Annotation.objects.get(kind="quote")
    link = quote.attributions.get()
    assert (link.display_name, link.certainty, link.speaker.exact) == ("سالم الخطيب", "confirmed", MINISTER)
    assert [part.exact for part in quote.parts.filter(role="cue")] == ["قال"]
    assert quote.stance == "neutral"
    page.keyboard.press("Control+z")
    said(page, f"تراجعتَ عن: تعديل علامة {QUOTE}")
    assert not quote.attributions.exists()
    assert not quote.parts.filter(role="cue").exists()
    quote.refresh_from_db()
    assert quote.stance == ""


def test_tab_goes_to_the_next_candidate_and_escape_leaves_the_quote_without_one(article, signed_in_page):
    page = open_article(signed_in_page, article)
    mark_quote(page)
    expect(current(page)).to_contain_text("سالم الخطيب")
    page.keyboard.press("Tab")
    expect(current(page)).to_contain_text("هدى العمري")
    page.keyboard.press("Shift+Tab")
    expect(current(page)).to_contain_text("سالم الخطيب")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator(".article-text")).to_be_focused()
    assert stored(article) == [("quote", QUOTE)]


def test_a_cue_that_is_ticked_off_is_left_out(article, signed_in_page):
    page = open_article(signed_in_page, article)
    mark_quote(page)
    page.locator("[data-take=cue] input").uncheck()
    page.locator("#palette-people [data-proposed]").nth(1).click()
    said(page, "رُبط القائل.")
    quote = Annotation.objects.get(kind="quote")
    assert quote.attributions.get().display_name == "هدى العمري"
    assert not quote.parts.filter(role="cue").exists()
    assert quote.stance == ""


def test_the_letters_written_onto_a_word_can_be_left_out(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, "وبالوزير")
    expect(page.locator("[data-form=bare]")).to_be_visible()
    page.keyboard.press("w")
    assert selected(page) == "الوزير"
    page.keyboard.press("w")
    assert selected(page) == "وبالوزير"
    page.locator("[data-form=bare]").click()
    page.keyboard.press("s")
    said(page, "حُفظ.")
    assert stored(article) == [("speaker", "الوزير")]


def test_a_selection_within_a_word_is_completed_and_the_handle_keeps_it_exact(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, "صحف")
    assert selected(page) == "للصحفيين"
    page.locator("[data-form=exact]").click()
    assert selected(page) == "صحف"
    page.keyboard.press("c")
    said(page, "حُفظ.")
    assert stored(article) == [("claim", "صحف")]


def test_deciding_goes_on_to_the_next_suggestion_and_then_to_the_next_article(article, signed_in_page):
    other = make_article(title="مادة أخرى", paragraphs=["قال الوفد «سنعود غداً»."])
    suggest(other, "«سنعود غداً»", confidence=0.5)
    suggest_said(article, QUOTE, MINISTER)
    suggest(article, "العمل مستمر", kind="claim")
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#palette [data-for=mark] [data-words]")).to_have_text("العمل مستمر")
    press_on_arabic_layout(page, "KeyX", "ء")
    expect(page.locator("#marking-status")).to_contain_text("لم يبق في هذه المادة مقترح")
    with page.expect_navigation():
        page.keyboard.press("n")
    assert other.get_absolute_url() in page.url


def test_many_suggestions_are_decided_by_confidence_after_a_count_and_taken_back_as_one(article, signed_in_page):
    suggest(article, QUOTE, confidence=0.95)
    suggest(article, "العمل مستمر", kind="claim", confidence=0.4)
    suggest(article, "شكر سالم الخطيب", kind="claim", confidence=0.92)
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    page.keyboard.press("Shift+A")
    count = page.locator("#decide-many [data-count]")
    expect(count).to_have_text("2")
    page.get_by_label("النوع").select_option("claim")
    expect(count).to_have_text("1")
    page.get_by_label("النوع").select_option("")
    page.keyboard.press("Tab")
    page.locator("#decide-many [type=submit]").click()
    said(page, "مقترحات بُتّ فيها: 2")
    assert stored(article) == [("quote", QUOTE), ("claim", "شكر سالم الخطيب")]
    page.keyboard.press("Control+z")
    said(page, "تراجعتَ عن: البتّ في عدة مقترحات")
    assert stored(article) == []


def test_all_places_of_a_speaker_are_looked_at_and_marked_at_once(article, signed_in_page):
    page = open_article(signed_in_page, article)
    make_mark(article, "سالم الخطيب", by=page.user, kind="speaker")
    page.reload()
    page.locator(".article-text").focus()
    page.keyboard.press("Shift+J")
    page.keyboard.press("m")
    places = page.locator("#mentions li")
    expect(places).to_have_count(3)
    expect(places.first.locator("input")).to_be_disabled()
    expect(places.nth(1).locator("[data-words]")).to_have_text("الخطيب")
    page.locator("#mentions [type=submit]").click()
    said(page, "مواضع وُضعت عليها علامة القائل: 2")
    assert sorted(stored(article)) == [("speaker", "الخطيب"), *[("speaker", "سالم الخطيب")] * 2]


def test_a_claim_is_linked_to_the_quote_that_it_stands_in(article, signed_in_page):
    page = open_article(signed_in_page, article)
    quote = make_mark(article, QUOTE, by=page.user)
    claim = make_mark(article, "العمل مستمر", by=page.user, kind="claim")
    connect_speaker(mark=quote, span=span(article, MINISTER), by=page.user)
    page.reload()
    expect(page.locator(".links path")).to_have_count(0)
    choose_mark(page, "مستمر")
    page.keyboard.press("g")
    page.keyboard.press("Enter")
    said(page, "حُفظ.")
    claim.refresh_from_db()
    assert claim.quote == quote
    choose_mark(page, "مستمر")
    expect(page.locator(".links path")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator(".links path")).to_have_count(0)


def test_tags_note_and_history_of_a_mark_stand_in_its_entry(article, signed_in_page):
    page = open_article(signed_in_page, article)
    mark = make_mark(article, QUOTE, by=page.user)
    page.reload()
    choose_mark(page, "أبداً")
    page.keyboard.press("d")
    field = page.get_by_label("أضف وسماً")
    expect(field).to_be_focused()
    field.fill("الموانئ")
    page.keyboard.press("Enter")
    expect(page.locator("[data-tag-list]")).to_contain_text("الموانئ")
    expect(page.locator(".entry-facts .tag")).to_have_text("الموانئ")
    page.get_by_label("ملاحظة").fill("يُراجع التسجيل")
    page.get_by_role("button", name="احفظ الملاحظة").click()
    page.locator("#mark-details summary").click()
    expect(page.locator("#mark-details .mark-history")).to_contain_text("الموانئ")
    said(page, "حُفظ.")
    mark.refresh_from_db()
    assert mark.note == "يُراجع التسجيل"
    page.locator("[data-untag]").click()
    expect(page.locator(".entry-facts .tag")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#mark-details")).to_have_count(0)


def test_members_talk_about_a_mark_and_name_each_other(article, signed_in_page):
    colleague = make_user("annotator", username="huda")
    page = open_article(signed_in_page, article)
    mark = make_mark(article, QUOTE, by=page.user)
    add_comment(mark=mark, text="أهذا نصه؟", by=colleague)
    page.reload()
    page.locator(".entry [data-do=details]").click()
    expect(page.locator(".comment-text")).to_have_text("أهذا نصه؟")
    page.locator("[data-reply]").click()
    page.keyboard.type("نعم @hu")
    page.locator("[data-member=huda]").click()
    page.keyboard.type("راجعيه")
    page.get_by_role("button", name="انشر التعليق").click()
    expect(page.locator("[data-replies] .comment-text")).to_have_text("نعم @huda راجعيه")
    expect(page.locator(".entry-number")).to_have_text("2")
    answer = Comment.objects.latest("pk")
    assert answer.reply_to.author == colleague
    assert answer.mentions.get(member=colleague)


def test_without_scripts_the_details_of_a_mark_are_its_history(article, signed_in_page):
    page = open_article(signed_in_page, article)
    mark = make_mark(article, QUOTE, by=page.user)
    page.reload()
    assert page.locator(".entry [data-do=details]").get_attribute("href") == reverse("mark_history", args=[mark.uuid])


def test_the_question_mark_shows_the_keys_and_an_action_gets_another_one(article, signed_in_page):
    page = open_article(signed_in_page, article)
    page.locator(".article-text").focus()
    press_on_arabic_layout(page, "Slash", "؟")
    expect(page.locator("#keys")).to_be_visible()
    page.locator("[data-remap=KeyQ]").click()
    press_on_arabic_layout(page, "KeyU", "ع")
    expect(page.locator("[data-remap=KeyQ] kbd")).to_have_text(re.compile("^U ع$"))
    page.keyboard.press("Escape")
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(page.locator("#palette [data-do=quote] kbd")).to_have_text(re.compile("^U"))
    page.keyboard.press("u")
    expect(question(page)).to_be_focused()
    assert stored(article) == [("quote", QUOTE)]
    page.reload()
    page.locator("#marking [data-do=keys]").click()
    page.locator("[data-keys-reset]").click()
    expect(page.locator("[data-remap=KeyQ] kbd")).to_have_text(re.compile("^Q"))


def test_with_single_keys_off_every_tool_is_still_a_button(article, signed_in_page):
    suggest(article, QUOTE)
    page = open_article(signed_in_page, article)
    page.locator("#marking [data-do=keys]").click()
    page.locator("#single-keys").uncheck()
    page.locator("#keys [data-close]").click()
    page.reload()
    choose_mark(page, "أبداً")
    page.keyboard.press("x")
    palette_button(page, "accept").click()
    said(page, "قُبل المقترح. لم يبق في هذه المادة مقترح: تابع إلى المادة التالية.")
    assert drawn(page, "quote") == [QUOTE]
