"""A stream of text in any encoding as a stream of UTF-8."""

import codecs
import io
from typing import BinaryIO

from articles.importing.decoding.encoding import encoding_of
from articles.importing.lines import BROKEN_GZIP

_CHUNK = 8192
# By so many bytes the encoding of the whole is told.
_SAMPLE = 200_000


def as_utf8(stream: BinaryIO) -> BinaryIO:
    """The stream's text without byte order mark, every end of line written \\n. Raises Refused for what is no text.

    What the stream itself raises comes after everything that could be read before.
    """
    head, error = b"", None
    try:
        while len(head) < _SAMPLE and (chunk := stream.read1(_CHUNK)):
            head += chunk
    except BROKEN_GZIP as broken:
        error = broken
    # A character that the sample cuts in two would speak against its encoding.
    encoding = encoding_of(head[: head.rfind(b"\n") + 1] or head)
    return io.BufferedReader(_Transcoder(stream, encoding, head, error), _CHUNK)


class _Transcoder(io.RawIOBase):
    def __init__(self, stream: BinaryIO, encoding: str, head: bytes, error: Exception | None) -> None:
        self._stream, self._head, self._error = stream, head, error
        self._decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("replace"), translate=True)
        self._ready = memoryview(b"")
        self._is_first = True

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        while not self._ready:
            chunk = self._next_chunk()
            text = self._decoder.decode(chunk, final=not chunk)
            if text and self._is_first:
                text, self._is_first = text.removeprefix("\ufeff"), False
            self._ready = memoryview(text.encode("utf-8", "replace"))
            if not chunk:
                break
        taken = min(len(buffer), len(self._ready))
        buffer[:taken] = self._ready[:taken]
        self._ready = self._ready[taken:]
        return taken

    def _next_chunk(self) -> bytes:
        if self._head:
            chunk, self._head = self._head, b""
            return chunk
        if self._error:
            error, self._error = self._error, None
            raise error
        return self._stream.read1(_CHUNK)
