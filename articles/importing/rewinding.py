"""Reading forwards with a way back: a stream that cannot be sought is read again from a mark."""

import re
from dataclasses import dataclass
from typing import BinaryIO

_CHUNK = 65_536


class OutOfPatience(Exception):
    """So much was read again that the rest is given up."""


@dataclass(slots=True)
class Patience:
    """How many bytes may still be read again, of a file and of what is compressed in it together."""

    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise OutOfPatience


class Rewindable:
    """A stream with a mark to go back to. Of what was read since the mark the last `keeps` bytes are kept at least."""

    def __init__(self, stream: BinaryIO, *, keeps: int, patience: Patience) -> None:
        self.position = 0
        self.marked = 0
        self._stream, self._keeps, self._patience = stream, keeps, patience
        self._kept = bytearray()
        self._at = 0

    def mark(self) -> None:
        del self._kept[: self._at]
        self._at = 0
        self.marked = self.position

    def back(self) -> None:
        """To the mark, or where that is too far away as near as can be. Raises OutOfPatience."""
        self._patience.spend(self._at)
        self._move(-self._at)

    def unread(self, size: int) -> None:
        """Give back the last bytes that were read, a chunk at most."""
        self._move(-size)

    def peek(self, size: int) -> bytes:
        self._fill_up_to(size)
        return bytes(self._kept[self._at : self._at + size])

    def read(self, size: int) -> bytes:
        self._fill_up_to(size)
        with memoryview(self._kept) as kept:
            data = bytes(kept[self._at : self._at + size])
        self._move(len(data))
        return data

    def readline(self, size: int) -> bytes:
        """A line with its end, or so many bytes of it."""
        start = self._at
        while (end := self._kept.find(b"\n", start, self._at + size)) < 0:
            start = len(self._kept)
            if start - self._at >= size or not self._fill():
                return self.read(min(size, start - self._at))
        return self.read(end + 1 - self._at)

    def skip(self, size: int) -> int:
        """How many bytes there were to skip."""
        skipped = 0
        while skipped < size and (data := self.read(min(_CHUNK, size - skipped))):
            skipped += len(data)
        return skipped

    def find(self, pattern: re.Pattern[bytes], longest: int) -> bool:
        """Move to the next match, which is `longest` bytes long at most; without one to the end."""
        while not (match := pattern.search(self._kept, self._at)):
            self._move(max(0, len(self._kept) - self._at - longest))
            if not self._fill():
                self._move(len(self._kept) - self._at)
                return False
        self._move(match.start() - self._at)
        return True

    def _fill_up_to(self, size: int) -> None:
        while len(self._kept) - self._at < size and self._fill():
            pass

    def _fill(self) -> bool:
        chunk = self._stream.read(_CHUNK)
        self._kept += chunk
        return bool(chunk)

    def _move(self, size: int) -> None:
        self._at += size
        self.position += size
        if self._at > self._keeps + 2 * _CHUNK:
            del self._kept[: self._at - self._keeps - _CHUNK]
            self._at = self._keeps + _CHUNK
