"""Files that are small on the disk and huge inside, or the other way round, made without holding what is in them."""

import struct
import zlib
from pathlib import Path

BLOCK = bytes(16_000_000)
BLOCKS = 64
SIZE = BLOCKS * len(BLOCK)
"""1,024,000,000 bytes of nothing in about a megabyte."""


def gzip_bomb(path: Path, first: str, beside: bytes = b"") -> Path:
    """A gzip member that holds `first` and a gigabyte of zero bytes; `beside` it other members."""
    data, checksum, size = _deflated(first.encode())
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    path.write_bytes(header + data + struct.pack("<LL", checksum, size & 0xFFFFFFFF) + beside)
    return path


def zip_bomb(path: Path, name: str) -> Path:
    """A ZIP with one member of a gigabyte, whose list of members tells nothing but the truth."""
    data, checksum, size = _deflated(b"")
    raw = name.encode()
    common = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, checksum, len(data), size, len(raw), 0)
    local = b"PK\x03\x04" + common + raw
    listed = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + raw
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 1, 1, len(listed), len(local) + len(data), 0)
    path.write_bytes(local + data + listed + end)
    return path


def long_line(path: Path, before: str, letter: str, megabytes: int, after: str) -> Path:
    """Lines around one of so many megabytes."""
    with path.open("wb") as file:
        file.write(before.encode())
        for _ in range(megabytes):
            file.write(letter.encode() * (1_000_000 // len(letter.encode())))
        file.write(after.encode())
    return path


def _deflated(first: bytes) -> tuple[bytes, int, int]:
    """(raw deflate data, CRC-32, size). A block that begins afresh may be repeated as it is."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    head = deflater.compress(first) + deflater.flush(zlib.Z_FULL_FLUSH)
    block = deflater.compress(BLOCK) + deflater.flush(zlib.Z_FULL_FLUSH)
    checksum = zlib.crc32(first)
    for _ in range(BLOCKS):
        checksum = zlib.crc32(BLOCK, checksum)
    return head + block * BLOCKS + deflater.flush(), checksum, len(first) + SIZE
