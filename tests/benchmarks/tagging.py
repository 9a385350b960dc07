"""How many keys it takes to tag an article: python -m tests.benchmarks.tagging [FILE.json]

Takes an article annotated by hand (of the gold set with eight quotes or more, the first one by default), lets the
detector make its suggestions, and goes through them in Chromium as somebody would who sees what the hand saw: Enter for
a quote whose words and speaker are right, a better speaker by L and the list's own order or by typing, X for what is no
quote. No key is pressed that the page does not answer, no click is made. Prints the keys, the time with and without
150 ms a key for the hand, and what is left to do by hand: quotes that nobody suggested, edges that are not quite right.
"""

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from playwright.sync_api import Page, expect

from tests.benchmarks.served import opened, served  # sets Django up, so that it comes first

# isort: split

from annotations.models import Annotation
from articles.analysing import run_steps
from articles.language.folding import fold
from articles.models import Article
from tests.articles.factories import make_article

REPOSITORY = Path(__file__).parents[2]
FOLDERS = (REPOSITORY.parent / "shared" / "data" / "gold" / "dev", REPOSITORY / "tests" / "data" / "gold")
LEAST_QUOTES = 8
A_KEY = 0.15  # seconds that a practised hand takes for one
NEAR = 0.5  # share of a quote's words that makes a suggestion the same quote
QUESTION = "#palette [data-for=speaker] [data-filter]"


@dataclass
class Tagging:
    page: Page
    gold: dict
    text: str
    keys: int = 0
    done: Counter = field(default_factory=Counter)

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.keys += len(text)
        self.page.keyboard.type(text)


def default_file() -> Path:
    for folder in FOLDERS:
        for file in sorted(folder.glob("*.json")):
            if len(json.loads(file.read_text("utf-8"))["quotes"]) >= LEAST_QUOTES:
                return file
    raise SystemExit("no annotated article here")


def tag(tagging: Tagging, article: Article) -> None:
    """Every suggestion, one after the other, until none is left."""
    marks = Annotation.objects.filter(revision=article.current_revision).exclude(kind="speaker")
    waiting = marks.filter(status="suggested")
    tagging.page.locator(".article-text").focus()
    tagging.press("j")
    while left := waiting.count():
        chosen = tagging.page.locator(".entry.is-chosen")
        expect(chosen).to_have_count(1)
        mark = waiting.get(uuid=chosen.get_attribute("data-mark"))
        decide(tagging, mark)
        for _ in range(3000):
            if waiting.count() < left:
                break
            tagging.page.wait_for_timeout(10)
        else:
            raise SystemExit(f"nothing became of it: {tagging.page.locator('#marking-status').text_content()}")
        if left > 1:
            expect(chosen).not_to_have_attribute("data-mark", str(mark.uuid))


def decide(tagging: Tagging, mark: Annotation) -> None:
    quote = counterpart(tagging, mark)
    if mark.kind == "claim":
        # What can be checked is the annotator's own question, which the gold's sentences answer.
        spans = tagging.gold.get("checkworthy", [])
        right = any(start < part.end and part.start < end for part in mark.parts.all() for start, end, *_ in spans)
        tagging.done["claims accepted" if right else "claims rejected"] += 1
        tagging.press("Enter" if right else "x")
    elif quote is None:
        tagging.done["suggestions rejected"] += 1
        tagging.press("x")
    else:
        accept(tagging, mark, quote)


def accept(tagging: Tagging, mark: Annotation, quote: dict) -> None:
    link = mark.attributions.first()
    tagging.done["quotes accepted"] += 1
    if link is None or not is_same(link.display_name, quote["name"]):
        if "speaker" not in quote or not quote["speaker"]:
            tagging.done["of them without a speaker"] += 1
        else:
            tagging.done["of them with a speaker of our choice"] += 1
            choose_speaker(tagging, quote["name"])
            return
    else:
        tagging.done["of them with the speaker as suggested"] += 1
    tagging.press("Enter")


def choose_speaker(tagging: Tagging, name: str) -> None:
    """By Tab through what is proposed, else by typing the name."""
    page = tagging.page
    tagging.press("l")
    expect(page.locator(QUESTION)).to_be_focused()
    expect(page.locator("#palette-people [aria-selected=true]")).to_have_count(1)
    names = page.locator("#palette-people [data-proposed] bdi").all_text_contents()
    place = next((number for number, one in enumerate(names) if is_same(one, name)), None)
    if place is None:
        tagging.type(name)
    for _ in range(place or 0):
        tagging.press("Tab")
    tagging.press("Enter")


def counterpart(tagging: Tagging, mark: Annotation) -> dict | None:
    """The quote of the gold that shares at least half of the longer one's letters."""
    letters = {at for part in mark.parts.filter(role="content") for at in range(part.start, part.end)}
    for quote in tagging.gold["quotes"]:
        own = set(range(quote["start"], quote["end"]))
        if len(letters & own) >= NEAR * max(len(letters), len(own)):
            return quote
    return None


def is_same(one: str, other: str) -> bool:
    shorter, longer = sorted((fold(one).split(), fold(other).split()), key=len)
    return bool(shorter) and set(shorter) <= set(longer)


def missed(tagging: Tagging, article: Article) -> list[str]:
    accepted = Annotation.objects.filter(revision=article.current_revision, kind="quote", status="accepted")
    found = [counterpart(tagging, mark) for mark in accepted]
    return [tagging.text[one["start"] : one["end"]] for one in tagging.gold["quotes"] if one not in found]


def main(file: Path) -> None:
    gold = json.loads(file.read_text("utf-8"))
    title, *paragraphs = gold["text"].split("\n")
    with served() as base, opened(base) as page:
        article = make_article(title=title, paragraphs=paragraphs)
        if article.current_revision.text != gold["text"]:
            raise SystemExit(f"the text of {file} cannot be stored as it is")
        run_steps(article.current_revision)
        clicks: list[str] = []
        page.on("console", lambda message: clicks.append(message.text) if message.text == "clicked" else None)
        page.goto(article.get_absolute_url())
        page.wait_for_selector("html.highlights")
        page.evaluate("addEventListener('pointerdown', () => console.log('clicked'))")
        tagging = Tagging(page, gold, article.current_revision.text)
        begin = perf_counter()
        tag(tagging, article)
        seconds = perf_counter() - begin
        decisions = sum(number for what, number in tagging.done.items() if not what.startswith("of them"))
        print(f"{file.stem}: {len(gold['quotes'])} quotes marked by hand")  # noqa: T201
        for what, number in tagging.done.items():
            print(f"  {what:40} {number:3}")  # noqa: T201
        print(f"  keys {tagging.keys}, {tagging.keys / max(decisions, 1):.2f} a decision, clicks {len(clicks)}")  # noqa: T201
        print(f"  {seconds:.1f} s, {seconds + A_KEY * tagging.keys:.1f} s with {A_KEY * 1000:.0f} ms a key")  # noqa: T201
        print(f"  left undecided: {len(left := missed(tagging, article))} that nobody suggested")  # noqa: T201
        for words in left:
            print(f"    {words[:90]}")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else default_file())
