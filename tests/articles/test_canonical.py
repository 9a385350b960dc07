"""One URL for one page, however it was written."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.canonical import canonical_url, host_key
from articles.importing.pages import Refused

DAM = "https://rand.example/%D8%A7%D9%84%D8%B3%D8%AF"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        # Scheme and host are the same in any case; a path is not.
        ("HTTPS://News.Example/A/b", "https://news.example/A/b"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example.", "https://news.example/"),
        # Ports that go without saying.
        ("http://news.example:80/a", "http://news.example/a"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("https://news.example:80/a", "https://news.example:80/a"),
        # What stands after # is a place in the page.
        ("https://news.example/a#comments", "https://news.example/a"),
        # Raw Arabic, encoded Arabic, and encoding in lower case.
        ("https://rand.example/السد", DAM),
        (DAM, DAM),
        (DAM.lower().replace("rand.example", "RAND.example"), DAM),
        # Needless encoding is undone, needed encoding is kept, stray signs are encoded.
        ("https://news.example/%61%7Eb", "https://news.example/a~b"),
        ("https://news.example/a%2Fb", "https://news.example/a%2Fb"),
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a|b", "https://news.example/a%7Cb"),
        # Steps up and down.
        ("https://news.example/a/./b/../c", "https://news.example/a/c"),
        ("https://news.example/a/..", "https://news.example/"),
        ("https://news.example/../../a", "https://news.example/a"),
        # Only listed tracking parameters go; the others keep their order, because ids live there.
        ("https://news.example/s?utm_source=x&id=7&UTM_Medium=y", "https://news.example/s?id=7"),
        ("https://news.example/s?fbclid=abc", "https://news.example/s"),
        ("https://news.example/s?b=2&a=1", "https://news.example/s?b=2&a=1"),
        ("https://news.example/s?page=2&ref=home", "https://news.example/s?page=2&ref=home"),
        ("https://news.example/s?id=", "https://news.example/s?id="),
        ("https://news.example/?p=30911", "https://news.example/?p=30911"),
        ("https://news.example/s?", "https://news.example/s"),
        ("https://news.example/s?&&id=1&", "https://news.example/s?id=1"),
        ("https://news.example/s?عدد=٣", "https://news.example/s?%D8%B9%D8%AF%D8%AF=%D9%A3"),
        # Names in Arabic script have an ASCII form.
        ("http://موقع.example/", "http://xn--4gbrim.example/"),
        # Copied from a page or a mail.
        ("  https://news.example/a\n", "https://news.example/a"),
        ("\u200ehttps://news.example/a\u200f", "https://news.example/a"),
        ("https://news.example/a\n/b", "https://news.example/a/b"),
        ("http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"),
        ("http://[2001:db8:0:0:0::1]/a", "http://[2001:db8::1]/a"),
        # One address in all the ways in which programs take it.
        ("http://2130706433/a", "http://127.0.0.1/a"),
        ("http://0x7F.1/a", "http://127.0.0.1/a"),
        ("http://127.1/a", "http://127.0.0.1/a"),
        ("http://0177.0.0.01/a", "http://127.0.0.1/a"),
        ("http://127.0.0.1./a", "http://127.0.0.1/a"),
        ("http://１２７.0.0.1/a", "http://127.0.0.1/a"),
        ("http://8.8.2056/a", "http://8.8.8.8/a"),
        # Numbers in a name are no address.
        ("http://24.news.example/a", "http://24.news.example/a"),
        ("http://news.0xab-cd/a", "http://news.0xab-cd/a"),
    ],
)
def test_one_page_has_one_url(written, canonical):
    assert canonical_url(written) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ftp://news.example/a", "http"),
        ("javascript:alert(1)", "http"),
        ("news.example/a", "http"),
        ("", "http"),
        ("https://editor:secret@news.example/a", "كلمة مرور"),
        ("https://editor@news.example/a", "كلمة مرور"),
        ("https:///a", "اسم موقع"),
        ("http://256.1.1.1/a", "اسم موقع"),
        ("http://1.2.3.4.5/a", "اسم موقع"),
        ("http://4294967296/a", "اسم موقع"),
        ("http://1.2.3.08/a", "اسم موقع"),
        ("http://news.123/a", "اسم موقع"),
        ("http://[::1::2]/a", "غير صالح"),
        ("http://[fe80::1%25eth0]/a", "اسم موقع"),
        ("https://.../a", "اسم موقع"),
        ("https://a b/c", "اسم موقع"),
        ("https://news.example:port/a", "غير صالح"),
        ("https://[::1/a", "غير صالح"),
        ("https://news.example/" + "a" * 2000, "2000"),
        ("https://news.example/" + "س" * 400, "2000"),
        ("https://" + "a" * 300 + ".example/", "اسم موقع"),
    ],
)
def test_what_cannot_be_an_articles_url_is_refused_with_the_reason(written, reason):
    with pytest.raises(Refused, match=reason):
        canonical_url(written)


@given(st.text(max_size=60), st.text(max_size=40))
def test_any_path_and_query_give_ascii_that_means_the_same_and_stays(path, query):
    written = f"https://news.example/{path}?{query}"
    try:
        canonical = canonical_url(written)
    except Refused:
        return
    assert canonical.isascii()
    assert canonical_url(canonical) == canonical


def test_arabic_survives_the_way_there_and_back():
    assert unquote(canonical_url("https://rand.example/أخبار/السد-الكبير")) == "https://rand.example/أخبار/السد-الكبير"


def test_a_source_is_known_by_its_host_without_www():
    assert host_key("https://www.news.example:8443/a") == "news.example"
    assert host_key("https://arabic.news.example/a") == "arabic.news.example"
