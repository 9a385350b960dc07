import pytest

from annotations.quotetypes import quote_type_of


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("قال «سنعود غداً» وخرج", "«سنعود غداً»", "direct"),
        ("قال «سنعود غداً» وخرج", "سنعود غداً", "direct"),
        ("قال «سنعود غداً.» وخرج", "سنعود غداً", "direct"),
        ('قال "سنعود غداً" وخرج', '"سنعود غداً"', "direct"),
        ("قال “سنعود غداً”، وخرج", "“سنعود غداً”،", "direct"),
        ("قال إنه سيعود غداً", "إنه سيعود غداً", "indirect"),
        ("قال إنه «متفائل» بالعودة", "إنه «متفائل» بالعودة", "mixed"),
        ("«نعم» أو «لا» سواء", "«نعم» أو «لا»", "mixed"),
    ],
)
def test_quotation_marks_tell_the_type(text, words, expected):
    start = text.index(words)
    assert quote_type_of(text, [(start, start + len(words))]) == expected


def test_an_interrupted_quote_is_direct_when_all_its_parts_are():
    text = "«سنعود»، قال الوزير، «غداً» ثم خرج"
    parts = [(text.index(words), text.index(words) + len(words)) for words in ("«سنعود»", "«غداً»", "ثم خرج")]
    assert quote_type_of(text, parts[:2]) == "direct"
    assert quote_type_of(text, parts) == "mixed"
