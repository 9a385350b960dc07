"""What a person does with mouse and keyboard in an article's text, and what they then see there."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from annotations.models import Annotation
from articles.models import Article

EDGE_OF = """([words, occurrence, edge, nudge]) => {
    const root = document.querySelector("#article");
    for (const block of root.querySelectorAll("[data-start]")) {
        let at = -1;
        for (let left = occurrence; left >= 0; left -= 1) at = block.textContent.indexOf(words, at + 1);
        if (at < 0) continue;
        block.scrollIntoView({ block: "center", behavior: "instant" });
        let units = edge === "start" ? at : at + words.length - 1;
        const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (units < node.length) {
                const letter = document.createRange();
                letter.setStart(node, units);
                letter.setEnd(node, units + 1);
                const box = letter.getBoundingClientRect();
                return { x: edge === "start" ? box.right - nudge : box.left + nudge, y: (box.top + box.bottom) / 2 };
            }
            units -= node.length;
        }
    }
    throw new Error(`not in the text: ${words}`);
}"""


def place(page: Page, words: str, *, occurrence: int = 0, edge: str = "start", nudge: float = 1) -> dict[str, float]:
    """Where the first (or last) letter of Arabic words begins (or ends) on the screen, in CSS pixels."""
    return page.evaluate(EDGE_OF, [words, occurrence, edge, nudge])


def drag_over(page: Page, words: str, *, occurrence: int = 0) -> None:
    """Select words by mouse, from the right edge of the first letter to the left edge of the last."""
    place(page, words, occurrence=occurrence)
    begin = place(page, words, occurrence=occurrence)
    end = place(page, words, occurrence=occurrence, edge="end")
    page.mouse.move(begin["x"], begin["y"])
    page.mouse.down()
    page.mouse.move((begin["x"] + end["x"]) / 2, (begin["y"] + end["y"]) / 2)
    page.mouse.move(end["x"], end["y"])
    page.mouse.up()
    # A person sees the tools before pressing a key; on a busy machine they take a moment.
    if page.locator("#palette").count():
        expect(page.locator("#palette")).to_be_visible()


def click_on(page: Page, words: str) -> None:
    point = place(page, words, nudge=4)
    page.mouse.click(point["x"], point["y"])


def choose_mark(page: Page, words: str) -> None:
    """Click on words of a mark, and see its tools."""
    click_on(page, words)
    expect(page.locator("#palette [data-for=mark]")).to_be_visible()


def press_on_arabic_layout(page: Page, code: str, letter: str) -> None:
    """What the browser sees when the key at this place is pressed while the layout is Arabic."""
    session = page.context.new_cdp_session(page)
    for kind in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": kind, "code": code, "key": letter, "text": letter})
    session.detach()


def said(page: Page, line: str) -> None:
    expect(page.locator("#marking-status")).to_have_text(line)


def open_article(signed_in_page: Callable[[str], Page], article: Article, role: str = "annotator") -> Page:
    """The article's page, signed in, its marks drawn."""
    page = signed_in_page(role)
    page.goto(article.get_absolute_url())
    expect(page.locator("html")).to_have_class(re.compile("highlights"))
    return page


def until(page: Page, condition: str) -> None:
    """Wait until a JavaScript expression is true; the policy against eval keeps Playwright's own waiting out."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def stored(article: Article) -> list[tuple[str, str]]:
    """Kind and words of every accepted mark's parts, the words cut from the text at the stored offsets."""
    text = article.current_revision.text
    marks = Annotation.objects.accepted().order_by("pk").prefetch_related("parts")
    return [(mark.kind, text[part.start : part.end]) for mark in marks for part in mark.parts.all()]


def drawn(page: Page, name: str) -> list[str]:
    """The words under a highlight."""
    return page.evaluate("name => [...CSS.highlights.get(name)].map(String)", name)


def selected(page: Page) -> str:
    return page.evaluate("getSelection().toString()")


def palette_button(page: Page, action: str) -> Locator:
    return page.locator(f"#palette [data-do='{action}']")
