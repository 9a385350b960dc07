"""JSON lines: what a record says, and what it leaves to its page."""

import json
from datetime import UTC, datetime

import pytest

from articles.importing.pages import Page, Refused
from articles.importing.readers.jsonl import FIELDS, mapped_line, read_line, read_mapped_line
from tests.articles.pages import FIRST, SECOND, TITLE


def read(**record: object) -> Page:
    return read_line(json.dumps(record, ensure_ascii=False).encode())


def test_a_record_becomes_a_page_and_unknown_keys_its_metadata():
    page = read(
        url="https://village.example/7?utm_source=x",
        source="village",
        title=f" {TITLE}\n",
        byline="سلوى النوري",
        published_at="2024-03-16T09:30:00+00:00",
        text=f"{FIRST}\n\n{SECOND}",
        language="ar",
        desk="محليات",
        tags=["مكتبات"],
    )
    assert (page.url, page.source_key, page.title, page.byline) == (
        "https://village.example/7",
        "village",
        TITLE,
        "سلوى النوري",
    )
    assert [block.text for block in page.blocks] == [FIRST, SECOND]
    assert (page.published_at, page.published_precision) == (datetime(2024, 3, 16, 9, 30, tzinfo=UTC), "minute")
    assert page.metadata == {"desk": "محليات", "tags": ["مكتبات"]}


def test_a_record_without_a_title_is_headed_by_its_first_line():
    page = read(text=f"{TITLE}\n{FIRST}")
    assert (page.title, [block.text for block in page.blocks]) == (TITLE, [FIRST])


def test_a_record_may_carry_a_page_and_what_it_says_itself_goes_first():
    html = (
        "<html><head><meta name='author' content='سلوى النوري'><link rel='canonical' href='https://copy.example/1'>"
        f"</head><body><article><h1>عنوان الصفحة المحفوظة</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p></article>"
        "</body></html>"
    )
    page = read(url="https://village.example/7", html=html, published_at="2024-03-16")
    assert (page.url, page.title, page.byline) == ("https://village.example/7", "عنوان الصفحة المحفوظة", "سلوى النوري")
    assert page.published_precision == "day"
    assert read(html=html, title=TITLE, byline="سلوى").title == TITLE
    assert read(html=html).url == "https://copy.example/1"


def test_a_byline_comes_apart_and_the_date_says_where_it_was_read():
    page = read(text=f"{TITLE}\n{FIRST}", byline="لندن: سلوى النوري", published_at="2024-03-16")
    assert (page.byline, page.place, page.agencies, page.published_from) == ("سلوى النوري", "لندن", "", "input")
    page = read(text=f"{TITLE}\nبيروت 3-5-2024 (رويترز) - {FIRST}", byline="القرية", source="القرية")
    assert (page.byline, page.place, page.agencies, page.published_from) == ("", "بيروت", "رويترز", "text")


def test_a_record_without_url_is_known_by_its_id_or_its_day_and_headline():
    assert (read(id=77, text=FIRST).key, read(id=77, text=FIRST).key_is_certain) == ("77", True)
    assert read(key="a-1", text=FIRST).key == "a-1"
    page = read(title=TITLE, text=FIRST, published_at="2024-03-16")
    assert (page.key, page.key_is_certain) == (f"2024-03-16 {TITLE}", False)


def test_a_date_that_cannot_be_read_is_kept_as_it_came():
    page = read(text=f"{TITLE}\n{FIRST}", published_at="ذات مساء")
    assert (page.published_at, page.metadata) == (None, {"published_at": "ذات مساء"})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "JSON غير صالح"),
        (b"not json", "JSON غير صالح"),
        (b"[1, 2]", "ليس كائن"),
        (b'"text"', "ليس كائن"),
        (b"{}", "لا نص فيه"),
        (b'{"text": ""}', "لا نص فيه"),
        (b'{"text": null, "html": ""}', "لا نص فيه"),
        (b'{"text": ["a"]}', "text"),
        (b'{"url": 5, "text": "x"}', "url"),
        (b'{"url": "ftp://a.example/b", "text": "x"}', "http"),
        (b'{"html": "<p>"}', "ليست صفحة|نص مادة|لا نص"),
        (b"[" * 100_000, "JSON غير صالح"),
        (b'{"text": ' + b"9" * 10_000 + b"}", "JSON غير صالح"),
    ],
)
def test_a_bad_line_is_refused_with_the_reason(line, reason):
    with pytest.raises(Refused, match=reason):
        read_line(line)


def test_keys_of_other_names_are_mapped_and_what_they_displace_is_metadata():
    record = {"title": "12", "headline": TITLE, "body": FIRST, "date": "2024-03-16", "desk": "محليات", "id": 77}
    line = json.dumps(record).encode()
    columns = {**FIELDS, "title": "headline", "text": "body", "published_at": "date", "byline": "writer"}
    page = read_mapped_line(mapped_line(columns, line))
    assert (page.title, page.blocks[0].text, page.published_at) == (TITLE, FIRST, datetime(2024, 3, 16))
    assert (page.key, page.byline) == ("77", "")
    assert page.metadata == {"title": "12", "desk": "محليات"}
    assert page.original.endswith(b"\n" + line)


@pytest.mark.parametrize(("line", "reason"), [(b"{", "JSON غير صالح"), (b"[]", "كائن"), (b'{"text": "x"}', "لا نص")])
def test_a_bad_line_under_a_map_is_refused_like_any_other(line, reason):
    with pytest.raises(Refused, match=reason):
        read_mapped_line(mapped_line({"text": "body"}, line))


@pytest.mark.parametrize(
    ("line", "named", "reason"),
    [
        ({"title": "a", "النص": FIRST}, {"text": "body"}, "لا حقل باسم «body»؛ الحقول هي: title · النص"),
        ({"title": "a", "text": FIRST}, {"text": "body"}, "لا حقل باسم «body»؛ الحقول هي: title · text"),
        ({"title": "a"}, {"html": "page"}, "لا حقل باسم «page»؛ الحقول هي: title"),
        ({"body": ""}, {"text": "body"}, "لا نص فيه"),
        ({"a\x00\ud800b": 1}, {"text": "body"}, "الحقول هي: ab"),
        ({"title": "a"}, {"title": "headline"}, "لا نص فيه"),
        ({f"مفتاح {number}": 1 for number in range(99)}, {"text": "body"}, "…"),
    ],
)
def test_a_map_that_names_a_key_which_a_line_does_not_have_says_so(line, named, reason):
    with pytest.raises(Refused) as refused:
        read_mapped_line(mapped_line({**FIELDS, **named}, json.dumps(line).encode()))
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 300


def test_under_a_map_of_the_text_a_line_with_a_page_instead_is_read():
    line = json.dumps({"html": f"<html><body><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{FIRST}</p></article>"}).encode()
    assert read_mapped_line(mapped_line({**FIELDS, "text": "body"}, line)).title == TITLE


def test_a_line_in_windows_1256_is_read_like_any_other():
    line = json.dumps({"title": TITLE, "text": FIRST}, ensure_ascii=False).encode("cp1256")
    assert read_line(line).title == TITLE
