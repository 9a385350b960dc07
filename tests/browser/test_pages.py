import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.articles.factories import make_article, make_entity, make_mention

WIDTHS = (320, 360, 768, 1440)


def article_with_names(**fields):
    article = make_article(
        paragraphs=[
            "سافرت سلمى الهادي لواشنطن صباحاً، ثم عادت سلمى الهادي مساءً إلى بيروت.",
            ("heading", "ما بعد العودة"),
        ],
        **fields,
    )
    make_mention(article, "سلمى الهادي")
    make_mention(article, "سلمى الهادي", occurrence=1)
    make_mention(article, "واشنطن", entity=make_entity("واشنطن", kind="place"))
    return article


def titles(page: Page) -> list[str]:
    return page.locator(".card-title").all_inner_texts()


def highlighted(page: Page, kind: str) -> bool:
    image = page.locator(f".article .mention-{kind}").first.evaluate(
        "element => getComputedStyle(element).backgroundImage"
    )
    return image != "none"


def test_a_member_reads_an_article_from_the_list(signed_in_page):
    make_article(title="المجلس يقر الموازنة")
    page = signed_in_page("reader")
    page.goto("/")
    page.get_by_role("link", name="المجلس يقر الموازنة").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("المجلس يقر الموازنة")


def test_an_article_is_read_without_javascript(browser: Browser, signed_in_page, live_server):
    article = article_with_names()
    session = signed_in_page("reader").context.storage_state()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False, storage_state=session)
    page = context.new_page()
    page.goto(article.get_absolute_url())
    background = "element => getComputedStyle(element).backgroundImage"
    assert page.locator(".mention-place").evaluate(background) == "none"
    page.get_by_label("أماكن").check()
    assert page.locator(".mention-place").evaluate(background) != "none"
    expect(page.locator("theme-switch")).to_be_hidden()
    context.close()


def test_people_show_at_first_and_the_reader_s_choice_is_kept(signed_in_page):
    article = article_with_names()
    page = signed_in_page("reader")
    page.goto(article.get_absolute_url())
    assert (highlighted(page, "person"), highlighted(page, "place")) == (True, False)
    page.get_by_label("أماكن").check()
    page.get_by_label("أشخاص").uncheck()
    assert (highlighted(page, "person"), highlighted(page, "place")) == (False, True)
    page.reload()
    assert (highlighted(page, "person"), highlighted(page, "place")) == (False, True)


def test_letters_stay_joined_where_a_name_begins_inside_a_word(signed_in_page):
    article = article_with_names()
    page = signed_in_page("reader")
    page.goto(article.get_absolute_url())
    page.get_by_label("أماكن").check()
    page.evaluate("document.fonts.ready")
    cut, whole = page.evaluate(
        """() => {
            const name = document.querySelector(".mention-place");
            const range = document.createRange();
            range.setStart(name.previousSibling, name.previousSibling.length - 1);
            range.setEnd(name.firstChild, name.firstChild.length);
            const plain = name.parentElement.cloneNode();
            plain.textContent = range.toString();
            plain.style.inlineSize = "max-content";
            name.parentElement.after(plain);
            const widths = [range.getBoundingClientRect().width, plain.getBoundingClientRect().width];
            plain.remove();
            return widths;
        }"""
    )
    assert whole > 20
    assert cut == pytest.approx(whole, abs=0.6)


def test_each_block_holds_its_code_points_in_the_browser_too(signed_in_page):
    article = make_article(title="عنوان 😀", paragraphs=["سطرٌ  فيه فراغان 😀 و<وسم>.", ("list_item", "بند"), "آخر."])
    make_mention(article, "فراغان")
    page = signed_in_page("reader")
    page.goto(article.get_absolute_url())
    blocks = page.eval_on_selector_all(
        "#article [data-start]", "blocks => blocks.map(block => [Number(block.dataset.start), block.textContent])"
    )
    text = article.current_revision.text
    assert blocks == [
        [block["start"], text[block["start"] : block["end"]]] for block in article.current_revision.blocks
    ]


def test_a_chosen_theme_is_there_from_the_first_paint_on(page, settings):
    settings.PUBLIC_READING = True
    page.goto("/")
    paper = "() => getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_label("داكن").check()
    dark = page.evaluate(paper)
    assert dark != light
    page.reload()
    assert page.evaluate(paper) == dark
    expect(page.get_by_label("داكن")).to_be_checked()
    page.get_by_label("تلقائي").check()
    assert page.evaluate(paper) == light


def test_the_system_s_dark_theme_is_followed(page):
    page.emulate_media(color_scheme="dark")
    page.goto("/")
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert max(map(int, re.findall(r"\d+", colour))) < 60


def test_the_interface_turns_to_english_and_the_text_stays(signed_in_page):
    article = article_with_names()
    page = signed_in_page("reader")
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    assert page.url.endswith(article.get_absolute_url())
    assert page.locator(".article-text").evaluate("element => getComputedStyle(element).direction") == "rtl"


def test_a_member_pastes_a_text_by_keyboard_and_reads_it(signed_in_page):
    page = signed_in_page("editor")
    page.goto("/")
    page.locator("summary", has_text="ألصق مادة").focus()
    page.keyboard.press("Enter")
    page.get_by_label("نص المادة").fill(
        "افتتاح مكتبة عامة في حي الميناء\nافتتحت البلدية، صباح الأربعاء، مكتبة عامة تضم عشرين ألف كتاب وقاعة للأطفال."
    )
    page.get_by_label("نص المادة").press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("افتتاح مكتبة عامة في حي الميناء")
    assert re.search(r"/articles/\d+/$", page.url)


def test_the_keyboard_goes_straight_to_the_content(signed_in_page):
    page = signed_in_page("reader")
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="انتقل إلى المحتوى")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_scrolls_sideways_on_any_screen(signed_in_page, live_server, language):
    article = article_with_names(url="https://news.example/" + "very-long-slug-" * 20, byline="اسم طويل " * 20)
    page = signed_in_page("editor")
    page.context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    for address in ("/", article.get_absolute_url(), "/paste/", "/accounts/password/", "/nowhere/"):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_what_a_finger_has_to_hit_is_large_enough(signed_in_page):
    article = article_with_names()
    page = signed_in_page("editor")
    page.set_viewport_size({"width": 360, "height": 700})
    for address in ("/?since=2020-01-01", article.get_absolute_url(), "/paste/"):
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, summary, label:has(input), .masthead a, [type=search]")]
                .filter(control => !control.closest("#marking") && control.checkVisibility())
                .filter(control => control.getBoundingClientRect().height < 43.5)
                .map(control => control.outerHTML)"""
        )
        assert small == [], address


def test_a_printed_article_is_the_article_alone(signed_in_page):
    article = article_with_names()
    page = signed_in_page("reader")
    page.goto(article.get_absolute_url())
    page.emulate_media(media="print")
    for part in (".masthead", ".colophon", ".legend", ".beside"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".article-text")).to_be_visible()
