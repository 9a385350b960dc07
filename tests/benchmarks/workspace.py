"""How the article's page feels in the real browser: python -m tests.benchmarks.workspace [WORDS MENTIONS MARKS]

Makes a database of its own with one long article (20,000 words with 2,000 names and 500 marks by default), opens it in
Chromium as somebody who marks, and prints the time to the first paint of the text, and from the key that marks words to
the frame that shows the mark, by the page's own clock. How many keys an article takes: tests/benchmarks/tagging.py.
"""

import random
import statistics
import sys

from playwright.sync_api import Page

from tests.benchmarks.served import opened, served  # sets Django up, so that it comes first

# isort: split

from annotations.models import Annotation, Part
from annotations.spans import MarkedSpan, parts_of
from articles.models import Article, Mention
from tests.articles.factories import make_article, make_entity
from tests.benchmarks.entity_pages import WORDS

SEED, ROUNDS, MARKED = 20241101, 5, 20
FIRST_PAINT = 1000  # milliseconds
MARKING = 100
SPEAKERS = ["سالم الخطيب", "هدى العمري", "كمال النجار", "ليلى حداد"]
# From the key's own time to the frame after the mark is in its highlight.
WATCH = """() => {
    window.shown = [];
    addEventListener("keydown", (event) => {
        if (event.code !== "KeyC") return;
        const before = CSS.highlights.get("claim").size;
        const look = () => CSS.highlights.get("claim").size > before
            ? requestAnimationFrame((now) => window.shown.push(Math.max(now, performance.now()) - event.timeStamp))
            : requestAnimationFrame(look);
        requestAnimationFrame(look);
    }, { capture: true });
}"""


def make_long_article(words: int, mentions: int, marks: int) -> Article:
    chance = random.Random(SEED)
    vocabulary = WORDS.split()
    paragraphs = [" ".join(chance.choices(vocabulary, k=50)) for _ in range(words // 50)]
    article = make_article(title="مادة طويلة", paragraphs=paragraphs)
    revision = article.current_revision
    text = revision.text
    starts = [place + 1 for place in range(len(text) - 80) if text[place] in " \n"]
    entities = [make_entity(f"{name} {number}") for number in range(50) for name in SPEAKERS]
    places = sorted(chance.sample(starts, mentions))
    Mention.objects.bulk_create(
        Mention(
            revision=revision,
            entity=entities[number % len(entities)],
            start=start,
            end=(end := start + len(text[start:].split(None, 1)[0])),
            surface=text[start:end],
            recogniser="bench/1",
            score=1,
        )
        for number, start in enumerate(places)
    )
    made = Annotation.objects.bulk_create(
        Annotation(
            revision=revision,
            kind="quote" if number % 2 else "claim",
            status="suggested",
            quote_type="direct" if number % 2 else "",
            detector="bench",
            detector_version="1",
            rule="bench",
            confidence=0.9,
        )
        for number in range(marks)
    )
    spans = [MarkedSpan(at, at + 60, text[at : at + 60], "content") for at in sorted(chance.sample(starts, marks))]
    Part.objects.bulk_create(
        part for mark, span in zip(made, spans, strict=True) for part in parts_of(mark, text, [span])
    )
    return article


def first_paint(page: Page, address: str) -> float:
    page.goto(address)
    page.wait_for_selector("html.highlights")
    return page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")


def marking_times(page: Page) -> list[float]:
    """Words are walked to by keyboard and marked as claims, at the beginning and further on."""
    page.evaluate(WATCH)
    page.locator(".article-text").focus()
    for _ in range(MARKED):
        for _ in range(3):
            page.keyboard.press("ArrowLeft")
        page.keyboard.press("Shift+ArrowLeft")
        before = page.evaluate("window.shown.length")
        page.keyboard.press("KeyC")
        for _ in range(250):
            if page.evaluate("window.shown.length") > before:
                break
            page.wait_for_timeout(20)
        else:
            raise SystemExit(f"no mark appeared: {page.locator('#marking-status').text_content()}")
    return page.evaluate("window.shown")


def told(title: str, times: list[float], budget: int) -> bool:
    worst, middle = max(times), statistics.median(times)
    over = "" if middle <= budget else "  OVER"
    print(f"{title:34} {middle:7.0f} ms median {worst:7.0f} ms worst  budget {budget} ms{over}")  # noqa: T201
    return middle <= budget


def main(words: int = 20_000, mentions: int = 2_000, marks: int = 500) -> None:
    with served() as base:
        long = make_long_article(words, mentions, marks)
        short = make_article(title="مادة قصيرة")
        with opened(base) as page:
            first_paint(page, short.get_absolute_url())
            paints = [first_paint(page, long.get_absolute_url()) for _ in range(ROUNDS)]
            fast = [told("first paint", paints, FIRST_PAINT), told("marking", marking_times(page), MARKING)]
    sys.exit(0 if all(fast) else 1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
