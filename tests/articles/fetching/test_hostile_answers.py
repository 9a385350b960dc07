"""A server that means harm, or is broken: every answer has an end in time and in size."""

import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import socket

import pytest

from articles.importing.fetching import FetchRefused
from tests.articles.fetching.site import PAGE, answered, moved

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@contextmanager
def ending_within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def endless(beginning: bytes, piece: bytes, pause: float = 0) -> Callable[[socket], None]:
    def answer(connection: socket) -> None:
        connection.sendall(beginning)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"\r\n", b"a"),
        (HEAD + b"Content-Length: 500\r\n\r\n", b"a"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n5;", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", b"T: x\r\n"),
        (HEAD + b"Content-Encoding: gzip\r\n\r\n", b"\x1f\x8b"),
    ],
)
def test_an_answer_that_drips_ends_when_its_time_does(site, fetcher, beginning, piece):
    site.answers["/"] = endless(beginning, piece, pause=0.02)
    with ending_within(3), pytest.raises(FetchRefused) as refused:
        fetcher(seconds=0.2).fetch(site.url())
    assert refused.value.rule in ("too_slow", "broken_answer")
    assert len(site.asked) == 1


def test_a_server_that_says_nothing_is_waited_for_no_longer(site, fetcher):
    site.answers["/"] = lambda connection: time.sleep(2)
    with ending_within(1), pytest.raises(FetchRefused) as refused:
        # Nor asked again, although there would be patience for it.
        fetcher(seconds=0.3, backoff=2, patience=5).fetch(site.url())
    assert (refused.value.rule, refused.value.temporary) == ("too_slow", True)


def test_redirects_share_one_time(site, fetcher):
    def slow(number: int) -> Callable[[socket], None]:
        def answer(connection: socket) -> None:
            time.sleep(0.2)
            connection.sendall(moved(f"/{number + 1}"))

        return answer

    site.answers |= {f"/{number}": slow(number) for number in range(5)}
    with ending_within(3), pytest.raises(FetchRefused, match="الوقت"):
        fetcher(seconds=0.5).fetch(site.url("/0"))
    assert len(site.asked) < 5


def test_a_name_that_is_looked_up_for_ever_ends_in_time(fetcher):
    def slow(host: str, port: int) -> list[str]:
        time.sleep(1)
        return ["127.0.0.1"]

    with ending_within(0.95), pytest.raises(FetchRefused) as refused:
        fetcher(seconds=0.2, addresses_of=slow).fetch("http://slow.example/")
    assert refused.value.rule == "too_slow"


@pytest.mark.parametrize(
    ("beginning", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-A: " + b"b" * 1000 + b"\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 8192),
        (b"", b"HTTP/1.1 100 Continue\r\nX-A: " + b"b" * 1000 + b"\r\n\r\n"),
        (HEAD + b"\r\n", b"a" * 8192),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"2000\r\n" + b"a" * 8192 + b"\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"x" * 8000 + b"\r\na\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"T: " + b"x" * 8000 + b"\r\n"),
    ],
)
def test_an_answer_without_end_is_cut_off_by_its_size(site, fetcher, beginning, piece):
    site.answers["/"] = endless(beginning, piece)
    tracemalloc.start()
    try:
        with ending_within(5), pytest.raises(FetchRefused) as refused:
            fetcher(seconds=10).fetch(site.url())
        assert tracemalloc.get_traced_memory()[1] < 12_000_000
    finally:
        tracemalloc.stop()
    assert refused.value.rule in ("too_large", "broken_answer")


def bomb(window: int) -> Iterator[bytes]:
    """A gigabyte of zeros, compressed a megabyte at a time; full flushes make the pieces alike."""
    press = zlib.compressobj(9, zlib.DEFLATED, window)
    megabyte = bytes(1_000_000)
    yield press.compress(megabyte) + press.flush(zlib.Z_FULL_FLUSH)
    piece = press.compress(megabyte) + press.flush(zlib.Z_FULL_FLUSH)
    yield from itertools.repeat(piece, 998)
    yield press.compress(megabyte) + press.flush()


@pytest.mark.parametrize(("coding", "window"), [("gzip", 31), ("deflate", 15), ("deflate", -15)])
def test_a_gigabyte_pressed_into_a_megabyte_is_cut_off(site, fetcher, coding, window):
    def answer(connection: socket) -> None:
        connection.sendall(HEAD + f"Content-Encoding: {coding}\r\n\r\n".encode())
        for piece in bomb(window):
            connection.sendall(piece)

    site.answers["/"] = answer
    tracemalloc.start()
    try:
        with ending_within(2), pytest.raises(FetchRefused, match="أكبر من الحد") as refused:
            fetcher().fetch(site.url())
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()
    assert refused.value.rule == "too_large"


