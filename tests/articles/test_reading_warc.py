"""WARC files as crawlers write them."""

import gzip
import zlib
from collections.abc import Sequence

import pytest
from warcio.statusandheaders import StatusAndHeaders

from articles.importing.inputs import records
from articles.importing.records import ReadingOptions
from articles.importing.running import import_inputs
from articles.models import Article
from tests.articles.crawls import DATE, HTML, Crawl, html_page
from tests.articles.pages import TITLE
from tests.articles.reading import read_inputs


def crawl_of(bodies: Sequence[tuple[bytes, Sequence[tuple[str, str]]]]) -> Crawl:
    crawl = Crawl()
    for number, (body, headers) in enumerate(bodies):
        crawl.add(f"https://village.example/{number}", body, *headers)
    return crawl


def chunked(body: bytes, size: int = 100) -> bytes:
    chunks = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


def raw_deflate(body: bytes) -> bytes:
    deflater = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return deflater.compress(body) + deflater.flush()


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_a_response_becomes_the_page_of_its_address_with_what_was_fetched(tmp_path, compressed, version):
    crawl = Crawl(compressed=compressed, version=version)
    crawl.writer.write_record(crawl.writer.create_warcinfo_record("a.warc", {"software": "crawler"}))
    offset = crawl.add("https://village.example/7?utm_source=x", None, HTML, ("ETag", "w7"), ("Set-Cookie", "id=1"))
    name = "a.warc.gz" if compressed else "a.warc"
    pages, reasons = read_inputs(crawl.written(tmp_path / name))
    assert reasons == {}
    found = pages[f"{name}:{offset} https://village.example/7?utm_source=x"]
    assert (found.url, found.title) == ("https://village.example/7", f"{TITLE} 1")
    assert found.final_url == "https://village.example/7?utm_source=x"
    assert found.headers == {"Content-Type": HTML[1], "ETag": "w7", "WARC-Date": DATE}
    assert (found.original, found.media_type) == (html_page(), "text/html")


def test_what_is_no_page_is_passed_over(tmp_path):
    crawl = Crawl()
    crawl.add("https://village.example/a.png", b"\x89PNG", ("Content-Type", "image/png"))
    crawl.add("https://village.example/b", status="404 Not Found")
    crawl.add("https://village.example/c", b"", ("Location", "/d"), status="301 Moved Permanently")
    crawl.add("https://village.example/d", status="206 Partial Content")
    crawl.add("dns:village.example", b"10.0.0.1", kind="resource")
    crawl.add("https://village.example/e.bin", b"\0" * 300_000, ("Content-Type", "video/mp4"))
    crawl.add("https://village.example/f", b"{}", ("X-No-Type", "1"))
    crawl.add("https://village.example/request", b"", kind="request")
    crawl.add("https://village.example/1")
    crawl.add("https://village.example/2", None, ("Server", "no type named"))
    crawl.add("https://village.example/3", None, ("content-type", "application/xhtml+xml"))
    crawl.add("https://village.example/4", kind="resource", Content_Type="text/html")
    pages, reasons = read_inputs(crawl.written(tmp_path / "a.warc.gz"))
    assert reasons == {}
    assert [found.final_url[-1] for found in pages.values()] == ["1", "2", "3", "4"]


def test_a_file_without_pages_says_so(tmp_path):
    crawl = Crawl()
    crawl.add(status="404 Not Found")
    for number, data in enumerate([crawl.file.getvalue(), b"", b"\r\n\r\n"]):
        (tmp_path / f"{number}.warc").write_bytes(data)
        assert "لا صفحات" in read_inputs(tmp_path / f"{number}.warc")[1][f"{number}.warc"]


def test_every_transfer_and_content_encoding_is_undone(tmp_path):
    body, te = html_page(), ("Transfer-Encoding", "chunked")
    encodings = {"gzip": gzip.compress(body), "deflate": zlib.compress(body)}
    bodies = [(data, [HTML, ("Content-Encoding", name)]) for name, data in encodings.items()]
    bodies += [(chunked(data), [HTML, te, ("Content-Encoding", name)]) for name, data in encodings.items()]
    bodies += [
        (chunked(body), [HTML, te]),
        (raw_deflate(body), [HTML, ("Content-Encoding", "deflate")]),
        (gzip.compress(gzip.compress(body)), [HTML, ("content-encoding", "GZIP, x-gzip")]),
        (gzip.compress(body[:500]) + gzip.compress(body[500:]), [HTML, ("Content-Encoding", "gzip")]),
        # Many crawlers keep the headers of what they undid.
        (body, [HTML, te, ("Content-Encoding", "gzip")]),
        (body, [HTML, ("Content-Encoding", "br")]),
        (body, [HTML, ("Content-Encoding", "deflate")]),
        # Cut off before the last chunk.
        (chunked(body)[:-7], [HTML, te]),
    ]
    pages, reasons = read_inputs(crawl_of(bodies).written(tmp_path / "a.warc.gz"))
    assert reasons == {}
    assert [found.original for found in pages.values()] == [body] * len(bodies)


