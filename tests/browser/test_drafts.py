"""Nothing typed is lost: comments and notes outlive a closed tab, a lost connection and a lost answer."""

import pytest
from playwright.sync_api import Page, expect

from annotations.commenting import add_comment
from annotations.connecting import connect_speaker
from annotations.marking import change_mark, delete_mark
from annotations.models import Annotation, Comment
from annotations.recording import Act, written
from articles.models import Article
from tests.accounts import make_user
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article, make_entity, make_mention
from tests.browser.hands import choose_mark, drag_over, open_article, said

pytestmark = pytest.mark.django_db(transaction=True)

QUOTE = "«لن نغلق الميناء أبداً»"
WORDS = "أهذا نصه كاملاً؟"
KEPT = "#mark-details [data-kept]:visible"


@pytest.fixture
def article() -> Article:
    article = make_article(title="الوزير يتحدث", paragraphs=[f"وقال سالم الخطيب للصحفيين: {QUOTE} وعاد."])
    make_mention(article, "سالم الخطيب", entity=make_entity("سالم الخطيب"))
    return article


@pytest.fixture
def opened(article, signed_in_page) -> tuple[Page, Annotation]:
    page = open_article(signed_in_page, article)
    mark = make_mark(article, QUOTE, by=page.user)
    page.reload()
    return page, mark


def show_details(page: Page) -> None:
    page.locator(".entry [data-do=details]").click()
    expect(page.locator("#mark-details")).to_be_visible()


def comment_field(page: Page):
    return page.get_by_label("تعليق (@ لتسمية زميل)")


def publish(page: Page) -> None:
    page.get_by_role("button", name="انشر التعليق").click()


def cut_off(page: Page) -> None:
    page.route("**/api/**", lambda route: route.abort())


def connect(page: Page) -> None:
    page.unroute("**/api/**")
    page.evaluate("dispatchEvent(new Event('online'))")


def lose_the_first_answer(page: Page, address: str, method: str) -> list:
    """The first request of this kind reaches the server, and its answer nobody."""
    lost = []

    def lose(route) -> None:
        if lost or route.request.method != method:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    page.route(address, lose)
    return lost


def test_a_comment_and_a_note_begun_are_there_after_the_tab_was_closed(opened):
    page, mark = opened
    show_details(page)
    page.get_by_label("ملاحظة").fill("يُراجع التسجيل")
    comment_field(page).fill(WORDS)
    page.close(run_before_unload=False)
    other = page.context.new_page()
    other.goto(mark.revision.article.get_absolute_url())
    show_details(other)
    expect(comment_field(other)).to_have_value(WORDS)
    expect(other.get_by_label("ملاحظة")).to_have_value("يُراجع التسجيل")
    expect(other.locator(KEPT)).to_have_count(2)
    publish(other)
    said(other, "نُشر تعليقك.")
    other.locator("[data-note] [data-discard]").click()
    expect(other.get_by_label("ملاحظة")).to_have_value("")
    other.reload()
    show_details(other)
    expect(other.locator(".comment-text")).to_have_text(WORDS)
    expect(comment_field(other)).to_have_value("")
    expect(other.locator(KEPT)).to_have_count(0)


def test_an_answer_begun_is_still_an_answer(opened):
    page, mark = opened
    asked = add_comment(mark=mark, text="من أين؟", by=make_user("annotator"))
    show_details(page)
    page.locator("[data-reply]").click()
    page.keyboard.type("من البيان")
    page.reload()
    show_details(page)
    expect(page.locator("[data-answered]")).to_have_text(asked.author_name)
    publish(page)
    said(page, "نُشر تعليقك.")
    assert Comment.objects.latest("pk").reply_to == asked


def test_a_comment_written_without_a_connection_is_shown_as_unsent_and_arrives_once(opened):
    page, mark = opened
    show_details(page)
    cut_off(page)
    comment_field(page).fill(WORDS)
    publish(page)
    expect(page.locator(".comment-text")).to_have_text(WORDS)
    expect(page.locator(".comment [data-unsent]")).to_be_visible()
    expect(page.locator("#saving-line [data-waiting] [data-number]")).to_have_text("1")
    page.keyboard.press("Escape")
    page.locator(".article-text").focus()
    page.keyboard.press("Control+z")
    connect(page)
    expect(page.locator("#saving-line")).to_be_hidden()
    show_details(page)
    expect(page.locator(".comment [data-unsent]:visible")).to_have_count(0)
    assert [comment.text for comment in mark.comments.all()] == [WORDS]