@pytest.mark.parametrize(
    ("coding", "press"),
    [
        ("gzip", gzip.compress),
        ("X-GZIP", gzip.compress),
        ("gzip", lambda page: gzip.compress(page[:40]) + gzip.compress(page[40:]) + bytes(100)),
        ("deflate", zlib.compress),
        ("deflate", lambda page: zlib.compress(page, wbits=-15)),
        ("identity", bytes),
    ],
)
def test_what_was_asked_for_is_decompressed(site, fetcher, coding, press):
    site.answers["/"] = answered(press(PAGE), content_encoding=coding)
    assert fetcher().fetch(site.url()).body == PAGE


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "compress", "nonsense"])
def test_what_was_not_asked_for_is_not(site, fetcher, coding):
    site.answers["/"] = answered(content_encoding=coding)
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url())
    assert refused.value.rule == "content_coding"


def test_a_body_of_exactly_the_limit_is_taken_and_one_byte_more_is_not(site, fetcher):
    for body, coding in ((bytes(1000), ""), (gzip.compress(bytes(1000)), "gzip")):
        site.answers["/"] = answered(body, content_encoding=coding)
        assert len(fetcher(max_bytes=1000).fetch(site.url()).body) == 1000
        with pytest.raises(FetchRefused, match="الحد"):
            fetcher(max_bytes=999).fetch(site.url())


def test_a_body_whose_length_nobody_told_is_counted(site, fetcher):
    site.answers["/"] = HEAD + b"\r\n" + bytes(1001)
    assert len(fetcher(max_bytes=1001).fetch(site.url()).body) == 1001
    with pytest.raises(FetchRefused, match="الحد"):
        fetcher(max_bytes=1000).fetch(site.url())


def test_ever_new_beginnings_of_compressed_data_are_cut_off(site, fetcher):
    """Each of them is twenty bytes that become none."""
    site.answers["/"] = answered(gzip.compress(b"") * 40_000, content_encoding="gzip")
    with ending_within(3), pytest.raises(FetchRefused, match="الحد"):
        fetcher().fetch(site.url())


@pytest.mark.parametrize(
    "answer",
    [
        answered(content_length="5000"),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n50\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
        answered(gzip.compress(PAGE)[:-9], content_encoding="gzip"),
    ],
)
def test_a_body_cut_short_is_tried_again_and_then_refused(site, fetcher, answer):
    site.answers["/"] = [answer, answered()]
    assert fetcher().fetch(site.url()).body == PAGE
    site.answers["/"] = answer
    with pytest.raises(FetchRefused) as refused:
        fetcher().fetch(site.url())
    assert (refused.value.rule, refused.value.temporary) == ("broken_answer", True)
    assert len(site.asked) == 5


def test_a_length_too_small_ends_the_body_there(site, fetcher):
    site.answers["/"] = answered(content_length="20")
    assert fetcher().fetch(site.url()).body == PAGE[:20]


def test_a_length_too_large_is_refused_before_anything_is_read(site, fetcher):
    site.answers["/"] = endless(answered(b"", content_length="99999999999999999999"), b"", pause=0.1)
    with ending_within(1), pytest.raises(FetchRefused, match="أكبر"):
        fetcher().fetch(site.url())


@pytest.mark.parametrize(
    "answer",
    [
        b"220 mail.example ESMTP\r\n",
        b"\x16\x03\x01\x02\x00",
        b"HTTP/1.1 two OK\r\n\r\n",
        b"HTTP/1.1 99 Low\r\n\r\n",
        b"HTTP/3 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc\r\n0\r\n\r\n",
        HEAD + b"Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + b"no gzip but 20 bytes",
        HEAD + b"Content-Encoding: deflate\r\nContent-Length: 20\r\n\r\n" + b"\xff" * 20,
    ],
)
def test_what_is_no_http_is_refused_in_one_line(site, fetcher, answer):
    site.answers["/"] = answer
    with pytest.raises(FetchRefused) as refused:
        fetcher(attempts=1).fetch(site.url())
    assert refused.value.rule == "broken_answer"


def test_a_host_that_does_not_answer_is_told_apart(site, fetcher):
    url = site.url()
    site.server_close()
    with pytest.raises(FetchRefused, match="تعذّر الاتصال") as refused:
        fetcher().fetch(url)
    assert (refused.value.rule, refused.value.temporary) == ("unreachable", True)


def test_a_connection_closed_without_a_word_is_tried_again(site, fetcher):
    site.answers["/"] = [b"", lambda connection: None, answered()]
    assert fetcher().fetch(site.url()).body == PAGE
    assert len(site.asked) == 3
