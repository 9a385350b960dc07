"""Feeds as outlets write them, and as those do who mean harm."""

import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest

from articles.importing.pages import Refused
from articles.importing.readers.feed import MAX_BYTES, Feed, read_feed

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>صحيفة القرية</title><link>https://village.example/</link>
<item>
  <title><![CDATA[البلدية تفتتح «المكتبة» &amp; المتحف]]></title>
  <link>https://village.example/news/1?a=1&amp;b=2</link>
  <description>&lt;p&gt;افتتحت البلدية &lt;b&gt;مكتبة&lt;/b&gt; عامة.&lt;/p&gt;</description>
  <dc:creator>سلوى النوري</dc:creator>
  <pubDate>Sat, 16 Mar 2024 12:30:00 +0300</pubDate>
  <guid isPermaLink="false">village-1</guid>
</item>
<item><title>خبر بلا رابط</title><guid isPermaLink="false">2</guid></item>
<item><guid>https://village.example/news/3</guid><title>رابطه هويته</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">صحيفة &amp;amp; موقع</title>
<entry><title>الخبر الأول</title><link rel="self" href="/feed/1"/><link rel="alternate" href="/news/1"/>
<id>tag:village.example,2024:1</id><updated>2024-03-16T09:30:00Z</updated><author><name>عادل الراوي</name></author>
<summary type="html">ملخص &lt;i&gt;الخبر&lt;/i&gt;</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://village.example/"><title>قديم</title></channel>
<item rdf:about="https://village.example/1"><title>خبر قديم</title><link>https://village.example/1</link></item></rdf:RDF>"""


def rss(inside: str) -> bytes:
    return f'<rss version="2.0"><channel><title>خلاصة</title>{inside}</channel></rss>'.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1256", "utf-16"])
def test_rss_in_the_encodings_it_comes_in(encoding):
    text = RSS.replace("«", '"').replace("»", '"').format(encoding=encoding)
    feed = read_feed(text.encode("cp1256" if encoding == "windows-1256" else encoding))
    first, unlinked, permanent = feed.entries
    assert feed.title == "صحيفة القرية"
    assert first.link == "https://village.example/news/1?a=1&b=2"
    assert first.title == 'البلدية تفتتح "المكتبة" & المتحف'
    assert first.summary == "افتتحت البلدية مكتبة عامة."
    assert (first.byline, first.key) == ("سلوى النوري", "village-1")
    assert first.published.at == datetime(2024, 3, 16, 12, 30, tzinfo=timezone(timedelta(hours=3)))
    assert (unlinked.link, unlinked.title) == ("", "خبر بلا رابط")
    assert permanent.link == "https://village.example/news/3"


def test_atom_with_links_seen_from_where_the_feed_stood():
    (entry,) = read_feed(ATOM.encode(), address="https://village.example/feeds/all").entries
    assert entry.link == "https://village.example/news/1"
    assert (entry.title, entry.summary, entry.byline) == ("الخبر الأول", "ملخص الخبر", "عادل الراوي")
    assert entry.published.at == datetime(2024, 3, 16, 9, 30, tzinfo=UTC)
    assert entry.key == "tag:village.example,2024:1"


def test_the_rss_of_1999():
    feed = read_feed(RDF.encode())
    assert [(entry.title, entry.link) for entry in feed.entries] == [("خبر قديم", "https://village.example/1")]


def test_a_feed_without_entries_is_a_feed():
    assert read_feed(rss("")) == Feed("خلاصة", ())


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("السبت، 16 مارس 2024", datetime(2024, 3, 16)),
        ("16/03/2024 12:30", datetime(2024, 3, 16, 12, 30)),
        ("soon", None),
    ],
)
def test_dates_as_outlets_write_them(written, day):
    (entry,) = read_feed(rss(f"<item><title>خبر</title><pubDate>{written}</pubDate></item>")).entries
    assert (entry.published and entry.published.at) == day


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://village.example/1", " "])
def test_only_links_of_the_web_are_links(link):
    (entry,) = read_feed(rss(f"<item><title>خبر</title><link>{link}</link></item>")).entries
    assert entry.link == ""


@pytest.mark.parametrize(
    "inside",
    [
        "<item><title>الأول<br>والثاني</title><link>https://village.example/1</link></item>",
        "<item><title>الأول &nbsp; والثاني</title><link>https://village.example/1</link></item>",
        "<item><title>الأول & والثاني</title><link>https://village.example/1</link></item>",
        "<item><title>الأول \x0b\x00 والثاني</title><link>https://village.example/1</link></item>",
        "<item><title>الأول والثاني</title><link>https://village.example/1</link></item></channel>",
        "<item><title>الأول والثاني</title><link>https://village.example/1</link>",
    ],
)
def test_a_broken_feed_gives_what_can_be_read(inside):
    (entry,) = read_feed(rss(inside)).entries
    assert entry.link == "https://village.example/1"
    assert entry.title.startswith("الأول")


@pytest.mark.parametrize("data", [b"", b"   ", b"<html><body><p>x</p></body></html>", "نص".encode(), b"<urlset/>"])
def test_what_is_no_feed_is_refused(data):
    with pytest.raises(Refused, match="خلاصة"):
        read_feed(data)


def test_a_feed_that_is_the_name_of_a_file_does_not_open_it(tmp_path):
    file = tmp_path / "feed.xml"
    file.write_bytes(rss("<item><title>خبر</title></item>"))
    for name in (str(file), file.as_uri()):
        with pytest.raises(Refused, match="خلاصة"):
            read_feed(name.encode())


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>',
        "<!-- harmless --><!DOCTYPE rss [ <!-- ]> --> <!entity l9 'x'>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_feed_with_entities_of_its_own_is_refused(doctype, encoding):
    text = f"<?xml version='1.0'?>{doctype}{rss('<item><title>&l9;</title></item>').decode()}"
    with pytest.raises(Refused, match="كيانات"):
        read_feed(text.encode(encoding))


def test_entities_that_an_article_writes_about_are_no_harm():
    (entry,) = read_feed(rss("<item><title><![CDATA[شرح <!ENTITY x 'y'> للمبتدئين]]></title></item>")).entries
    assert entry.title.startswith("شرح")


@pytest.mark.parametrize(
    "inside",
    [
        "<item><description>" + "<a>" * 20_000,
        "<item><description>" + "<a>" * 20_000 + "</a>" * 20_000,
        "</a>" * 20_000 + "<a>" * 20_000,
        "<item " + "".join(f"a{number}='b' " for number in range(100_000)) + "/>",
        "<item><description>" + "<a " * 20_000,
        "<item " + "a='b' " * 100_000,
        "<item><description>" + "<b>x</b>" * 100_000 + "</description></item>",
        "<item " + " ".join(f"xmlns:a{number}='b'" for number in range(100_000)) + "/>",
    ],
)
def test_towers_are_refused_at_once(inside):
    began = time.monotonic()
    with pytest.raises(Refused, match="متداخلة"):
        read_feed(rss(inside))
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "inside",
    ["<" * 100_000, "&" * 100_000, "<![CDATA[" * 50_000, "<!--" * 50_000, "<!DOCTYPE [" * 9000, "<?a " * 50_000],
)
def test_rubbish_is_passed_in_time(inside):
    began = time.monotonic()
    with suppress(Refused):
        read_feed(rss(f"<item><title>خبر</title></item>{inside}"))
    assert time.monotonic() - began < 5


def test_a_feed_of_many_megabytes_is_refused():
    with pytest.raises(Refused, match="5 ميغابايت"):
        read_feed(rss("<item/>" + " " * MAX_BYTES))
