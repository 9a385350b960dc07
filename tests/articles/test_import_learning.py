"""Boilerplate that nobody wrote a rule for: learned from what repeats itself on an outlet's pages."""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest

from articles.importing.cleaning import clean_lines
from articles.importing.learning.accepted import AcceptedLines
from articles.importing.learning.masking import masked
from articles.importing.learning.repetition import Sample, repeated_lines
from tests.articles.invented_outlets import Body, OutletPage, pages_of

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared" / "data" / "articles"
GOLD = REPOSITORY / "tests" / "data" / "gold"
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
# Pages that are learned from, and as many that come later.
PAGES = 30


def samples_of(pages: Sequence[OutletPage]) -> list[Sample]:
    return [Sample(page.title, page.byline, page.lines) for page in pages]


def learned_from(pages: Sequence[OutletPage]) -> AcceptedLines:
    """As if a moderator had accepted everything that was proposed."""
    forms: dict[str, list[str]] = {}
    for line in repeated_lines(samples_of(pages)):
        forms.setdefault(line.place, []).append(line.form)
    return AcceptedLines.of(forms)


def scores(outlets: Iterator[list[OutletPage]], *, later: bool) -> tuple[float, float]:
    """(precision, recall) of the lines dropped, over the pages learned from or over later ones."""
    right = dropped = wanted = 0
    for pages in outlets:
        learned = learned_from(pages[:PAGES])
        for page in pages[PAGES:] if later else pages[:PAGES]:
            found = learned.among(page.lines)
            right += len(found & page.boilerplate)
            dropped += len(found)
            wanted += len(page.boilerplate)
    return right / dropped, right / wanted


def invented_bodies(rng: random.Random) -> list[Body]:
    """Articles put together from the paragraphs of the project's own samples."""
    texts = [path.read_text("utf-8").splitlines() for path in sorted(GOLD.glob("*.txt"))]
    paragraphs = [line for text in texts for line in text[1:] if line.strip()]
    words = sorted({word for text in texts for word in text[0].split() if len(word) > 3})
    return [
        Body(" ".join(rng.sample(words, 6)), rng.sample(paragraphs, rng.randint(4, 9)), f"كاتب {rng.randint(1, 12)}")
        for _ in range(2 * PAGES)
    ]


def real_bodies(number: int) -> list[Body]:
    with gzip.open(SHARED / "saudinewsnet.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [json.loads(line) for line in islice(file, 4 * number)]
    bodies = [
        Body(
            record["title"], [block.text for block in clean_lines(record["text"].splitlines())], record["byline"] or ""
        )
        for record in records
        if record["title"]
    ]
    return [body for body in bodies if len(body.lines) >= 2][:number]


def sample(number: int, *lines: str, byline: str = "") -> Sample:
    return Sample(f"عنوان {LETTERS[number]}", byline, lines)


def text(number: int) -> str:
    """A paragraph that no other article has."""
    name = LETTERS[number] * 3
    return (
        f"{name} قال مدير الشبكة إن العمال سيستبدلون أربعة كيلومترات من الأنابيب القديمة قبل نهاية الصيف في حي {name}."
    )


def proposed(samples: Sequence[Sample]) -> list[tuple[str, str]]:
    return [(line.place, line.form) for line in repeated_lines(samples)]


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("نُشر يوم الجمعة 24 نيسان / أبريل 2020، 09:22 مساءً", "نشر 0"),
        ("عدد الزيارات: 1,234 زيارة", "عدد الزيارات : 0 زياره"),
        ("راسلونا: desk@news.example أو https://news.example/a?b=1", "راسلونا : @ او @"),
        ("*** انتهى ***", "انتهي"),
        ("شباط شهر قصير", "شباط شهر قصير"),
        ("— * —", ""),
    ],
)
def test_a_form_is_what_a_line_has_in_common_with_its_like(line, form):
    assert masked(line) == form


def test_a_series_whose_sentences_differ_by_their_numbers_is_text():
    line = "وبلغ سعر غرام الذهب من عيار 21 في السوق المحلية {} ديناراً، وسعر الأونصة {} دولاراً."
    assert proposed([sample(n, line.format(40 + n, 1900 + n), f"ختام {LETTERS[n]}") for n in range(12)]) == []


def test_what_one_writer_always_says_is_the_writers_and_what_all_say_is_the_outlets():
    mine, ours = "سلام عليكم أيها القراء الكرام", "خدمة نوافذ الإخبارية"
    samples = [
        sample(n, ours, *([mine] if n < 6 else []), text(n), byline="هند" if n < 6 else f"كاتب {n}") for n in range(14)
    ]
    assert proposed(samples) == [("opening", masked(ours))]


def test_a_prayer_is_text_however_often_it_opens_an_article():
    samples = [sample(n, "بسم الله الرحمن الرحيم", text(n), byline=f"كاتب {n}") for n in range(14)]
    assert proposed(samples) == []


def test_a_line_in_four_articles_or_in_a_tenth_of_them_is_not_proposed():
    assert proposed([sample(n, text(n), "انتهى الخبر") for n in range(4)]) == []
    few = [sample(n, text(n), *(["انتهى الخبر"] if n < 2 else [])) for n in range(20)]
    assert proposed(few) == []


def test_copies_of_one_article_count_once():
    assert proposed([Sample("عنوان واحد", "", (text(1), text(2), "انتهى الخبر")) for _ in range(12)]) == []


def test_what_varies_in_a_line_is_learned_as_a_slot_and_titles_below_a_line_go_with_it():
    samples = [
        sample(
            n,
            text(n),
            f"صاغ المادة {LETTERS[n] * 3} من فريق نوافذ",
            f"وسومنا: {LETTERS[n] * 4}، {n}",
            "من دفاترنا",
            f"خبر عن {LETTERS[n] * 5}",
            f"وآخر عن {LETTERS[n] * 6}",
        )
        for n in range(12)
    ]
    assert set(proposed(samples)) == {
        ("closing", "صاغ الماده * من فريق نوافذ"),
        ("closing", "وسومنا : *"),
        ("closing", "من دفاترنا ↓"),
    }
    accepted = AcceptedLines.of({"closing": [form for _, form in proposed(samples)]})
    assert accepted.among(samples[3].lines) == {1, 2, 3, 4, 5}
    # Where running text follows, the titles may be its headings: they stay.
    assert accepted.among([text(1), "من دفاترنا", "موعد العمل", text(2)]) == {1}


@pytest.mark.parametrize("later", [False, True])
def test_lines_of_invented_outlets_are_learned_from_thirty_pages(later):
    rng = random.Random(11)
    outlets = (pages_of(seed, invented_bodies(rng), number=2 * PAGES) for seed in range(12))
    precision, recall = scores(outlets, later=later)
    assert precision >= 0.95
    assert recall >= 0.95


@pytest.mark.skipif(not SHARED.exists(), reason="the shared real inputs are not here")
@pytest.mark.parametrize("later", [False, True])
def test_lines_round_real_texts_are_learned_from_thirty_pages(later):
    bodies, rng = real_bodies(3000), random.Random(7)
    outlets = (pages_of(seed, rng.sample(bodies, 2 * PAGES), number=2 * PAGES) for seed in range(20))
    precision, recall = scores(outlets, later=later)
    assert precision >= 0.95
    assert recall >= 0.95
