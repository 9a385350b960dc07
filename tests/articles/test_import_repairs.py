"""Text that was broken on its way: read as it was written, and the repair recorded."""

import html
import json
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.importing.decoding.encoding import decode, decode_mixed
from articles.importing.decoding.repairs import repair_text
from articles.importing.decoding.script_order import is_visual, logical_line
from articles.importing.pages import Page
from articles.importing.readers.html import read_html
from articles.importing.readers.jsonl import read_line
from articles.importing.readers.text import read_text

TITLE = "بلدية الوادي تعيد فتح مكتبة القلعة أمام القراء"
FIRST = "أعادت البلدية في الأسبوع الماضي فتح مكتبة القلعة بعد أن أُغلقت من أجل الترميم، وحضر الافتتاح عدد من الكتّاب."
SECOND = "وقال أمين المكتبة نبيل الخطيب إن القاعة الكبيرة تتسع لنحو 120 قارئاً، وإن 25% من الكتب «أُهديت من السكان»."
THIRD = "وأضاف أن المكتبة ستستقبل (على مدار الأسبوع) طلاب المدارس، ومنها مدرسة IBM Academy، في ورش للقراءة والخط."
# «120 IBM» and «IBM 120» are drawn alike: Latin words stand in the fixed sentences only.
WORDS = [word for line in (TITLE, FIRST, SECOND, THIRD) for word in line.split() if not re.search("[A-Za-z]", word)]

# Texts as news has them: sentences of ten words and more, some with figures and names in Latin letters.
sentences = st.lists(st.sampled_from(WORDS), min_size=4, max_size=20).map(" ".join)
texts = st.lists(st.sampled_from((FIRST, SECOND, THIRD)), min_size=1, max_size=4).flatmap(
    lambda fixed: st.lists(sentences, max_size=4).map(lambda free: "\n".join([*fixed, *free]))
)
CODE_PAGES = {
    "cp1256": lambda text: text,
    # It lacks the quotation marks.
    "iso8859-6": lambda text: re.sub("[«»]", "", text),
    "mac_arabic": lambda text: text,
}


def document(title: str, *paragraphs: str, charset: str = "utf-8") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<html lang='ar'><head><meta charset='{charset}'><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def lines_of(page: Page) -> list[str]:
    return [page.title, *(block.text for block in page.blocks)]


def drawn(line: str) -> str:
    """The line as it is drawn, from left to right: everything turned but numbers and Latin words."""
    turned = line[::-1].translate(str.maketrans("()«»", ")(»«"))
    return re.sub(r"[A-Za-z]+(?: [A-Za-z]+)*|%?\d+", lambda match: match[0][::-1], turned)


def shaped(text: str) -> str:
    """Each letter by one of its shapes, lam with alef as a ligature."""
    forms = {}
    for code in [*range(0xFE80, 0xFEFD)]:
        forms.setdefault(unicodedata.normalize("NFKC", chr(code)), chr(code))
    return re.sub("لا|[\u0621-\u064a]", lambda match: forms.get(match[0], match[0]), text)


