"""WARC files as they are when crawlers were killed, disks failed, or somebody means harm."""

import gzip
import io

import pytest

from articles.importing.warc_records import warc_records
from tests.articles.crawls import Crawl, html_page, numbers, three
from tests.articles.reading import read_inputs


def damaged(data: bytes, first: int, second: int, compressed: bool) -> dict[str, bytes]:
    """Ways in which the record between these offsets goes wrong."""
    record = data[first:second]
    ways = {"cut": record[: len(record) // 2], "garbage": b"\0\xff" * 500, "swapped": record[::-1]}
    if not compressed:
        length = record.index(b"Content-Length: ") + len(b"Content-Length: ")
        ways |= {
            "longer": record[:length] + b"9" + record[length:],
            "shorter": record[:length] + b"7\r\nX: " + record[length:],
            "no length": record.replace(b"Content-Length: ", b"Content-Weight: ", 1),
            "huge": record[:length] + b"9999999999999" + record[length:],
            "endless": record[:length] + b"9" * 50_000 + record[length:],
            "long line": b"WARC/1.0\r\nX: " + b"x" * 100_000,
            "wide": b"WARC/1.0\r\n" + b"X: y\r\n" * 50_000,
        }
    return {name: data[:first] + way + data[second:] for name, way in ways.items()}


@pytest.mark.parametrize("compressed", [True, False])
def test_a_broken_record_is_refused_by_its_offset_and_those_around_it_are_read(tmp_path, compressed):
    data, offsets = three(compressed)
    for way, broken in damaged(data, offsets[1], offsets[2], compressed).items():
        (tmp_path / "a.warc").write_bytes(broken)
        pages, reasons = read_inputs(tmp_path / "a.warc")
        assert numbers(pages) == ["0", "2"], way
        assert 1 <= len(reasons) <= 2, way
        assert all(offsets[1] <= int(name.partition(" ")[0].rpartition(":")[2]) < offsets[2] for name in reasons), way


@pytest.mark.parametrize("compressed", [True, False])
def test_a_file_that_ends_in_the_middle_of_a_record_gives_the_ones_before(tmp_path, compressed):
    data, offsets = three(compressed)
    for cut in range(offsets[2] + 12, len(data) - 10, 97):
        (tmp_path / "a.warc").write_bytes(data[:cut])
        pages, reasons = read_inputs(tmp_path / "a.warc")
        assert numbers(pages) == ["0", "1"]
        assert list(reasons) == [f"a.warc:{offsets[2]}"]


@pytest.mark.parametrize("compressed", [True, False])
def test_no_damage_to_one_byte_costs_more_than_its_record(tmp_path, compressed):
    data, offsets = three(compressed)
    for place in range(offsets[1], offsets[2], 13):
        (tmp_path / "a.warc").write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        pages, reasons = read_inputs(tmp_path / "a.warc")
        assert (numbers(pages)[0], numbers(pages)[-1]) == ("0", "2")
        # Under compression a wrong byte never goes into an article unseen (but in the head of gzip it says nothing).
        if compressed and place >= offsets[1] + 10:
            assert reasons
            # The byte before the checksum ends the compressed data and holds nothing of the page.
            if place != offsets[2] - 9:
                assert numbers(pages) == ["0", "2"]


def test_a_wrong_checksum_refuses_its_record_though_all_of_it_is_there():
    start = b"WARC/1.0\r\nContent-Length: %06d\r\n\r\n"
    # Among these is the length at which nothing but the checksum is left for the next piece.
    for length in range(65_530, 65_550):
        block = length - len(start % 0) - 4
        data = bytearray(gzip.compress(start % block + b"x" * block + b"\r\n\r\n"))
        assert [record.refusal for record in warc_records(io.BytesIO(data), 100_000)] == [""]
        data[-8] ^= 1
        assert "تالف" in next(warc_records(io.BytesIO(data), 100_000)).refusal


def test_a_file_compressed_as_a_whole_is_read_with_places_inside(tmp_path):
    data, offsets = three(compressed=False)
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(data))
    pages, reasons = read_inputs(tmp_path / "a.warc.gz")
    assert reasons == {}
    assert [name.partition(" ")[0] for name in pages] == ["a.warc.gz:0", *(f"a.warc.gz:0+{at}" for at in offsets[1:])]
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(data)[:-60])
    pages, reasons = read_inputs(tmp_path / "a.warc.gz")
    assert numbers(pages) == ["0", "1"]
    assert list(reasons) == [f"a.warc.gz:0+{offsets[2]}"]


def test_a_bomb_is_given_up_within_bounds_and_the_next_record_read(tmp_path):
    crawl = Crawl()
    crawl.add("https://village.example/0", html_page(0))
    bomb = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 90000000\r\n\r\n" + bytes(90_000_000)
    data = crawl.file.getvalue() + gzip.compress(bomb) + gzip.compress(bytes(90_000_000))
    (tmp_path / "a.warc.gz").write_bytes(data + crawl.file.getvalue())
    pages, reasons = read_inputs(tmp_path / "a.warc.gz")
    assert numbers(pages) == ["0", "0"]
    assert all("قنبلة" in reason or "ليس هنا" in reason for reason in reasons.values())
    assert "قنبلة" in reasons[f"a.warc.gz:{len(crawl.file.getvalue())}"]


def test_records_that_are_made_to_be_read_again_and_again_are_given_up(tmp_path):
    swallowing = b"WARC/1.0\r\nContent-Length: 90000\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(swallowing * 30_000)
    pages, reasons = read_inputs(tmp_path / "a.warc")
    assert pages == {}
    assert len(reasons) < 200
    assert "تُرك ما بعد" in list(reasons.values())[-1]


def test_what_is_no_warc_is_refused_once(tmp_path):
    for number, data in enumerate(
        [b"no archive\n" * 50_000, gzip.compress(b"no archive\n" * 50_000), b"\x1f\x8b\x08x"]
    ):
        (tmp_path / f"{number}.warc").write_bytes(data)
        pages, reasons = read_inputs(tmp_path / f"{number}.warc")
        assert pages == {}
        assert list(reasons) == [f"{number}.warc:0"]
