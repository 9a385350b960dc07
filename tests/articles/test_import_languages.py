"""The language of an article, by its own letters and words."""

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from articles.importing.languages import language_of
from articles.importing.pages import Block

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared" / "data" / "articles"
TEXTS = dict(
    line.split("\t")
    for line in (REPOSITORY / "tests" / "data" / "languages.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
)
# The same Persian as a keyboard for Arabic writes it.
PERSIAN_IN_ARABIC_LETTERS = TEXTS["fa"].replace("ک", "ك").replace("ی", "ي")
ARABIC_BY_PERSIAN_KEYBOARD = TEXTS["ar"].replace("ك", "ک").replace("ي", "ی")


def told(*lines: str, title: str = "", declared: str = "") -> str:
    return language_of(title, [Block("paragraph", line) for line in lines], declared)


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_is_told_by_its_letters_and_words_whatever_the_template_declares(language):
    for declared in ("", "ar", "en-US", "fa"):
        assert told(TEXTS[language], declared=declared) == language


def test_persian_and_arabic_are_told_apart_whatever_keyboard_wrote_them():
    assert told(PERSIAN_IN_ARABIC_LETTERS) == "fa"
    assert told(ARABIC_BY_PERSIAN_KEYBOARD) == "ar"


@pytest.mark.parametrize(("title", "body"), [("ar", "fr"), ("en", "ar"), ("fr", "he"), ("ar", "fa")])
def test_the_body_counts_and_not_the_headline(title, body):
    assert told(TEXTS[body], TEXTS[body], title=TEXTS[title]) == body


def test_a_text_in_two_languages_is_labelled_by_the_larger_part_wherever_it_stands():
    assert told(TEXTS["ar"], *[TEXTS["en"]] * 9) == "en"
    assert told(TEXTS["en"], *[TEXTS["ar"]] * 9) == "ar"
    assert told(*[TEXTS["ar"]] * 9, TEXTS["en"]) == "ar"
    # A long introduction in Arabic above a translation that is much longer.
    assert told(*[TEXTS["ar"]] * 14, *[TEXTS["fr"]] * 60) == "fr"
    assert told(*[TEXTS["fr"]] * 14, *[TEXTS["ar"]] * 60) == "ar"


def test_what_letters_leave_open_is_what_is_declared_or_unknown():
    assert told("Lorem ipsum dolor sit amet consectetur adipiscing elit", declared="la") == "la"
    assert told("Lorem ipsum dolor sit amet consectetur adipiscing elit", declared="ar") == "und"
    assert told("Lorem ipsum dolor sit amet consectetur adipiscing elit") == "und"
    assert told("12 34 – 56") == "und"
    assert told("12 34", title="عنوان المادة") == "ar"
    assert told() == "und"
    assert told("Общината отвори старата библиотека", declared="bg") == "bg"


@pytest.mark.parametrize("name", ["saudinewsnet", "ant-corpus"])
@pytest.mark.skipif(not SHARED.exists(), reason="the shared real records are not here")
def test_real_arabic_articles_are_arabic(name):
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in islice(file, 0, 5000, 10)]
    told_otherwise = [
        record["text"][:80]
        for record in records
        if len(record["text"]) > 200 and told(*record["text"].split("\n"), title=record.get("title") or "") != "ar"
    ]
    # A list of films by their English titles is one.
    assert len(told_otherwise) <= 1, told_otherwise