@given(texts, st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")))
def test_every_unicode_encoding_is_read_back_as_it_was_written(text, encoding):
    assert decode(text.encode(encoding)) == text


@given(texts, st.sampled_from(sorted(CODE_PAGES)), st.sampled_from(("", "utf-8", "windows-1252", "iso-8859-1", "x")))
def test_every_arabic_code_page_is_read_back_whatever_is_declared(text, encoding, declared):
    text = CODE_PAGES[encoding](text)
    assert decode(text.encode(encoding, "ignore"), declared) == text.encode(encoding, "ignore").decode(encoding)


@given(texts, st.sampled_from(("cp1256", "latin-1")), st.integers(1, 2))
def test_text_that_was_encoded_twice_is_decoded_twice(text, codec, times):
    broken = text
    for _ in range(times):
        broken = broken.encode().decode(codec)
    assert repair_text(broken) == (text, ("double-encoded",))


@given(texts)
def test_text_that_browsers_read_as_western_is_decoded_again(text):
    western = "".join(bytes([byte]).decode("cp1252", "replace") for byte in text.encode())
    # They read the five bytes that the code page lacks as controls.
    broken = "".join(chr(byte) if seen == "\ufffd" else seen for seen, byte in zip(western, text.encode(), strict=True))
    assert repair_text(broken) == (text, ("double-encoded",))


@given(texts)
def test_drawn_lines_are_turned_into_reading_order(text):
    found = repair_text("\n".join(map(drawn, text.split("\n"))))
    assert found == (text, ("visual-order",))


@given(texts)
def test_letters_by_their_shapes_become_letters(text):
    assert repair_text(shaped(text)) == (text, ("presentation-forms",))


@given(texts)
def test_drawn_shapes_become_letters_in_reading_order(text):
    found = repair_text("\n".join(drawn(shaped(line)) for line in text.split("\n")))
    assert found == (text, ("visual-order", "presentation-forms"))


@given(st.text(max_size=300) | texts)
@example("فقط، والاجتماع، وأ، ط، ي")
@example("Ørsted وقّعت العقد مع شركة Ñandú وØ")
@example("ﷺ و﴿آية﴾ والله أعلم")
@example("AT&T; R&D والشركة & الشركاء &copy 2024")
def test_text_that_is_whole_is_left_alone(text):
    is_whole = not re.search("&\\w|[\ufb50-\ufdf9\ufe70-\ufefc]|[ØÙÃطظ][^\\x00-\\x7fء-ي]", text) and not is_visual(text)
    if is_whole or "ﷺ" in text or "AT&T" in text or "فقط،" in text or "Ørsted" in text:
        assert repair_text(text) == (text, ())


@given(st.text(max_size=200))
def test_any_line_can_be_turned(line):
    assert len(logical_line(line)) == len(line)


def test_entities_that_were_escaped_twice_are_read():
    twice = html.escape("«المكتبة» &quot;مفتوحة&quot;&nbsp;للجميع، هذا ما قاله أمين المكتبة للصحافيين أمس &amp;hellip;")
    page = read_html(document(TITLE, FIRST, twice.replace("&amp;amp;", "&amp;"), THIRD).encode())
    assert '"مفتوحة" للجميع' in page.blocks[1].text
    assert page.metadata == {"repairs": ["escaped-entities"]}
    text = repair_text("قال &quot;نعم&quot;&nbsp;ثم &amp;quot;لا&amp;quot; في AT&T")
    assert text == ('قال "نعم"\xa0ثم "لا" في AT&T', ("escaped-entities",))


def test_what_was_repaired_elsewhere_on_the_page_is_no_repair_of_the_article():
    head = '<meta name="description" content="المكتبة&amp;nbsp;الجديدة">'
    page = read_html(document(TITLE, FIRST, SECOND).replace("<body>", f"{head}<body><div>آخر اﻷخبار</div>").encode())
    assert lines_of(page) == [TITLE, FIRST, SECOND]
    assert page.metadata == {}


@pytest.mark.parametrize("declared", ["utf-8", "windows-1256", "iso-8859-6", "windows-1252", "utf-16", "x-unknown", ""])
@pytest.mark.parametrize("real", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", *CODE_PAGES])
def test_a_page_is_read_in_whatever_encoding_it_is_and_whatever_it_declares(real, declared):
    lines = [re.sub("[«»]", "", line) for line in (TITLE, FIRST, SECOND, THIRD)]
    data = document(*lines, charset=declared).encode(real, "ignore")
    page = read_html(data)
    assert lines_of(page) == [line.encode(real, "ignore").decode(real) for line in lines]
    assert page.metadata == {}
    assert lines_of(read_html(data, declared_encoding=declared)) == lines_of(page)


@pytest.mark.parametrize("entities", [lambda text: "".join(f"&#{ord(letter)};" for letter in text), html.escape])
def test_a_page_written_in_entities_needs_no_repair(entities):
    page = read_html(document(entities(TITLE), entities(FIRST), entities(SECOND), entities(THIRD)).encode())
    assert lines_of(page) == [TITLE, FIRST, SECOND, THIRD]
    assert page.metadata == {}


def test_a_page_that_was_encoded_twice_is_read_and_says_so():
    broken = document(TITLE, FIRST, SECOND, THIRD).encode().decode("cp1256").encode()
    page = read_html(broken)
    assert lines_of(page) == [TITLE, FIRST, SECOND, THIRD]
    assert page.metadata == {"repairs": ["double-encoded"]}


def test_old_text_in_a_new_template_is_read():
    template = document("@@@", "%%%", "المحتوى منشور وفق رخصة الموقع، والتعليق متاح لمن سجل في الموقع من القراء جميعاً.")
    body = "</p><p>".join((FIRST, SECOND, THIRD))
    data = template.encode().replace(b"@@@", TITLE.encode()).replace(b"%%%", body.encode("cp1256"))
    page = read_html(data)
    assert lines_of(page)[:4] == [TITLE, FIRST, SECOND, THIRD]
    assert page.metadata == {"repairs": ["mixed-encodings"]}
    assert decode_mixed((FIRST + "\n").encode() * 3) == ((FIRST + "\n") * 3, ())


@pytest.mark.parametrize("encoding", ["utf-8", "iso8859-6"])
def test_a_page_in_visual_order_is_turned_with_its_headline_and_its_wrapped_lines(encoding):
    title, first, second, third = (re.sub("[«»]", "", line) for line in (TITLE, FIRST, SECOND, THIRD))
    words = first.split()
    wrapped = "<br>".join(drawn(" ".join(words[start : start + 6])) for start in range(0, len(words), 6))
    bold = drawn(second).replace(drawn("المكتبة"), f"<b>{drawn('المكتبة')}</b>")
    page = read_html(document(drawn(title), wrapped, bold, drawn(third)).encode(encoding))
    assert lines_of(page) == [title, first, second, third]
    assert page.metadata == {"repairs": ["visual-order"]}


def test_a_page_of_shapes_is_read_as_letters():
    page = read_html(document(*map(shaped, (TITLE, FIRST, SECOND, THIRD))).encode())
    assert lines_of(page) == [TITLE, FIRST, SECOND, THIRD]
    assert page.metadata == {"repairs": ["presentation-forms"]}


def test_texts_and_records_are_repaired_too():
    broken = "\n".join((TITLE, FIRST, SECOND)).encode().decode("cp1256")
    page = read_text(broken.encode())
    assert lines_of(page) == [TITLE, FIRST, SECOND]
    assert page.metadata == {"repairs": ["double-encoded"]}
    record = {"title": shaped(TITLE), "text": f"{FIRST}\n{SECOND}", "byline": "&nbsp;سلوى النوري", "desk": "ثقافة"}
    page = read_line(json.dumps(record).encode())
    assert lines_of(page) == [TITLE, FIRST, SECOND]
    assert page.byline == "سلوى النوري"
    assert page.metadata == {"desk": "ثقافة", "repairs": ["presentation-forms", "escaped-entities"]}