def test_what_cannot_be_decoded_is_refused_by_offset_and_address(tmp_path):
    gz = gzip.compress(html_page())
    bodies = [
        (b"\x8b\x02brotli" * 40, [HTML, ("Content-Encoding", "br")]),
        (gz[:-20], [HTML, ("Content-Encoding", "gzip")]),
        (gz[:90] + b"\xff" * 90 + gz[180:], [HTML, ("Content-Encoding", "gzip")]),
        (gzip.compress(b"<html>" + b"x" * 10_000_000), [HTML, ("Content-Encoding", "gzip")]),
        (b"", [HTML]),
        (chunked(html_page())[:-40], [HTML, ("Transfer-Encoding", "chunked")]),
        (
            chunked(html_page()).replace(b"64\r\n", b"??\r\n").replace(b"??", b"64", 1),
            [HTML, ("Transfer-Encoding", "chunked")],
        ),
        (html_page(), [HTML]),
    ]
    pages, reasons = read_inputs(crawl_of(bodies).written(tmp_path / "a.warc.gz"))
    assert [found.final_url for found in pages.values()] == ["https://village.example/7"]
    assert [name.rpartition(" ")[2][-1] for name in reasons] == ["0", "1", "2", "3", "4", "5", "6"]
    expected = ["br", "مبتور", "تالف", "أكبر", "فارغ", "مبتور", "مبتور"]
    assert [word in reason for word, reason in zip(expected, reasons.values(), strict=True)] == [True] * 7


def test_the_declared_encoding_of_the_response_counts(tmp_path):
    crawl = Crawl()
    text = html_page(encoding="cp1256").replace(b" ", b"  ")
    crawl.add("https://village.example/1", text, ("Content-Type", "text/html; charset=windows-1256"))
    pages, _ = read_inputs(crawl.written(tmp_path / "a.warc"))
    assert [found.title for found in pages.values()] == [f"{TITLE} 1"]


def test_a_revisit_is_passed_over_or_refused_with_the_page_that_it_copies(tmp_path):
    crawl = Crawl()
    crawl.add()
    for url, first, kind in (
        ("https://village.example/1", "https://village.example/1", HTML[1]),
        ("https://village.example/copy", "https://village.example/1", HTML[1]),
        ("https://village.example/logo2.png", "https://village.example/logo.png", "image/png"),
    ):
        http = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        record = crawl.writer.create_revisit_record(url, "sha1:X", first, DATE, http_headers=http)
        crawl.writer.write_record(record)
    pages, reasons = read_inputs(crawl.written(tmp_path / "a.warc.gz"))
    assert len(pages) == 1
    assert [name.rpartition(" ")[2] for name in reasons] == ["https://village.example/copy"]
    assert "https://village.example/1،" in next(iter(reasons.values()))


def test_a_record_over_the_limit_is_refused_and_the_next_one_read(tmp_path):
    for compressed in (True, False):
        crawl = Crawl(compressed=compressed)
        crawl.add("https://village.example/big", b"<html>" + html_page() * 500)
        crawl.add("https://village.example/good")
        pages, reasons = read_inputs(crawl.written(tmp_path / "a.warc"))
        assert [found.final_url for found in pages.values()] == ["https://village.example/good"]
        assert reasons == {"a.warc:0 https://village.example/big": "أكبر من الحد المسموح به (0 ميغابايت)"}


def test_headers_that_would_fill_memory_or_hide_nul_are_refused_or_cleaned(tmp_path):
    crawl = Crawl(compressed=False)
    crawl.add("https://village.example/1", None, *[("X", "y")] * 20_000)
    crawl.add("https://village.example/2", None, HTML, ("X", "a"), ("X", "b"))
    pages, reasons = read_inputs(crawl.written(tmp_path / "a.warc"), max_bytes=10_000_000)
    assert [reason.split()[0] for reason in reasons.values()] == ["ترويسة"]
    assert next(iter(pages.values())).headers["X"] == "a, b"


def test_wget_and_its_angle_brackets(tmp_path):
    crawl = Crawl(compressed=False)
    crawl.add("<https://village.example/1>")
    crawl.add("<ftp://village.example/1>")
    pages, reasons = read_inputs(crawl.written(tmp_path / "a.warc"))
    assert ([found.url for found in pages.values()], reasons) == (["https://village.example/1"], {})


def test_a_long_crawl_is_read_as_a_stream(tmp_path):
    one = Crawl()
    one.add()
    (tmp_path / "a.warc.gz").write_bytes(one.file.getvalue() * 3000)
    stream = records([tmp_path / "a.warc.gz"], ReadingOptions(10_000_000))
    assert next(stream).weight < 200_000


@pytest.mark.django_db
def test_pages_are_stored_with_their_address_and_date_and_recognised_the_next_time(tmp_path, settings, monkeypatch):
    settings.REVISION_STEPS = []
    crawl = Crawl()
    for number in (1, 2):
        crawl.add(f"https://village.example/{number}", html_page(3))
    file = crawl.written(tmp_path / "a.warc.gz")
    assert import_inputs([file]).created == 2
    original = Article.objects.get(url="https://village.example/2").originals.get()
    assert (original.final_url, original.headers["WARC-Date"]) == ("https://village.example/2", DATE)
    assert original.body == html_page(3)
    # Recognised by its bytes and address, without being read again.
    monkeypatch.setattr("articles.importing.records.read_response", lambda *_, **__: pytest.fail("read again"))
    assert import_inputs([file]).unchanged == 2
