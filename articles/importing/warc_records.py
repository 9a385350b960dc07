"""WARC files (ISO 28500), compressed or not, as a stream of records with their offsets, each within bounds.

warcio's own iterator ends with the first record that is broken, writes to standard error, and holds a line or a
chunk of any length; so the records are parted here, and warcio parses what is in one.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext

from articles.importing.rewinding import OutOfPatience, Patience, Rewindable

GZIP = b"\x1f\x8b"
_MEMBER = re.compile(rb"\x1f\x8b\x08")
_VERSION = re.compile(rb"WARC/\d\.\d+[ \t]*\r?\n")
# Where reading goes on after a broken record.
_RECORD = re.compile(rb"WARC/\d\.\d{1,3}\r?\n[A-Za-z-]{1,50}:")
_LONGEST_MATCH = 70
_NO_LINE_END = re.compile(rb"[^\r\n]")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_LONGEST_HEADER = 65_536
_BLANK = (b"\r\n", b"\n")
_LIMITS_READ_AGAIN = 64
# Pages shrink to a fifth or a tenth; a bomb to a thousandth. So much is believed in any case, in times the limit.
_RATIO = 200
_LIMITS_BELIEVED = 4


@dataclass(frozen=True, slots=True)
class WarcRecord:
    """`offset` is the place in the file, in a compressed record of many "member+place in what is compressed".

    `block` is cut off behind the limit; then it is longer than that. `refusal` says why there is no record.
    """

    offset: str
    header: bytes = b""
    block: bytes = b""
    refusal: str = ""


class _Broken(Exception):
    """A record that does not keep to the format. The message is for people."""


class _Bomb(Exception):
    """A member that holds more than can be honest. The message is for people."""


class _Lost(Exception):
    """The rest of a compressed member cannot be had; this was told already."""


def warc_records(stream: BinaryIO, max_bytes: int) -> Iterator[WarcRecord]:
    """All records; in the place of a broken one its refusal. `stream` is read forwards only."""
    patience = Patience(_LIMITS_READ_AGAIN * max_bytes)
    raw = Rewindable(stream, keeps=max_bytes, patience=patience)
    try:
        if raw.peek(2) == GZIP:
            yield from _in_members(raw, max_bytes, patience)
        else:
            yield from _in_stream(raw, "", max_bytes)
    except OutOfPatience:
        yield WarcRecord(str(raw.position), refusal=gettext("سجلات تالفة كثيرة؛ تُرك ما بعد هذا الموضع من الملف"))


def _in_members(raw: Rewindable, max_bytes: int, patience: Patience) -> Iterator[WarcRecord]:
    """A compressed file is a row of gzip members, as a rule one for each record."""
    while raw.peek(1):
        raw.mark()
        offset, member = str(raw.position), _Member(raw, max_bytes)
        try:
            yield from _in_stream(Rewindable(member, keeps=max_bytes, patience=patience), offset, max_bytes)
        except _Lost:
            raw.back()
            _find_member(raw)


def _find_member(raw: Rewindable) -> None:
    """Move to the next member that begins with a record: the mark of gzip stands in compressed data by chance too."""
    while raw.skip(1) and raw.find(_MEMBER, len(GZIP) + 1):
        try:
            if zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(raw.peek(1024), 16).startswith(b"WARC/"):
                return
        except zlib.error:
            pass


def _in_stream(stream: Rewindable, member: str, max_bytes: int) -> Iterator[WarcRecord]:
    is_after_broken = False
    while True:
        try:
            if not _find_beginning(stream, is_after_broken):
                return
            record = _next_record(stream, _offset(stream, member), max_bytes)
            is_after_broken = False
        except _Broken as broken:
            record = WarcRecord(_offset(stream, member), refusal=str(broken))
            stream.back()
            is_after_broken = True
        except (zlib.error, EOFError, _Bomb) as error:
            if not is_after_broken:
                reason = str(error) if isinstance(error, _Bomb) else gettext("الضغط تالف أو مبتور عند هذا الموضع")
                yield WarcRecord(_offset(stream, member), refusal=reason)
            raise _Lost from error
        yield record


def _find_beginning(stream: Rewindable, is_after_broken: bool) -> bool:
    """Whether there is another record; it is marked. After a broken one it is wherever one is to be seen."""
    if is_after_broken:
        stream.skip(1)
    stream.mark()
    is_there = stream.find(_RECORD if is_after_broken else _NO_LINE_END, _LONGEST_MATCH)
    stream.mark()
    return is_there


def _offset(stream: Rewindable, member: str) -> str:
    """Of what is marked."""
    if not member:
        return str(stream.marked)
    return f"{member}+{stream.marked}" if stream.marked else member


def _next_record(stream: Rewindable, offset: str, max_bytes: int) -> WarcRecord:
    """Raises _Broken, and what the decompression raises."""
    line = stream.readline(_LONGEST_HEADER)
    if not _VERSION.fullmatch(line):
        raise _Broken(gettext("ليس هنا سجل WARC"))
    header = _header(stream, line)
    length = _LENGTH.search(header)
    if not length:
        raise _Broken(gettext("سجل WARC بلا طول صالح (Content-Length)"))
    expected = int(length[1])
    block = stream.read(min(expected, max_bytes + 1))
    if len(block) + stream.skip(expected - len(block)) < expected:
        raise _Broken(gettext("سجل WARC مبتور"))
    # As far as the end of a compressed record: only there its checksum is verified.
    after = stream.peek(6)
    if after and not after.startswith((*_BLANK, b"WARC/")):
        raise _Broken(gettext("طول سجل WARC لا يطابق ما فيه"))
    return WarcRecord(offset, header, block)


def _header(stream: Rewindable, line: bytes) -> bytes:
    header = line
    while (line := stream.readline(_LONGEST_HEADER)) not in _BLANK:
        header += line
        if not line or len(header) > _LONGEST_HEADER:
            raise _Broken(gettext("ترويسة سجل WARC غير صالحة"))
    return header + line


class _Member:
    """What is compressed in one gzip member; the bytes after it are left to the next."""

    def __init__(self, raw: Rewindable, max_bytes: int) -> None:
        self._raw, self._start = raw, raw.position
        self._inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._unpacked, self._believed = 0, _LIMITS_BELIEVED * max_bytes

    def read(self, size: int) -> bytes:
        """Raises EOFError where the file ends in the middle of the member, and zlib.error."""
        while not self._inflater.eof:
            compressed = self._inflater.unconsumed_tail or self._raw.read(size)
            if not compressed:
                raise EOFError
            data = self._inflater.decompress(compressed, size)
            if self._inflater.eof:
                self._raw.unread(len(self._inflater.unused_data))
            self._unpacked += len(data)
            if self._unpacked > max(self._believed, _RATIO * (self._raw.position - self._start)):
                raise _Bomb(gettext("قنبلة ضغط: حجمه بعد فكّه أكبر بكثير من أن يُصدَّق"))
            if data:
                return data
        return b""
