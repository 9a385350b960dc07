"""Bytes become text by what they are, whatever is said of them."""

import random

import pytest

from articles.importing.decoding.encoding import decode
from articles.importing.pages import Refused

LINE = "قال الوزير إن الحكومة لا تعتزم رفع تعرفة المياه في العاصمة، وأضاف أن الشبكات ستُصلح على مراحل."


def page(charset: str) -> str:
    return f'<html><head><meta charset="{charset}"><title>خبر</title></head><body><p>{LINE}</p></body></html>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"])
def test_plain_text_needs_no_declaration(encoding):
    assert decode(LINE.encode(encoding)) == LINE


def test_iso_8859_6_is_told_from_windows_1256():
    plain = LINE.replace("ستُصلح", "ستصلح")
    assert decode(plain.encode("iso8859-6")) == plain
    assert decode(plain.encode("cp1256")) == plain


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("windows-1256", "cp1256"),
        ("utf-8", "utf-8"),
        # The server was moved to UTF-8, the templates were not; and the other way round.
        ("utf-8", "cp1256"),
        ("windows-1256", "utf-8"),
        ("iso-8859-1", "cp1256"),
        ("windows-1252", "cp1256"),
        ("iso-8859-6", "cp1256"),
        ("no-such-charset", "cp1256"),
        ("rot13", "cp1256"),
    ],
)
def test_a_wrong_declaration_is_overruled(declared, real):
    assert decode(page(declared).encode(real)) == page(declared)


def test_another_languages_code_page_is_taken_at_its_word():
    french = "<meta charset='windows-1252'><p>Le président a déclaré à l’Assemblée : « c’est réglé ».</p>"
    assert decode(french.encode("cp1252")) == french


def test_what_http_said_counts_where_the_page_says_nothing():
    greek = "Η κυβέρνηση ανακοίνωσε νέα μέτρα"
    assert decode(greek.encode("iso8859-7"), "iso-8859-7") == greek


def test_a_few_broken_bytes_do_not_turn_utf8_into_something_else():
    broken = (LINE * 20).encode()[:-1]
    assert decode(broken) == (LINE * 20)[:-1] + "."[:0] or decode(broken).startswith(LINE)
    cut = ("<p>" + LINE * 20).encode()[:1001]
    assert decode(cut).startswith("<p>" + LINE)
    assert decode(cut).count("\ufffd") <= 1


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3" + b"stream" * 40,
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\xff\xd8\xff\xe0" + b"JFIF" * 50,
        b"PK\x03\x04" + b"word/document.xml" * 20,
        b"\x1f\x8b\x08\x00" + b"compressed" * 20,
        b"\x7fELF" + bytes(100),
        bytes(5000),
        b"SQLite format 3" + bytes(3000),
    ],
)
def test_data_that_is_no_text_is_refused(data):
    with pytest.raises(Refused, match="ليس نصاً"):
        decode(data)


def test_a_stray_nul_does_not_make_a_text_binary():
    assert decode(LINE.encode() + b"\x00" + LINE.encode()) == f"{LINE}\x00{LINE}"


@pytest.mark.parametrize("data", [b"", b"\n", b"ok", "خبر".encode(), "خبر".encode("cp1256"), b"\xef\xbb\xbf"])
def test_very_short_data_is_no_trouble(data):
    assert isinstance(decode(data), str)


def test_noise_is_no_text_in_any_encoding():
    noise = random.Random(20261122)
    for size in (300, 3_000, 30_000):
        with pytest.raises(Refused, match="ليس نصاً"):
            decode(noise.randbytes(size))
