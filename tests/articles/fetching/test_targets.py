"""What is asked for: only http and https, and nothing that could write into a request."""

import pytest

from articles.importing.fetching.refusals import FetchRefused
from articles.importing.fetching.targets import read_target


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("http://news.example", "http://news.example/"),
        ("HTTPS://News.Example:443/a?b=1#c", "https://news.example/a?b=1"),
        ("http://news.example.:8080/", "http://news.example:8080/"),
        ("https://news.example/أخبار/عاجل?q=ماء", None),
        ("https://news.example/a b|c", "https://news.example/a%20b%7Cc"),
        ("https://news.example/100%/%D8%A3", "https://news.example/100%25/%D8%A3"),
        ("http://أخبار.example/", "http://xn--igbicxr.example/"),
        ("\u200fhttps://news.example/a\ufeff\n", "https://news.example/a"),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/"),
        ("https://news.example/a?next=http://user@other.example/", None),
    ],
)
def test_an_address_is_asked_for_as_it_was_written_and_in_ascii(written, asked):
    target = read_target(written)
    assert target.url.isascii()
    assert asked is None or target.url == asked
    assert read_target(target.url) == target


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("ftp://news.example/a", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://news.example/_GET", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("news.example/a", "scheme"),
        ("", "scheme"),
        ("http://editor:secret@news.example/", "credentials"),
        ("http://news.example\\@10.0.0.1/", "credentials"),
        ("http://@news.example/", "credentials"),
        ("http:///path", "invalid_address"),
        ("http://news.example:99999/", "invalid_address"),
        ("http://news.example:0/", "invalid_address"),
        ("http://news.example:80a/", "invalid_address"),
        ("http://news example/", "invalid_address"),
        ("http://news.example%00.other.example/", "invalid_address"),
        ("http://[::1/", "invalid_address"),
        ("http://[fe80::1%25eth0]/", "invalid_address"),
        ("http://news..example/", "invalid_address"),
        ("http://news.example/a\r\nHost: other.example", "invalid_address"),
        ("http://news.example/a\nb", "invalid_address"),
        ("http://news.example/a\x00b", "invalid_address"),
        ("http://news.example/" + "a" * 9000, "invalid_address"),
        ("http://" + "a" * 300 + "/", "invalid_address"),
    ],
)
def test_an_address_that_cannot_be_asked_for_is_refused_with_its_rule(url, rule):
    with pytest.raises(FetchRefused) as refused:
        read_target(url)
    assert refused.value.rule == rule
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 400


def test_a_password_is_not_written_into_the_refusal():
    with pytest.raises(FetchRefused) as refused:
        read_target("https://editor:secret@news.example/a")
    assert "secret" not in str(refused.value)
    assert "news.example" in str(refused.value)


def test_a_relative_address_is_seen_from_where_it_stands():
    base = read_target("https://news.example/a/b?c")
    assert read_target("../d", base=base).url == "https://news.example/d"
    assert read_target("//other.example/e", base=base).url == "https://other.example/e"
    with pytest.raises(FetchRefused):
        read_target("ftp://news.example/", base=base)
