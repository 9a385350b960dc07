"""Searching and browsing by hand: with a mouse, a finger, the keyboard, and without scripts."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from articles.models import Article
from tests.articles.factories import make_article, make_entity, make_mention, make_source
from tests.searching import index_everything

PHONE = {"width": 390, "height": 844}


def titles(page: Page) -> list[str]:
    return page.locator(".card-title").all_inner_texts()


def bars(page: Page):
    return page.locator(".plot-bar")


def two_sources():
    make_article(title="من الأولى", source=make_source("أولى"))
    make_article(title="من الثانية", source=make_source("ثانية"))
    index_everything()


def ten_days():
    """An article on each of ten days of May, the last with another beside it."""
    for number in range(1, 11):
        make_article(title=f"يوم {number}", published_at=datetime(2024, 5, number, 9, tzinfo=UTC))
    make_article(title="يوم 10 أيضاً", published_at=datetime(2024, 5, 10, 8, tzinfo=UTC))
    index_everything()


def middle_of(page: Page, number: int) -> tuple[float, float]:
    box = bars(page).nth(number).locator(".plot-room-of-bar").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_source_is_chosen_without_a_reload_and_back_undoes_it(signed_in_page):
    two_sources()
    page = signed_in_page("reader")
    page.goto("/")
    page.evaluate("window.same = true")
    page.get_by_role("checkbox", name="أولى").check()
    expect(page.locator(".card-title")).to_have_text(["من الأولى"])
    assert page.url.endswith(f"/?source={make_source('أولى').pk}")
    assert page.evaluate("window.same")
    expect(page.get_by_role("checkbox", name="ثانية")).to_be_visible()
    page.get_by_role("checkbox", name="ثانية").check()
    expect(page.locator(".card-title")).to_have_count(2)
    page.go_back()
    expect(page.locator(".card-title")).to_have_text(["من الأولى"])
    expect(page.get_by_role("checkbox", name="أولى")).to_be_checked()
    page.go_back()
    expect(page.locator(".card-title")).to_have_count(2)


def test_the_keyboard_stays_where_it_is_when_the_facets_are_counted_anew(signed_in_page):
    two_sources()
    page = signed_in_page("reader")
    page.goto("/")
    page.get_by_role("checkbox", name="أولى").focus()
    with page.expect_response(re.compile("/facets/")):
        page.keyboard.press("Space")
    expect(page.locator(".card-title")).to_have_text(["من الأولى"])
    expect(page.locator("#facets.htmx-request")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="أولى")).to_be_focused()
    expect(page.get_by_role("checkbox", name="أولى")).to_be_checked()


def test_the_address_of_a_filtered_list_opens_the_same_list(signed_in_page):
    make_article(title="قديمة", published_at=datetime(2020, 1, 1, tzinfo=UTC))
    make_article(title="حديثة", published_at=datetime(2024, 1, 1, tzinfo=UTC))
    index_everything()
    page = signed_in_page("reader")
    page.goto("/")
    page.get_by_label("من يوم").fill("2023-01-01")
    page.get_by_label("من يوم").blur()
    expect(page.locator(".card-title")).to_have_text(["حديثة"])
    page.reload()
    expect(page.locator(".card-title")).to_have_text(["حديثة"])
    expect(page.get_by_label("من يوم")).to_have_value("2023-01-01")


def test_what_is_chosen_is_not_lost_when_something_is_asked_before_the_facets_are_there(signed_in_page):
    two_sources()
    page = signed_in_page("reader")
    page.route("**/facets/**", lambda route: None)
    page.goto(f"/?source={make_source('أولى').pk}")
    page.get_by_label("ابحث في المواد").fill("من")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"source={make_source('أولى').pk}"))
    expect(page.locator(".card-title")).to_have_text(["من الأولى"])


def test_pages_turn_without_a_reload_and_start_at_their_top(signed_in_page):
    for number in range(23):
        make_article(title=f"مادة {number}", published_at=datetime(2024, 1, 1, number, tzinfo=UTC))
    index_everything()
    page = signed_in_page("reader")
    page.goto("/")
    page.get_by_role("link", name="التالية").click()
    expect(page.locator(".card-title")).to_have_text(["مادة 2", "مادة 1", "مادة 0"])
    expect(page.locator(".results-count")).to_be_in_viewport()


def test_days_are_chosen_by_drawing_over_the_plot(signed_in_page):
    ten_days()
    page = signed_in_page("reader")
    page.goto("/")
    expect(bars(page)).to_have_count(10)
    assert middle_of(page, 0) > middle_of(page, 9)  # Time runs with the interface.
    page.mouse.move(*middle_of(page, 2))
    page.mouse.down()
    page.mouse.move(*middle_of(page, 3))
    page.mouse.move(*middle_of(page, 4))
    expect(page.locator(".plot-said")).to_have_text("3 مايو 2024 – 5 مايو 2024")
    page.mouse.up()
    expect(page.locator(".card-title")).to_have_text(["يوم 5", "يوم 4", "يوم 3"])
    expect(page).to_have_url(re.compile("since=2024-05-03&until=2024-05-05"))
    expect(page.get_by_label("إلى يوم")).to_have_value("2024-05-05")
    expect(page.locator(".plot-bar.is-chosen")).to_have_count(3)
    page.mouse.click(*middle_of(page, 9))
    expect(page.locator(".card-title")).to_have_count(2)
    expect(bars(page)).to_have_count(8)  # With a week before it.
    page.mouse.move(*middle_of(page, 0))
    page.mouse.down()
    page.mouse.move(*middle_of(page, 7))
    page.mouse.up()
    expect(page.locator(".card-title")).to_have_count(9)
    expect(page).to_have_url(re.compile("since=2024-05-03&until=2024-05-10"))


def test_days_are_chosen_by_a_finger(browser: Browser, signed_in_page, live_server):
    ten_days()
    session = signed_in_page("reader").context.storage_state()
    context = browser.new_context(
        base_url=live_server.url, locale="ar", viewport=PHONE, has_touch=True, is_mobile=True, storage_state=session
    )
    page = context.new_page()
    page.goto("/")
    expect(bars(page)).to_have_count(10)
    with page.expect_response(re.compile("/facets/")):
        page.touchscreen.tap(*middle_of(page, 6))
    expect(page.locator(".card-title")).to_have_text(["يوم 7"])
    expect(page.locator("volume-plot:not([data-whole])")).to_have_count(1)
    touch = context.new_cdp_session(page)

    def finger(kind: str, *points: int) -> None:
        spots = [dict(zip("xy", middle_of(page, number), strict=True)) for number in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots})

    finger("touchStart", 1)
    finger("touchMove", 2)
    finger("touchMove", 3)
    finger("touchEnd")
    expect(page.locator(".card-title")).to_have_text(["يوم 4", "يوم 3", "يوم 2"])
    context.close()


def test_days_are_chosen_by_keyboard(signed_in_page):
    ten_days()
    page = signed_in_page("reader")
    page.goto("/")
    begin = page.get_by_label("بداية الفترة")
    begin.focus()
    expect(begin).to_have_attribute("aria-valuetext", "1 مايو 2024: 1")
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect(begin).to_have_attribute("aria-valuetext", "9 مايو 2024: 1")
    expect(page.locator(".card-title")).to_have_text(["يوم 10", "يوم 10 أيضاً", "يوم 9"])
    expect(page.locator("#facets.htmx-request")).to_have_count(0)
    expect(page.get_by_label("بداية الفترة")).to_be_focused()


def test_a_further_name_is_found_inside_its_facet(signed_in_page):
    for number in range(12):
        make_mention(make_article(paragraphs=[f"حضر فلان{number}."]), f"فلان{number}")
    make_mention(make_article(paragraphs=["التقت سلمى الهادي الوفد."]), "سلمى الهادي")
    index_everything()
    page = signed_in_page("reader")
    page.goto("/")
    page.locator("#find_person").press_sequentially("سلمي", delay=60)
    page.locator("#found_person").get_by_label("سلمى الهادي").check()
    expect(page.locator(".card-title")).to_have_count(1)
    expect(page.locator(".facet-person").get_by_label("سلمى الهادي")).to_be_checked()
    # The facets have come anew: what was typed into the old ones is gone.
    expect(page.locator("#found_person")).to_be_empty()
    page.locator("#find_person").press_sequentially("زقزبر", delay=60)
    expect(page.locator("#found_person")).to_have_text("لا اسم كهذا في هذه المواد.")
    expect(page.locator(".card-title")).to_have_count(1)


def test_the_order_is_changed_without_a_reload(signed_in_page):
    ten_days()
    page = signed_in_page("reader")
    page.goto("/?q=يوم")
    page.get_by_label("ترتيب النتائج").select_option("oldest")
    expect(page.locator(".card-title").first).to_have_text("يوم 1")
    expect(page).to_have_url(re.compile("sort=oldest"))


def test_what_was_asked_is_marked_without_parting_letters(signed_in_page):
    make_article(title="سفر الوفد لواشنطن", paragraphs=["وصل الوفد لواشنطن أمس."])
    index_everything()
    page = signed_in_page("reader")
    page.goto("/?q=واشنطن")
    expect(page.locator(".card-title mark")).to_have_text("واشنطن")
    expect(page.locator(".card-lines")).to_have_text("وصل الوفد لواشنطن أمس.")
    page.evaluate("document.fonts.ready")
    cut, whole = page.evaluate(
        """() => {
            const line = document.querySelector(".card-lines");
            const width = (element) => {
                const range = document.createRange();
                range.selectNodeContents(element);
                return range.getBoundingClientRect().width;
            };
            const marked = width(line);
            line.textContent = line.textContent;
            return [marked, width(line)];
        }"""
    )
    assert cut == pytest.approx(whole, abs=1)


def test_nothing_moves_when_the_facets_arrive(signed_in_page):
    ten_days()
    page = signed_in_page("reader")
    held = []
    page.route("**/facets/**", lambda route: held.append(route))
    for size in ({"width": 1280, "height": 900}, PHONE):
        page.set_viewport_size(size)
        page.goto("/")
        expect(page.locator(".plot-skeleton")).to_be_visible()
        before = page.locator(".card-title").first.bounding_box()
        held.pop().continue_()
        expect(bars(page)).to_have_count(10)
        assert page.locator(".card-title").first.bounding_box() == before


def test_on_a_phone_the_filters_are_a_sheet_that_leaves_the_results_where_they_are(signed_in_page):
    two_sources()
    page = signed_in_page("reader")
    page.set_viewport_size(PHONE)
    page.goto("/")
    expect(page.get_by_role("checkbox", name="أولى")).to_be_hidden()
    place = page.locator(".card-title").first.bounding_box()
    page.get_by_text("تصفية النتائج").click()
    expect(page.get_by_role("checkbox", name="أولى")).to_be_visible()
    assert page.locator(".card-title").first.bounding_box() == place
    page.get_by_role("checkbox", name="أولى").check()
    expect(page.locator(".card-title")).to_have_text(["من الأولى"])
    expect(page.get_by_role("checkbox", name="أولى")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("checkbox", name="أولى")).to_be_hidden()
    expect(page.locator(".filters-summary")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_result_makes_the_page_scroll_sideways(signed_in_page, width):
    article = make_article(title="كلمة" * 60, paragraphs=["واشنطن " + "ب" * 900], source=make_source("و" * 80))
    make_mention(article, "واشنطن", entity=make_entity("ا" * 120, kind="place"))
    index_everything()
    page = signed_in_page("moderator")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"/?q=واشنطن&source={article.source_id}&since=2020-01-01")
    expect(bars(page).first).to_be_attached()
    if width < 960:
        page.get_by_text("تصفية النتائج").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_failing_search_of_facets_leaves_the_results(signed_in_page):
    two_sources()
    page = signed_in_page("reader")
    page.route("**/facets/**", lambda route: route.fulfill(status=500, body=""))
    page.goto("/")
    expect(page.locator(".card-title")).to_have_count(2)
    page.get_by_label("ابحث في المواد").fill("الأولى")
    page.keyboard.press("Enter")
    expect(page.locator(".card-title")).to_have_text(["من الأولى"])


def test_everything_is_chosen_without_javascript(browser: Browser, signed_in_page, live_server):
    two_sources()
    Article.objects.filter(title="من الأولى").update(published_at=datetime(2023, 1, 1, tzinfo=UTC))
    index_everything()
    session = signed_in_page("reader").context.storage_state()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=session)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("checkbox", name="ثانية").check()
    page.get_by_role("button", name="طبّق").click()
    assert titles(page) == ["من الثانية"]
    page.get_by_role("checkbox", name="ثانية").uncheck()
    page.get_by_role("button", name="طبّق").click()
    assert len(titles(page)) == 2
    page.get_by_role("link", name="الأعداد والرسم البياني").click()
    page.get_by_role("checkbox", name="أولى").check()
    page.get_by_role("button", name="اعرض النتائج").click()
    assert titles(page) == ["من الأولى"]
    page.goto("/facets/")
    page.locator(".plot-bar").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?since=2023-01-01&until=2023-01-31")
    assert titles(page) == ["من الأولى"]
    context.close()
