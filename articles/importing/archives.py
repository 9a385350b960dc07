"""ZIP archives: each member of a kind that can be read is an input of its own. Nothing is unpacked to the disk."""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from django.utils.translation import gettext

from articles.importing.formats import LISTS, content_format_of
from articles.importing.pages import Refused
from articles.importing.records import ReadingOptions, Record, too_large, weighed
from articles.importing.splitting import SPLITTERS
from articles.language.script import LETTERS

# Compressed news is a fifth or a tenth of its size; a file of one letter a thousandth.
_RATIO = 200
# The list of members is held in memory: so many bytes of it are some 120,000 members.
_LONGEST_LIST = 16_000_000
_CHUNK = 65_536
_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
# The others are hardly met, and zipfile unpacks them without bounds.
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_OUTSIDE = re.compile(r"[\\/]|[A-Za-z]:|(?:.*[\\/])?\.\.(?:[\\/]|$)", re.DOTALL)
_ARABIC = re.compile(f"[{LETTERS}]")
# No name mixes the scripts inside a word; one that was read in a wrong encoding does.
_MIXED_WORD = re.compile(f"[A-Za-z][{LETTERS}]|[{LETTERS}][A-Za-z]")
# What Windows and DOS wrote names in where Arabic was spoken.
_NAME_ENCODINGS = ("cp1256", "cp720")
# All that zipfile raises for a broken archive; a password that is missing is a RuntimeError.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class _Member:
    info: zipfile.ZipInfo
    name: str
    format: str


@dataclass(slots=True)
class _Budget:
    """How many bytes may still come out of an archive: members may overlap, so that each alone tells little."""

    left: int


def member_records(file: BinaryIO, name: str, options: ReadingOptions, *, size: int) -> Iterator[Record]:
    """The records of an archive's members, named archive!member, in the order in which they lie in the file."""
    try:
        archive = zipfile.ZipFile(_BoundedReads(file))
        members = _readable(archive, options)
    except Refused as refusal:
        yield Record(name, refusal=str(refusal))
        return
    except _BROKEN:
        yield Record(name, refusal=gettext("ليس ملف ZIP سليماً"))
        return
    if not members:
        yield Record(name, refusal=gettext("لا شيء في الملف المضغوط يمكن استيراده"))
    budget = _Budget(max(options.max_bytes, _RATIO * size))
    # The list of members, at the end of the file, is done with before the first of them.
    start = archive.start_dir - size
    for member in members:
        last = archive.start_dir if member is members[-1] else member.info.header_offset + member.info.compress_size
        end = max(start, min(archive.start_dir, last))
        found = _records_of(archive, member, f"{name}!{member.name}", options, budget)
        yield from weighed(found, lambda start=start, end=end: min(end, max(start, file.tell())) - start)
        start = end


def _readable(archive: zipfile.ZipFile, options: ReadingOptions) -> list[_Member]:
    """Members of the kinds that can be read, without hidden ones and what a browser saved beside a page."""
    given = "" if options.format == "zip" else options.format
    named = [(info, _name(info)) for info in archive.infolist() if not info.is_dir()]
    beside = {f"{name.rpartition('.')[0]}_files" for _, name in named}
    members = []
    for info, name in named:
        path = PurePosixPath(name)
        is_hidden = any(part.startswith((".", "__MACOSX")) and not part.startswith("..") for part in path.parts)
        if not is_hidden and beside.isdisjoint(map(str, path.parents)) and (kind := content_format_of(name, given)):
            members.append(_Member(info, name, kind))
    return sorted(members, key=lambda member: member.info.header_offset)


def _name(info: zipfile.ZipInfo) -> str:
    """A name without the mark of UTF-8 is cp437 by the standard, and in fact whatever its writer had."""
    if info.flag_bits & _NAME_IS_UTF8 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        names = [raw.decode(encoding, "replace") for encoding in _NAME_ENCODINGS]
        best = max(names, key=lambda name: len(_ARABIC.findall(name)))
        return best if _ARABIC.search(best) and not _MIXED_WORD.search(best) else info.filename


def _refusal(member: _Member) -> str:
    info = member.info
    if _OUTSIDE.match(member.name):
        return gettext("اسم الملف يشير إلى خارج الأرشيف")
    if stat.S_ISLNK(info.external_attr >> 16):
        return gettext("وصلة رمزية وليس ملفاً")
    if info.flag_bits & _ENCRYPTED:
        return gettext("محمي بكلمة مرور")
    if member.format in LISTS:
        return gettext("قائمة روابط داخل ملف ZIP: فكّه أولاً")
    if member.format == "zip":
        return gettext("ملف ZIP داخل ملف ZIP: فكّه أولاً")
    if info.compress_type not in _COMPRESSIONS:
        return gettext("طريقة ضغط غير مدعومة")
    return ""


def _records_of(
    archive: zipfile.ZipFile, member: _Member, name: str, options: ReadingOptions, budget: _Budget
) -> Iterator[Record]:
    refusal = _refusal(member)
    if refusal:
        yield Record(name, refusal=refusal)
        return
    try:
        with _opened(archive, member) as opened:
            stream = io.BufferedReader(_Unpacking(opened, member.info, budget, options.max_bytes), _CHUNK)
            if member.format in SPLITTERS:
                yield from SPLITTERS[member.format](stream, name, options)
            elif member.info.file_size > options.max_bytes:
                yield Record(name, refusal=too_large(options.max_bytes))
            else:
                yield Record(name, member.format, key=member.name, data=stream.read())
    except Refused as refused:
        yield Record(name, refusal=str(refused))


@contextmanager
def _opened(archive: zipfile.ZipFile, member: _Member) -> Iterator[BinaryIO]:
    try:
        opened = archive.open(member.info)
    except _BROKEN as error:
        raise Refused(_corrupt()) from error
    with opened:
        yield opened


def _corrupt() -> str:
    return gettext("تالف في الأرشيف أو مبتور")


class _BoundedReads:
    """A file for zipfile, which reads the whole list of members at once. Raises Refused where that is too long."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _LONGEST_LIST:
            raise Refused(gettext("في الأرشيف ملفات أكثر من أن تُقرأ معاً: قسّمه"))
        return self._file.read(size)


class _Unpacking(io.RawIOBase):
    """A member's bytes. Raises Refused when there come more than can be honest."""

    def __init__(self, member: BinaryIO, info: zipfile.ZipInfo, budget: _Budget, max_bytes: int) -> None:
        self._member, self._budget = member, budget
        self._left = max(max_bytes, _RATIO * info.compress_size) + 1

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        try:
            data = self._member.read(len(buffer))
        except _BROKEN as error:
            raise Refused(_corrupt()) from error
        self._left -= len(data)
        self._budget.left -= len(data)
        if self._left < 0 or self._budget.left < 0:
            raise Refused(gettext("قنبلة ضغط: حجمه بعد فكّه أكبر بكثير من أن يُصدَّق"))
        buffer[: len(data)] = data
        return len(data)
