from hypothesis import given
from hypothesis import strategies as st

from articles.layers import LayerSpan
from articles.rendering import render_block, render_text

TEXT = "قال لواشنطن إن القرار نهائي"
BLOCK = {"kind": "paragraph", "start": 0, "end": len(TEXT)}


def span(start, end, classes="mention", **attributes):
    return LayerSpan(start, end, classes, {name.replace("_", "-"): value for name, value in attributes.items()})


def test_a_text_with_nothing_over_it_is_one_plain_segment():
    assert render_block(TEXT, BLOCK, []) == [(TEXT, "", {})]


def test_a_span_inside_a_word_cuts_the_word_and_keeps_every_letter():
    segments = render_block(TEXT, BLOCK, [span(5, 11, "mention mention-place", data_entity="7")])
    assert [segment.text for segment in segments] == ["قال ل", "واشنطن", " إن القرار نهائي"]
    assert segments[1].classes == "mention mention-place"
    assert segments[1].attributes == {"data-entity": "7"}


def test_overlapping_spans_share_a_segment_that_carries_both():
    quote = span(4, 21, "mark mark-quote", data_mark="q", title="اقتباس")
    claim = span(12, 27, "mark mark-claim", data_mark="c", title="ادعاء")
    segments = render_block(TEXT, BLOCK, [claim, quote])
    assert [segment.text for segment in segments] == ["قال ", "لواشنطن ", "إن القرار", " نهائي"]
    assert segments[2].classes == "mark mark-quote mark-claim"
    assert segments[2].attributes == {"data-mark": "q c", "title": "اقتباس · ادعاء"}


def test_a_value_that_two_spans_share_is_written_once():
    segments = render_block(TEXT, BLOCK, [span(0, 3, data_entity="7"), span(0, 3, data_entity="7")])
    assert segments[0].attributes == {"data-entity": "7"}


def test_an_id_stands_once_on_the_first_segment_of_its_span():
    segments = render_block(TEXT, BLOCK, [span(0, 11, "mark", id="mark-a"), span(4, 8, "mention")])
    assert [segment.attributes.get("id") for segment in segments] == ["mark-a", None, None, None]


def test_spans_that_begin_together_keep_their_ids_apart():
    segments = render_block(TEXT, BLOCK, [span(0, 3, "mark", id="mark-a"), span(0, 8, "mark", id="mark-b")])
    ids = [segment.attributes["id"] for segment in segments if "id" in segment.attributes]
    assert sorted(ids) == ["mark-a", "mark-b"]
    assert "".join(segment.text for segment in segments) == TEXT


def test_a_span_over_two_blocks_is_drawn_in_both_and_named_in_the_first():
    text = "عنوان\nمتن أول\nمتن ثان"
    blocks = [
        {"kind": "heading", "start": 0, "end": 5},
        {"kind": "paragraph", "start": 6, "end": 13},
        {"kind": "paragraph", "start": 14, "end": 21},
    ]
    rendered = render_text(text, blocks, [span(10, 17, "mark", id="mark-a")])
    assert [[(s.text, s.attributes.get("id")) for s in block.segments if s.classes] for block in rendered] == [
        [],
        [("أول", "mark-a")],
        [("متن", None)],
    ]


def test_astral_letters_and_combining_marks_count_as_code_points():
    text = "قالَ 😀 «نعم»"
    block = {"kind": "paragraph", "start": 0, "end": len(text)}
    segments = render_block(text, block, [span(5, 6, "mark")])
    assert [segment.text for segment in segments] == ["قالَ ", "😀", " «نعم»"]


@st.composite
def text_with_spans(draw):
    lines = draw(st.lists(st.text("ابتل َ😀x", min_size=1, max_size=12), min_size=1, max_size=5))
    length = sum(map(len, lines)) + len(lines) - 1
    edges = st.integers(0, length)
    pairs = draw(st.lists(st.tuples(edges, edges).filter(lambda pair: pair[0] < pair[1]), max_size=8))
    return lines, [span(*pair, f"c{index}", data_mark=str(index)) for index, pair in enumerate(pairs)]


@given(text_with_spans())
def test_the_segments_joined_are_the_text_and_each_class_lies_over_exactly_its_span(drawn):
    lines, spans = drawn
    text, blocks, start = "\n".join(lines), [], 0
    for line in lines:
        blocks.append({"kind": "paragraph", "start": start, "end": start + len(line)})
        start += len(line) + 1
    covered: dict[str, set[int]] = {}
    for block in render_text(text, blocks, spans):
        assert "".join(segment.text for segment in block.segments) == text[block.start : block.end]
        position = block.start
        for segment in block.segments:
            for name in segment.classes.split():
                covered.setdefault(name, set()).update(range(position, position + len(segment.text)))
            position += len(segment.text)
    breaks = {index for index, letter in enumerate(text) if letter == "\n"}
    for one in spans:
        assert covered.get(one.classes, set()) == set(range(one.start, one.end)) - breaks