def test_a_comment_of_which_the_answer_was_lost_is_not_said_twice(opened):
    page, mark = opened
    show_details(page)
    lost = lose_the_first_answer(page, "**/comments/", "POST")
    comment_field(page).fill(f" {WORDS} ")
    publish(page)
    expect(page.locator("#saving-line")).to_be_hidden()
    said(page, "نُشر تعليقك.")
    expect(page.locator(".comment-text")).to_have_text(WORDS)
    assert len(lost) == 1
    assert mark.comments.count() == 1


def test_a_comment_that_is_refused_stands_in_its_field_again(opened):
    page, mark = opened
    show_details(page)
    comment_field(page).fill(WORDS)
    delete_mark(mark=mark, by=page.user)
    publish(page)
    expect(page.locator("#marking-status.is-problem")).to_be_visible()
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.includes('draft')).map(String)")
    assert any(WORDS in one for one in kept)


def test_a_note_that_somebody_changed_since_it_was_begun_says_so(opened):
    page, mark = opened
    show_details(page)
    page.get_by_label("ملاحظة").fill("مسودتي")
    with written(by=page.user, act=Act.CHANGED):
        change_mark(mark=mark, note="ملاحظتها", by=page.user)
    page.reload()
    show_details(page)
    expect(page.get_by_label("ملاحظة")).to_have_value("مسودتي")
    expect(page.locator("#mark-details [data-theirs]")).to_have_text("ملاحظتها")
    page.get_by_role("button", name="احفظ الملاحظة").click()
    said(page, "حُفظ.")
    expect(page.locator(KEPT)).to_have_count(0)
    mark.refresh_from_db()
    assert mark.note == "مسودتي"


@pytest.mark.parametrize("way", ["proposal", "name"])
def test_a_speaker_of_whom_the_answer_was_lost_is_connected_once_and_without_a_question(article, signed_in_page, way):
    page = open_article(signed_in_page, article)
    lost = lose_the_first_answer(page, "**/speaker/", "PUT")
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(page.locator("#palette-people [data-proposed]").first).to_be_visible()
    if way == "name":
        page.keyboard.type("ناطق باسم الوزارة")
    page.keyboard.press("Enter")
    expect(page.locator(".said-by-name")).to_have_text("سالم الخطيب" if way == "proposal" else "ناطق باسم الوزارة")
    expect(page.locator("#saving-line")).to_be_hidden()
    expect(page.locator("#conflict")).to_be_hidden()
    assert len(lost) == 1
    quote = Annotation.objects.get(kind="quote")
    assert quote.attributions.count() == 1
    assert Annotation.objects.filter(kind="speaker").count() == (1 if way == "proposal" else 0)


def test_edits_that_follow_a_lost_answer_go_on_from_it(article, signed_in_page):
    page = open_article(signed_in_page, article)
    lost = lose_the_first_answer(page, "**/api/marks/*/", "PATCH")
    drag_over(page, QUOTE)
    page.keyboard.press("q")
    expect(page.locator("[data-take=cue]")).to_contain_text("قال")
    page.keyboard.press("Enter")
    expect(page.locator(".said-by-name")).to_have_text("سالم الخطيب")
    expect(page.locator("#conflict")).to_be_hidden()
    assert len(lost) == 1


def test_somebody_elses_speaker_is_still_a_question(article, signed_in_page):
    page = open_article(signed_in_page, article, "moderator")
    mark = make_mark(article, QUOTE, by=page.user)
    page.reload()
    choose_mark(page, "أبداً")
    page.keyboard.press("l")
    expect(page.locator("#palette-people [data-proposed]").first).to_be_visible()
    with written(by=make_user("moderator"), act=Act.CONNECTED):
        connect_speaker(mark=mark, name="ناطق", by=make_user("moderator"))
    page.keyboard.press("Enter")
    expect(page.locator("#conflict [data-theirs]")).to_contain_text("ناطق")
