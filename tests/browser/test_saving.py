"""Edits are saved as they are made, wait when they cannot be, and never overwrite anybody's in silence."""

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.connecting import connect_speaker
from annotations.marking import change_mark, delete_mark
from annotations.models import Annotation
from annotations.recording import Act, written
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark, suggest
from tests.articles.factories import add_revision, make_article
from tests.browser.hands import (
    choose_mark,
    drag_over,
    drawn,
    open_article,
    palette_button,
    said,
    selected,
    stored,
    until,
)

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نُغلقَ الميناءَ 😀 أبداً»"
FIRST = f"قالَ وزير النقل سالم الخطيب للصحفيين {QUOTE} في مؤتمرٍ صحفي."
SECOND = "وسافر الوفد لواشنطن ثم عاد منها وبالوزير مرض."


@pytest.fixture
def article() -> Article:
    return make_article(title="الوزير يتحدث", paragraphs=[FIRST, SECOND])


def cut_off(page: Page) -> None:
    page.route("**/api/**", lambda route: route.abort())


def connect(page: Page) -> None:
    page.unroute("**/api/**")
    page.evaluate("dispatchEvent(new Event('online'))")


def waiting(page: Page, number: int) -> None:
    expect(page.locator("#saving-line [data-waiting] [data-number]")).to_have_text(str(number))


def test_what_cannot_be_saved_waits_is_drawn_and_is_sent_when_the_server_is_back(article, signed_in_page):
    page = open_article(signed_in_page, article)
    cut_off(page)
    drag_over(page, "واشنطن")
    page.keyboard.press("s")
    expect(page.locator("#marking-status")).to_contain_text("لم يُحفظ بعد")
    drag_over(page, QUOTE)
    page.keyboard.press("c")
    waiting(page, 2)
    assert drawn(page, "waiting") == ["واشنطن", QUOTE]
    connect(page)
    expect(page.locator("#saving-line")).to_be_hidden()
    assert stored(article) == [("speaker", "واشنطن"), ("claim", QUOTE)]
    assert (drawn(page, "waiting"), drawn(page, "claim")) == ([], [QUOTE])


def test_it_is_tried_again_without_being_asked(article, signed_in_page):
    page = open_article(signed_in_page, article)
    cut_off(page)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    waiting(page, 1)
    page.unroute("**/api/**")
    expect(page.locator("#saving-line")).to_be_hidden()
    assert stored(article) == [("quote", QUOTE)]


def test_what_waits_survives_a_closed_tab_and_belongs_to_one_person(article, signed_in_page):
    page = open_article(signed_in_page, article)
    cut_off(page)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    waiting(page, 1)
    page.close(run_before_unload=False)
    page.context.unroute_all()
    other = page.context.new_page()
    other.goto(article.get_absolute_url())
    expect(other.locator(".entry-words")).to_have_text(QUOTE)
    assert stored(article) == [("quote", QUOTE)]


def test_an_edit_made_while_the_page_is_still_being_renewed_survives_a_closed_tab(article, signed_in_page):
    first, second = suggest(article, QUOTE), suggest(article, "واشنطن", kind="claim")
    page = open_article(signed_in_page, article)
    renewals = []
    page.route("**/ledger/", lambda route: renewals.append(route))
    choose_mark(page, "أبداً")
    page.keyboard.press("Enter")
    until(page, "document.querySelector('#palette').textContent.includes('واشنطن')")
    page.keyboard.press("x")
    until(page, "Object.keys(localStorage).some((key) => key.startsWith('newsdesk.edits.'))")
    assert renewals
    page.close(run_before_unload=False)
    other = page.context.new_page()
    other.goto(article.get_absolute_url())
    expect(other.locator("#ledger")).not_to_contain_text("واشنطن")
    expect(other.locator("#saving-line")).to_be_hidden()
    statuses = dict(Annotation.objects.values_list("pk", "status"))
    assert statuses == {first.pk: "accepted", second.pk: "rejected"}


def test_an_answer_that_got_lost_makes_no_second_mark(article, signed_in_page):
    page = open_article(signed_in_page, article)
    lost = []

    def lose_the_first_answer(route) -> None:
        if lost or route.request.method == "GET":
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route("**/api/articles/*/marks/", lose_the_first_answer)
    drag_over(page, QUOTE)
    page.keyboard.press("c")
    expect(page.locator(".entry-words")).to_have_text(QUOTE)
    expect(page.locator("#saving-line")).to_be_hidden()
    assert len(lost) == 1
    assert stored(article) == [("claim", QUOTE)]


def test_several_edits_of_one_mark_wait_and_go_on_from_each_other(article, signed_in_page):
    suggest(article, QUOTE)
    page = open_article(signed_in_page, article)
    choose_mark(page, "أبداً")
    cut_off(page)
    palette_button(page, "type").nth(1).click()
    waiting(page, 1)
    palette_button(page, "type").nth(2).click()
    waiting(page, 2)
    connect(page)
    expect(page.locator("#saving-line")).to_be_hidden()
    expect(page.locator("#conflict")).to_be_hidden()
    assert Annotation.objects.get().quote_type == "mixed"


