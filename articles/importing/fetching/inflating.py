"""Decompression that ends at a limit: what a bomb would become is never made."""

import zlib

from django.utils.translation import gettext

from articles.importing.pages import Refused

GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
_PIECE = 16_384
# bgzip, which makes the most of all known programs, begins one every 64 kB.
_MOST_MEMBERS = 10_000


class TooLarge(Exception):
    """More would come out than was allowed."""


class Truncated(Exception):
    """The compressed data ended before its end."""


class Inflater:
    """gzip (members one after another too) or deflate, with or without zlib's header, in pieces.

    Raises TooLarge when more than `limit` bytes come out in all, zlib.error for what is not so compressed.
    """

    def __init__(self, coding: str, limit: int) -> None:
        self._gzip = coding == "gzip"
        self._left = limit
        self._stream = zlib.decompressobj(_GZIP_WINDOW) if self._gzip else None
        self._members = 1
        self._held = b""

    def feed(self, data: bytes) -> bytes:
        # Small pieces, because zlib copies the rest of a piece at the end of every member.
        return b"".join(self._inflate(data[start : start + _PIECE]) for start in range(0, len(data), _PIECE))

    def _inflate(self, data: bytes) -> bytes:
        data, self._held = self._held + data, b""
        self._stream = self._stream or zlib.decompressobj(_deflate_window(data))
        parts = []
        while data:
            if self._stream.eof and not self._next_member(data):
                break
            part = self._stream.decompress(data, self._left + 1)
            self._left -= len(part)
            if self._left < 0:
                raise TooLarge
            parts.append(part)
            data = self._stream.unused_data
        return b"".join(parts)

    def _next_member(self, data: bytes) -> bool:
        """Whether another one begins here; what else follows the last one is padding."""
        if not self._gzip or not data.startswith(GZIP):
            self._held = data if self._gzip and data == GZIP[:1] else b""
            return False
        self._members += 1
        if self._members > _MOST_MEMBERS:
            raise TooLarge
        self._stream = zlib.decompressobj(_GZIP_WINDOW)
        return True

    def finish(self) -> None:
        if self._stream and not self._stream.eof:
            raise Truncated


def _deflate_window(beginning: bytes) -> int:
    """RFC 9110 says zlib's format, which its first two bytes tell; some servers leave its header out."""
    has_header = beginning[0] & 15 == 8 and int.from_bytes(beginning[:2]) % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def gunzip(data: bytes, limit: int) -> bytes:
    """Raises Refused in one line for what is broken or becomes larger than `limit` bytes."""
    inflater = Inflater("gzip", limit)
    try:
        inflated = inflater.feed(data)
        inflater.finish()
    except TooLarge as error:
        raise Refused(
            gettext("أكبر من الحد المسموح به (%(limit)d ميغابايت)") % {"limit": limit // 1_000_000}
        ) from error
    except (Truncated, zlib.error) as error:
        raise Refused(gettext("الملف المضغوط تالف أو مبتور")) from error
    return inflated


def unpacked(data: bytes, limit: int) -> bytes:
    """What is compressed by gzip decompressed, anything else as it is."""
    return gunzip(data, limit) if data.startswith(GZIP) else data
