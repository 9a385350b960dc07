"""Whatever the text: spans inside it, in order, in linear time, and no exception."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.detection import Detection, detect
from articles.language.entities import NamedEntity

_WORDS = """قال وأضاف أن إن أنه بأن مؤكدا مشيرا بحسب وفق على حد قول نقلا عن ما أفاد محمد المصدر الوزير في بيان أمس الذي
علي ل بـ 12,5 word نقلت عن عنه قوله على حد قوله زعمه كما المزعوم أمس عام 2015 في مقابلة مؤتمر صحفي نحن هل تساءل أما سماه
الأميركي"""
_SIGNS = "« » “ ” \" '' : ، . ؟ ( ) (( )) << >> ﴿ ﴾ .. … - &quot; ﷺ"
_PIECES = st.sampled_from([*_WORDS.split(), *_SIGNS.split(), "\n", "\u200f", "\u064b", "\ud800"])
_TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(_PIECES, st.sampled_from(["", " "])), max_size=60).map(
        lambda pieces: "".join(piece + space for piece, space in pieces)
    ),
)


def assert_sound(text: str, found: Detection) -> None:
    reached = 0
    for quote in found.quotes:
        assert reached <= quote.start < quote.end <= len(text)
        reached = quote.end
        assert 0 <= quote.confidence <= 1
        told = quote.circumstances
        named = [voice.span for voice in quote.voices]
        for span in (quote.cue, quote.speaker, quote.framing, told.channel_words, told.occasion, told.said_on, *named):
            assert span is None or 0 <= span.start < span.end <= len(text)
    reached = 0
    for claim in found.claims:
        assert reached <= claim.start < claim.end <= len(text)
        reached = claim.end
        assert 0.5 <= claim.score <= 1


# The first call of a run reads the lexicons, which takes longer than an example may; speed has its own test below.
@settings(deadline=None)
@given(_TEXTS)
def test_spans_lie_inside_any_text_in_order(text: str) -> None:
    assert_sound(text, detect(text, []))


@settings(deadline=None)
@given(_TEXTS, st.data())
def test_entities_anywhere_do_not_disturb(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    entities = [
        NamedEntity(start, end, data.draw(st.sampled_from(["person", "organisation", "place", "other"])), "اسم", 1.0)
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    assert_sound(text, detect(text, entities))


def test_a_distance_kept_in_the_last_words_of_a_text_is_told() -> None:
    text = "قال المدير إن العمل بدأ صباح أمس حسب زعمه"
    found = detect(text, [])
    assert_sound(text, found)
    assert [text[q.framing.start : q.framing.end] for q in found.quotes if q.framing is not None] == ["حسب زعمه"]


def test_two_names_in_the_last_word_do_not_disturb() -> None:
    text = "قال سامي"
    entities = [NamedEntity(4, 6, "person", "سا", 1.0), NamedEntity(6, 8, "person", "مي", 1.0)]
    assert_sound(text, detect(text, entities))


@settings(deadline=None)
@given(_TEXTS)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert detect(text, []) == detect(text, [])


@pytest.mark.parametrize(
    "unit",
    [
        "قال محمد أن ",
        "قال: «نعم». ",
        "كلمة ",
        "«",
        '" ',
        "قال: «ن ",
        ". ",
        "مؤكدا أن ",
        "بحسب مصدر ",
        "(",
        "\n",
        "ا",
        "“« ",
    ],
)
def test_nothing_repeated_costs_more_than_linear_time(unit: str) -> None:
    """Eight times the text takes about eight times as long; what grows with the square would take sixty-four times."""
    short, long = (min(seconds_for(unit, length) for _ in range(3)) for length in (25_000, 200_000))
    assert long < 20 * max(short, 0.001)


def seconds_for(unit: str, length: int) -> float:
    """Of the processor, so that other programs do not count."""
    text = unit * (length // len(unit))
    started = time.process_time()
    found = detect(text, [])
    elapsed = time.process_time() - started
    assert_sound(text, found)
    return elapsed
