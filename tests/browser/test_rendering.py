"""Arabic under marks, in the real browser: what is drawn over letters changes nothing of them but their colour."""

from base64 import b64encode
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.annotations.marks import make_mark
from tests.articles.factories import make_article, make_entity, make_mention
from tests.browser.hands import drag_over, drawn, open_article, palette_button, place, selected

pytestmark = pytest.mark.django_db(transaction=True)

JOINED = "ذهب الوفد لواشنطن ثم عاد"
MIXED = "قال جون سميث John Smith (CEO) إن 45.7% من الأرباح، أي 1,200 دولار، ذهبت إلى ABC-News أمس."
LATIN = ["John Smith", "سميث John", "45.7% من", "1,200", "(CEO) إن", "ABC-News أمس", MIXED]
SIGNED = "قالَ الوزيرُ 👨‍👩‍👧: «لن نُغلقَ\u200d الميناءَ 😀 أبداً» ثم سكتَ."
# Where each letter stands, and how wide it is: what reordering, broken joining or a jump would change.
BOXES = """words => {
    const blocks = [...document.querySelectorAll("#article [data-start]")];
    const block = blocks.find((one) => one.textContent.includes(words));
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const boxes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let unit = 0; unit < node.length; unit += 1) {
            const range = document.createRange();
            range.setStart(node, unit);
            range.setEnd(node, unit + 1);
            const { left, right } = range.getBoundingClientRect();
            const origin = block.getBoundingClientRect().left;
            boxes.push([left - origin, right - origin]);
        }
    }
    return boxes;
}"""
# All that a mark may add is taken away, so that only the letters are left to compare.
BARE = """
    ::highlight(quote), ::highlight(claim), ::highlight(speaker), ::highlight(cue), ::highlight(chosen)
    { background: none; color: inherit; text-decoration: none; }
    .mention { background-image: none !important; }
    .article-text > p { position: fixed; inset: 100px auto auto 100px; inline-size: 46rem; background: white; }
    .beside, .marking-status, #palette { visibility: hidden !important; }
    * { transition: none !important; caret-color: transparent !important; }
"""


# How many pixels are ink in one picture and paper in the other; where glyphs begin is rounded anew at a mark's edge.
INK_MOVED = """async pictures => {
    const shades = [];
    for (const picture of pictures) {
        const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
        canvas.drawImage(image, 0, 0);
        shades.push(canvas.getImageData(0, 0, image.width, image.height).data);
    }
    let moved = 0;
    for (let at = 0; at < shades[0].length; at += 4) moved += Math.abs(shades[0][at] - shades[1][at]) > 128;
    return shades[0].length === shades[1].length ? moved : Infinity;
}"""
MOVED_AT_MOST = 24  # pixels of a line or two; a broken joining moves hundreds
APART_AT_MOST = 0.5  # CSS pixels


def same_picture(page: Page, one: bytes, other: bytes) -> bool:
    return page.evaluate(INK_MOVED, [b64encode(one).decode(), b64encode(other).decode()]) <= MOVED_AT_MOST


def same_places(one: list, other: list) -> bool:
    pairs = zip(one, other, strict=True)
    return all(abs(a - b) <= APART_AT_MOST for first, second in pairs for a, b in zip(first, second, strict=True))


