"""Sitemaps and lists of addresses: what they name, and what they are refused for."""

import gzip
import time
from datetime import UTC, datetime

import pytest

from articles.importing.fetching.refusals import FetchRefused
from articles.importing.fetching.sitemaps import pages_of_sitemaps
from articles.importing.pages import Refused
from articles.importing.readers.addresses import AddressLine, read_addresses
from articles.importing.readers.listings import kind_of
from articles.importing.readers.sitemap import Sitemap, SitemapEntry, read_sitemap
from tests.articles.fetching.site import answered

LIMIT = 5_000_000
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://village.example/1?a=1&amp;b=2 </loc><lastmod>2024-03-17</lastmod>
  <image:image><image:loc>https://village.example/1.jpg</image:loc><image:title>صورة</image:title></image:image>
  <news:news><news:publication><news:name>صحيفة القرية</news:name><news:language>ar</news:language></news:publication>
  <news:publication_date>2024-03-16T09:30:00+00:00</news:publication_date><news:title>المكتبة تفتح</news:title>
  </news:news>
</url>
<url><loc>https://village.example/أخبار/2</loc></url>
</urlset>"""


def read(text: str) -> Sitemap:
    return read_sitemap(text.encode(), max_bytes=LIMIT)


def urlset(*links: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{link}</loc></url>' for link in links)}</urlset>".encode()


def index(*links: str) -> bytes:
    listed = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f"<sitemapindex>{listed}</sitemapindex>".encode()


def test_pages_with_what_the_news_extension_says():
    first, second = read(NEWS).pages
    assert (first.link, first.title, first.source_name) == (
        "https://village.example/1?a=1&b=2",
        "المكتبة تفتح",
        "صحيفة القرية",
    )
    assert first.published.at == datetime(2024, 3, 16, 9, 30, tzinfo=UTC)
    assert first.modified.at == datetime(2024, 3, 17)
    assert second == SitemapEntry("https://village.example/أخبار/2")


def test_an_index_names_sitemaps():
    found = read_sitemap(index("https://village.example/s1.xml", "https://village.example/s2.xml.gz"), max_bytes=LIMIT)
    assert [entry.link for entry in found.sitemaps] == [
        "https://village.example/s1.xml",
        "https://village.example/s2.xml.gz",
    ]
    assert not found.pages


def test_a_compressed_sitemap_is_read_and_a_bomb_is_not():
    assert len(read_sitemap(gzip.compress(NEWS.encode()), max_bytes=LIMIT).pages) == 2
    with pytest.raises(Refused, match="الحد"):
        read_sitemap(gzip.compress(bytes(50_000_000)), max_bytes=LIMIT)
    with pytest.raises(Refused, match="تالف أو مبتور"):
        read_sitemap(gzip.compress(NEWS.encode())[:-20], max_bytes=LIMIT)


@pytest.mark.parametrize(
    "text",
    [
        "<urlset><url><loc>https://village.example/1?a=1&b=2</loc></url></urlset>",
        "<urlset><url><loc>https://village.example/1?a=1&#38;b=2</loc></url></urlset>",
        "<urlset><url><loc><![CDATA[https://village.example/1?a=1&b=2]]></loc></url></urlset>",
        "<urlset><url><loc>https://village.example/1?a=1&amp;b=2</loc></url><url><loc>https://vil",
        "<!-- made by hand --><urlset><url><loc>https://village.example/1?a=1&amp;b=2</loc></url></urlset> rest",
        "<urlset><url><loc>https://village.example/1?a=1&amp;b=2</loc><lastmod>soon</lastmod></url><url/></urlset>",
    ],
)
def test_a_careless_sitemap_gives_what_can_be_read(text):
    assert read(text).pages[0].link == "https://village.example/1?a=1&b=2"


@pytest.mark.parametrize("text", ["", "<html><p>404</p></html>", "<rss><channel/></rss>", "not xml", "\x00\x00"])
def test_what_is_no_sitemap_is_refused(text):
    with pytest.raises(Refused):
        read(text)


def test_a_sitemap_with_entities_of_its_own_is_refused():
    for entity in ("'https://village.example/'", 'SYSTEM "file:///etc/passwd"'):
        with pytest.raises(Refused, match="كيانات"):
            read(f"<!DOCTYPE urlset [<!ENTITY e {entity}>]><urlset><url><loc>&e;</loc></url></urlset>")


@pytest.mark.parametrize(
    "inside",
    ["<url>" * 200_000, "<url><loc>" + "<a>" * 50_000, "<url " + "a='b' " * 9000 + "/>"],
)
def test_towers_in_sitemaps_are_refused_at_once(inside):
    began = time.monotonic()
    with pytest.raises(Refused):
        read(f"<urlset>{inside}")
    assert time.monotonic() - began < 2


def test_a_large_sitemap_keeps_its_order():
    links = [f"https://village.example/{number}" for number in range(20_000)]
    assert [entry.link for entry in read_sitemap(urlset(*links), max_bytes=LIMIT).pages] == links


def test_all_pages_of_an_index_are_found_and_what_cannot_be_had_is_named(site, fetcher):
    site.answers |= {
        "/index": answered(
            index(*(site.url(path) for path in ("/one", "/lost", "/page", "/two.gz", "/index", "/one"))),
            media_type="text/xml",
        ),
        "/one": answered(urlset("https://village.example/1", "https://village.example/2"), media_type="text/xml"),
        "/two.gz": answered(gzip.compress(urlset("https://village.example/3")), media_type="application/x-gzip"),
        "/page": answered(),
    }
    found = list(pages_of_sitemaps([site.url("/index")], fetcher().fetch, max_bytes=LIMIT))
    assert [entry.link for entry in found if isinstance(entry, SitemapEntry)] == [
        "https://village.example/1",
        "https://village.example/2",
        "https://village.example/3",
    ]
    refused = [entry for entry in found if isinstance(entry, FetchRefused)]
    assert [entry.address for entry in refused] == [site.url("/lost"), site.url("/page")]
    assert site.paths() == ["/index", "/one", "/lost", "/page", "/two.gz"]


def test_indexes_of_indexes_have_an_end(site, fetcher):
    site.answers |= {
        f"/{number}": answered(index(site.url(f"/{number + 1}")), media_type="text/xml") for number in range(9)
    }
    found = list(pages_of_sitemaps([site.url("/0")], fetcher().fetch, max_bytes=LIMIT))
    assert [entry.rule for entry in found] == ["sitemaps"]
    assert site.paths() == ["/0", "/1", "/2", "/3"]


def test_a_sitemap_that_leads_inside_is_refused_by_the_fetcher(site, fetcher):
    site.answers["/index"] = answered(index("http://169.254.169.254/latest/"), media_type="text/xml")
    (refused,) = pages_of_sitemaps([site.url("/index")], fetcher().fetch, max_bytes=LIMIT)
    assert refused.rule == "private_address"


def test_addresses_stand_one_a_line_with_comments_between():
    lines = [
        "\ufeff# أخبار الأسبوع",
        "https://village.example/1  # الأول",
        "",
        "https://village.example/2#part",
        "  https://village.example/أخبار/3\t",
        "https://village.example/1",
        "village.example/4",
        "ftp://village.example/5",
    ]
    found = list(read_addresses("\r\n".join(lines).encode()))
    assert found[:3] == [
        AddressLine(2, "https://village.example/1"),
        AddressLine(4, "https://village.example/2#part"),
        AddressLine(5, "https://village.example/أخبار/3"),
    ]
    assert [(line.number, "http أو https" in line.refusal) for line in found[3:]] == [(7, True), (8, True)]


def test_a_file_of_addresses_may_be_in_an_arabic_code_page():
    (line,) = read_addresses("https://village.example/أخبار/المكتبة # في القرية".encode("cp1256"))
    assert line.address == "https://village.example/أخبار/المكتبة"


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(Refused):
        list(read_addresses(b"%PDF-1.7\n" + bytes(500)))


@pytest.mark.parametrize(
    ("data", "media_type", "kind"),
    [
        (b"<?xml version='1.0'?><!-- a --><?xml-stylesheet href='x'?><rss/>", "text/html", "feed"),
        (b"\xef\xbb\xbf\n<feed xmlns='http://www.w3.org/2005/Atom'/>", "application/xml", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'/>", "text/xml", "feed"),
        ("<rss/>".encode("utf-16"), "text/xml", "feed"),
        (NEWS.encode(), "text/plain", "sitemap"),
        (gzip.compress(index("https://village.example/s")), "application/gzip", "sitemap"),
        (b"<!DOCTYPE html><html><body><rss/></body></html>", "application/rss+xml", "page"),
        (b"https://village.example/1\nhttps://village.example/2\n", "text/plain", "addresses"),
        (b"# a\nhttps://village.example/" + b"1" * 9000, "text/plain", "page"),
        (b"https://village.example/1\n" * 900, "text/plain", "addresses"),
        ("عنوان الخبر\nنصه".encode(), "text/plain", "page"),
        (b"", "text/plain", "page"),
        (b"%PDF-1.7\n" + bytes(500), "text/plain", "page"),
    ],
)
def test_what_stands_at_an_address_is_told_by_its_first_element(data, media_type, kind):
    assert kind_of(data, media_type, max_bytes=LIMIT) == kind