def test_words_refused_at_once_stay_selected_with_the_reason(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    add_revision(article, title=article.title, paragraphs=["نص آخر تماماً."])
    page.keyboard.press("q")
    expect(page.locator("#marking-status")).to_contain_text("تغيّر نص المادة")
    assert selected(page) == QUOTE


def test_words_refused_later_wait_for_the_person(article, signed_in_page):
    page = open_article(signed_in_page, article)
    cut_off(page)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    waiting(page, 1)
    add_revision(article, title=article.title, paragraphs=["نص آخر تماماً."])
    connect(page)
    page.locator("[data-review]").click()
    expect(page.locator("#conflict [data-reason]")).to_contain_text("تغيّر نص المادة")
    expect(page.locator("#conflict [data-yours]")).to_contain_text(QUOTE)
    page.get_by_role("button", name="اترك تعديلك").click()
    expect(page.locator("#saving-line")).to_be_hidden()


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_who_was_overtaken_sees_both_states_and_chooses(article, signed_in_page, choice):
    page = open_article(signed_in_page, article, "moderator")
    mark = make_mark(article, QUOTE, by=page.user)
    page.reload()
    choose_mark(page, "أبداً")
    expect(palette_button(page, "type").first).to_be_visible()
    with written(by=make_user("moderator"), act=Act.CHANGED):
        change_mark(mark=mark, note="راجعتُها", quote_type="mixed", by=make_user("moderator"))
    palette_button(page, "type").nth(1).click()
    expect(page.locator("#conflict [data-yours]")).to_contain_text("غير مباشر")
    expect(page.locator("#conflict [data-theirs]")).to_contain_text("مختلط")
    expect(page.locator("#conflict [data-theirs]")).to_contain_text("راجعتُها")
    page.locator(f"#conflict button[value={choice}]").click()
    expect(page.locator("#conflict")).to_be_hidden()
    expect(page.locator(".entry-facts")).to_contain_text("غير مباشر" if choice == "mine" else "مختلط")
    expect(page.locator("#saving-line")).to_be_hidden()
    mark.refresh_from_db()
    assert (mark.quote_type, mark.note) == ("indirect" if choice == "mine" else "mixed", "راجعتُها")


def test_a_mark_that_somebody_deleted_meanwhile_can_be_made_anew(article, signed_in_page):
    page = open_article(signed_in_page, article, "moderator")
    mark = make_mark(article, QUOTE, by=page.user)
    page.reload()
    choose_mark(page, "أبداً")
    page.keyboard.press("e")
    drag_over(page, "مؤتمرٍ")
    delete_mark(mark=mark, by=page.user)
    page.keyboard.press("e")
    expect(page.locator("#conflict [data-gone]")).to_be_visible()
    page.get_by_role("button", name="ضع العلامة من جديد").click()
    expect(page.locator(".entry-words")).to_have_text("مؤتمرٍ")
    assert stored(article) == [("quote", "مؤتمرٍ")]


def test_what_was_done_is_taken_back_and_done_again_step_by_step(article, signed_in_page):
    suggest(article, "وبالوزير مرض", kind="claim")
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    page.keyboard.press("c")
    said(page, "حُفظ.")
    choose_mark(page, "مرض")
    page.keyboard.press("x")
    expect(page.locator(".entry-words")).to_have_count(1)
    page.keyboard.press("Control+z")
    said(page, "تراجعتَ عن: رفض مقترح «وبالوزير مرض»")
    page.keyboard.press("Control+z")
    said(page, f"تراجعتَ عن: وضع علامة {QUOTE}")
    assert stored(article) == []
    assert (drawn(page, "claim"), drawn(page, "claim-suggested")) == ([], ["وبالوزير مرض"])
    page.keyboard.press("Control+z")
    said(page, "لا شيء للتراجع عنه.")
    page.reload()
    page.locator(".article-text").focus()
    page.keyboard.press("Control+Shift+z")
    said(page, f"أُعيد: وضع علامة {QUOTE}")
    page.locator("#marking [data-do=redo]").click()
    said(page, "أُعيد: رفض مقترح «وبالوزير مرض»")
    assert stored(article) == [("claim", QUOTE)]


def test_what_waits_is_taken_back_before_it_is_sent(article, signed_in_page):
    page = open_article(signed_in_page, article)
    cut_off(page)
    drag_over(page, QUOTE)
    page.keyboard.press("c")
    waiting(page, 1)
    page.keyboard.press("Control+z")
    expect(page.locator("#saving-line")).to_be_hidden()
    assert drawn(page, "waiting") == []
    connect(page)
    page.reload()
    assert stored(article) == []


def test_what_somebody_changed_since_is_not_taken_back(article, signed_in_page):
    page = open_article(signed_in_page, article)
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(page.get_by_label("من قال هذا؟")).to_be_focused()
    page.keyboard.press("Escape")
    connect_speaker(mark=Annotation.objects.get(), name="ناطق", by=make_user("moderator"))
    page.keyboard.press("Control+z")
    expect(page.locator("#marking-status")).to_have_text(re.compile("تغيّرت هذه العلامة بعد ذلك"))
    until(page, "document.querySelector('#ledger').textContent.includes('ناطق')")
