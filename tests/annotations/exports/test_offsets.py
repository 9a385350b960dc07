"""Offsets as other programs count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.exports.offsets import Utf16, tokenised
from tests.annotations.exports.samples import EARLIER, TEXT

TEXTS = st.text(st.sampled_from("ابتَ ُ💧👷🏽\u200d♀️\n.؟«»aZ é\u0301 12_…—#"), max_size=60)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_utf_16_offsets_are_those_of_the_encoded_text_and_lead_back(text: str) -> None:
    utf16 = Utf16(text)
    for offset in range(len(text) + 1):
        units = len(text[:offset].encode("utf-16-le")) // 2
        assert utf16.units(offset) == units
        assert utf16.code_points(units) == offset


def test_an_offset_within_a_surrogate_pair_is_taken_as_the_one_before_it() -> None:
    assert [Utf16("أ💧ب💧").code_points(units) for units in range(7)] == [0, 1, 1, 2, 3, 3, 4]


@given(TEXTS)
def test_every_sign_that_is_not_white_space_is_in_one_token_and_each_token_in_one_sentence(text: str) -> None:
    sentences = tokenised(text)
    tokens = [token for sentence in sentences for token in sentence.tokens]
    covered = [offset for token in tokens for offset in range(token.start, token.end)]
    assert covered == [offset for offset, sign in enumerate(text) if not sign.isspace()]
    for sentence in sentences:
        assert (sentence.start, sentence.end) == (sentence.tokens[0].start, sentence.tokens[-1].end)
        assert "\n" not in text[sentence.start : sentence.end]


@given(TEXTS, st.data())
def test_a_stretch_is_covered_by_the_tokens_that_share_a_character_with_it(text: str, data) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for sentence in tokenised(text):
        shared = [number for number, token in enumerate(sentence.tokens) if token.start < end and token.end > start]
        if start < end:
            assert list(sentence.covering(start, end)) == shared


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("قال: «يَكفي!!»…", "قال|:|«|يَكفي|!!|»|…"),
        ("#غزة_الآن 👷🏽\u200d♀️💧💧", "#|غزة|_|الآن|👷🏽\u200d♀️|💧💧"),
        ("بـ«النار» و12,5٪", "بـ|«|النار|»|و|12,5|٪"),
        ("***\n—", "***|—"),
    ],
)
def test_signs_are_tokens_of_their_own_and_an_emoji_is_one(text: str, tokens: str) -> None:
    assert "|".join(text[start:end] for one in tokenised(text) for start, end in one.tokens) == tokens


def test_sentences_are_those_of_the_language_with_the_signs_that_stand_by_them() -> None:
    text = "انتهى الأمر. ** وبدأ آخر؟ ***\n- ثالث\n* * *"
    found = [text[one.start : one.end] for one in tokenised(text)]
    assert found == ["انتهى الأمر.", "** وبدأ آخر؟ ***", "- ثالث", "* * *"]


@pytest.mark.parametrize("text", [TEXT, EARLIER])
def test_an_article_has_a_sentence_a_line_at_least(text: str) -> None:
    assert len(tokenised(text)) >= len(text.split("\n"))
