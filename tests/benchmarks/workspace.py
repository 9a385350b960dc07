"""How the article's page feels in the real browser: python -m tests.benchmarks.workspace [WORDS MENTIONS MARKS]

Makes a database of its own with one long article (20,000 words with 2,000 names and 500 marks by default), opens it in
Chromium as somebody who marks, and prints the time to the first paint of the text, and from the key that marks words to
the frame that shows the mark, by the page's own clock. Then tags eight quotes with speakers of another article from its
suggestions by keyboard alone, and prints how many keys and how much time that took.
"""

import os
import random
import statistics
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()

from django.conf import settings  # noqa: E402 - the settings come first
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.testcases import LiveServerThread  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from annotations.models import Annotation, Part  # noqa: E402
from annotations.spans import MarkedSpan, parts_of  # noqa: E402
from annotations.suggesting import suggest_annotations  # noqa: E402
from articles.models import Article, Mention  # noqa: E402
from tests.accounts import make_user  # noqa: E402
from tests.articles.factories import make_article, make_entity  # noqa: E402
from tests.benchmarks.entity_pages import WORDS  # noqa: E402
from tests.browser.conftest import CHROMIUM, SWITCHES  # noqa: E402

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


def make_quoting_article() -> Article:
    """Eight quotes with speakers, as the detector finds them."""
    said = [
        f"وقال {SPEAKERS[number % 4]} للصحفيين في المؤتمر: «لن نقبل بالخطة رقم {number} قبل أن تُراجع بنودها كلها»."
        for number in range(1, 9)
    ]
    article = make_article(title="ردود على الخطة", paragraphs=said)
    text = article.current_revision.text
    for paragraph in range(8):
        name = SPEAKERS[(paragraph + 1) % 4]
        start = text.index(name, text.index(said[paragraph]))
        Mention.objects.create(
            revision=article.current_revision,
            entity=make_entity(name),
            start=start,
            end=start + len(name),
            surface=name,
            recogniser="bench/1",
            score=1,
        )
    suggest_annotations(article.current_revision)
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


def tag_by_keyboard(page: Page, article: Article) -> tuple[int, float]:
    """(keys, seconds) until no suggested quote is left, all with their speakers."""
    page.goto(article.get_absolute_url())
    page.wait_for_selector("html.highlights")
    page.locator(".article-text").focus()
    marks = Annotation.objects.filter(revision=article.current_revision)
    waiting = marks.filter(status="suggested", kind__in=("quote", "claim"))
    begin, keys = page.evaluate("performance.now()"), 1
    page.keyboard.press("KeyJ")
    while (left := waiting.count()) and keys < 40:
        page.locator("#palette [data-for=mark]").wait_for()
        page.keyboard.press("Enter")
        keys += 1
        for _ in range(500):
            if waiting.count() < left:
                break
            page.wait_for_timeout(10)
        page.wait_for_timeout(50)
    seconds = (page.evaluate("performance.now()") - begin) / 1000
    quotes = marks.filter(kind="quote", status="accepted", attributions__certainty="confirmed").count()
    assert quotes == 8, f"{quotes} quotes with speakers"
    return keys, seconds


def told(title: str, times: list[float], budget: int) -> bool:
    worst, middle = max(times), statistics.median(times)
    over = "" if middle <= budget else "  OVER"
    print(f"{title:34} {middle:7.0f} ms median {worst:7.0f} ms worst  budget {budget} ms{over}")  # noqa: T201
    return middle <= budget


def measure(base: str, articles: list[Article]) -> bool:
    client = Client()
    client.force_login(make_user("editor"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    long, quoting = articles
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        context = browser.new_context(base_url=base, locale="ar", viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base}])
        page = context.new_page()
        page.set_default_timeout(120_000)
        first_paint(page, quoting.get_absolute_url())
        paints = [first_paint(page, long.get_absolute_url()) for _ in range(ROUNDS)]
        outcomes = [told("first paint", paints, FIRST_PAINT), told("marking", marking_times(page), MARKING)]
        keys, seconds = tag_by_keyboard(page, quoting)
        print(f"eight quotes with speakers tagged: {keys} keys in {seconds:.1f} s")  # noqa: T201
        browser.close()
    return all(outcomes)


def main(words: int = 20_000, mentions: int = 2_000, marks: int = 500) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    databases = setup_databases(verbosity=0, interactive=False)
    server = LiveServerThread("localhost", StaticFilesHandler)
    try:
        articles = [make_long_article(words, mentions, marks), make_quoting_article()]
        server.daemon = True
        server.start()
        server.is_ready.wait()
        fast = measure(f"http://localhost:{server.port}", articles)
    finally:
        server.terminate()
        # Threads that answered the browser may hold theirs a little longer.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        teardown_databases(databases, verbosity=0)
    sys.exit(0 if fast else 1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