def picture(page: Page) -> bytes:
    """The paragraph, at a place of its own: its letters and nothing else."""
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
            getSelection().removeAllRanges();
        }""",
        BARE,
    )
    page.mouse.move(2, 2)
    image = page.locator(".article-text > p").screenshot(animations="disabled")
    page.evaluate("document.adoptedStyleSheets = []")
    return image


@pytest.fixture
def opened(signed_in_page: Callable[[str], Page]) -> Callable[..., Page]:
    def open_with(*paragraphs: str) -> tuple[Page, Article]:
        article = make_article(title="عنوان", paragraphs=paragraphs)
        page = open_article(signed_in_page, article)
        page.evaluate("document.fonts.ready.then(() => true)")
        return page, article

    return open_with


@pytest.mark.parametrize("words", ["واشنطن", "لو", "اشن", "ل", "لوفد لواشنط"])
def test_letters_stay_joined_at_both_edges_of_a_mark(opened, words):
    page, article = opened(JOINED)
    unmarked, boxes = picture(page), page.evaluate(BOXES, JOINED)
    make_mark(article, words, by=page.user)
    page.reload()
    page.evaluate("document.fonts.ready.then(() => true)")
    assert drawn(page, "quote") == [words]
    assert same_places(page.evaluate(BOXES, JOINED), boxes)
    assert same_picture(page, picture(page), unmarked)


def test_letters_stay_joined_where_a_name_begins_inside_a_word(opened):
    page, article = opened(JOINED)
    unmarked, boxes = picture(page), page.evaluate(BOXES, JOINED)
    make_mention(article, "واشنطن", entity=make_entity("واشنطن", kind="place"))
    page.reload()
    page.evaluate("document.fonts.ready.then(() => true)")
    assert same_places(page.evaluate(BOXES, JOINED), boxes)
    assert same_picture(page, picture(page), unmarked)


def test_the_comparison_would_see_a_broken_joining(opened):
    page, article = opened(JOINED)
    make_mark(article, "واشنطن", by=page.user)
    page.reload()
    whole = picture(page)
    page.evaluate("document.querySelector('#article .mark').append('\u200c')")
    page.evaluate("document.querySelector('#article .mark').prepend('\u200c')")
    assert not same_picture(page, picture(page), whole)


@pytest.mark.parametrize("words", LATIN)
def test_latin_names_and_numbers_in_a_mark_stay_where_they_are(opened, words):
    page, article = opened(MIXED)
    unmarked, boxes = picture(page), page.evaluate(BOXES, MIXED)
    make_mark(article, words, by=page.user, kind="claim")
    page.reload()
    page.evaluate("document.fonts.ready.then(() => true)")
    assert drawn(page, "claim") == [words]
    assert same_places(page.evaluate(BOXES, MIXED), boxes)
    assert same_picture(page, picture(page), unmarked)


def test_a_mark_covers_every_letter_of_its_words_and_no_other(opened):
    """Vowel signs, emoji of several parts and zero-width characters shift nothing."""
    page, _ = opened(SIGNED)
    quote = SIGNED[SIGNED.index("«") : SIGNED.index("»") + 1]
    begin, end = place(page, quote), place(page, quote, edge="end")
    drag_over(page, quote)
    page.keyboard.press("c")
    expect(page.locator(".entry-words")).to_have_text(quote)
    assert drawn(page, "claim") == [quote]
    boxes = page.evaluate("[...CSS.highlights.get('claim')][0].getBoundingClientRect().toJSON()")
    assert abs(boxes["right"] - begin["x"]) <= 2
    assert abs(boxes["left"] - end["x"]) <= 2


def test_what_is_marked_is_tinted_from_its_first_letter_to_its_last(opened):
    """Not its last character alone: the tint's colour is there at either end of the words and not beside them."""
    page, article = opened(JOINED)
    make_mark(article, "الوفد لواشنطن", by=page.user)
    page.reload()
    page.evaluate("document.fonts.ready.then(() => true)")
    first, last = place(page, "الوفد لواشنطن", nudge=3), place(page, "الوفد لواشنطن", edge="end", nudge=3)
    tints = [
        page.screenshot(clip={"x": x, "y": point["y"] - 16, "width": 1, "height": 1})
        for point, x in [(first, first["x"]), (last, last["x"]), (first, first["x"] + 8), (last, last["x"] - 12)]
    ]
    assert tints[0] == tints[1]
    assert tints[0] not in tints[2:]


def test_the_tools_stand_by_the_words_and_the_page_does_not_scroll_sideways(opened):
    page, _ = opened(*[f"{JOINED} {MIXED}"] * 30)
    for words, occurrence in (("ذهب", 0), ("أمس", 0)):
        drag_over(page, words, occurrence=occurrence)
        expect(palette_button(page, "quote")).to_be_visible()
        box = page.locator("#palette").bounding_box()
        chosen = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().toJSON()")
        middle = (chosen["left"] + chosen["right"]) / 2
        assert box["x"] <= middle <= box["x"] + box["width"]
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 1280
        assert box["y"] >= chosen["bottom"] or box["y"] + box["height"] <= chosen["top"]
    assert page.evaluate("[scrollX, document.documentElement.scrollWidth <= innerWidth]") == [0, True]


def test_the_beginning_of_a_line_is_at_the_right_and_the_arrows_go_where_they_point(opened):
    page, _ = opened(JOINED)
    page.locator(".article-text").focus()
    page.keyboard.press("ArrowLeft")  # the headline
    page.keyboard.press("ArrowLeft")
    assert selected(page) == "ذهب"
    before = page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().right")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("getSelection().getRangeAt(0).getBoundingClientRect().right") < before
