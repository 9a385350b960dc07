"""What was left out is told in the interface's words."""

from pathlib import Path

import pytest

from annotations.exporting.told import label_of, told
from annotations.exports import jsonl
from annotations.exports.dropped import ARTICLE_WORDS, MARK_WORDS
from annotations.exports.formats import FORMATS

DOCS = Path(__file__).parents[3] / "docs" / "exports" / "README.md"


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_whatever_a_format_drops_has_a_name_in_the_interface(form):
    assert [what for what in form.drops if label_of(what) == what] == []


def test_the_words_that_formats_share_have_names_too():
    words = (*MARK_WORDS.values(), *ARTICLE_WORDS.values(), jsonl.TOO_LONG)
    assert [what for what in words if label_of(what) == what] == []


def test_the_most_comes_first_and_what_nobody_named_is_told_as_it_stands():
    assert told({"note": 2, "tides": 5}) == [("tides", 5), ("الملاحظات", 2)]


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_every_format_is_in_the_docs_as_it_is(form):
    row = next(line for line in DOCS.read_text(encoding="utf-8").splitlines() if f"`{form.key}`" in line)
    _, _, _, needs_text, comes_back, _ = (cell.strip() for cell in row.split("|"))
    assert (needs_text == "yes", comes_back == "yes") == (form.needs_text, form.read is not None)
    assert form.purpose
