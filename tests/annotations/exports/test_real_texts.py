"""Marks anywhere on newspaper articles as they are found: nothing moves, whatever stands in them."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from lxml import etree

from annotations.exports import brat, tei, tool_drops, webanno_tsv, xmi
from annotations.exports.records import (
    AROUND,
    CONTENT,
    CUE,
    ArticleRecord,
    AttributionRecord,
    MarkRecord,
    PartRecord,
    TextRecord,
)
from annotations.exports.xml_text import legal
from tests.annotations.exports.compared import differences
from tests.annotations.exports.samples import uuid
from tests.annotations.exports.test_webanno_tsv import read as read_tsv
from tests.annotations.exports.test_webanno_tsv import words_at
from tests.annotations.exports.tool_files import entries, stored, written

REPOSITORY = Path(__file__).parents[3]
CORPUS = REPOSITORY.parent / "shared" / "data" / "articles" / "saudinewsnet.jsonl.gz"
ARTICLES, EVERY, MARKS = 40, 700, 12
KINDS = ("quote", "speaker", "claim")

pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the newspaper corpus is not beside the project")


@pytest.fixture(scope="module")
def articles() -> list[ArticleRecord]:
    chance = random.Random(5)
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in islice(lines, 0, ARTICLES * EVERY, EVERY)]
    return [marked(number, f"{one['title']}\n{one['text']}", chance) for number, one in enumerate(found)]


def marked(number: int, text: str, chance: random.Random) -> ArticleRecord:
    """Marks begin and end anywhere, also within words; every third has two parts, every fourth a cue."""
    marks = []
    for place in range(MARKS):
        parts = list(_parts(text, place, chance))
        kind = KINDS[place % 3]
        name, note = uuid(number * 100 + place), parts[0].exact
        marks.append(MarkRecord(name, kind, tuple(parts), quote_type="direct" if kind == "quote" else "", note=note))
    speaker, quote = uuid(number * 100 + 1), uuid(number * 100)
    linked = (
        mark
        if mark.kind == "speaker"
        else replace(
            mark,
            attributions=(AttributionRecord(speaker=speaker),),
            quote=quote if mark.kind == "claim" else None,
        )
        for mark in marks
    )
    ordered = tuple(sorted(linked, key=lambda mark: mark.content[0].start))
    return ArticleRecord(number, text.split("\n")[0], texts=(TextRecord.of(1, text),), marks=ordered)


def _parts(text: str, place: int, chance: random.Random) -> Iterator[PartRecord]:
    start = chance.randrange(len(text) - 40)
    end = start + chance.randrange(1, 15)
    yield _part(text, start, end, CONTENT)
    if place % 4 == 0:
        yield _part(text, end + 1, end + 6, CUE)
    if place % 3 == 0:
        yield _part(text, end + 8, end + 20, CONTENT)


def _part(text: str, start: int, end: int, role: str) -> PartRecord:
    """The nearest stretch that begins and ends with a letter or a sign: edges of white space are no mark's."""
    while text[start].isspace():
        start += 1
    end = max(end, start + 1)
    while text[end - 1].isspace():
        end -= 1
    return PartRecord(start, end, text[start:end], role, text[max(0, start - AROUND) : start], text[end : end + AROUND])


@pytest.mark.parametrize("form", [brat, xmi], ids=["brat", "xmi"])
def test_every_mark_comes_back_as_it_was(articles, tmp_path, form) -> None:
    content, losses = written(form.write, *articles)
    changed = [
        one.id
        for one, back in zip(articles, form.read(stored(tmp_path, content)), strict=True)
        if any(differences(one, back))
    ]
    assert len(changed) <= sum(losses.values())
    assert losses.keys() <= {tool_drops.BORDER, tool_drops.ILLEGAL}


def test_every_row_of_a_table_is_at_its_words(articles) -> None:
    for one, content in zip(articles, entries(written(webanno_tsv.write, *articles)[0], ".tsv").values(), strict=True):
        found = read_tsv(content.decode())
        for mark in one.marks:
            spans = found.spans[f"webanno.custom.{mark.kind.title()}"].values()
            words = [words_at(one.text, span["at"]) for span in spans if span["mark"] == mark.uuid]
            assert words == [part.exact for part in mark.content]


def test_every_document_holds_the_text_to_the_last_character(articles) -> None:
    for one, content in zip(articles, entries(written(tei.write, *articles)[0], ".xml").values(), strict=True):
        assert etree.fromstring(content).xpath("string(//*[local-name() = 'body'])") == legal(one.text)
